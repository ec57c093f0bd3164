package views

import (
	"context"
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
)

// duplicates lists pairs of customers that look like one; also those of which
// somebody said that they are two, and those that were merged.
type duplicates struct {
	kit *kit
	paging[db.PairCursor]
	shows  pairsShown
	query  db.PairQuery
	page   db.PairPage
	merged []db.Merge
	known  bool
	list   roster
	asks   latest
	width  int
}

type pairsShown int

const (
	pairsOpen pairsShown = iota
	pairsDismissed
	pairsMerged
)

func newDuplicates(k *kit) *duplicates {
	return &duplicates{kit: k, query: db.PairQuery{Limit: 50}}
}

func (v *duplicates) Title() string { return v.kit.t.Dupe.Title }
func (v *duplicates) Init() tea.Cmd { return v.load() }
func (v *duplicates) Wake() tea.Cmd { return v.load() }
func (v *duplicates) Leave()        { v.asks.drop() }

func (v *duplicates) load() tea.Cmd {
	acts, actor, q := v.kit.Ops, v.kit.Actor, v.query
	if v.shows == pairsMerged {
		return ask(v.kit, &v.asks, func(ctx context.Context) ([]db.Merge, error) {
			return acts.ListMerges(ctx, actor, 0)
		}, func(all []db.Merge, err error) tea.Cmd { v.merged = all; return v.loaded(err) })
	}
	return ask(v.kit, &v.asks, func(ctx context.Context) (db.PairPage, error) {
		return acts.ListPairs(ctx, actor, q)
	}, func(p db.PairPage, err error) tea.Cmd { v.page = p; return v.loaded(err) })
}

func (v *duplicates) loaded(err error) tea.Cmd {
	if err != nil {
		return v.kit.needReason(err)
	}
	v.known = true
	v.list.put(v.rows(v.width))
	return nil
}

func (v *duplicates) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || v.list.press(key.String()) {
		return nil
	}
	switch key.String() {
	case "f":
		v.shows = (v.shows + 1) % 3
		v.query, v.back, v.list.at, v.known = db.PairQuery{Limit: v.query.Limit, Dismissed: v.shows == pairsDismissed}, nil, 0, false
		return v.load()
	case "enter", "m":
		if p, ok := v.list.item().(db.Pair); ok {
			return open(newTwinMerge(v.kit, p.A.ID, p.B.ID))
		}
	case "x":
		if p, ok := v.list.item().(db.Pair); ok {
			return v.dismiss(p)
		}
	case "u":
		if m, ok := v.list.item().(db.Merge); ok {
			return v.kit.askUnmerge(m, v.load)
		}
	case "n", "right":
		if v.page.More && v.shows != pairsMerged && !v.asks.busy {
			v.older(&v.query.After, v.page.Next)
			return v.load()
		}
	case "p", "left":
		if v.newer(&v.query.After) {
			return v.load()
		}
	}
	return nil
}

func (v *duplicates) dismiss(p db.Pair) tea.Cmd {
	acts, actor, two := v.kit.Ops, v.kit.Actor, p.DismissedAt == nil
	return ask(v.kit, &v.asks, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, acts.DismissPair(ctx, actor, p.A.ID, p.B.ID, two)
	}, func(_ struct{}, err error) tea.Cmd {
		if err != nil {
			return v.kit.fail(err)
		}
		said := v.kit.t.Dupe.SaidTwo
		if !two {
			said = v.kit.t.Dupe.SaidNotTwo
		}
		return tea.Batch(v.load(), notify(noteGood, said))
	})
}

// askUnmerge asks, and takes a merge apart.
func (k *kit) askUnmerge(m db.Merge, then func() tea.Cmd) tea.Cmd {
	t := &k.t.Dupe
	return show(newConfirm(k, fmt.Sprintf(t.UndoAsk, m.Into), []string{fmt.Sprintf(t.UndoWhat, m.Name, m.Into)}, func() tea.Cmd {
		acts, actor := k.Ops, k.Actor
		return ask(k, &k.lately, func(ctx context.Context) (db.Unmerged, error) {
			return acts.UnmergeCustomers(ctx, actor, m.Loser)
		}, func(u db.Unmerged, err error) tea.Cmd {
			if err != nil {
				return k.fail(err)
			}
			return tea.Batch(then(), notify(noteGood, k.unmerged(u)))
		})
	}))
}

