package views

import (
	"context"
	"time"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// fakeTasks are those of the fake firm; now is the database's clock.
type fakeTasks struct {
	all  []db.Task
	now  time.Time
	kept []db.Activity
}

func (f *fakeTasks) wall() time.Time {
	if f.now.IsZero() {
		f.now = noon
	}
	return f.now.In(amsterdam())
}

func (f *fakeTasks) find(id int64) *db.Task {
	for i := range f.all {
		if f.all[i].ID == id {
			return &f.all[i]
		}
	}
	return nil
}

func (f *fakeActs) ListTasks(_ context.Context, _ policy.Actor, q db.TaskQuery) (all []db.Task, now time.Time, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now = f.todo.wall()
	for _, t := range f.todo.all {
		done := t.DoneAt != nil
		if q.Customer != 0 && q.Customer != t.Customer || done != (q.Span == policy.TasksDone) || !done && !q.Span.Holds(t.Due, now) {
			continue
		}
		all = append(all, t)
	}
	return all, now, f.fail
}

func (f *fakeActs) GetTask(_ context.Context, _ policy.Actor, id int64) (db.Task, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if t := f.todo.find(id); t != nil {
		return *t, f.fail
	}
	return db.Task{}, policy.ErrAbsent()
}

func (f *fakeActs) UpdateTask(_ context.Context, _ policy.Actor, t db.Task) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := ops.CheckTask(t); err != nil {
		return err
	}
	now := f.todo.find(t.ID)
	if now.Version != t.Version {
		return policy.Errorf(policy.Conflict, "stale").Because(&db.StaleOf[db.Task]{Mine: t, Theirs: *now})
	}
	*now = t
	return f.fail
}

func (f *fakeActs) DoTask(_ context.Context, actor policy.Actor, id int64, version int32) (db.Task, time.Time, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	t, at := f.todo.find(id), f.todo.wall()
	t.DoneAt, t.DoneBy, t.Version = &at, actor.ID, version+1
	return *t, t.Repeat.Next(t.Anchor, t.Due.Day, at), f.fail
}

func (f *fakeActs) UndoTask(_ context.Context, _ policy.Actor, id int64, version int32) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	t := f.todo.find(id)
	if t.Version != version {
		return policy.Errorf(policy.Conflict, "This can't be taken back any more: it is more than ten minutes ago, or somebody went on with it.")
	}
	t.DoneAt, t.Version = nil, version+1
	return f.fail
}

func (f *fakeActs) Reminders(_ context.Context, actor policy.Actor, since time.Time) (all []db.Task, now time.Time, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now = f.todo.wall()
	for _, t := range f.todo.all {
		at := t.Due.At(now.Location())
		if t.Due.Timed && t.Assignee == actor.ID && t.DoneAt == nil && !since.IsZero() && at.After(since) && !at.After(now) {
			all = append(all, t)
		}
	}
	return all, now, f.fail
}

func (f *fakeActs) Understand(ctx context.Context, actor policy.Actor, line string, customer int64) (u ops.Understood, err error) {
	u.Now = f.todo.wall()
	if customer != 0 {
		u.Quick, err = policy.ParseQuickOf(line, u.Now)
		return u, err
	}
	if u.Quick, err = policy.ParseQuick(line, u.Now); err != nil || u.Who == "" {
		return u, err
	}
	page, err := f.FindCustomers(ctx, actor, db.Query{Text: u.Who, Limit: 8})
	u.Fits = page.Rows
	return u, err
}

func (f *fakeActs) KeepQuick(_ context.Context, actor policy.Actor, u ops.Understood, customer int64, _ ops.RequestKey) (k ops.Kept, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	title := text.New(u.About)
	if customer == 0 {
		title = text.New(u.Title())
	}
	if u.Happened {
		k.Activity = db.Activity{Customer: customer, Author: actor.ID, Deed: u.Deed, At: u.At(u.Now), Minutes: u.Minutes}
		k.Activity.Subject = title
		f.todo.kept = append(f.todo.kept, k.Activity)
		return k, f.fail
	}
	k.Task = db.Task{ID: int64(len(f.todo.all) + 1), Version: 1, Customer: customer, Assignee: actor.ID, Deed: u.Deed, Due: u.Due, Anchor: u.Due.Day, Priority: u.Priority, Repeat: u.Repeat}
	k.Task.Title, k.Task.Name = title, f.customers[customer].Name()
	f.todo.all = append(f.todo.all, k.Task)
	return k, f.fail
}

// sight adds what was done with a customer, and what is to be done.
func (f *fakeTasks) sight(s *ops.Sight) {
	for _, t := range f.all {
		switch {
		case t.Customer != s.ID:
		case t.DoneAt != nil:
			s.Done = append(s.Done, t)
		default:
			s.Tasks = append(s.Tasks, t)
		}
	}
	for _, a := range f.kept {
		if a.Customer == s.ID {
			s.Activities = append(s.Activities, a)
		}
	}
}
