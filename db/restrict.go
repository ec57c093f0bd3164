package db

import (
	"context"

	"balie/policy"
	"balie/policy/text"
)

const restrictSQL = `update customers set restricted = $2, updated_at = $3, version = version + 1 where id = $1`

// Restrict restricts a customer, or ends that; history keeps who and why, sealed
// as all of it is. False when it was so already.
func (tx *Tx) Restrict(ctx context.Context, id int64, on bool, why text.Line) (changed bool, err error) {
	o, err := tx.lock(ctx, id)
	if err != nil {
		return false, err
	}
	tx.About(id, "restricted")
	if o.Restricted == on {
		return false, nil
	}
	from, to := "", why.String()
	if !on {
		from, to = to, from
	}
	batch := newBatch()
	batch.Queue(restrictSQL, id, on, tx.Now)
	change := []Change{{Field: "restricted", From: text.New(from), To: text.New(to)}}
	tx.queueHistory(batch, o.key, id, o.Version+1, policy.CustomerRestrict, newRequest(), change)
	return true, tx.SendBatch(ctx, batch).Close()
}
