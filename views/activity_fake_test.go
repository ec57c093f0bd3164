package views

import (
	"context"
	"io"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

func (f *fakeActs) ViewActivity(_ context.Context, _ policy.Actor, id int64) (ops.ActivitySight, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	s := ops.ActivitySight{Activity: db.Activity{ID: id, Deed: policy.DeedMail, At: noon, Version: 2}, Name: text.New("Jan Jansen" + f.evil)}
	s.Subject, s.People, s.Outcome = text.New("offerte"+f.evil), text.New("Jan"+f.evil), text.New("akkoord"+f.evil)
	s.Way, s.Text = policy.WayIn, text.NewBlock("Dag Sander,\n\nakkoord."+f.evil)
	s.History = []db.Past{{Version: 2, At: noon, Person: 1, Act: policy.ActivityUpdate, Changes: []db.Change{{Field: "minutes", From: text.New("0"), To: text.New("20")}}}}
	return s, f.fail
}

func (f *fakeActs) AddActivity(_ context.Context, _ policy.Actor, a db.Activity, _ ops.RequestKey) (db.Activity, error) {
	f.todo.kept = append(f.todo.kept, a)
	return a, f.did("add activity")
}

func (f *fakeActs) UpdateActivity(_ context.Context, _ policy.Actor, a db.Activity, _ ops.RequestKey) (ops.ActivityChange, error) {
	before := a
	a.Version++
	f.todo.kept = append(f.todo.kept, a)
	return ops.ActivityChange{Before: before, After: a}, f.did("change activity")
}

func (f *fakeActs) UndoActivity(_ context.Context, _ policy.Actor, _ int32, before db.Activity, _ ops.RequestKey) (db.Activity, error) {
	return before, f.did("undo activity")
}

func (f *fakeActs) ReadMail(_ context.Context, _ policy.Actor, customer int64, r io.Reader) (ops.MailRead, error) {
	raw, _ := io.ReadAll(r)
	if string(raw) == "no mail" {
		return ops.MailRead{}, policy.Errorf(policy.Invalid, "This is no mail: paste it with its headers, From, To, Date and Subject.")
	}
	m := ops.MailRead{Activity: db.Activity{Customer: customer, Deed: policy.DeedMail, At: noon}}
	m.Subject, m.People, m.Text = text.New("offerte"+f.evil), text.New("Eve"+f.evil), text.NewBlock(string(raw))
	return m, f.fail
}

func (f *fakeActs) TaskHistory(context.Context, policy.Actor, int64) ([]db.Past, error) {
	return []db.Past{
		{Version: 3, At: noon, Person: 1, Act: policy.TaskDo},
		{Version: 2, At: noon, Person: 1, Act: policy.TaskWrite, Changes: []db.Change{{Field: "priority", From: text.New("2"), To: text.New("1")}}},
	}, f.fail
}
