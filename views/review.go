package views

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// reviewView is one access review: what stands out, and what is decided.
type reviewView struct {
	kit     *kit
	id      int32
	name    string
	sheet   ops.ReviewSheet
	known   bool
	mine    bool // only what is the actor's to review
	items   []db.ReviewItem
	marks   map[int32]bool // by grant
	place   map[int32]int  // by grant: where it stood when it was first shown
	grid    *grid
	room    int
	decided bool // the answer under way follows a decision
	asks    latest
	does    latest
}

func newReview(k *kit, id int32, name string) *reviewView {
	v := &reviewView{kit: k, id: id, name: name, mine: k.Actor.Role != policy.Auditor, marks: map[int32]bool{}, place: map[int32]int{}}
	t := &k.t.Access
	v.grid = &grid{
		k: k, cells: v.cells, marked: func(row int) bool { return v.marks[v.items[row].GrantID] },
		columns: []column{
			{name: "who", title: t.Who, width: 13, grow: true},
			{name: "grant", title: t.Grant, width: 9},
			{name: "since", title: t.Since, width: 8},
			{name: "used", title: t.LastUsed, width: 9},
			{name: "viewed", title: t.Viewed, width: 7, right: true},
			{name: "usual", title: t.Usual, width: 5, right: true},
			{name: "decision", title: t.Decision, width: 12},
			{name: "reviewer", title: t.Reviewer, width: 14, grow: true},
			{name: "why", title: t.Why, width: 20, grow: true},
		},
	}
	return v
}

func (v *reviewView) Title() string { return fmt.Sprintf(v.kit.t.Access.Review, v.name) }
func (v *reviewView) Init() tea.Cmd { return v.load() }
func (v *reviewView) Wake() tea.Cmd { return v.load() }
func (v *reviewView) Leave()        { v.asks.drop() } // what was begun goes on to its end

func (v *reviewView) load() tea.Cmd {
	acts, actor, id := v.kit.Ops, v.kit.Actor, v.id
	return ask(v.kit, &v.asks, func(ctx context.Context) (ops.ReviewSheet, error) {
		return acts.ShowReview(ctx, actor, id)
	}, func(s ops.ReviewSheet, err error) tea.Cmd {
		if err != nil {
			return v.kit.fail(err)
		}
		first := !v.known
		v.sheet, v.known = s, true
		if first && !slices.ContainsFunc(s.Items, v.isMine) {
			v.mine = false
		}
		v.refill()
		if v.decided {
			v.decided = false
			v.toNext()
		}
		return nil
	})
}

func (v *reviewView) isMine(i db.ReviewItem) bool {
	return i.Reviewer == v.kit.Actor.ID && i.PersonID != v.kit.Actor.ID
}

// refill shows the chosen part. Those that waited when the screen was opened
// come first; a row stays where it is when it is decided, so that no key meets
// another row than the one looked at.
func (v *reviewView) refill() {
	v.items = v.items[:0]
	for _, i := range v.sheet.Items {
		if !v.mine || v.isMine(i) {
			v.items = append(v.items, i)
		}
	}
	for _, i := range v.items {
		if _, known := v.place[i.GrantID]; !known {
			v.place[i.GrantID] = rankOf(i)
		}
	}
	slices.SortStableFunc(v.items, func(a, b db.ReviewItem) int { return v.place[a.GrantID] - v.place[b.GrantID] })
	v.grid.n = len(v.items)
	v.grid.changed()
}

func rankOf(i db.ReviewItem) int {
	if i.Decision == policy.Undecided {
		return 0
	}
	return 1
}

// toNext goes to the next one that waits, if there is one below.
func (v *reviewView) toNext() {
	for n := v.grid.at; n < len(v.items); n++ {
		if v.items[n].Decision == policy.Undecided {
			v.grid.at = n
			return
		}
	}
}

