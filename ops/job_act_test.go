package ops

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"balie/db"
	"balie/db/dbtest"
	"balie/policy"
)

// stove is a firm with an admin, and a job that a test writes.
type stove struct {
	*Ops
	t     *testing.T
	admin policy.Actor
}

func newStove(t *testing.T) stove {
	store := dbtest.New(t)
	o := New(store, slog.New(slog.DiscardHandler))
	o.Node = "here"
	return stove{o, t, dbtest.Person(t, store, "anna", policy.Admin, "")}
}

// known makes jobs look as if they had been there for a while.
func (s stove) known(jobs ...Job) {
	for _, j := range jobs {
		d, err := j.duty()
		if err != nil {
			s.t.Fatal(err)
		}
		dbtest.Exec(s.t, `insert into job_runs (job, period, since, until, due, node, state, ended_at)
select $1, p.period, p.since, p.until, p.due, 'before', 'done', p.due from period_from($2, 'Europe/Amsterdam', $3,
  due_wall($2, 'Europe/Amsterdam', $3, now()) - cadence_step($2)) p`, j.Name, string(j.Every), d.Shift)
	}
}

func (s stove) due(jobs ...Job) {
	s.t.Helper()
	if err := s.runDue(s.t.Context(), jobs); err != nil {
		s.t.Fatal(err)
	}
}

