package ops

import (
	"context"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// ActivitySight is an activity with what was changed of it.
type ActivitySight struct {
	db.Activity
	Name    text.Line // the customer's
	History []db.Past
}

// ViewActivity opens one whole.
func (o *Ops) ViewActivity(ctx context.Context, actor policy.Actor, id int64) (s ActivitySight, err error) {
	err = o.act(ctx, actor, policy.ActivityView, policy.Resource{}, func(tx *db.Tx) error {
		if s.Activity, err = tx.GetActivity(ctx, id); err != nil {
			return err
		}
		c, err := tx.GetCustomer(ctx, s.Customer)
		if err != nil {
			return err
		}
		s.Name = c.Name()
		s.History, err = tx.ActivityHistory(ctx, s.Activity)
		return err
	})
	return s, err
}

// ActivityChange is an activity before and after a change, which is what undo
// needs.
type ActivityChange struct{ Before, After db.Activity }

// UpdateActivity puts one right: what came of it, who were there, how long it
// took. When somebody else changed it since it was read, the error is a Conflict
// that holds a *db.StaleOf[db.Activity].
func (o *Ops) UpdateActivity(ctx context.Context, actor policy.Actor, a db.Activity, request RequestKey) (c ActivityChange, err error) {
	if err := CheckActivity(a); err != nil {
		return c, err
	}
	err = o.act(ctx, actor, policy.ActivityUpdate, policy.Resource{}, func(tx *db.Tx) error {
		c, err = changeActivity(ctx, tx, a, request)
		return err
	})
	return c, err
}

func changeActivity(ctx context.Context, tx *db.Tx, a db.Activity, request RequestKey) (c ActivityChange, err error) {
	if err := happened(tx, a.At); err != nil {
		return c, err
	}
	was := func() (db.Activity, error) { return tx.GetActivity(ctx, a.ID) }
	if err := guard(ctx, tx, saidOfActivity(a), formerly(was, saidOfActivity)); err != nil {
		return c, err
	}
	c.Before, c.After, err = tx.UpdateActivity(ctx, a, request)
	return c, err
}

func happened(tx *db.Tx, at time.Time) error {
	if at.After(tx.Now.Add(time.Minute)) {
		return policy.Errorf(policy.Invalid, "What is still to come can't have happened: give an earlier day, or write it as something to do.").On("at")
	}
	return nil
}

// UndoActivity takes back the actor's own latest change of one, that made version.
func (o *Ops) UndoActivity(ctx context.Context, actor policy.Actor, version int32, before db.Activity, request RequestKey) (after db.Activity, err error) {
	if err := CheckActivity(before); err != nil {
		return before, err
	}
	before.Version = version
	err = o.act(ctx, actor, policy.ActivityUpdate, policy.Resource{}, func(tx *db.Tx) error {
		if err := tx.FreshActivity(ctx, before.ID, version); err != nil {
			return err
		}
		c, err := changeActivity(ctx, tx, before, request)
		after = c.After
		return err
	})
	return after, err
}

// TaskHistory is what was changed of a task, and when it was done or not after
// all, latest first.
func (o *Ops) TaskHistory(ctx context.Context, actor policy.Actor, id int64) (past []db.Past, err error) {
	err = o.act(ctx, actor, policy.TaskList, policy.Resource{}, func(tx *db.Tx) error {
		t, err := tx.GetTask(ctx, id)
		if err != nil {
			return err
		}
		past, err = tx.TaskHistory(ctx, t)
		return err
	})
	return past, err
}
