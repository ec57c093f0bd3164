package ops_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// desk is a firm of two teams with one customer, sander's.
type desk struct {
	*ops.Ops
	sander, sofie, marit, zuid, fatima, anna, pieter policy.Actor
	customer                                         db.Customer
}

func newDesk(t *testing.T) desk { return deskOn(t, dbtest.New(t)) }

func deskOn(t *testing.T, store *db.Store) desk {
	t.Helper()
	d := desk{
		Ops:    ops.New(store, slog.New(slog.DiscardHandler)),
		sander: dbtest.Person(t, store, "sander", policy.Sales, "noord"),
		sofie:  dbtest.Person(t, store, "sofie", policy.Sales, "noord"),
		marit:  dbtest.Person(t, store, "marit", policy.Manager, "noord"),
		zuid:   dbtest.Person(t, store, "zita", policy.Manager, "zuid"),
		fatima: dbtest.Person(t, store, "fatima", policy.Finance, ""),
		anna:   dbtest.Person(t, store, "anna", policy.Admin, ""),
		pieter: dbtest.Person(t, store, "pieter", policy.Privacy, "").For(text.New("request 12")),
	}
	if err := store.RebuildSearch(t.Context(), func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	c := db.Customer{Kind: policy.Person, Status: policy.Client, Grounds: []policy.Ground{{Purpose: policy.Delivery, Basis: policy.Contract}}}
	c.Given, c.Family = text.New("Jan"), text.New("Jansen")
	var err error
	if d.customer, err = d.CreateCustomer(t.Context(), d.sander, c, ops.NewRequestKey()); err != nil {
		t.Fatal(err)
	}
	return d
}

func day(s string) time.Time {
	at, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return at
}

func toDo(title string, customer int64, due string) db.Task {
	t := db.Task{Customer: customer, Deed: policy.DeedToDo, Due: policy.Due{Day: day(due)}, Priority: policy.PriorityNormal}
	t.Title = text.New(title)
	return t
}

func (d desk) task(t *testing.T, actor policy.Actor, task db.Task) db.Task {
	t.Helper()
	made, err := d.CreateTask(t.Context(), actor, task, ops.NewRequestKey())
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// titles are what an actor's list shows.
func (d desk) titles(t *testing.T, actor policy.Actor, q db.TaskQuery) string {
	t.Helper()
	all, _, err := d.ListTasks(t.Context(), actor, q)
	if err != nil {
		t.Fatalf("%s: %v", actor.Login, err)
	}
	var out []string
	for _, task := range all {
		out = append(out, joinWords(task.Name.String(), task.Title.String()))
	}
	return strings.Join(out, ", ")
}

func joinWords(parts ...string) string { return strings.TrimSpace(strings.Join(parts, " ")) }

func TestTask_rights(t *testing.T) {
	d := newDesk(t)
	everything := db.TaskQuery{Span: policy.TasksAll, Everyone: true}
	offer := d.task(t, d.sander, toDo("offer", d.customer.ID, "2026-01-01"))
	own := d.task(t, d.sander, toDo("tidy up", 0, "2026-01-02"))
	for _, c := range []struct {
		who  policy.Actor
		want string
	}{
		{d.sander, "Jan Jansen offer, tidy up"}, {d.sofie, ""}, {d.marit, "Jan Jansen offer, tidy up"}, {d.zuid, ""}, {d.pieter, "Jan Jansen offer, tidy up"},
	} {
		if got := d.titles(t, c.who, everything); got != c.want {
			t.Errorf("%s sees %q, want %q", c.who.Role, got, c.want)
		}
	}
	for _, id := range []int64{offer.ID, own.ID, 999999} {
		for _, who := range []policy.Actor{d.sofie, d.zuid} {
			if _, err := d.GetTask(t.Context(), who, id); policy.KindOf(err) != policy.Absent {
				t.Errorf("%s opens %d: %v", who.Role, id, err)
			}
			if _, _, err := d.DoTask(t.Context(), who, id, 1); policy.KindOf(err) != policy.Absent {
				t.Errorf("%s does %d: %v", who.Role, id, err)
			}
		}
	}
	for _, who := range []policy.Actor{d.fatima, d.anna} {
		if _, _, err := d.ListTasks(t.Context(), who, everything); policy.KindOf(err) != policy.Denied {
			t.Errorf("%s lists: %v", who.Role, err)
		}
	}
	if _, err := d.CreateTask(t.Context(), d.sofie, toDo("peep", d.customer.ID, "2026-01-01"), ops.NewRequestKey()); policy.KindOf(err) != policy.Absent {
		t.Errorf("a task for another's customer: %v", err)
	}
	if _, err := d.CreateTask(t.Context(), d.pieter, toDo("x", d.customer.ID, "2026-01-01"), ops.NewRequestKey()); policy.KindOf(err) != policy.Denied {
		t.Errorf("the privacy officer makes one: %v", err)
	}

	// Whom it is assigned to sees it, but not who the customer is.
	offer.Assignee = d.sofie.ID
	if err := d.UpdateTask(t.Context(), d.sander, offer); err != nil {
		t.Fatal(err)
	}
	if got := d.titles(t, d.sofie, db.TaskQuery{Span: policy.TasksAll}); got != "offer" {
		t.Errorf("the assignee sees %q", got)
	}
	offer.Title = text.New("another offer")
	err := d.UpdateTask(t.Context(), d.sander, offer)
	if stale, ok := db.AsStaleOf[db.Task](err); !ok || stale.Theirs.Title.String() != "offer" || stale.Theirs.Version != offer.Version+1 || stale.Mine.Title != offer.Title {
		t.Errorf("an old version: %v, %+v", err, stale)
	}
	// The control: with row security off, sofie would see the other one too.
	dbtest.Exec(t, `create policy leak on tasks for select to balie_sales using (true)`)
	if got := d.titles(t, d.sofie, everything); !strings.Contains(got, "tidy up") {
		t.Errorf("the control sees %q", got)
	}
	dbtest.Exec(t, `drop policy leak on tasks`)
}

// What is sealed says nothing to who reads the tables, and everything goes with
// the customer.
func TestTask_sealed(t *testing.T) {
	d := newDesk(t)
	d.task(t, d.sander, toDo("secret-offer", d.customer.ID, "2026-01-01"))
	d.task(t, d.sander, toDo("secret-own", 0, "2026-01-01"))
	a := db.Activity{Customer: d.customer.ID, Deed: policy.DeedCall, At: time.Now().Add(-time.Hour), Minutes: 20}
	a.Subject, a.Outcome = text.New("secret-call"), text.New("secret-yes")
	request := ops.NewRequestKey()
	for range 2 { // its answer was lost on the way
		if _, err := d.AddActivity(t.Context(), d.sander, a, request); err != nil {
			t.Fatal(err)
		}
	}
	for _, table := range []string{"tasks", "activities", "audit"} {
		if got := dbtest.Query[int64](t, `select count(*) from `+table+` t where position('secret' in t::text) > 0 or position(encode('secret', 'hex') in t::text) > 0`); got != 0 {
			t.Errorf("%s shows %d", table, got)
		}
	}
	s, err := d.ViewCustomer(t.Context(), d.sander, d.customer.ID)
	if err != nil || len(s.Activities) != 1 || len(s.Tasks) != 1 || s.Activities[0].Outcome.String() != "secret-yes" {
		t.Fatalf("%+v, %v", s, err)
	}
	if _, err := d.ListActivities(t.Context(), d.sofie, d.customer.ID); policy.KindOf(err) != policy.Absent {
		t.Errorf("another's activities: %v", err)
	}
	if _, err := d.AddActivity(t.Context(), d.sofie, a, ops.NewRequestKey()); policy.KindOf(err) != policy.Absent {
		t.Errorf("an activity with another's customer: %v", err)
	}
	a.At = time.Now().Add(time.Hour)
	if _, err := d.AddActivity(t.Context(), d.sander, a, ops.NewRequestKey()); policy.KindOf(err) != policy.Invalid {
		t.Errorf("an activity to come: %v", err)
	}
	dbtest.Exec(t, `delete from customers`)
	if n := dbtest.Query[int64](t, `select (select count(*) from tasks) * 10 + (select count(*) from activities)`); n != 10 {
		t.Errorf("%d left; only the task of nobody stays", n)
	}
}

// A task of the 31st comes back at the end of February and then on the 31st; done
// twice at once it comes back once, and taken back it doesn't.
func TestTask_repeat(t *testing.T) {
	d := newDesk(t)
	task := toDo("VAT", d.customer.ID, "2099-01-31")
	task.Repeat = policy.Monthly
	task = d.task(t, d.sander, task)
	errs := make(chan error, 2)
	for range 2 {
		go func() {
			_, _, err := d.DoTask(t.Context(), d.sander, task.ID, task.Version)
			errs <- err
		}()
	}
	if a, b := <-errs, <-errs; (a == nil) == (b == nil) || policy.KindOf(orOther(a, b)) != policy.Conflict {
		t.Fatalf("%v, %v", a, b)
	}
	dues := func() (out []string) {
		all, _, err := d.ListTasks(t.Context(), d.sander, db.TaskQuery{Span: policy.TasksAll})
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range all {
			out = append(out, one.Due.Day.Format(time.DateOnly))
		}
		return out
	}
	if got := strings.Join(dues(), " "); got != "2099-02-28" {
		t.Fatalf("open: %s", got)
	}
	if err := d.UndoTask(t.Context(), d.sofie, task.ID, 2); policy.KindOf(err) != policy.Absent {
		t.Errorf("somebody else takes it back: %v", err)
	}
	if err := d.UndoTask(t.Context(), d.sander, task.ID, 2); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(dues(), " "); got != "2099-01-31" {
		t.Fatalf("taken back: %s", got)
	}
	_, next, err := d.DoTask(t.Context(), d.sander, task.ID, 3)
	if err != nil || !next.Equal(day("2099-02-28")) {
		t.Fatal(next, err)
	}
	all, _, _ := d.ListTasks(t.Context(), d.sander, db.TaskQuery{Span: policy.TasksAll})
	if _, next, err = d.DoTask(t.Context(), d.sander, all[0].ID, all[0].Version); err != nil || !next.Equal(day("2099-03-31")) {
		t.Fatal(next, err)
	}
	if err := d.UndoTask(t.Context(), d.sander, task.ID, 4); policy.KindOf(err) != policy.Conflict {
		t.Errorf("what somebody went on with: %v", err)
	}
	dbtest.Exec(t, `update tasks set done_at = done_at - interval '11 minutes' where done_at is not null`)
	if err := d.UndoTask(t.Context(), d.sander, all[0].ID, 2); policy.KindOf(err) != policy.Conflict {
		t.Errorf("too late: %v", err)
	}
}

func orOther(a, b error) error {
	if a == nil {
		return b
	}
	return a
}

// What the old owner had to do for a customer moves with it; what a colleague or
// the past did stays.
func TestTask_handOver(t *testing.T) {
	d := newDesk(t)
	open := d.task(t, d.sander, toDo("call back", d.customer.ID, "2026-01-01"))
	done := d.task(t, d.sander, toDo("done", d.customer.ID, "2026-01-01"))
	maritsOwn := toDo("check", d.customer.ID, "2026-01-01")
	maritsOwn.Assignee = d.marit.ID
	d.task(t, d.marit, maritsOwn)
	d.task(t, d.sander, toDo("tidy up", 0, "2026-01-01"))
	if _, _, err := d.DoTask(t.Context(), d.sander, done.ID, 1); err != nil {
		t.Fatal(err)
	}
	if _, err := d.HandOver(t.Context(), d.marit, []int64{d.customer.ID}, d.sofie.ID); err != nil {
		t.Fatal(err)
	}
	all := db.TaskQuery{Span: policy.TasksAll}
	if got := d.titles(t, d.sofie, all); got != "Jan Jansen call back" {
		t.Errorf("sofie has %q", got)
	}
	if got := d.titles(t, d.sander, all); got != "tidy up" {
		t.Errorf("sander keeps %q", got)
	}
	if got := d.titles(t, d.marit, all); got != "Jan Jansen check" {
		t.Errorf("marit has %q", got)
	}
	if _, err := d.GetTask(t.Context(), d.sander, open.ID); policy.KindOf(err) != policy.Absent {
		t.Errorf("sander still opens it: %v", err)
	}
}

// A task due at a time is told of once, to whom it is assigned, and only then
// does the log hear of it.
func TestReminders(t *testing.T) {
	d := newDesk(t)
	logged := func() int64 { return dbtest.Query[int64](t, `select count(*) from audit where act = 'task.remind'`) }
	_, begin, err := d.Reminders(t.Context(), d.sander, time.Time{})
	if err != nil || begin.IsZero() {
		t.Fatal(begin, err)
	}
	d.task(t, d.sander, toDo("some time today", d.customer.ID, begin.Format(time.DateOnly)))
	timed := d.task(t, d.sander, toDo("call back", d.customer.ID, "2099-01-01"))
	if all, _, err := d.Reminders(t.Context(), d.sander, begin.Add(-48*time.Hour)); len(all) != 0 || err != nil || logged() != 0 {
		t.Fatalf("%+v, %v, logged %d", all, err, logged())
	}
	// The clock moves on: the task falls due one minute after the session began.
	dbtest.Exec(t, `update tasks set due_on = (now() at time zone 'Europe/Amsterdam')::date,
		due_minute = extract(hour from now() at time zone 'Europe/Amsterdam') * 60 + extract(minute from now() at time zone 'Europe/Amsterdam') where id = `+
		dbtest.Query[string](t, `select max(id)::text from tasks`))
	since := begin.Add(-time.Minute).Truncate(time.Minute).Add(-time.Second)
	for _, who := range []policy.Actor{d.sofie, d.marit, d.fatima} {
		if all, _, err := d.Reminders(t.Context(), who, since); len(all) != 0 || err != nil {
			t.Errorf("%s hears of %+v, %v", who.Login, all, err)
		}
	}
	all, next, err := d.Reminders(t.Context(), d.sander, since)
	if err != nil || len(all) != 1 || all[0].ID != timed.ID || all[0].Name.String() != "Jan Jansen" || logged() != 1 {
		t.Fatalf("%+v, %v, logged %d", all, err, logged())
	}
	if again, _, err := d.Reminders(t.Context(), d.sander, next); len(again) != 0 || err != nil {
		t.Errorf("again: %+v, %v", again, err)
	}
}

func TestQuick(t *testing.T) {
	d := newDesk(t)
	u, err := d.Understand(t.Context(), d.sander, "bel Jansen morgen 10:00 over offerte", 0)
	if err != nil || len(u.Fits) != 1 || u.Fits[0].ID != d.customer.ID {
		t.Fatalf("%+v, %v", u, err)
	}
	request := ops.NewRequestKey()
	first, err := d.KeepQuick(t.Context(), d.sander, u, d.customer.ID, request)
	again, err2 := d.KeepQuick(t.Context(), d.sander, u, d.customer.ID, request)
	if err != nil || err2 != nil || first.Task.ID == 0 || first.Task.ID != again.Task.ID {
		t.Fatalf("%+v, %v; %+v, %v", first, err, again, err2)
	}
	if got := d.titles(t, d.sander, db.TaskQuery{Span: policy.TasksWeek}); got != "Jan Jansen offerte" {
		t.Errorf("kept %q", got)
	}
	u, err = d.Understand(t.Context(), d.sander, "called Jansen yesterday 20 min about the offer", 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.KeepQuick(t.Context(), d.sander, u, 0, ops.NewRequestKey()); policy.KindOf(err) != policy.Invalid {
		t.Errorf("an activity with nobody: %v", err)
	}
	if _, err := d.KeepQuick(t.Context(), d.sander, u, d.customer.ID, ops.NewRequestKey()); err != nil {
		t.Fatal(err)
	}
	all, err := d.ListActivities(t.Context(), d.sander, d.customer.ID)
	if err != nil || len(all) != 1 || all[0].Minutes != 20 || all[0].Subject.String() != "the offer" {
		t.Errorf("%+v, %v", all, err)
	}
	u, err = d.Understand(t.Context(), d.sofie, "call Jansen tomorrow", 0)
	if err != nil || len(u.Fits) != 0 {
		t.Errorf("sofie finds %+v, %v", u.Fits, err)
	}
	kept, err := d.KeepQuick(t.Context(), d.sofie, u, 0, ops.NewRequestKey())
	if err != nil || kept.Task.Title.String() != "Jansen" {
		t.Errorf("%+v, %v", kept, err)
	}
}