func (v *duplicates) Keys() []binding {
	t := &v.kit.t.Dupe
	_, pair := v.list.item().(db.Pair)
	_, merged := v.list.item().(db.Merge)
	keys := []binding{on("f", t.KeyShown)}
	if v.shows == pairsMerged {
		return append(keys, on("u", t.KeyUndo).unless(merged && v.kit.may(policy.CustomerUnmerge), v.kit.t.OffNothing))
	}
	two := t.KeyTwo
	if v.shows == pairsDismissed {
		two = t.KeyNotTwo
	}
	return append(
		[]binding{on("m", t.KeyMerge).unless(pair, v.kit.t.OffNothing), on("x", two).unless(pair, v.kit.t.OffNothing)},
		append(
			keys,
			on("n", v.kit.t.People.KeyOlder).unless(v.page.More, v.kit.t.People.NoOlder),
			on("p", v.kit.t.People.KeyNewer).unless(len(v.back) > 0, v.kit.t.People.NoNewer),
		)...,
	)
}

func (v *duplicates) View(w, height int) string {
	t := &v.kit.t.Dupe
	v.width = w
	v.list.put(v.rows(w))
	head := v.columns(w, t.Pair, "", "%", t.Alike)
	shown := []string{t.Shown, t.Dismissed, t.Merged}[v.shows]
	lines := []string{spread(" "+v.kit.st.strong.of(shown), fmt.Sprintf(v.kit.t.People.Page, len(v.back)+1), w-1), "   " + v.kit.st.faint.of(cut(head, w-4))}
	switch {
	case !v.known:
		lines = append(lines, "   "+v.kit.st.faint.of(v.kit.t.Loading))
	case len(v.list.rows) == 0:
		for _, l := range wrap([]string{t.None, t.NoneDismissed, t.NoneMerged}[v.shows], w-6) {
			lines = append(lines, "   "+v.kit.st.faint.of(l))
		}
	}
	why := v.whyHere(w)
	lines = append(lines, v.list.lines(v.kit.st, w, max(height-len(lines)-len(why), 0))...)
	return join(append(lines, why...))
}

// whyHere is all of why the two under the cursor look like one, below the list.
func (v *duplicates) whyHere(w int) []string {
	p, ok := v.list.item().(db.Pair)
	if !ok {
		return nil
	}
	lines := []string{""}
	for _, l := range wrap(v.kit.likeness(p.Likeness), w-6) {
		lines = append(lines, "   "+v.kit.st.faint.of(l))
	}
	return lines
}

func (v *duplicates) columns(w int, a, b, score, why string) string {
	name := max((w-4-7)*3/10, 12)
	return columns([]int{name, name, 4, max(w-4-7-2*name, 8)}, a, b, score, why)
}

func (v *duplicates) rows(w int) []rosterRow {
	var rows []rosterRow
	if v.shows == pairsMerged {
		for _, m := range v.merged {
			text := v.columns(w, m.Name, m.Into, "", fmt.Sprintf(v.kit.t.Dupe.Until, v.kit.date(m.Until)))
			rows = append(rows, rosterRow{id: strconv.FormatInt(m.ID, 10), item: m, text: text})
		}
		return rows
	}
	for _, p := range v.page.Rows {
		rows = append(rows, rosterRow{
			id: fmt.Sprint(p.A.ID, p.B.ID), item: p,
			text: v.columns(w, p.A.Name().String(), p.B.Name().String(), padLeft(strconv.Itoa(p.Score), 3), v.kit.likeness(p.Likeness)),
		})
	}
	return rows
}
