package views

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// twinMerge shows two customers side by side: for each field in which they
// differ one chooses which is right.
type twinMerge struct {
	kit     *kit
	ids     [2]int64 // who stays, and who becomes part of it
	pair    db.Pair
	rows    []twinField
	at, top int
	known   bool
	request ops.RequestKey
	asks    latest
	busy    latest
}

// twinField is a field in which two customers differ.
type twinField struct {
	db.Field
	takes takes
}

// takes says of whom a field is taken.
type takes int

const (
	takesFirst takes = iota
	takesSecond
	takesBoth
)

func newTwinMerge(k *kit, stays, goes int64) *twinMerge {
	return &twinMerge{kit: k, ids: [2]int64{stays, goes}, request: ops.NewRequestKey()}
}

func (v *twinMerge) Title() string { return v.kit.t.Dupe.MergeTitle }
func (v *twinMerge) Leave()        { v.asks.drop(); v.busy.drop() }

func (v *twinMerge) Init() tea.Cmd {
	acts, actor, ids := v.kit.Ops, v.kit.Actor, v.ids
	return ask(v.kit, &v.asks, func(ctx context.Context) (db.Pair, error) {
		return acts.GetPair(ctx, actor, ids[0], ids[1])
	}, func(p db.Pair, err error) tea.Cmd {
		if err != nil {
			return tea.Batch(closeView(v), v.kit.needReason(err))
		}
		v.put(p)
		return nil
	})
}

// put begins with what becomes of the two if nobody chooses otherwise.
func (v *twinMerge) put(p db.Pair) {
	v.pair, v.rows, v.known = p, nil, true
	joined := db.Joined(p.A, p.B)
	for _, f := range db.AllFields(&p.A, &p.B) {
		a, b, j := f.Tell(&p.A), f.Tell(&p.B), f.Tell(&joined)
		switch {
		case a == b:
		case j == a:
			v.rows = append(v.rows, twinField{f, takesFirst})
		case j == b:
			v.rows = append(v.rows, twinField{f, takesSecond})
		default:
			v.rows = append(v.rows, twinField{f, takesBoth})
		}
	}
}

func (v *twinMerge) Keys() []binding {
	t := &v.kit.t.Dupe
	return []binding{
		on(v.kit.t.SpaceKey, t.KeyChoose), on("ctrl+s", t.KeyPreview), on("w", t.KeySwap), on("↑↓", v.kit.t.KeyMove), on("esc", v.kit.t.KeyCancel),
	}
}

func (v *twinMerge) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || !v.known {
		return nil
	}
	switch key.String() {
	case "up", "k":
		v.at = max(v.at-1, 0)
	case "down", "j":
		v.at = max(min(v.at+1, len(v.rows)-1), 0)
	case "space", "right", "left":
		v.choose()
	case "w":
		v.ids[0], v.ids[1] = v.ids[1], v.ids[0]
		v.put(db.Pair{A: v.pair.B, B: v.pair.A, Likeness: v.pair.Likeness})
	case "ctrl+s", "enter":
		return v.preview()
	}
	return nil
}

func (v *twinMerge) choose() {
	if v.at >= len(v.rows) {
		return
	}
	r := &v.rows[v.at]
	kinds := takes(2)
	if slices.Contains(db.Several, r.Name) {
		kinds = 3
	}
	r.takes = (r.takes + 1) % kinds
}

// merging is what was chosen.
func (v *twinMerge) merging() db.Merging {
	c := v.pair.A
	for _, r := range v.rows {
		switch r.takes {
		case takesSecond:
			r.Copy(&c, &v.pair.B)
		case takesBoth:
			db.Both(r.Name, &c, &v.pair.B)
		}
	}
	return db.Merging{Winner: c, Loser: v.pair.B.ID, Version: v.pair.B.Version, Request: v.request}
}

// preview tells what would move, and asks.
func (v *twinMerge) preview() tea.Cmd {
	if v.busy.busy {
		return nil
	}
	acts, actor, m := v.kit.Ops, v.kit.Actor, v.merging()
	return ask(v.kit, &v.busy, func(ctx context.Context) (db.Merged, error) {
		return acts.MergeCustomers(ctx, actor, m, true)
	}, func(would db.Merged, err error) tea.Cmd {
		if err != nil {
			return v.kit.needReason(err)
		}
		t := &v.kit.t.Dupe
		return show(newConfirm(v.kit, fmt.Sprintf(t.Ask, v.pair.B.Name().String(), v.pair.A.Name().String()), []string{
			fmt.Sprintf(t.Becomes, would.Name().String()), v.kit.moves(would.Moved), v.kit.st.faint.of(t.Limits),
		}, func() tea.Cmd { return v.merge(m) }))
	})
}

// moves tells what goes along, in words.
func (k *kit) moves(moved map[string]int) string {
	var parts []string
	for _, table := range slices.Sorted(maps.Keys(moved)) {
		parts = append(parts, k.num(moved[table])+" "+cmpOr(k.t.Dupe.Tables[table], text.Clean(table)))
	}
	if len(parts) == 0 {
		return k.t.Dupe.NoMoves
	}
	return fmt.Sprintf(k.t.Dupe.Moves, strings.Join(parts, ", "))
}

func (v *twinMerge) merge(m db.Merging) tea.Cmd {
	acts, actor := v.kit.Ops, v.kit.Actor
	return ask(v.kit, &v.busy, func(ctx context.Context) (db.Merged, error) {
		return acts.MergeCustomers(ctx, actor, m, false)
	}, func(done db.Merged, err error) tea.Cmd {
		if err != nil {
			return v.kit.fail(err)
		}
		name := done.Name().String()
		v.kit.rememberMerge(name, m.Loser)
		return tea.Batch(replace(v, newCustomer(v.kit, done.ID, name)), notify(noteGood, fmt.Sprintf(v.kit.t.Dupe.Done, name)))
	})
}

// rememberMerge lets z take the merge apart again, as long as other acts.
func (k *kit) rememberMerge(name string, loser int64) {
	acts, said := k.Ops, ""
	k.undo = &undo{
		question: func(ago string) string { return fmt.Sprintf(k.t.Dupe.ZWhat, name, ago) },
		at:       k.Now(),
		run: func(ctx context.Context, actor policy.Actor) (int, error) {
			u, err := acts.UnmergeCustomers(ctx, actor, loser)
			said = k.unmerged(u)
			return 2, err
		},
		said: func(int) string { return said },
	}
}

// unmerged says that they are two again, and what stays where it is.
func (k *kit) unmerged(u db.Unmerged) string {
	winner := u.Winner.Name().String()
	if len(u.Stayed) == 0 {
		return fmt.Sprintf(k.t.Dupe.Undone, winner+", "+u.Loser.Name().String())
	}
	words := make([]string, len(u.Stayed))
	for i, s := range u.Stayed {
		words[i] = cmpOr(k.t.Dupe.Tables[s], k.t.fieldName(s))
	}
	return fmt.Sprintf(k.t.Dupe.UndoneBut, winner, strings.Join(words, ", "))
}
