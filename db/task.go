package db

import (
	"context"
	"encoding/json"
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
	all := make([]Task, len(rows))
	for n, r := range rows {
		if all[n], err = tx.store.openTask(r); err != nil {
			return nil, err
		}
		if r.CustomerID != 0 {
			tx.Saw(r.CustomerID)
		}
	}
	return all, nil
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
	box, err := s.taskBox(r)
	if err != nil {
		return t, err
	}
	if err := box.open(taskHeadPlace, r.Head, &t.TaskHead); err != nil {
		return t, err
	}
	if r.CustomerHead != nil {
		var h Head
		if err := openJSON(box.key, headPlace, r.CustomerHead, &h); err != nil {
			return t, err
		}
		t.Name = h.Name()
	}
	if r.Body == nil {
		return t, nil
	}
	return t, box.open(taskBodyPlace, r.Body, &t.TaskBody)
}

func (s *Store) taskBox(r taskRow) (taskBox, error) {
	box := taskBox{keys: s.Keys, series: r.Series}
	if r.CustomerID == 0 {
		return box, nil
	}
	if r.KekEpoch == nil {
		return box, seal.ErrOpen // erased this very moment
	}
	var err error
	box.ofCustomer = true
	box.key, err = s.Keys.Unwrap(r.CustomerID, seal.Wrapped{Epoch: *r.KekEpoch, Key: r.Wrapped})
	return box, err
}

// taskBox seals under the customer's key, or without one under the system key.
type taskBox struct {
	keys       *seal.Keyring
	series     int64
	key        seal.DataKey
	ofCustomer bool
}

func (b taskBox) open(place string, sealed []byte, into any) error {
	if b.ofCustomer {
		return openJSON(b.key, place, sealed, into)
	}
	plain, err := b.keys.Open(place, b.series, sealed)
	if err != nil {
		return err
	}
	return json.Unmarshal(plain, into)
}

func (b taskBox) seal(place string, value any) []byte {
	if b.ofCustomer {
		return sealJSON(b.key, place, value)
	}
	return b.keys.Seal(place, b.series, marshal(value))
}

// newTaskBox is for a task to be written; the customer must be there to see.
func (tx *Tx) newTaskBox(ctx context.Context, t Task) (taskBox, error) {
	box := taskBox{keys: tx.store.Keys, series: t.Series}
	if t.Customer == 0 {
		return box, nil
	}
	var err error
	box.ofCustomer = true
	box.key, err = tx.customerKey(ctx, t.Customer)
	return box, err
}
