package ops

import (
	"context"

	"balie/db"
	"balie/policy"
)

// What one did oneself can be taken back within policy.UndoTime, as long as
// nobody has worked with it since. The database's clock counts.

// UndoChange takes back the actor's own latest change of a customer.
func (o *Ops) UndoChange(ctx context.Context, actor policy.Actor, id int64, version int, before db.Customer, request RequestKey) (after db.Customer, err error) {
	before.ID, before.Version = id, version
	if err := CheckCustomer(&before, o.Country); err != nil {
		return before, err
	}
	err = o.act(ctx, actor, policy.CustomerUpdate, policy.Resource{}, func(tx *db.Tx) error {
		if err := tx.FreshChange(ctx, id, version); err != nil {
			return err
		}
		after, err = tx.UpdateCustomer(ctx, db.Update{Customer: before, Request: request, Act: policy.CustomerUpdate})
		return err
	})
	return after, err
}

// TakeBack undoes a hand-over to holder, and says how many customers came back.
func (o *Ops) TakeBack(ctx context.Context, actor policy.Actor, back []db.Back, holder int32) (moved int, err error) {
	err = o.undo(ctx, actor, policy.CustomerHandOver, len(back), func(tx *db.Tx) (ids []int64, err error) {
		ids, err = tx.TakeBack(ctx, back, holder)
		moved = len(ids)
		return ids, err
	})
	return moved, err
}

// UndoRetag takes back a Retag that changed ids, and says of how many.
func (o *Ops) UndoRetag(ctx context.Context, actor policy.Actor, ids []int64, tag int32, on bool) (changed int, err error) {
	err = o.undo(ctx, actor, policy.CustomerUpdate, len(ids), func(tx *db.Tx) (back []int64, err error) {
		back, err = tx.UndoRetag(ctx, ids, tag, on)
		changed = len(back)
		return back, err
	})
	return changed, err
}

func (o *Ops) undo(ctx context.Context, actor policy.Actor, act policy.Act, n int, fn func(*db.Tx) ([]int64, error)) error {
	if n == 0 || n > maxBulk {
		return policy.Errorf(policy.Invalid, "Choose between 1 and %d customers.", maxBulk)
	}
	return o.act(ctx, actor, act, policy.Resource{}, func(tx *db.Tx) error {
		done, err := fn(tx)
		if err == nil && len(done) == 0 {
			err = policy.Errorf(policy.Conflict, "Nothing was taken back: it is more than ten minutes ago, or somebody has worked with these customers since.")
		}
		return err
	})
}
