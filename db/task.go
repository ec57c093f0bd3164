package db

import (
	"context"
	"time"

	"balie/db/seal"
	"balie/policy"
	"balie/policy/text"
)

// Task is something to do, for a customer or for nobody.
type Task struct {
	ID        int64
	Series    int64     // the first of those that come back; binds what is sealed under the system key
	Customer  int64     // 0: nobody
	Name      text.Line // the customer's, where the actor may see it
	Assignee  int32
	CreatedBy int32
	Deed      policy.Deed
	Due       policy.Due
	Priority  policy.Priority
	Repeat    policy.Repeat
	Anchor    time.Time
	DoneAt    *time.Time
	DoneBy    int32
	UpdatedAt time.Time
	Version   int32
	TaskHead
	TaskBody
}

// TaskHead is the sealed part that lists show.
type TaskHead struct {
	Title text.Line `json:"t,omitzero"`
}

// TaskBody is the sealed rest.
type TaskBody struct {
	Text text.Block `json:"x,omitzero"`
}

const (
	taskHeadPlace = "tasks.head"
	taskBodyPlace = "tasks.body"
)

// taskRow is a task as PostgreSQL keeps it, with what opens it; Body is absent
// where lists are read.
type taskRow struct {
	ID, Series, CustomerID      int64
	Assignee, CreatedBy, DoneBy int32
	Kind                        string
	DueOn, Anchor               time.Time
	DueMinute                   *int16
	Priority                    int16
	Repeat                      string
	DoneAt                      *time.Time
	UpdatedAt                   time.Time
	Version                     int32
	Head, Body                  []byte
	KekEpoch                    *int
	Wrapped, CustomerHead       []byte
}

const (
	taskColumns = `t.id, t.series, coalesce(t.customer_id, 0) as customer_id, t.assignee, t.created_by, coalesce(t.done_by, 0) as done_by, t.kind,
		t.due_on, t.anchor, t.due_minute, t.priority, t.repeat, t.done_at, t.updated_at, t.version, k.kek_epoch, k.wrapped, c.head as customer_head, t.head, `
	taskFrom = ` from tasks t left join subject_keys k on k.subject_id = t.customer_id left join customers c on c.id = t.customer_id where `

	selectTask          = `select ` + taskColumns + `t.body` + taskFrom + `t.id = $1`
	selectTaskRequested = `select ` + taskColumns + `t.body` + taskFrom + `t.created_by = $1 and t.request = $2`
)

// GetTask opens one whole.
func (tx *Tx) GetTask(ctx context.Context, id int64) (Task, error) {
	tx.About(id)
	all, err := tx.tasks(ctx, selectTask, id)
	return one(all, err)
}

// GetTaskRequested finds the task that the actor made by this request.
func (tx *Tx) GetTaskRequested(ctx context.Context, request [16]byte) (Task, error) {
	all, err := tx.tasks(ctx, selectTaskRequested, tx.Actor.ID, request)
	return one(all, err)
}

func (tx *Tx) tasks(ctx context.Context, sql string, args ...any) ([]Task, error) {
	rows, err := collect[taskRow](ctx, tx, sql, args...)
	if err != nil {
		return nil, err
	}
	return tx.openTasks(rows)
}

func (tx *Tx) openTasks(rows []taskRow) ([]Task, error) {
	for _, r := range rows {
		if r.CustomerID != 0 {
			tx.Saw(r.CustomerID)
		}
	}
	return openEach(rows, tx.store.openTask)
}

func (s *Store) openTask(r taskRow) (Task, error) {
	t := Task{
		ID: r.ID, Series: r.Series, Customer: r.CustomerID, Assignee: r.Assignee, CreatedBy: r.CreatedBy, Deed: policy.Deed(r.Kind),
		Due: policy.Due{Day: r.DueOn}, Priority: policy.Priority(r.Priority), Repeat: policy.Repeat(r.Repeat), Anchor: r.Anchor,
		DoneAt: r.DoneAt, DoneBy: r.DoneBy, UpdatedAt: r.UpdatedAt, Version: r.Version,
	}
	if r.DueMinute != nil {
		t.Due.Timed, t.Due.Minute = true, *r.DueMinute
	}
	b, err := s.taskBox(r)
	if err != nil {
		return t, err
	}
	if err := b.open(taskHeadPlace, r.Head, &t.TaskHead); err != nil {
		return t, err
	}
	if r.CustomerHead != nil {
		var h Head
		if err := openJSON(b.key, headPlace, r.CustomerHead, &h); err != nil {
			return t, err
		}
		t.Name = h.Name()
	}
	if r.Body == nil {
		return t, nil
	}
	return t, b.open(taskBodyPlace, r.Body, &t.TaskBody)
}

func (s *Store) taskBox(r taskRow) (envelope, error) {
	if r.CustomerID != 0 && r.KekEpoch == nil {
		return envelope{}, seal.ErrOpen // erased this very moment
	}
	return s.boxOf(r.Series, r.CustomerID, r.KekEpoch, r.Wrapped)
}
