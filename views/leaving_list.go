package views

import (
	"context"
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"balie/db"
)

// leavers lists who leaves, and of whom something is left to hand over.
type leavers struct {
	kit   *kit
	all   []db.Departure
	known bool
	list  roster
	asks  latest
}

func newLeavers(k *kit) *leavers { return &leavers{kit: k} }

// toLeaving goes to the list, or to the report of one.
func (k *kit) toLeaving(login string) tea.Cmd {
	if id, err := k.byLogin(login); err == nil && id != 0 {
		return goTo(newReport(k, id, login))
	}
	return goTo(newLeavers(k))
}

func (l *leavers) Title() string { return l.kit.t.Leaving.Title }
func (l *leavers) Init() tea.Cmd { return l.load() }
func (l *leavers) Wake() tea.Cmd { return l.load() }
func (l *leavers) Leave()        { l.asks.drop() }

func (l *leavers) load() tea.Cmd {
	acts, actor := l.kit.Ops, l.kit.Actor
	return ask(l.kit, &l.asks, func(ctx context.Context) ([]db.Departure, error) {
		return acts.Departures(ctx, actor, 0)
	}, func(all []db.Departure, err error) tea.Cmd {
		if err != nil {
			return l.kit.fail(err)
		}
		l.all, l.known = all, true
		return nil
	})
}

func (l *leavers) Keys() []binding {
	return []binding{on("enter", l.kit.t.Leaving.KeyReport), on("ctrl+r", l.kit.t.People.Reload), on("esc", l.kit.t.KeyBack)}
}

func (l *leavers) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || l.list.press(key.String()) {
		return nil
	}
	switch key.String() {
	case "enter":
		if d, ok := l.list.item().(db.Departure); ok {
			return open(newReport(l.kit, d.Person, d.Login))
		}
	case "ctrl+r":
		return l.load()
	}
	return nil
}

func (l *leavers) View(w, height int) string {
	t := &l.kit.t.Leaving
	lines := []string{"", "  " + l.kit.st.accent.of(t.Everybody), ""}
	switch {
	case !l.known:
		lines = append(lines, "  "+l.kit.st.faint.of(l.kit.t.Loading))
	case len(l.all) == 0:
		for _, s := range wrap(t.NoOne, w-4) {
			lines = append(lines, "  "+l.kit.st.faint.of(s))
		}
	}
	rows := make([]rosterRow, len(l.all))
	for i, d := range l.all {
		state, st := l.kit.departureState(d)
		rows[i] = rosterRow{
			id: strconv.Itoa(int(d.ID)), item: d, st: st,
			text: columns([]int{18, 200}, d.Login, state+" · "+d.Reason.String()),
		}
	}
	l.list.put(rows)
	return join(append(lines, l.list.lines(l.kit.st, w, max(height-len(lines), 0))...))
}

// departureState is where a departure stands, in words.
func (k *kit) departureState(d db.Departure) (string, style) {
	t := &k.t.Leaving
	switch {
	case d.CancelledAt != nil:
		return fmt.Sprintf(k.t.People.EndedBy, k.day(*d.CancelledAt), k.by(d.CancelledBy)), k.st.faint
	case d.Planned():
		return fmt.Sprintf(t.Planned, k.moment(d.Due), k.by(d.OrderedBy)), k.st.due
	case d.Handing() && d.Heir == 0:
		return fmt.Sprintf(t.NoHeir, k.day(*d.LeftAt), k.num(int(d.Owned-d.Handed))), k.st.danger
	case d.Owned > 0:
		return fmt.Sprintf(t.LeftOn, k.day(*d.LeftAt)) + " · " + fmt.Sprintf(t.Handing, k.num(int(d.Handed)), k.num(int(d.Owned)), k.by(d.Heir)), ""
	}
	return fmt.Sprintf(t.LeftOn, k.day(*d.LeftAt)), ""
}
