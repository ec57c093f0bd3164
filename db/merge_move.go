package db

import (
	"context"
	"slices"
)

// moved are rows of one table that went with a merge: by their keys there now,
// what these were before where they are counted per customer, and a mark each by
// which one sees whether somebody has worked on it since.
type moved struct {
	Table  string  `json:"t"`
	Column string  `json:"c"`
	Keys   []int64 `json:"k"`
	Was    []int64 `json:"w,omitempty"`
	Marks  []int64 `json:"m"`
}

// movable is a table whose rows belong to a customer, as its migration says.
type movable struct {
	Tab      string
	Col      string
	Sealed   []string
	Via      string
	Renumber bool
}

const selectMovables = `select tab, col, sealed, coalesce(via, '') as via, renumber from movables order by tab, col`

// movables are all of them; those that hang on another table come after it.
func (tx *Tx) movables(ctx context.Context) ([]movable, error) {
	left, err := collect[movable](ctx, tx, selectMovables)
	var all []movable
	for n := -1; n != len(all); {
		n = len(all)
		left = slices.DeleteFunc(left, func(m movable) bool {
			ready := m.Via == "" || slices.ContainsFunc(all, func(p movable) bool { return p.Tab == m.Via })
			if ready {
				all = append(all, m)
			}
			return ready
		})
	}
	return all, err
}

type movedRow struct {
	Key    int64
	Mark   int64
	Sealed [][]byte
}

const (
	mergeRowsSQL = `select key, mark, sealed from merge_rows($1, $2, $3, $4)`
	mergeMoveSQL = `select merge_move($1, $2, $3, $4, $5, $6, $7)`
)

// moveAll moves every row of from to to.
func (tx *Tx) moveAll(ctx context.Context, from, to opened) ([]moved, error) {
	tables, err := tx.movables(ctx)
	if err != nil {
		return nil, err
	}
	var all []moved
	for _, t := range tables {
		var parents []int64
		holder := from.ID
		if t.Via != "" {
			parents, holder = keysIn(all, t.Via), to.ID
		}
		rows, err := collect[movedRow](ctx, tx, mergeRowsSQL, t.Tab, t.Col, holder, parents)
		if err != nil {
			return nil, err
		}
		m, err := tx.move(ctx, t, from, to, rows, nil)
		if err != nil {
			return nil, err
		}
		if len(m.Keys) > 0 {
			all = append(all, m)
		}
	}
	return all, nil
}

func keysIn(all []moved, table string) []int64 {
	for _, m := range all {
		if m.Table == table {
			return m.Keys
		}
	}
	return []int64{}
}

// move seals rows of one table anew and moves them. was gives rows that are
// counted per customer the numbers that they had once; without it they get new
// ones, before all that the other has.
func (tx *Tx) move(ctx context.Context, t movable, from, to opened, rows []movedRow, was []int64) (moved, error) {
	m := moved{Table: t.Tab, Column: t.Col}
	if len(rows) == 0 {
		return m, nil
	}
	keys, fresh, cells := make([]int64, len(rows)), was, [][]byte{}
	for i, r := range rows {
		keys[i] = r.Key
		anew, err := resealed(t, from, to, r)
		if err != nil {
			return m, err
		}
		cells = append(cells, anew...)
	}
	if t.Renumber && was == nil {
		var err error
		if fresh, err = tx.before(ctx, t, to.ID, len(rows)); err != nil {
			return m, err
		}
	}
	var done []int64
	if err := tx.QueryRow(ctx, mergeMoveSQL, t.Tab, t.Col, from.ID, to.ID, keys, fresh, cells).Scan(&done); err != nil {
		return m, err
	}
	for i, r := range rows {
		if !slices.Contains(done, r.Key) {
			continue // the other had it already
		}
		key := r.Key
		if t.Renumber {
			key = fresh[i]
			m.Was = append(m.Was, r.Key)
		}
		m.Keys, m.Marks = append(m.Keys, key), append(m.Marks, r.Mark)
	}
	return m, nil
}

// resealed are the sealed columns of a row under the other's key.
func resealed(t movable, from, to opened, r movedRow) ([][]byte, error) {
	out := make([][]byte, len(t.Sealed))
	for i, col := range t.Sealed {
		if r.Sealed[i] == nil {
			continue
		}
		place := t.Tab + "." + col
		plain, err := from.key.Open(place, r.Sealed[i])
		if err != nil {
			return nil, err
		}
		out[i] = to.key.Seal(place, plain)
	}
	return out, nil
}

// before are n numbers below all that a customer's rows have in a table: what was
// another's stands before what is its own, and never in the way of what comes.
func (tx *Tx) before(ctx context.Context, t movable, id int64, n int) ([]int64, error) {
	rows, err := collect[movedRow](ctx, tx, mergeRowsSQL, t.Tab, t.Col, id, nil)
	if err != nil {
		return nil, err
	}
	least := int64(0)
	if len(rows) > 0 {
		least = min(least, rows[0].Key)
	}
	fresh := make([]int64, n)
	for i := range fresh {
		fresh[i] = least - int64(n) + int64(i)
	}
	return fresh, nil
}
