package views

import (
	"strings"

	"balie/policy"
)

// The frame around a screen: header and rule above, rule and footer below.
const frameLines = 4

// View is the whole screen: exactly height lines of at most width columns.
func (a *app) View() string {
	lines := make([]string, 0, a.height)
	lines = append(lines, a.header(), a.rule())
	lines = append(lines, block(a.body(), a.width, max(a.height-frameLines, 0))...)
	lines = append(lines, a.message(), a.footer())
	view := join(block(lines, a.width, a.height))
	if a.kit.ASCII {
		return toASCII(view)
	}
	return view
}

func (a *app) header() string {
	where := make([]string, 0, len(a.stack)+1)
	where = append(where, " balie")
	for i, v := range a.stack {
		if i == 0 && len(a.stack) > 1 {
			continue // from home one goes everywhere
		}
		title := cut(v.Title(), 30)
		if i == len(a.stack)-1 {
			title = a.kit.st.accent.of(title)
		}
		where = append(where, title)
	}
	who := a.kit.Actor.Name.String() + " · " + a.held()
	if !a.kit.Actor.Reason.IsZero() {
		who = a.kit.st.due.of(a.kit.t.For+" "+cut(a.kit.Actor.Reason.String(), 24)) + " · " + who
	}
	return spread(strings.Join(where, a.kit.st.faint.of(" › ")), who, a.width-1)
}

// held is the role worn, and how many others could be.
func (a *app) held() string {
	others := len(policy.InOrder(a.kit.Actor.Held)) - 1
	if others < 1 {
		return a.kit.t.role(a.kit.Actor.Role)
	}
	words := make([]string, 0, others)
	for _, r := range a.kit.Actor.Held {
		if r != a.kit.Actor.Role {
			words = append(words, a.kit.t.role(r))
		}
	}
	if list := "+" + strings.Join(words, ", "); width(list) <= heldWidth {
		return a.kit.t.role(a.kit.Actor.Role) + " " + a.kit.st.faint.of(list)
	}
	return a.kit.t.role(a.kit.Actor.Role) + " " + a.kit.st.faint.of("+"+a.kit.num(others))
}

// heldWidth is the room that the header has for roles that are not worn.
const heldWidth = 24

func (a *app) rule() string {
	return " " + a.kit.st.faint.of(strings.Repeat("─", max(a.width-2, 0)))
}

// message is the lower rule, or what there is to say in its place.
func (a *app) message() string {
	switch {
	case a.note.text != "" && a.note.kind == noteBad:
		return " " + a.kit.st.danger.of("! "+cut(a.note.text, a.width-4))
	case a.note.text != "" && a.note.kind == noteWarn:
		return " " + a.kit.st.due.of("! "+cut(a.note.text, a.width-4))
	case a.note.text != "":
		return " " + a.kit.st.good.of("✓ "+cut(a.note.text, a.width-4))
	case a.kit.banner != "":
		return " " + a.kit.st.danger.of("! "+cut(a.kit.banner, a.width-4))
	case len(a.kit.reminders) > 0:
		return " " + a.kit.st.due.of("● "+cut(a.kit.reminder(), a.width-4))
	}
	return a.rule()
}

func (a *app) footer() string {
	clock := a.kit.st.faint.of(a.kit.Now().In(a.kit.Zone).Format("15:04"))
	if who := a.presence(a.width / 3); who != "" {
		clock += "  " + who
	}
	keys := a.footKeys(a.width - width(clock) - 4)
	return spread(" "+keys, clock, a.width-1)
}

// footKeys are the keys of this screen, as many as fit; "?" tells the rest.
func (a *app) footKeys(room int) string {
	help := a.kit.st.strong.of("?") + " " + a.kit.t.KeysAll
	var b strings.Builder
	left := room - width(help)
	for _, k := range a.top().Keys() {
		if k.off != "" || k.text == "" {
			continue
		}
		n := width(k.key) + 1 + width(k.text) + 2
		if left -= n; left < 0 {
			break
		}
		b.WriteString(a.kit.st.strong.of(k.key) + " " + k.text + "  ")
	}
	return b.String() + help
}

// body is the screen on top, with the help or the dialog's drawer over it.
func (a *app) body() []string {
	height := max(a.height-frameLines, 0)
	if a.helping {
		return a.help(height)
	}
	lines := block(strings.Split(a.top().View(a.width, height), "\n"), a.width, height)
	if a.dialog == nil {
		return lines
	}
	return drawer(a.kit, lines, a.dialog, a.width)
}

// drawer lays a dialog over the end of a screen.
func drawer(k *kit, lines []string, d dialog, w int) []string {
	over := d.View(w-4, max(len(lines)-1, 0))
	if len(over) >= len(lines) {
		over = over[:max(len(lines)-1, 0)]
	}
	at := max(len(lines)-len(over)-1, 0)
	if len(lines) > 0 {
		lines[at] = " " + k.st.accent.of(strings.Repeat("─", max(w-2, 0)))
	}
	for i, l := range over {
		lines[at+1+i] = "  " + cut(l, w-4)
	}
	return lines
}

// Cursor is where the terminal's cursor stands, if something is being typed.
func (a *app) Cursor() (x, y int, visible bool) {
	height := max(a.height-frameLines, 0)
	switch {
	case a.helping:
		return 0, 0, false
	case a.dialog != nil:
		x, y, visible = a.dialog.Cursor()
		n := min(len(a.dialog.View(a.width-4, max(height-1, 0))), max(height-1, 0))
		return x + 2, 2 + height - n + y, visible
	}
	if c, ok := a.top().(cursored); ok {
		x, y, visible = c.Cursor()
		return x, y + 2, visible
	}
	return 0, 0, false
}

// help tells all keys of the screen, also those that do nothing now and why.
func (a *app) help(height int) []string {
	var lines []string
	for _, k := range append(a.top().Keys(), a.globalKeys()...) {
		text := k.text
		if k.off != "" {
			text = a.kit.st.faint.of(text + " — " + k.off)
		}
		lines = append(lines, "  "+a.kit.st.strong.of(pad(k.key, 9))+"  "+text)
	}
	if len(lines) > height-3 { // two columns where one is too long
		half := (len(lines) + 1) / 2
		lines = beside(lines[:half], lines[half:], a.width/2-1, "")
	}
	return block(append([]string{"", "  " + a.kit.st.accent.of(a.kit.t.HelpTitle), ""}, lines...), a.width, height)
}

func (a *app) globalKeys() []binding {
	return []binding{
		on(": ctrl+k", a.kit.t.KeyPalette), on("esc", a.kit.t.KeyBack), on("-", a.kit.t.KeyLast),
		on("?", a.kit.t.KeysAll), on("q", a.kit.t.KeyQuit),
	}
}
