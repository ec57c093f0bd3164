package ops

import (
	"context"

	"balie/db"
	"balie/policy"
)

// SetStatus gives customers a status, and gives those that changed.
func (o *Ops) SetStatus(ctx context.Context, actor policy.Actor, ids []int64, status policy.Status) (changed []int64, err error) {
	if len(ids) == 0 || len(ids) > maxBulk {
		return nil, policy.Errorf(policy.Invalid, "Choose between 1 and %d customers.", maxBulk)
	}
	err = o.act(ctx, actor, policy.CustomerUpdate, policy.Resource{}, func(tx *db.Tx) error {
		changed, err = tx.SetStatus(ctx, ids, status)
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
