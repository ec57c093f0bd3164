package ops

import (
	"context"
	"time"

	"balie/db"
	"balie/policy"
)

// ListTasks gives the tasks of the query, and the time on the organisation's
// wall, by which it tells what is late.
func (o *Ops) ListTasks(ctx context.Context, actor policy.Actor, q db.TaskQuery) (all []db.Task, now time.Time, err error) {
	err = o.act(ctx, actor, policy.TaskList, policy.Resource{}, func(tx *db.Tx) error {
		if now, err = tx.WallNow(ctx); err != nil {
			return err
		}
		all, err = tx.ListTasks(ctx, q, now)
		return err
	})
	return all, now, err
}

// GetTask opens one whole.
func (o *Ops) GetTask(ctx context.Context, actor policy.Actor, id int64) (t db.Task, err error) {
	err = o.act(ctx, actor, policy.TaskList, policy.Resource{}, func(tx *db.Tx) error {
		t, err = tx.GetTask(ctx, id)
		return err
	})
	return t, err
}

// CheckTask says what is wrong with one, by field.
func CheckTask(t db.Task) error {
	if err := t.Deed.Check(); err != nil {
		return err
	}
	if err := t.Repeat.Check(); err != nil {
		return err
	}
	switch {
	case t.Title.IsZero() && t.Customer == 0:
		return policy.Errorf(policy.Invalid, "Say what there is to do.").On("title")
	case t.Title.IsZero() && t.Deed == policy.DeedToDo:
		return policy.Errorf(policy.Invalid, "Say what there is to do.").On("title")
	case len(t.Title.String()) > maxField:
		return policy.Errorf(policy.Invalid, "This is too long: keep it under %d characters.", maxField).On("title")
	case len(t.Text.String()) > maxNote:
		return policy.Errorf(policy.Invalid, "The remark is too long: keep it under %d characters.", maxNote).On("text")
	case t.Due.Day.Year() < 2000 || t.Due.Day.Year() > 2200:
		return policy.Errorf(policy.Invalid, "Give the day on which it is due, as 2026-12-31 or tomorrow.").On("due")
	case t.Priority < policy.PriorityHigh || t.Priority > policy.PriorityLow:
		return policy.Errorf(policy.Invalid, "There is no priority %q: use high, normal or low.", t.Priority).On("priority")
	}
	return nil
}

// CreateTask makes one, for the actor unless it says otherwise; a repeated request
// gives the one made before.
func (o *Ops) CreateTask(ctx context.Context, actor policy.Actor, t db.Task, request RequestKey) (db.Task, error) {
	if t.Assignee == 0 {
		t.Assignee = actor.ID
	}
	if err := CheckTask(t); err != nil {
		return t, err
	}
	t.Version = 1
	err := o.act(ctx, actor, policy.TaskWrite, policy.Resource{}, func(tx *db.Tx) (err error) {
		if err := guard(ctx, tx, saidOfTask(t), nil); err != nil {
			return err
		}
		t.ID, err = tx.CreateTask(ctx, t, request)
		return err
	})
	if db.Repeated(err) {
		err = o.act(ctx, actor, policy.TaskList, policy.Resource{}, func(tx *db.Tx) (err error) {
			t, err = tx.GetTaskRequested(ctx, request)
			return err
		})
	}
	return t, err
}

// UpdateTask writes an open one anew.
func (o *Ops) UpdateTask(ctx context.Context, actor policy.Actor, t db.Task) error {
	if err := CheckTask(t); err != nil {
		return err
	}
	return o.act(ctx, actor, policy.TaskWrite, policy.Resource{}, func(tx *db.Tx) error {
		was := func() (db.Task, error) { return tx.GetTask(ctx, t.ID) }
		if err := guard(ctx, tx, saidOfTask(t), formerly(was, saidOfTask)); err != nil {
			return err
		}
		return tx.UpdateTask(ctx, t)
	})
}

// DoTask notes that one is done, and gives it with the day on which it comes
// back; zero when it doesn't.
func (o *Ops) DoTask(ctx context.Context, actor policy.Actor, id int64, version int32) (t db.Task, next time.Time, err error) {
	err = o.act(ctx, actor, policy.TaskDo, policy.Resource{}, func(tx *db.Tx) error {
		today, err := tx.Today(ctx)
		if err != nil {
			return err
		}
		t, next, err = tx.DoTask(ctx, id, version, today)
		return err
	})
	return t, next, err
}

// UndoTask takes back that the actor did one.
func (o *Ops) UndoTask(ctx context.Context, actor policy.Actor, id int64, version int32) error {
	return o.act(ctx, actor, policy.TaskDo, policy.Resource{}, func(tx *db.Tx) error {
		return tx.UndoTask(ctx, id, version)
	})
}

// Reminders gives the actor's tasks that came due since a moment, and the moment
// to ask from next time. Asked for every minute, it is an act only when there is
// something to show. A zero moment only begins.
func (o *Ops) Reminders(ctx context.Context, actor policy.Actor, since time.Time) (all []db.Task, now time.Time, err error) {
	actor = policy.Wears(actor, policy.TaskRemind)
	if policy.Can(actor, policy.TaskRemind, policy.Resource{}) != nil {
		return nil, since, nil
	}
	due, now, err := o.Store.AnyDue(ctx, actor.ID, since)
	if err != nil || !due || since.IsZero() {
		return nil, now, err
	}
	err = o.act(ctx, actor, policy.TaskRemind, policy.Resource{Person: actor.ID}, func(tx *db.Tx) error {
		all, err = tx.TasksDue(ctx, since)
		now = tx.Now
		return err
	})
	return all, now, err
}

// tasksWaiting tells of what is due today and what is late.
func tasksWaiting() attentionFinder {
	return attentionFinder{[]policy.Role{policy.Sales, policy.Manager}, func(ctx context.Context, tx *db.Tx) (all []Attention, err error) {
		today, err := tx.Today(ctx)
		if err != nil {
			return nil, err
		}
		late, due, err := tx.CountDue(ctx, today)
		if late > 0 {
			all = append(all, Attention{What: policy.Message{Key: "Tasks that should have been done before today: %d.", Args: []any{late}}, Opens: "tasks overdue"})
		}
		if due > 0 {
			all = append(all, Attention{What: policy.Message{Key: "Tasks for today: %d.", Args: []any{due}}, Opens: "tasks today"})
		}
		return all, err
	}}
}