func (s stove) last(job string) db.JobRun {
	s.t.Helper()
	var last map[string]db.JobRun
	err := s.act(s.t.Context(), s.admin, policy.JobList, policy.Resource{}, func(tx *db.Tx) (err error) {
		last, _, err = tx.ListJobs(s.t.Context(), []db.Duty{{Name: job, Every: db.Daily}})
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return last[job]
}

// A failed run is tried again after a while that grows, goes on where it was,
// and is told about without telling of anybody.
func TestJob_Fails(t *testing.T) {
	s := newStove(t)
	fail := error(policy.Errorf(policy.Unavailable, "The kettle is empty."))
	var began []string
	j := Job{Name: "tea.make", Spec: "0 0 * * *", Every: db.Daily, Run: func(ctx context.Context, r *Run) error {
		began = append(began, r.Reached)
		err := r.Batch(ctx, policy.SystemJob, func(*db.Tx) error { r.Reached += "."; r.Count("cups", 1); return nil })
		return errors.Join(err, fail)
	}}
	s.known(j)
	for try, wait := range []time.Duration{time.Minute, 2 * time.Minute, 4 * time.Minute} {
		s.due(j)
		s.due(j) // not yet
		r := s.last("tea.make")
		if r.State != db.JobFailed || r.Tries != try+1 || r.Why().String() != "The kettle is empty." || r.Counts["cups"] != try+1 {
			t.Errorf("after try %d: %+v", try+1, r)
		}
		if got := r.RetryAt.Sub(*r.EndedAt); got < wait-time.Second || got > wait+time.Second {
			t.Errorf("after try %d it waits %s", try+1, got)
		}
		dbtest.Exec(t, "update job_runs set retry_at = now() - interval '1 second' where state = 'failed'")
	}
	fail = nil
	s.due(j)
	if r := s.last("tea.make"); r.State != db.JobDone || r.Error != "" || r.Failing() {
		t.Errorf("in the end: %+v", r)
	}
	if diff := cmp.Diff([]string{"", ".", "..", "..."}, began); diff != "" {
		t.Errorf("where it began: %s", diff)
	}
}

// A panic of a job is a failure of that job, and one's own words about it stay
// in the server's log.
func TestJob_Panics(t *testing.T) {
	s := newStove(t)
	j := Job{Name: "tea.make", Spec: "0 0 * * *", Every: db.Daily, Run: func(context.Context, *Run) error { panic("Jan Jansen") }}
	s.known(j)
	s.due(j)
	if r := s.last("tea.make"); r.State != db.JobFailed || strings.Contains(r.Why().String(), "Jansen") {
		t.Errorf("%+v", r)
	}
}

// A node that is stopped leaves its run to be gone on with at once.
func TestJob_Stopped(t *testing.T) {
	s := newStove(t)
	ctx, stop := context.WithCancel(t.Context())
	runs := 0
	j := Job{Name: "tea.make", Spec: "0 0 * * *", Every: db.Daily, Run: func(ctx context.Context, _ *Run) error {
		if runs++; runs == 1 {
			stop()
			<-ctx.Done()
			return ctx.Err()
		}
		return nil
	}}
	s.known(j)
	_ = s.runDue(ctx, []Job{j})
	if r := s.last("tea.make"); r.State != db.JobStopped {
		t.Errorf("stopped: %+v", r)
	}
	s.due(j)
	if r := s.last("tea.make"); r.State != db.JobDone || runs != 2 {
		t.Errorf("%d runs, %+v", runs, r)
	}
}

// What found nothing to do leaves no row in the log, what did something has one
// for each batch and one for its end.
func TestJob_Logged(t *testing.T) {
	s := newStove(t)
	work := ErrIdle
	j := Job{Name: "tea.make", Spec: "* * * * *", Every: db.EveryMinute, Run: func(ctx context.Context, r *Run) error {
		return r.Batch(ctx, policy.SystemJob, func(*db.Tx) error { r.Count("cups", 1); return work })
	}}
	logged := func() int { return dbtest.Query[int](t, "select count(*)::int from audit where role = 'clock'") }
	s.known(j)
	s.due(j)
	if r := s.last("tea.make"); logged() != 0 || r.State != db.JobDone || len(r.Counts) > 0 {
		t.Errorf("idle: %d rows, %+v", logged(), r)
	}
	dbtest.Exec(t, "delete from job_runs")
	work = nil
	s.known(j)
	s.due(j)
	if r := s.last("tea.make"); logged() != 2 || r.Counts["cups"] != 1 {
		t.Errorf("busy: %d rows, %+v", logged(), r)
	}
}

// What has run out is ended by itself: grants, of which open sessions hear, and
// invitations. A dry run tells the same and changes nothing.
func TestJob_Expire(t *testing.T) {
	s := newStove(t)
	for _, login := range []string{"bea", "cor", "dik"} {
		dbtest.Person(t, s.Store, login, policy.Sales, "")
	}
	dbtest.Exec(t, "update grants g set until = now() + case p.login when 'cor' then interval '1 hour' else interval '-1 hour' end, since = now() - interval '1 day' from people p where p.id = g.person_id and p.login <> 'anna'")
	dbtest.Exec(t, "insert into invitations (person_id, digest, expires_at) select id, login::bytea, now() + case login when 'cor' then interval '1 hour' else interval '-1 hour' end from people")
	open := func() (n [2]int) {
		return [2]int{
			dbtest.Query[int](t, "select count(*)::int from grants where ended_at is null"),
			dbtest.Query[int](t, "select count(*)::int from invitations where voided_at is null"),
		}
	}
	want := map[string]int{"grants ended": 2, "invitations voided": 3}
	dry, err := s.RunJob(t.Context(), s.admin, "access.expire", true)
	if diff := cmp.Diff(want, dry.Counts); err != nil || diff != "" || open() != [2]int{4, 4} {
		t.Errorf("dry: %v, %v, open %v", err, diff, open())
	}
	done, err := s.RunJob(t.Context(), s.admin, "access.expire", false)
	if diff := cmp.Diff(want, done.Counts); err != nil || diff != "" || open() != [2]int{2, 1} {
		t.Errorf("done: %v, %v, open %v", err, diff, open())
	}
	if n := dbtest.Query[int](t, "select count(*)::int from audit where act = 'person.expire' and role = 'clock' and ref <> 0"); n != 5 {
		t.Errorf("%d rows in the log", n)
	}
	again, err := s.RunJob(t.Context(), s.admin, "access.expire", false)
	if err != nil || len(again.Counts) != 0 {
		t.Errorf("again: %v, %v", err, again.Counts)
	}
	if n := dbtest.Query[int](t, "select count(*)::int from grants where ended_at = until and ended_by is null"); n != 2 {
		t.Errorf("%d grants say that they ran out", n)
	}
}

// The clock's rights end only what has run out, whatever its code would do.
func TestJob_ExpireRights(t *testing.T) {
	s := newStove(t)
	err := s.act(t.Context(), policy.System(policy.Clock), policy.PersonExpire, policy.Resource{}, func(tx *db.Tx) error {
		tag, err := tx.Exec(t.Context(), "update job_runs set state = 'done'") // its own
		if err == nil && tag.RowsAffected() != 0 {
			err = errors.New("runs from nowhere")
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	for _, role := range []policy.Role{policy.Sales, policy.Manager, policy.Finance} {
		other := dbtest.Person(t, s.Store, "the-"+string(role), role, "")
		if _, err := s.ListJobs(t.Context(), other); policy.KindOf(err) != policy.Denied {
			t.Errorf("%s lists jobs: %v", role, err)
		}
	}
	for _, role := range []policy.Role{policy.Privacy, policy.Auditor} {
		other := dbtest.Person(t, s.Store, "the-"+string(role), role, "")
		if _, err := s.ListJobs(t.Context(), other); err != nil {
			t.Errorf("%s lists jobs: %v", role, err)
		}
		if _, err := s.RunJob(t.Context(), other, "access.expire", true); policy.KindOf(err) != policy.Denied {
			t.Errorf("%s runs jobs: %v", role, err)
		}
	}
}

// A log that was changed is found in the night, and told to those who act on it.
func TestJob_Verify(t *testing.T) {
	s := newStove(t)
	pieter := dbtest.Person(t, s.Store, "pieter", policy.Privacy, "")
	sander := dbtest.Person(t, s.Store, "sander", policy.Sales, "")
	tells := func(a policy.Actor) (found []string) {
		all, err := s.Attention(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range all {
			if f.Opens == "verify" || f.Opens == "jobs" {
				found = append(found, f.Opens)
			}
		}
		return found
	}
	verify := s.verifyJobs()[0]
	s.known(verify)
	tells(pieter) // leaves a row
	if _, err := s.Store.SealLog(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.due(verify)
	if r := s.last("log.verify"); r.State != db.JobDone || r.Counts["rows verified"] == 0 || len(tells(pieter)) != 0 {
		t.Errorf("whole: %+v, told %v", r, tells(pieter))
	}
	dbtest.Exec(t, "update audit set actor = 0 where act = 'attention.list'")
	if _, err := s.RunJob(t.Context(), s.admin, "log.verify", false); policy.KindOf(err) != policy.Conflict {
		t.Errorf("changed: %v", err)
	}
	if r := s.last("log.verify"); r.State != db.JobFailed || r.Counts["faults"] == 0 || r.Why().Key != errLogChanged.Msg.Key {
		t.Errorf("changed: %+v", r)
	}
	if diff := cmp.Diff([][]string{{"verify"}, nil}, [][]string{tells(pieter), tells(sander)}); diff != "" {
		t.Errorf("told: %s", diff)
	}
}

// A job that fails is on the first screen of those who can do something.
func TestAttention_FailingJob(t *testing.T) {
	s := newStove(t)
	dbtest.Exec(t, `insert into job_runs (job, period, since, until, due, node, state, tries, error)
values ('access.expire', 'x', now(), now(), now(), 'one', 'failed', 3, 'The kettle is empty.')`)
	all, err := s.Attention(t.Context(), s.admin)
	if err != nil || len(all) == 0 || all[0].What.String() != "The job access.expire fails; it was tried 3 times." || !all[0].Grave {
		t.Errorf("%v, %v", all, err)
	}
}
