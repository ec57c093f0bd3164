package ops

import (
	"context"
	"errors"

	"balie/db"
	"balie/policy"
)

// handBatch is how many customers move in one transaction.
const handBatch = 500

// handOn moves the next customers of one who left, under the lock of the
// departure: whoever goes on with it, however many do, each customer moves
// once. ErrIdle when there is nobody to take over, or nothing to hand over.
func handOn(ctx context.Context, tx *db.Tx, departure int32) (moved int, d db.Departure, err error) {
	if d, err = tx.LockDeparture(ctx, departure); err != nil || !d.Handing() {
		return 0, d, orElse(err, ErrIdle)
	}
	heir, err := dueHeir(ctx, tx, d)
	if err != nil || heir == 0 {
		return 0, d, orElse(err, ErrIdle)
	}
	if heir != d.Heir {
		if err := tx.SetHeir(ctx, d.ID, heir); err != nil {
			return 0, d, err
		}
		d.Heir = heir
	}
	moved, err = tx.HandOn(ctx, d, handBatch)
	d.Handed += int64(moved)
	return moved, d, err
}

// HandOn hands over what a departure left behind while the admin looks on, and
// says how many customers moved in all. progress hears how far it is. Whatever
// ends it, the clock goes on with it within a minute.
func (o *Ops) HandOn(ctx context.Context, actor policy.Actor, departure int32, progress func(done, total int)) (d db.Departure, err error) {
	err = o.act(ctx, actor, policy.PersonLeave, policy.Resource{}, func(tx *db.Tx) error {
		d, err = tx.GetDeparture(ctx, departure)
		tx.About(int64(d.Person), "departure")
		return err
	})
	for more := err == nil && d.Handing(); more; {
		progress(int(d.Handed), int(d.Owned))
		// The admin may see no customer, so the clock's hands do it.
		err = o.act(ctx, policy.System(policy.Clock), policy.CustomerHandOver, policy.Resource{}, func(tx *db.Tx) error {
			var moved int
			moved, d, err = handOn(ctx, tx, departure)
			more = moved > 0
			return err
		})
		more = more && err == nil
	}
	if errors.Is(err, ErrIdle) {
		err = nil
	}
	if err == nil {
		progress(int(d.Handed), int(d.Owned))
	}
	return d, err
}
