package views

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// standingRow is a customer with why the list holds it.
type standingRow struct {
	db.Row
	why string
}

// standingList is a list of customers on whom somebody has to decide. Enter opens
// one.
type standingList struct {
	kit   *kit
	title string
	none  string
	fetch func(context.Context) ([]standingRow, string, error)
	all   []standingRow
	below string
	known bool
	list  roster
	width int
	asks  latest
}

// newUndecided are the records that stand on nothing.
func newUndecided(k *kit) *standingList {
	acts, actor := k.Ops, k.Actor
	return &standingList{kit: k, title: k.t.Consent.Undecided, none: k.t.Consent.NoneUndecided, fetch: func(ctx context.Context) ([]standingRow, string, error) {
		rows, err := acts.ListUndecided(ctx, actor)
		all := make([]standingRow, len(rows))
		for i, r := range rows {
			all[i] = standingRow{Row: r}
		}
		return all, "", err
	}}
}

// chooseReask asks for which purpose people are to be asked again.
func chooseReask(k *kit) tea.Cmd {
	var names []policy.Purpose
	var options []option
	for _, p := range k.purposes {
		if p.AsksConsent() && !p.Retired {
			names = append(names, p.Name)
			options = append(options, option{text: k.purposeName(p.Name)})
		}
	}
	return show(newChoose(k, k.t.Consent.WhichPurpose, options, func(i int) tea.Cmd { return open(newReask(k, names[i])) }))
}

// newReask are those whose consent lacks something and who may be mailed.
func newReask(k *kit, purpose policy.Purpose) *standingList {
	t, acts, actor := &k.t.Consent, k.Ops, k.Actor
	return &standingList{kit: k, title: t.Reask + ": " + k.purposeName(purpose), none: t.NoneReask, fetch: func(ctx context.Context) ([]standingRow, string, error) {
		r, err := acts.ListReasking(ctx, actor, purpose)
		all := make([]standingRow, len(r.Rows))
		for i, row := range r.Rows {
			why := t.RunsOut
			if row.Why != "" {
				why = Say(k.Lang, row.Why.Message())
			}
			all[i] = standingRow{row.Row, joinNonEmpty(" ", why, k.day(row.Since))}
		}
		below := ""
		if len(r.Left) > 0 {
			below = fmt.Sprintf(t.ReaskLeft, k.leftWords(r.Left))
		}
		return all, below, err
	}}
}

// leftWords are those whom a use left out, with why.
func (k *kit) leftWords(all []ops.LeftCount) string {
	parts := make([]string, len(all))
	for i, l := range all {
		parts[i] = k.num(l.N) + " × " + strings.ToLower(strings.TrimSuffix(Say(k.Lang, l.Why.Message()), ".")) + " (" + k.say(l.Why.Law()) + ")"
	}
	return strings.Join(parts, "; ")
}

func (l *standingList) Title() string { return l.title }
func (l *standingList) Init() tea.Cmd { return l.load() }
func (l *standingList) Wake() tea.Cmd { return l.load() }
func (l *standingList) Leave()        { l.asks.drop() }

type standingAnswer struct {
	rows  []standingRow
	below string
}

func (l *standingList) load() tea.Cmd {
	fetch := l.fetch
	return ask(l.kit, &l.asks, func(ctx context.Context) (standingAnswer, error) {
		rows, below, err := fetch(ctx)
		return standingAnswer{rows, below}, err
	}, func(a standingAnswer, err error) tea.Cmd {
		if err != nil {
			return l.kit.fail(err)
		}
		l.all, l.below, l.known = a.rows, a.below, true
		l.list.put(l.rows(l.width))
		return nil
	})
}

func (l *standingList) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || l.list.press(key.String()) {
		return nil
	}
	one, onRow := l.list.item().(standingRow)
	switch key.String() {
	case "enter":
		if onRow {
			return open(newCustomer(l.kit, one.ID, one.Name().String()))
		}
	case "ctrl+r":
		return l.load()
	}
	return nil
}

func (l *standingList) Keys() []binding {
	_, onRow := l.list.item().(standingRow)
	return []binding{on("enter", l.kit.t.KeyOpen).unless(onRow, l.kit.t.OffNothing), on("ctrl+r", l.kit.t.People.Reload), on("-", l.kit.t.KeyBack)}
}

func standingWidths(w int) []int { return []int{30, 16, max(w-52, 10)} }

func (l *standingList) View(w, height int) string {
	l.width = w
	l.list.put(l.rows(w))
	if !l.known {
		return "\n   " + l.kit.st.faint.of(l.kit.t.Loading)
	}
	lines := []string{""}
	if len(l.all) == 0 {
		lines = append(lines, indent(wrap(l.none, min(w-6, formWidth)), w)...)
	}
	var below []string
	if l.below != "" {
		below = append([]string{""}, indent(wrap(l.below, w-6), w)...)
	}
	room := max(height-len(lines)-len(below), 1)
	return join(append(append(lines, block(l.list.lines(l.kit.st, w, room), w, room)...), below...))
}

func (l *standingList) rows(w int) []rosterRow {
	rows := make([]rosterRow, len(l.all))
	for i, r := range l.all {
		rows[i] = rosterRow{id: fmt.Sprint(r.ID), item: r, text: columns(standingWidths(w), r.Name().String(), l.kit.colleague(r.Owner), cmpOr(r.why, l.kit.t.status(r.Status)))}
	}
	return rows
}
