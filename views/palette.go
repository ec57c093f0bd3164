package views

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/policy"
)

// entry is something that the palette can do. Its name is typed after ":", its
// title is found by any letters of it.
type entry struct {
	name  string
	title string
	hint  string
	act   policy.Act // one needs it; "" for everybody
	run   func(arg string) tea.Cmd
}

// palette finds an act by name, or runs a whole line: contacts tag=nl /jan.
type palette struct {
	*choose
	k       *kit
	entries []entry
}

func newPalette(k *kit, line string) *palette {
	p := &palette{k: k, entries: k.entries()}
	options := make([]option, len(p.entries))
	for i, e := range p.entries {
		options[i] = option{text: e.title, hint: strings.TrimSpace(":" + e.name + " " + e.hint)}
	}
	p.choose = newChoose(k, k.t.Palette, options, func(i int) tea.Cmd { return k.runEntry(p.entries[i], "") })
	p.in.set(line)
	p.narrow()
	return p
}

func (p *palette) Update(msg tea.Msg) (bool, tea.Cmd) {
	i, arg := p.named()
	if key, ok := msg.(tea.KeyPressMsg); ok && key.String() == "enter" {
		if i >= 0 && p.at == 0 {
			return true, p.k.runEntry(p.entries[i], arg)
		}
		if len(p.shown) == 0 {
			return true, notify(noteWarn, p.k.t.PaletteUnknown)
		}
	}
	done, cmd := p.choose.Update(msg)
	if i, arg := p.named(); i >= 0 && arg != "" { // "person jan", which no title has
		p.shown, p.at = []int{i}, 0
	}
	return done, cmd
}

// named is the entry typed by its name, with what comes after; -1 for none.
func (p *palette) named() (i int, arg string) {
	name, arg, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(p.in.value()), ":"), " ")
	i = slices.IndexFunc(p.entries, func(e entry) bool { return e.name == strings.ToLower(name) })
	return i, strings.TrimSpace(arg)
}

// entries are those that some held role allows.
func (k *kit) entries() []entry {
	all := slices.Concat(customerEntries(k), viewEntries(k), peopleEntries(k), auditEntries(k), jobEntries(k), approvalEntries(k), keyEntries(k), reviewEntries(k), invoiceEntries(k), dealEntries(k), taskEntries(k), fieldEntries(k), erasureEntries(k), registerEntries(k), dupeEntries(k), requestEntries(k), retentionEntries(k), consentEntries(k), hygieneEntries(k), frameEntries(k))
	return slices.DeleteFunc(all, func(e entry) bool { return e.act != "" && !k.could(e.act) })
}

// could says whether some held role allows act.
func (k *kit) could(act policy.Act) bool {
	was := k.Actor
	defer func() { k.Actor = was }()
	return k.wears(act)
}

// runEntry puts on the role that the act needs. Under another role one begins
// at home again.
func (k *kit) runEntry(e entry, arg string) tea.Cmd {
	was := k.Actor.Role
	if e.act != "" && !k.wears(e.act) {
		return notify(noteWarn, k.t.PaletteUnknown)
	}
	if k.Actor.Role == was {
		return e.run(arg)
	}
	return tea.Sequence(send(wornMsg{}), e.run(arg), k.toldRole())
}

func frameEntries(k *kit) []entry {
	all := []entry{
		{name: "home", title: k.t.ToHome, run: func(string) tea.Cmd { return send(wornMsg{}) }},
		{name: "theme", title: k.t.ToTheme, hint: "light dark plain", run: k.switchTheme},
		{name: "language", title: k.t.ToLanguage, hint: "nl en", run: k.switchLanguage},
		{name: "quit", title: k.t.ToQuit, run: func(string) tea.Cmd { return send(tea.KeyPressMsg{Code: 'c', Mod: tea.ModCtrl}) }},
	}
	if len(k.Actor.Held) > 1 {
		all = append(all, entry{name: "role", title: k.t.ToRole, hint: k.heldRoles(), run: k.switchRole})
	}
	return all
}
