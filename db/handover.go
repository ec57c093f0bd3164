package db

import (
	"context"

	"balie/policy"
)

// HandOver gives customers to another owner, together with the tokens by which
// they are found, and returns those that moved.
func (tx *Tx) HandOver(ctx context.Context, ids []int64, to int32) ([]int64, error) {
	return tx.handOver(ctx, ids, to, tx.Actor.ID)
}

// handOver says in their histories that by did it, who may have ordered it long
// ago.
func (tx *Tx) handOver(ctx context.Context, ids []int64, to, by int32) ([]int64, error) {
	cs, err := tx.getCustomers(ctx, selectForUpdate, ids)
	if err != nil {
		return nil, err
	}
	rows, err := tx.tokenRowsOf(ctx, cs)
	if err != nil {
		return nil, err
	}
	if err := tx.rememberHandOver(ctx, cs, to, by); err != nil {
		return nil, err
	}
	moved, err := tx.ids(ctx, `select hand_over($1, $2, $3, $4, $5)`, ids, to, rows.tokens, rows.buckets, rows.ids)
	if err == nil && len(moved) == 0 {
		return nil, policy.Errorf(policy.Invalid, "Nothing was handed over: choose a colleague in sales who is still with the firm.").On("owner")
	}
	tx.About(int64(to), "owner")
	return moved, err
}

// rememberHandOver writes history before the rows leave the actor's sight; if
// nobody takes them over, all is rolled back.
func (tx *Tx) rememberHandOver(ctx context.Context, cs []opened, to, by int32) error {
	batch := newBatch()
	for _, c := range cs {
		if c.Owner == to {
			continue
		}
		change := []Change{{Field: "owner", From: ownerText(c.Owner), To: ownerText(to)}}
		tx.queuePast(batch, c.key, c.ID, Past{Version: c.Version + 1, Person: by, Act: policy.CustomerHandOver, Changes: change}, newRequest())
	}
	return tx.SendBatch(ctx, batch).Close()
}

// Retag puts a tag on customers or takes it off, and gives those that changed:
// restricted ones don't.
func (tx *Tx) Retag(ctx context.Context, ids []int64, tag int32, on bool) (changed []int64, err error) {
	tx.About(int64(tag), "tags")
	return tx.changeMany(ctx, ids, func(c *Customer) { c.Tags = retagged(c.Tags, tag, on) })
}
