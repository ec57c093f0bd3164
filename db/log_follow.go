package db

import (
	"context"
	"fmt"

	"balie/policy"
)

// LogMark is up to where a follower has the log: all rows of transactions below
// xid, and of those above it the rows in seen. Ids alone would not do: a row's
// id is given before its transaction commits, so a lower one may come later.
type LogMark struct {
	xid  uint64
	seen map[int64]uint64 // the transaction of each row
}

// past is the mark after rows were given, when everything below xid was settled.
func (m LogMark) past(xid uint64, rows []AuditRow) LogMark {
	next := LogMark{xid, map[int64]uint64{}}
	for id, x := range m.seen {
		if x >= xid {
			next.seen[id] = x
		}
	}
	for _, r := range rows {
		if r.XID >= xid {
			next.seen[r.ID] = r.XID
		}
	}
	return next
}

// FollowField marks the rows by which following is logged. Followers don't see
// them come: two who follow would feed each other for ever.
const FollowField = "follow"

// FollowLog gives the rows that appeared since the mark, the oldest first, and
// the next mark. When there are more than fit, it goes on where it stopped.
func (tx *Tx) FollowLog(ctx context.Context, q LogQuery, from LogMark) ([]LogRow, LogMark, error) {
	limit := min(max(q.Limit, 1), MaxLogPage)
	settled, err := tx.beginLog(ctx)
	if err != nil {
		return nil, from, err
	}
	ids := make([]int64, 0, len(from.seen))
	for id := range from.seen {
		ids = append(ids, id)
	}
	c := q.conditions()
	c.add("xid >= $%d and id <> all($%d)", from.xid, ids)
	c.add("not (act = $%d and fields = $%d)", string(policy.AuditView), []string{FollowField})
	rows, err := collect[AuditRow](ctx, tx, auditSQL+c.where()+` order by xid, id limit `+fmt.Sprint(limit), c.args...)
	if err != nil {
		return nil, from, err
	}
	if len(rows) == limit {
		settled = min(settled, rows[limit-1].XID)
	}
	opened, err := tx.openLog(rows, q)
	return opened, from.past(settled, rows), err
}