// mayDecide says whether the actor may decide on it now.
func (v *reviewView) mayDecide(i db.ReviewItem) bool {
	return policy.MayDecide(v.kit.Actor, i.Case()) == nil && i.Decision != policy.Changed && i.Decision != policy.Revoked
}

func (v *reviewView) here() (db.ReviewItem, bool) {
	if v.grid.at < len(v.items) {
		return v.items[v.grid.at], true
	}
	return db.ReviewItem{}, false
}

// targets are the marked ones, else the one under the cursor: of these, those
// that the actor may decide on.
func (v *reviewView) targets() (all []db.ReviewItem) {
	for n, i := range v.items {
		if (v.marks[i.GrantID] || len(v.marks) == 0 && n == v.grid.at) && v.mayDecide(i) {
			all = append(all, i)
		}
	}
	return all
}

func (v *reviewView) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || !v.known || v.grid.Update(key, v.room) {
		return nil
	}
	for _, a := range v.actions() {
		if a.key == key.String() {
			if a.off != "" {
				return notify(noteWarn, a.off)
			}
			return a.run()
		}
	}
	return nil
}

// actions are what can be done here, and why not.
func (v *reviewView) actions() []personAction {
	t := &v.kit.t.Access
	i, onItem := v.here()
	some := len(v.targets()) > 0
	off := t.OffNone
	switch {
	case !v.sheet.Review.Open():
		off = t.OffClosed
	case !v.kit.may(policy.ReviewDecide):
		off = t.OffAuditor
	}
	open1 := v.sheet.Review.Open() && v.kit.may(policy.ReviewDecide)
	return []personAction{
		{on("y", t.KeyConfirm).unless(some, off), v.confirm},
		{on("c", t.KeyChange).unless(some, off), v.change},
		{on("x", t.KeyRevoke).unless(some, off), v.revoke},
		{on("enter", t.KeyLook).unless(onItem, off), func() tea.Cmd { return open(newReviewItem(v.kit, v.sheet, i)) }},
		{on("S", t.KeySign).unless(open1, off), v.sign},
		{on("space", t.KeyMark).unless(onItem, off), v.mark},
		{on("V", t.KeyMarkAll).unless(open1, off), v.markAll},
		{on("z", t.KeyUndo).unless(some && i.Decision == policy.Confirmed, off), v.undo1},
		{on("a", t.KeyAssign).unless(open1 && onItem, off), v.assign},
		{on("w", t.KeyAway).unless(v.kit.may(policy.ReviewAssign), t.OffAuditor), v.away},
		{on("o", t.KeyOnly), v.toggle},
		{on("E", t.KeyExport).unless(!v.sheet.Review.Open(), t.Suspends), v.export},
		{on("ctrl+r", v.kit.t.People.Reload), v.load},
	}
}

func (v *reviewView) Keys() []binding {
	var keys []binding
	for _, a := range v.actions() {
		keys = append(keys, a.binding)
	}
	return keys
}

func (v *reviewView) toggle() tea.Cmd {
	v.mine = !v.mine
	v.refill()
	return nil
}

func (v *reviewView) mark() tea.Cmd {
	if i, ok := v.here(); ok {
		if v.marks[i.GrantID] {
			delete(v.marks, i.GrantID)
		} else {
			v.marks[i.GrantID] = true
		}
		v.grid.touched(v.grid.at)
		v.grid.at = min(v.grid.at+1, len(v.items)-1)
	}
	return nil
}

// markAll marks what is undecided and the actor's to decide; once more, nothing.
func (v *reviewView) markAll() tea.Cmd {
	had := len(v.marks) > 0
	clear(v.marks)
	for _, i := range v.items {
		if !had && i.Decision == policy.Undecided && v.mayDecide(i) {
			v.marks[i.GrantID] = true
		}
	}
	v.grid.changed()
	return nil
}

func (v *reviewView) export() tea.Cmd {
	return notify(noteGood, fmt.Sprintf(v.kit.t.Access.ExportHint, v.kit.Host, v.id))
}
