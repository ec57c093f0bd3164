package db

import (
	"context"

	"balie/policy"
)

// Back is a customer to be given back to whose it was.
type Back struct {
	ID    int64
	Owner int32
}

// TakeBack undoes a hand-over of the actor's to holder, and gives those that
// came back: PostgreSQL lets go of none that was handed over more than ten
// minutes ago, by somebody else, or that somebody has worked with since.
func (tx *Tx) TakeBack(ctx context.Context, back []Back, holder int32) ([]int64, error) {
	ids, owners := make([]int64, len(back)), make([]int32, len(back))
	for i, b := range back {
		ids[i], owners[i] = b.ID, b.Owner
	}
	moved, err := tx.ids(ctx, `select take_back($1, $2, $3)`, ids, owners, holder)
	if err != nil {
		return nil, err
	}
	tx.About(int64(holder), "owner")
	return moved, tx.settle(ctx, moved, holder)
}

// settle moves the search rows of what came back, and writes its history.
func (tx *Tx) settle(ctx context.Context, ids []int64, holder int32) error {
	cs, err := tx.getCustomers(ctx, selectForUpdate, ids)
	if err != nil {
		return err
	}
	rows, err := tx.tokenRowsOf(ctx, cs)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `select take_tokens($1, $2, $3, $4)`, rows.tokens, rows.buckets, rows.ids, holder); err != nil {
		return err
	}
	batch := newBatch()
	for _, c := range cs {
		change := []Change{{Field: "owner", From: ownerText(holder), To: ownerText(c.Owner)}}
		tx.queueHistory(batch, c.key, c.ID, c.Version, policy.CustomerHandOver, newRequest(), change)
	}
	return tx.SendBatch(ctx, batch).Close()
}

const ownLatestSQL = `select h.customer_id from history h join customers c on c.id = h.customer_id and c.version = h.version
  where h.customer_id = any($1) and h.person_id = $2 and h.at > now() - $3::interval`

// ownLatest keeps those that nobody changed after the actor, who did so within
// the time in which that can be taken back.
func (tx *Tx) ownLatest(ctx context.Context, ids []int64) ([]int64, error) {
	return tx.ids(ctx, ownLatestSQL, ids, tx.Actor.ID, policy.UndoTime)
}

// UndoRetag takes back a Retag of the actor's, as far as nobody changed the
// customers since, and says of how many.
func (tx *Tx) UndoRetag(ctx context.Context, ids []int64, tag int32, on bool) (changed []int64, err error) {
	own, err := tx.ownLatest(ctx, ids)
	if err != nil {
		return nil, err
	}
	return tx.Retag(ctx, own, tag, !on)
}

// FreshChange refuses to take back the change that made a version when that is
// too long ago by the database's clock.
func (tx *Tx) FreshChange(ctx context.Context, id int64, version int) error {
	c, err := tx.GetForUpdate(ctx, id)
	if err == nil && c.Version == version && tx.Now.Sub(c.UpdatedAt) > policy.UndoTime {
		err = policy.Errorf(policy.Conflict, "This change is more than ten minutes ago: change it back by hand.")
	}
	return err
}
