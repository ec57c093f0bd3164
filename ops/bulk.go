package ops

import (
	"context"

	"balie/db"
	"balie/policy"
)

// LeaveOut tells whom an act on many would leave out, and why: restricted
// records, and those that stand on nothing. It shows nobody.
func (o *Ops) LeaveOut(ctx context.Context, actor policy.Actor, ids []int64) (left []LeftOut, err error) {
	if len(ids) == 0 || len(ids) > maxBulk {
		return nil, policy.Errorf(policy.Invalid, "Choose between 1 and %d customers.", maxBulk)
	}
	err = o.act(ctx, actor, policy.CustomerList, policy.Resource{}, func(tx *db.Tx) error {
		_, left, err = sift(ctx, tx, ids, policy.MayTouch)
		return err
	})
	return left, err
}

// touchable are those whom an act on many may use; the log tells how many were
// left out, and why.
func touchable(ctx context.Context, tx *db.Tx, ids []int64) ([]int64, error) {
	may, left, err := sift(ctx, tx, ids, policy.MayTouch)
	if len(left) > 0 {
		tx.Detail("left out: " + toldLeft(CountLeft(left)))
	}
	return may, err
}

// SetStatus gives customers a status, and gives those that changed.
func (o *Ops) SetStatus(ctx context.Context, actor policy.Actor, ids []int64, status policy.Status) (changed []int64, err error) {
	if len(ids) == 0 || len(ids) > maxBulk {
		return nil, policy.Errorf(policy.Invalid, "Choose between 1 and %d customers.", maxBulk)
	}
	err = o.act(ctx, actor, policy.CustomerUpdate, policy.Resource{}, func(tx *db.Tx) error {
		may, err := touchable(ctx, tx, ids)
		if err == nil {
			changed, err = tx.SetStatus(ctx, may, status)
		}
		return err
	})
	return changed, err
}

// UndoStatus takes back a SetStatus, and says of how many.
func (o *Ops) UndoStatus(ctx context.Context, actor policy.Actor, was []db.StatusOf) (changed int, err error) {
	err = o.undo(ctx, actor, policy.CustomerUpdate, len(was), func(tx *db.Tx) (ids []int64, err error) {
		ids, err = tx.UndoStatus(ctx, was)
		changed = len(ids)
		return ids, err
	})
	return changed, err
}
