package views

import (
	"context"
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"balie/policy"
)

func (p *profileView) View(w, height int) string {
	if !p.known {
		return "   " + p.kit.st.faint.of(p.kit.t.Loading)
	}
	who := p.access.person
	head := " " + spread(p.kit.st.strong.of(cut(who.Name.String(), w/2))+"  "+who.Login, who.Team.String(), w-2)
	p.width = w
	p.list.put(p.rows(w))
	return join(append([]string{head}, p.list.lines(p.kit.st, w, max(height-1, 0))...))
}

func (p *profileView) rows(w int) []rosterRow {
	t := &p.kit.t.People
	rows := listSection(p.kit, t.Settings, p.settingRows(), "")
	rows = append(rows, listSection(p.kit, t.Roles, p.roleRows(w), t.NoRoles)...)
	rows = append(rows, listSection(p.kit, t.Keys, p.kit.keyRows(p.access.keys, w), t.NoKeys)...)
	return append(rows, listSection(p.kit, t.Sessions, p.kit.sessionRows(p.access.sessions), t.NoSessions)...)
}

func (p *profileView) settingRows() []rosterRow {
	t := &p.kit.t.People
	colours := t.Light
	if p.kit.Dark {
		colours = t.Dark
	}
	if p.kit.NoColor {
		colours = t.Plain
	}
	row := func(id, name, value string, do profileDo) rosterRow {
		return rosterRow{id: id, text: columns([]int{roleWidth, 200}, name, value), item: do}
	}
	return []rosterRow{
		row("language", t.Language, t.LanguageName, p.turnLanguage),
		row("theme", t.Colours, colours, func() tea.Cmd { return p.kit.switchTheme("") }),
		row("phone", p.kit.t.Own.Phone, p.kit.t.Own.PhoneNew, p.newPhone),
		p.codesRow(),
	}
}

// fewCodes is how many recovery codes are few.
const fewCodes = 3

// codesRow says how many recovery codes are left, and warns when they are few.
func (p *profileView) codesRow() rosterRow {
	words, st := p.kit.t.Own.CodesLeft, style("")
	if p.left <= fewCodes {
		words, st = p.kit.t.Own.CodesFew, p.kit.st.due
	}
	text := columns([]int{roleWidth, 200}, p.kit.t.People.Recovery, fmt.Sprintf(words, p.left))
	return rosterRow{id: "recovery", st: st, text: text, item: profileDo(p.newCodes)}
}

// turnLanguage keeps the choice first: it counts from the next sign-in, too.
func (p *profileView) turnLanguage() tea.Cmd {
	acts, actor, lang := p.kit.Ops, p.kit.Actor, "nl"
	if p.kit.Lang == "nl" {
		lang = "en"
	}
	if p.does.busy {
		return notify(noteWarn, p.kit.t.Loading)
	}
	return ask(p.kit, &p.does, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, acts.SetLanguage(ctx, actor, lang)
	}, func(_ struct{}, err error) tea.Cmd {
		if err != nil {
			return p.kit.fail(err)
		}
		return tea.Sequence(p.kit.switchLanguage(lang), open(newProfile(p.kit)), notify(noteGood, p.kit.t.People.SavedLanguage))
	})
}

// roleRows are the grants that stand: why, since when, and which one is worn.
func (p *profileView) roleRows(w int) []rosterRow {
	t := &p.kit.t.People
	var rows []rosterRow
	for _, g := range p.access.person.Grants {
		state, st := p.kit.grantState(g)
		if g.EndedAt != nil || !g.Pending && !g.Live(p.kit.Now()) {
			continue
		}
		row := rosterRow{id: "g" + strconv.Itoa(int(g.ID)), st: st}
		switch {
		case g.Pending:
		case g.Role == p.kit.Actor.Role:
			state = t.RoleWorn + ", " + state
		default:
			state, row.item = t.RoleHeld+", "+state, p.wearing(g.Role)
		}
		row.text = columns([]int{roleWidth, 200}, p.kit.t.role(g.Role), state)
		rows = append(rows, withReason(row, g, w)...)
	}
	return rows
}

func (p *profileView) wearing(r policy.Role) profileDo {
	return func() tea.Cmd { return p.kit.wear(r) }
}

// codesView shows new recovery codes, once.
type codesView struct {
	kit   *kit
	codes []policy.Sealed
}

func (c *codesView) Title() string   { return c.kit.t.People.Recovery }
func (c *codesView) Init() tea.Cmd   { return nil }
func (c *codesView) Typing() bool    { return true } // q must not lose the codes
func (c *codesView) Keys() []binding { return []binding{on(c.kit.t.YesKey, c.kit.t.People.KeyKept)} }

func (c *codesView) Update(msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyPressMsg); ok && (key.String() == "y" || key.String() == c.kit.t.YesKey) {
		return tea.Sequence(closeView(c), notify(noteGood, c.kit.t.People.RecoveryKept))
	}
	return nil
}

// Escape asks first: the codes would be lost.
func (c *codesView) Escape() (tea.Cmd, bool) {
	return show(newConfirm(c.kit, c.kit.t.People.RecoveryLeave, nil, func() tea.Cmd { return closeView(c) })), true
}

func (c *codesView) View(w, _ int) string {
	lines := append([]string{""}, recoveryLines(c.kit, c.codes, w)...)
	return join(append(lines, "", " "+c.kit.st.faint.of(c.kit.t.People.RecoveryOld)))
}
