package views

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// merging is what one needs to know of a kind of record to put two versions of
// it together.
type merging[T any] struct {
	fields func(states ...*T) []db.FieldOf[T] // those that one of the states has
	title  func(T) string
	label  func(field string) string
	told   func(field, value string) string // as a person reads it
	save   func(context.Context, policy.Actor, T, ops.RequestKey) (T, error)
	saved  func(before, after T) tea.Cmd
	about  func(T) db.Record
}

// merge asks, field by field, whose change stays when two people edited one
// record: the second sees what the first changed and chooses.
type merge[T any] struct {
	kit          *kit
	of           merging[T]
	mine, theirs T
	rows         []clash[T]
	own          []db.FieldOf[T] // that only I changed
	at           int
	request      ops.RequestKey
	saving       latest
}

// clash is a field that the other changed, or both did.
type clash[T any] struct {
	field  db.FieldOf[T]
	mine   bool // mine stays
	iSay   string
	theyDo string
}

func newMerge[T any](k *kit, of merging[T], before T, s *db.StaleOf[T]) *merge[T] {
	m := &merge[T]{kit: k, of: of, mine: s.Mine, theirs: s.Theirs, request: ops.NewRequestKey()}
	for _, f := range of.fields(&before, &s.Mine, &s.Theirs) {
		was, mine, theirs := f.Tell(&before), f.Tell(&s.Mine), f.Tell(&s.Theirs)
		switch {
		case theirs != was && theirs != mine:
			m.rows = append(m.rows, clash[T]{field: f, mine: mine != was, iSay: mine, theyDo: theirs})
		case mine != was:
			m.own = append(m.own, f)
		}
	}
	return m
}

// Init saves at once when there is nothing to choose.
func (m *merge[T]) Init() tea.Cmd {
	if len(m.rows) == 0 {
		return m.write()
	}
	return nil
}

func (m *merge[T]) Title() string { return m.kit.t.MergeTitle }
func (m *merge[T]) Draft() bool   { return true }

// CustomerID is 0 for what is no customer.
func (m *merge[T]) CustomerID() int64 {
	if r := m.of.about(m.theirs); r.Kind == policy.RecordCustomer {
		return r.ID
	}
	return 0
}

// Showing has others hear that one is at it.
func (m *merge[T]) Showing() ops.Showing {
	r := m.of.about(m.theirs)
	return m.kit.showingOpen(r.Kind, r.ID, true)
}

func (m *merge[T]) Keys() []binding {
	return []binding{
		on(m.kit.t.SpaceKey, m.kit.t.KeyMineTheirs), on("ctrl+s", m.kit.t.KeySave), on("↑↓", m.kit.t.KeyMove), on("esc", m.kit.t.KeyCancel),
	}
}

func (m *merge[T]) Update(msg tea.Msg) tea.Cmd {
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
		return m.write()
	}
	return nil
}

// merged is theirs with what stays of mine.
func (m *merge[T]) merged() T {
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

func (m *merge[T]) write() tea.Cmd {
	if m.saving.busy {
		return nil
	}
	actor, c, request, save := m.kit.Actor, m.merged(), m.request, m.of.save
	return ask(m.kit, &m.saving, func(ctx context.Context) (T, error) { return save(ctx, actor, c, request) }, m.wrote)
}

func (m *merge[T]) wrote(c T, err error) tea.Cmd {
	if stale, again := db.AsStaleOf[T](err); again {
		return replace(m, newMerge(m.kit, m.of, m.theirs, stale))
	}
	if err != nil {
		return m.kit.fail(err)
	}
	return tea.Batch(closeView(m), m.of.saved(m.theirs, c))
}

func (m *merge[T]) View(w, height int) string {
	lines := []string{"", " " + m.kit.st.strong.of(cut(m.of.title(m.theirs), w-2))}
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

func (m *merge[T]) row(r clash[T], here bool, col int) string {
	mine, theirs := "( ) ", "(•) "
	if r.mine {
		mine, theirs = "(•) ", "( ) "
	}
	name := r.field.Name
	line := pad(m.of.label(name), 16) + "  " +
		pad(mine+cmpOr(m.of.told(name, r.iSay), m.kit.t.Empty), col) + " " + pad(theirs+cmpOr(m.of.told(name, r.theyDo), m.kit.t.Empty), col)
	if here {
		return m.kit.st.sel.of(" ▸ " + line)
	}
	return "   " + line
}
