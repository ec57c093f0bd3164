package views

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
)

// merge asks, field by field, whose change stays when two people edited one
// customer: the second sees what the first changed and chooses.
type merge struct {
	kit          *kit
	mine, theirs db.Customer
	rows         []clash
	own          []db.Field // that only I changed
	at           int
	request      ops.RequestKey
	saving       latest
}

// clash is a field that the other changed, or both did.
type clash struct {
	field  db.Field
	mine   bool // mine stays
	iSay   string
	theyDo string
}

func newMerge(k *kit, before db.Customer, s *db.Stale) *merge {
	m := &merge{kit: k, mine: s.Mine, theirs: s.Theirs, request: ops.NewRequestKey()}
	for _, f := range db.AllFields(&before, &s.Mine, &s.Theirs) {
		was, mine, theirs := f.Tell(&before), f.Tell(&s.Mine), f.Tell(&s.Theirs)
		switch {
		case theirs != was && theirs != mine:
			m.rows = append(m.rows, clash{field: f, mine: mine != was, iSay: mine, theyDo: theirs})
		case mine != was:
			m.own = append(m.own, f)
		}
	}
	return m
}

// Init saves at once when there is nothing to choose.
func (m *merge) Init() tea.Cmd {
	if len(m.rows) == 0 {
		return m.save()
	}
	return nil
}

func (m *merge) Title() string { return m.kit.t.MergeTitle }
func (m *merge) Draft() bool   { return true }

func (m *merge) Keys() []binding {
	return []binding{
		on(m.kit.t.SpaceKey, m.kit.t.KeyMineTheirs), on("ctrl+s", m.kit.t.KeySave), on("↑↓", m.kit.t.KeyMove), on("esc", m.kit.t.KeyCancel),
	}
}

func (m *merge) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	switch key.String() {
	case "up", "k":
		m.at = max(m.at-1, 0)
	case "down", "j":
		m.at = min(m.at+1, len(m.rows)-1)
	case "space", "left", "right":
		if m.at < len(m.rows) {
			m.rows[m.at].mine = !m.rows[m.at].mine
		}
	case "ctrl+s":
		return m.save()
	}
	return nil
}

// merged is theirs with what stays of mine.
func (m *merge) merged() db.Customer {
	c := m.theirs
	for _, f := range m.own {
		f.Copy(&c, &m.mine)
	}
	for _, r := range m.rows {
		if r.mine {
			r.field.Copy(&c, &m.mine)
		}
	}
	return c
}

func (m *merge) save() tea.Cmd {
	if m.saving.busy {
		return nil
	}
	actor, c, request := m.kit.Actor, m.merged(), m.request
	return ask(m.kit, &m.saving, func(ctx context.Context) (db.Customer, error) {
		return m.kit.Ops.UpdateCustomer(ctx, actor, c, request)
	}, m.saved)
}

func (m *merge) saved(c db.Customer, err error) tea.Cmd {
	if stale, again := db.AsStale(err); again {
		return replace(m, newMerge(m.kit, m.theirs, stale))
	}
	if err != nil {
		return m.kit.fail(err)
	}
	m.kit.remember(m.theirs, c)
	m.kit.Drafts.forget(m.kit.Actor.ID, fmt.Sprintf("customer.%d.%d", c.Kind, c.ID))
	return tea.Batch(closeView(m), notify(noteGood, fmt.Sprintf(m.kit.t.Saved, c.Name().String())))
}

func (m *merge) View(w, height int) string {
	lines := []string{"", " " + m.kit.st.strong.of(cut(m.theirs.Name().String(), w-2))}
	for _, l := range wrap(m.kit.t.MergeHelp, w-2) {
		lines = append(lines, " "+l)
	}
	col := max((w-24)/2, 10)
	lines = append(lines, "", m.kit.st.faint.of("   "+pad("", 16)+"     "+pad(m.kit.t.Mine, col)+" "+m.kit.t.Theirs))
	for i, r := range m.rows {
		lines = append(lines, m.row(r, i == m.at, col))
	}
	if len(lines) > height {
		lines = append(lines[:4], lines[4+min(m.at, len(lines)-height):]...)
	}
	return join(lines)
}

func (m *merge) row(r clash, here bool, col int) string {
	mine, theirs := "( ) ", "(•) "
	if r.mine {
		mine, theirs = "(•) ", "( ) "
	}
	name := r.field.Name
	line := pad(m.kit.fieldLabel(name), 16) + "  " +
		pad(mine+cmpOr(m.kit.told(name, r.iSay), m.kit.t.Empty), col) + " " + pad(theirs+cmpOr(m.kit.told(name, r.theyDo), m.kit.t.Empty), col)
	if here {
		return m.kit.st.sel.of(" ▸ " + line)
	}
	return "   " + line
}
