package views

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// exposure says who has seen one customer.
type exposure struct {
	*kit
	customer db.Customer
	seen     []db.Exposure
	grid     grid
	height   int
	load     latest
}

func newExposure(k *kit, c db.Customer) *exposure {
	e := &exposure{kit: k, customer: c}
	e.grid = grid{k: k, cells: e.cells, columns: []column{
		{name: "at", title: k.t.When, width: 18},
		{name: "who", title: k.t.Who, width: 20, grow: true},
		{name: "act", title: k.t.What, width: 20, grow: true},
		{name: "session", title: k.t.InSession, width: 12},
	}}
	return e
}

func (e *exposure) Init() tea.Cmd {
	actor, id := e.Actor, e.customer.ID
	return ask(e.kit, &e.load, func(ctx context.Context) ([]db.Exposure, error) {
		return e.Ops.WhoSaw(ctx, actor, id)
	}, func(seen []db.Exposure, err error) tea.Cmd {
		e.seen, e.grid.n = seen, len(seen)
		e.grid.changed()
		return e.fail(err)
	})
}

func (e *exposure) Title() string { return e.t.WhoSawTitle }
func (e *exposure) Keys() []binding {
	return []binding{on("↑↓", e.t.KeyMove), on("esc", e.t.KeyBack)}
}

func (e *exposure) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		e.grid.Update(msg, e.height)
	case colleaguesMsg, dressedMsg:
		e.grid.changed()
	}
	return nil
}

func (e *exposure) cells(i int) []cell {
	x := e.seen[i]
	return []cell{
		{text: e.moment(x.At)},
		{text: e.colleague(x.Actor)},
		{text: e.t.actName(policy.Act(x.Act))},
		{text: text.Clean(x.Session), st: e.st.faint},
	}
}

func (e *exposure) View(w, height int) string {
	e.height = height - 2
	head := " " + e.st.strong.of(cut(e.customer.Name().String(), w-2))
	if e.load.busy {
		return join([]string{head, "", "   " + e.st.faint.of(e.t.Loading)})
	}
	if len(e.seen) == 0 {
		return join([]string{head, "", "   " + e.t.NobodySaw})
	}
	return join(append([]string{head, ""}, e.grid.View(w, height-2)...))
}
