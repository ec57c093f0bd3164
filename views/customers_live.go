package views

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"balie/db"
)

// RefreshRows looks again at single customers that colleagues changed. When the
// list may have another order by it, or hold others, all of it is looked at.
func (c *customers) RefreshRows(records []db.Record) tea.Cmd {
	narrowed := c.filtered() || c.in.line().String() != ""
	if c.find.busy || narrowed && c.looked <= mostHeld {
		return c.Refresh()
	}
	ids := make([]int64, len(records))
	for i, r := range records {
		ids[i] = r.ID
	}
	acts, actor := c.kit.Ops, c.kit.Actor.Looking()
	return ask(c.kit, &c.find, func(ctx context.Context) ([]db.Row, error) {
		return acts.LookAtRows(ctx, actor, ids)
	}, func(rows []db.Row, err error) tea.Cmd {
		if err != nil {
			return tea.Batch(c.kit.fail(err), c.catchUp())
		}
		return tea.Batch(c.patch(ids, rows), c.catchUp())
	})
}

// patch puts rows in the place of what they were; one that is not among them any
// more is out of sight, and goes.
func (c *customers) patch(ids []int64, now []db.Row) tea.Cmd {
	kept := make([]db.Row, 0, len(c.rows))
	for _, was := range c.rows {
		if !slices.Contains(ids, was.ID) {
			kept = append(kept, was)
			continue
		}
		i := slices.IndexFunc(now, func(r db.Row) bool { return r.ID == was.ID })
		if i < 0 {
			continue
		}
		if c.moves(was, now[i]) {
			return c.Refresh()
		}
		kept = append(kept, now[i])
	}
	return c.refreshed(db.Page{Rows: kept, Next: c.next, More: c.more, Looked: c.looked}, nil)
}

// moves says whether a customer stands elsewhere in the list by its change.
func (c *customers) moves(was, now db.Row) bool {
	switch c.query.Sort {
	case db.ByName:
		return was.Name() != now.Name()
	case db.ByActivity:
		return !was.LastActivity.Equal(now.LastActivity)
	}
	return true
}
