package db

import (
	"cmp"
	"context"
	"slices"
	"time"

	"balie/policy"
)

type statusCount struct {
	Status policy.Status
	N      int64
}

// CountOwn counts the customers that the actor may see by status: row security
// says whose these are. It shows nobody's data.
func (tx *Tx) CountOwn(ctx context.Context) (map[policy.Status]int64, error) {
	rows, err := collect[statusCount](ctx, tx, `select c.status, count(*) as n from customers c group by c.status`)
	counts := map[policy.Status]int64{}
	for _, r := range rows {
		counts[r.Status] = r.N
	}
	return counts, err
}

// Leads leave after another term than the others, so each kind is a walk of its
// own along the activity index, from the longest silent on.
const (
	silentOrder = ` order by c.last_activity, c.id desc limit $3`

	selectSilent = `select x.id, x.status, x.last_activity from (
		(select c.id, c.status, c.last_activity from customers c where c.status = 1 and c.last_activity < $1` + silentOrder + `) union all
		(select c.id, c.status, c.last_activity from customers c where c.status <> 1 and c.last_activity < $2` + silentOrder + `)) x`
	// A team is walked member by member, since the index is in order within one
	// owner only.
	selectSilentTeam = `select x.id, x.status, x.last_activity from team() m(id) cross join lateral (
		(select c.id, c.status, c.last_activity from customers c where c.scope = m.id and c.status = 1 and c.last_activity < $1` + silentOrder + `) union all
		(select c.id, c.status, c.last_activity from customers c where c.scope = m.id and c.status <> 1 and c.last_activity < $2` + silentOrder + `)) x`
)

type silent struct {
	ID           int64
	Status       policy.Status
	LastActivity time.Time
}

func (s silent) leaves() time.Time { return policy.LeavesOn(s.Status, s.LastActivity) }

// ListLeaving gives those whose default term ends before the horizon or has
// ended, the first to leave first, and notes them as seen.
func (tx *Tx) ListLeaving(ctx context.Context, horizon time.Time, limit int) ([]Row, error) {
	sql := selectSilent
	if tx.Actor.Role == policy.Manager {
		sql = selectSilentTeam
	}
	// A day more than the years take off: no leap day keeps anybody out here.
	before := func(s policy.Status) time.Time { return horizon.AddDate(-policy.RetentionYears(s), 0, 1) }
	found, err := collect[silent](ctx, tx, sql, before(policy.Lead), before(policy.Client), limit)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	found = slices.DeleteFunc(found, func(s silent) bool { return s.leaves().After(horizon) })
	slices.SortFunc(found, func(a, b silent) int {
		return cmp.Or(a.leaves().Compare(b.leaves()), cmp.Compare(a.ID, b.ID))
	})
	return tx.seenHeads(ctx, found[:min(len(found), limit)])
}

// seenHeads opens the heads in that order.
func (tx *Tx) seenHeads(ctx context.Context, found []silent) ([]Row, error) {
	place, ids := map[int64]int{}, make([]int64, len(found))
	for i, s := range found {
		place[s.ID], ids[i] = i, s.ID
	}
	rows, err := tx.heads(ctx, ids)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(rows, func(a, b Row) int { return cmp.Compare(place[a.ID], place[b.ID]) })
	tx.Saw(ids...)
	return rows, nil
}
