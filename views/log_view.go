package views

import (
	"fmt"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

func (l *logView) View(w, height int) string {
	t := &l.kit.t.People
	l.width = w
	l.list.put(l.rows(w))
	lines := append(l.top(w), "   "+l.kit.st.faint.of(cut(l.columns(w, t.When, t.Who, t.As, t.Act, t.Detail), w-4)))
	switch {
	case !l.known:
		lines = append(lines, "   "+l.kit.st.faint.of(l.kit.t.Loading))
	case len(l.page.Rows) == 0:
		lines = append(lines, "   "+l.kit.st.faint.of(t.NothingLogged))
	}
	return join(append(lines, l.list.lines(l.kit.st, w, max(height-len(lines), 0))...))
}

// top says what is shown, in as many lines as that takes, and whether new rows
// appear by themselves.
func (l *logView) top(w int) []string {
	right := fmt.Sprintf(l.kit.t.People.Page, len(l.back)+1)
	if l.following {
		right = l.kit.t.Audit.Following
		if above := l.list.top; above > 0 {
			right += " ↑" + l.kit.num(above)
		}
		right = l.kit.st.good.of(right)
	}
	lines := packed(l.filterWords(), " · ", w-width(right)-4)
	for i := range lines {
		lines[i] = " " + lines[i]
	}
	lines[0] = spread(lines[0], right, w-1)
	return lines
}

// packed puts parts side by side in lines of at most w columns.
func packed(parts []string, between string, w int) []string {
	lines := []string{""}
	for _, p := range parts {
		last := &lines[len(lines)-1]
		switch {
		case *last == "":
			*last = p
		case width(*last)+width(between)+width(p) <= w:
			*last += between + p
		default:
			*last += between
			lines = append(lines, p)
		}
	}
	return lines
}

// columns leaves the role out where the rest needs the room.
func (l *logView) columns(w int, when, who, role, did, rest string) string {
	if w < 120 {
		return columns([]int{16, 14, 25, max(w-4-58, 0)}, when, who, did, rest)
	}
	return columns([]int{20, 26, 20, 34, max(w-4-104, 0)}, when, who, role, did, rest)
}

func (l *logView) rows(w int) []rosterRow {
	rows := make([]rosterRow, len(l.page.Rows))
	for i, r := range l.page.Rows {
		did, st := l.kit.actWords(r.Act), style("")
		if r.Refused {
			did, st = l.kit.t.People.Refused+": "+did, l.kit.st.danger
		}
		rows[i] = rosterRow{
			id: strconv.FormatInt(r.ID, 10), item: r, st: st,
			text: l.columns(w, l.stamp(r), l.kit.actorOf(r), l.kit.roleOf(r.Role), did, l.gist(r)),
		}
	}
	return rows
}

// stamp is short, to the second: order matters in a log.
func (l *logView) stamp(r db.LogRow) string {
	at := r.At.In(l.kit.Zone)
	if sameDay(at, l.kit.Now().In(l.kit.Zone)) {
		return l.kit.t.Today + " " + at.Format("15:04:05")
	}
	return at.Format("2006-01-02 15:04")
}

// actorOf is who did it; the program's own parts have no number.
func (k *kit) actorOf(r db.LogRow) string { return k.actorName(r.Actor) }

func (k *kit) actorName(id int32) string {
	if id == 0 {
		return k.t.People.Program
	}
	return k.colleague(id)
}

// roleOf is a role in words; those of the program itself have none.
func (k *kit) roleOf(r policy.Role) string { return SayRole(k.Lang, r) }

// SayRole is a role in words of a language.
func SayRole(lang string, r policy.Role) string {
	if words := textsOf(lang).role(r); words != "" {
		return words
	}
	return text.Clean(string(r))
}

func (k *kit) actWords(a policy.Act) string { return SayAct(k.Lang, a) }

// SayAct is an act in words of a language; one that this program doesn't know,
// by its name.
func SayAct(lang string, a policy.Act) string {
	if words := textsOf(lang).People.Acts[a]; words != "" {
		return words
	}
	return text.Clean(string(a))
}

// gist is what fits beside the act: what it was about, why, and its detail.
func (l *logView) gist(r db.LogRow) string {
	var parts []string
	if r.Ref != 0 {
		parts = append(parts, "#"+strconv.FormatInt(r.Ref, 10))
	}
	for _, s := range []string{r.Reason.String(), r.Detail.String(), cleanAll(r.Fields)} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " · ")
}

func cleanAll(fields []string) string { return text.Clean(strings.Join(fields, ", ")) }

// logDetail is one row of the log whole.
type logDetail struct {
	kit *kit
	row db.LogRow
}

func (d *logDetail) Update(msg tea.Msg) (bool, tea.Cmd) {
	_, key := msg.(tea.KeyPressMsg)
	return key, nil
}

func (d *logDetail) Cursor() (x, y int, ok bool) { return 0, 0, false }

func (d *logDetail) View(w, height int) []string {
	t, r := &d.kit.t.People, d.row
	did := d.kit.actWords(r.Act)
	if r.Refused {
		did = d.kit.st.danger.of(t.Refused + ": " + did)
	}
	var lines []string
	add := func(name, value string) {
		if value == "" {
			return
		}
		for i, l := range wrap(value, w-20) {
			label := [2]string{name, ""}[min(i, 1)]
			lines = append(lines, d.kit.st.faint.of(pad(label, 18))+"  "+l)
		}
	}
	add(t.Number, strconv.FormatInt(r.ID, 10))
	add(t.When, d.kit.day(r.At)+" "+r.At.In(d.kit.Zone).Format("15:04:05"))
	add(t.Who, d.kit.actorOf(r)+" · "+d.kit.roleOf(r.Role))
	add(t.Act, did+" ("+text.Clean(string(r.Act))+")")
	if r.Ref != 0 {
		add(t.About, "#"+strconv.FormatInt(r.Ref, 10))
	}
	add(t.Reason, r.Reason.String())
	add(t.Detail, r.Detail.String())
	add(t.Fields, cleanAll(r.Fields))
	add(t.Subjects, numbers(r.Subjects))
	add(t.Session, text.Clean(r.Session))
	return lines[:min(len(lines), height)]
}

func numbers(ids []int64) string {
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = "#" + strconv.FormatInt(id, 10)
	}
	return strings.Join(words, " ")
}
