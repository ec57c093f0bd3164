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
// says whose these are. It shows nobody's data, and reads none.
func (tx *Tx) CountOwn(ctx context.Context) (map[policy.Status]int64, error) {
	rows, err := collect[statusCount](ctx, tx, `select t.status, sum(t.n)::bigint as n from customer_tally t group by t.status having sum(t.n) > 0`)
	counts := map[policy.Status]int64{}
	for _, r := range rows {
		counts[r.Status] = r.N
	}
	return counts, err
}

// silentSQL has a walk of its own for leads, who leave after another term than the
// others, from the longest silent on.
func (tx *Tx) silentSQL() string {
	along, whose := tx.along(0)
	each := func(which string) string {
		return "(select c.id, c.status, c.last_activity from customers c where " + whose + which + " order by c.last_activity, c.id limit $3)"
	}
	return "select x.id, x.status, x.last_activity from " + along +
		"(" + each(" and c.status = 1 and c.last_activity < $1") + " union all " + each(" and c.status <> 1 and c.last_activity < $2") + ") x"
}

type silent struct {
	ID           int64
	Status       policy.Status
	LastActivity time.Time
}

// ListLeaving gives those whose term by the schedule ends before the horizon or
// has ended, the first to leave first, and notes them as seen. It goes by the
// status alone: a purpose with a term of its own shows when one opens them.
func (tx *Tx) ListLeaving(ctx context.Context, s policy.Schedule, horizon time.Time, limit int) ([]Row, error) {
	others := s.Before(policy.Client, horizon)
	if former := s.Before(policy.Former, horizon); former.After(others) {
		others = former
	}
	found, err := collect[silent](ctx, tx, tx.silentSQL(), s.Before(policy.Lead, horizon), others, limit)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	on := func(c silent) time.Time { return s.LeavesOn(c.Status, c.LastActivity) }
	found = slices.DeleteFunc(found, func(c silent) bool { return on(c).IsZero() || on(c).After(horizon) })
	slices.SortFunc(found, func(a, b silent) int { return cmp.Or(on(a).Compare(on(b)), cmp.Compare(a.ID, b.ID)) })
	return tx.seenHeads(ctx, found[:min(len(found), limit)])
}

// Heads opens the heads of customers, and notes them as seen.
func (tx *Tx) Heads(ctx context.Context, ids []int64) ([]Row, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	tx.Saw(ids...)
	return tx.heads(ctx, ids)
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
