package db

import (
	"context"
	"strconv"
	"strings"
	"time"

	"balie/policy"
	"balie/policy/text"
)

const (
	insertTask = `insert into tasks (id, series, customer_id, assignee, kind, due_on, due_minute, priority, repeat, anchor, created_at, created_by, updated_at, request, head, body)
		values ($1, $1, nullif($2::bigint, 0), $3, $4, $5, $6, $7, $8, $5, $9, $10, $9, $11, $12, $13)`
	updateTask = `update tasks set customer_id = nullif($3::bigint, 0), assignee = $4, kind = $5, due_on = $6, due_minute = $7, priority = $8, repeat = $9, anchor = $10,
		updated_at = $11, head = $12, body = $13, version = version + 1 where id = $1 and version = $2 and done_at is null`
	doneTask   = `update tasks set done_at = $3, done_by = $4, next_on = $5, updated_at = $3, version = version + 1 where id = $1 and version = $2 and done_at is null`
	reopenTask = `update tasks set done_at = null, done_by = null, next_on = null, updated_at = $4, version = version + 1
		where id = $1 and version = $2 and done_by = $3 and done_at > $4::timestamptz - $5::interval
		and not exists (select from tasks f where f.follows = $1 and (f.version > 1 or f.done_at is not null))`
	employed = `select exists (select from people where id = $1 and revoked_at is null)`
)

// CreateTask writes one and gives its id.
func (tx *Tx) CreateTask(ctx context.Context, t Task, request [16]byte) (id int64, err error) {
	if err := tx.employed(ctx, t.Assignee); err != nil {
		return 0, err
	}
	if err := tx.QueryRow(ctx, `select nextval('task_ids')`).Scan(&id); err != nil {
		return 0, err
	}
	t.Series = id
	envelope, err := tx.newBox(ctx, t.Series, t.Customer)
	if err != nil {
		return 0, err
	}
	tx.aboutTask(id, t)
	_, err = tx.Exec(ctx, insertTask, id, t.Customer, t.Assignee, string(t.Deed), t.Due.Day, dueMinute(t.Due), t.Priority, string(t.Repeat),
		tx.Now, tx.Actor.ID, request, envelope.seal(taskHeadPlace, t.TaskHead), envelope.seal(taskBodyPlace, t.TaskBody))
	return id, err
}

func (tx *Tx) aboutTask(id int64, t Task, fields ...string) {
	tx.About(id, fields...)
	if t.Customer != 0 {
		tx.Saw(t.Customer)
	}
}

func (tx *Tx) employed(ctx context.Context, person int32) error {
	var is bool
	err := tx.QueryRow(ctx, employed, person).Scan(&is)
	if err == nil && !is {
		err = policy.Errorf(policy.Invalid, "Whom it is for doesn't work here any more: choose somebody else.").On("assignee")
	}
	return err
}

func dueMinute(d policy.Due) *int16 {
	if !d.Timed {
		return nil
	}
	return &d.Minute
}

func staleTask() *policy.Error {
	return policy.Errorf(policy.Conflict, "Somebody else changed or did this task meanwhile: look at it again.")
}

// TaskFields are the fields of a task by name, in the order of the form.
var TaskFields = []FieldOf[Task]{
	{"kind", func(t *Task) string { return string(t.Deed) }, func(to, from *Task) { to.Deed = from.Deed }},
	{"title", func(t *Task) string { return t.Title.String() }, func(to, from *Task) { to.Title = from.Title }},
	{"due", func(t *Task) string { return strings.TrimSpace(dayText(t.Due.Day) + " " + t.Due.Clock()) }, func(to, from *Task) { to.Due = from.Due }},
	{"repeat", func(t *Task) string { return string(t.Repeat) }, func(to, from *Task) { to.Repeat = from.Repeat }},
	{"priority", func(t *Task) string { return strconv.Itoa(int(t.Priority)) }, func(to, from *Task) { to.Priority = from.Priority }},
	{"assignee", func(t *Task) string { return ownerText(t.Assignee).String() }, func(to, from *Task) { to.Assignee = from.Assignee }},
	{"text", func(t *Task) string { return t.Text.String() }, func(to, from *Task) { to.Text = from.Text }},
}

// UpdateTask writes an open one anew that was read as t.Version. An error that
// holds a *StaleOf[Task] carries both versions.
func (tx *Tx) UpdateTask(ctx context.Context, t Task) error {
	old, err := tx.GetTask(ctx, t.ID)
	if err != nil {
		return err
	}
	t.Series, t.Anchor = old.Series, old.Anchor
	if t.Due.Day != old.Due.Day || t.Repeat != old.Repeat {
		t.Anchor = t.Due.Day
	}
	if t.Assignee != old.Assignee {
		if err := tx.employed(ctx, t.Assignee); err != nil {
			return err
		}
	}
	envelope, err := tx.newBox(ctx, t.Series, t.Customer)
	if err != nil {
		return err
	}
	tx.aboutTask(t.ID, t, "task")
	done, err := tx.did(ctx, updateTask, t.ID, t.Version, t.Customer, t.Assignee, string(t.Deed), t.Due.Day, dueMinute(t.Due), t.Priority, string(t.Repeat),
		t.Anchor, tx.Now, envelope.seal(taskHeadPlace, t.TaskHead), envelope.seal(taskBodyPlace, t.TaskBody))
	if done {
		t.Version++
		return tx.notePast(ctx, t, envelope, policy.TaskWrite, DiffOf(TaskFields, old, t))
	}
	if err != nil {
		return err
	}
	theirs, err := tx.GetTask(ctx, t.ID)
	if err != nil {
		return err
	}
	if theirs.DoneAt != nil {
		return staleTask()
	}
	return staleTask().Because(&StaleOf[Task]{t, theirs})
}

// DoTask notes that one is done that was read as version, 0 for as it is now;
// what repeats comes back, on the day that this gives.
func (tx *Tx) DoTask(ctx context.Context, id int64, version int32, today time.Time) (t Task, next time.Time, err error) {
	t, box, err := tx.boxed(ctx, id)
	if err != nil {
		return t, next, err
	}
	if version == 0 {
		version = t.Version
	}
	next = t.Repeat.Next(t.Anchor, t.Due.Day, today)
	done, err := tx.did(ctx, doneTask, id, version, tx.Now, tx.Actor.ID, zeroToNil(next))
	if err == nil && !done {
		err = staleTask()
	}
	if err == nil && t.Customer != 0 && t.Deed != policy.DeedToDo {
		_, err = tx.Exec(ctx, touchCustomer, t.Customer, tx.Now)
	}
	t.Version = version + 1
	if err == nil {
		err = tx.notePast(ctx, t, box, policy.TaskDo, nil)
	}
	return t, next, err
}

func zeroToNil(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// UndoTask takes back that the actor did one, within the time for that, and
// unless what came back of it was worked with since.
func (tx *Tx) UndoTask(ctx context.Context, id int64, version int32) error {
	t, box, err := tx.boxed(ctx, id)
	if err != nil {
		return err
	}
	done, err := tx.did(ctx, reopenTask, id, version, tx.Actor.ID, tx.Now, policy.UndoTime)
	if err != nil {
		return err
	}
	if !done {
		return policy.Errorf(policy.Conflict, "This can't be taken back any more: it is more than ten minutes ago, or somebody went on with it.")
	}
	t.Version = version + 1
	return tx.notePast(ctx, t, box, policy.TaskDo, []Change{{Field: "done", From: text.New("yes")}})
}
