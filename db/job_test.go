package db_test

import (
	"strings"
	"testing"
	"time"

	"balie/db"
	"balie/db/dbtest"
)

// due is one job whose clock a test moves.
type due struct {
	t     *testing.T
	store *db.Store
	set   func(time.Time)
}

// at puts the database's clock and claims and does what is due then: the
// periods that it did.
func (d due) at(clock string, duty db.Duty) (did []string) {
	d.t.Helper()
	now, err := time.Parse("2006-01-02T15:04:05Z07:00", clock)
	if err != nil {
		d.t.Fatal(err)
	}
	d.set(now)
	for {
		c, ok, err := d.store.ClaimJob(d.t.Context(), duty, "one")
		if err != nil {
			d.t.Fatal(err)
		}
		if !ok {
			return did
		}
		if got := c.Period.Now.Sub(now).Abs(); got > 5*time.Second {
			d.t.Fatalf("the database's clock is %s off", got)
		}
		if err := d.store.EndIdleJob(d.t.Context(), c, db.Ending{State: db.JobDone}); err != nil {
			d.t.Fatal(err)
		}
		did = append(did, c.Period.Key)
	}
}

// TestClaimJob_Time drives the database's clock over all edges: each period is
// done once, when it is due in Amsterdam, and never again.
func TestClaimJob_Time(t *testing.T) {
	store, set := dbtest.Faked(t)
	for _, c := range []struct {
		name  string
		duty  db.Duty
		steps [][2]string // when, and what is done then, "" for nothing
	}{
		{"quarter ends", db.Duty{Every: db.Quarterly}, [][2]string{
			{"2026-11-22T10:00:00Z", ""}, // new: begins with the next one
			{"2026-12-31T22:59:50Z", ""},
			{"2026-12-31T23:00:01Z", "2027-Q1"},
			{"2027-01-01T12:00:00Z", ""},
			{"2027-03-31T21:59:50Z", ""}, // 90 days after the first of January is 1 April only in some years
			{"2027-03-31T22:00:01Z", "2027-Q2"},
			{"2027-06-30T21:59:50Z", ""},
			{"2027-06-30T22:00:01Z", "2027-Q3"},
			{"2027-09-30T21:59:50Z", ""},
			{"2027-09-30T22:00:01Z", "2027-Q4"},
			{"2027-12-31T22:59:50Z", ""},
			{"2027-12-31T23:00:01Z", "2028-Q1"},
			{"2027-12-31T22:00:00Z", ""}, // put back over the edge
			{"2027-12-31T23:00:01Z", ""},
		}},
		{"02:30 never comes", db.Duty{Every: db.Daily, Shift: 150 * time.Minute}, [][2]string{
			{"2026-03-27T12:00:00Z", ""},
			{"2026-03-28T01:29:50Z", ""},
			{"2026-03-28T01:30:01Z", "2026-03-28"},
			{"2026-03-29T00:59:50Z", ""}, // 01:59:50
			{"2026-03-29T01:00:01Z", ""}, // 03:00:01
			{"2026-03-29T01:30:01Z", "2026-03-29"},
			{"2026-03-29T02:00:00Z", ""},
			{"2026-03-30T00:29:50Z", ""},
			{"2026-03-30T00:30:01Z", "2026-03-30"},
		}},
		{"02:30 comes twice", db.Duty{Every: db.Daily, Shift: 150 * time.Minute}, [][2]string{
			{"2026-10-23T12:00:00Z", ""},
			{"2026-10-24T00:30:01Z", "2026-10-24"},
			{"2026-10-25T00:30:01Z", ""}, // the first time
			{"2026-10-25T01:29:50Z", ""},
			{"2026-10-25T01:30:01Z", "2026-10-25"}, // the second
			{"2026-10-25T02:30:00Z", ""},
			{"2026-10-26T01:30:01Z", "2026-10-26"},
		}},
		{"the hour that comes twice is two hours", db.Duty{Every: db.Hourly, Shift: 7 * time.Minute}, [][2]string{
			{"2026-10-24T22:10:00Z", ""},
			{"2026-10-24T23:07:01Z", "2026-10-24T23Z"},
			{"2026-10-25T00:07:01Z", "2026-10-25T00Z"},
			{"2026-10-25T01:07:01Z", "2026-10-25T01Z"},
			{"2026-10-25T01:50:00Z", ""},
		}},
		{"leap day", db.Duty{Every: db.Daily}, [][2]string{
			{"2028-02-27T12:00:00Z", ""},
			{"2028-02-28T12:00:00Z", "2028-02-28"},
			{"2028-02-28T22:59:50Z", ""},
			{"2028-02-28T23:00:01Z", "2028-02-29"},
			{"2028-02-29T23:00:01Z", "2028-03-01"},
			{"2029-02-28T22:59:50Z", "2029-02-28"},
			{"2029-02-28T23:00:01Z", "2029-03-01"},
		}},
		{"the end of February", db.Duty{Every: db.Monthly, Shift: 27*24*time.Hour + 23*time.Hour}, [][2]string{
			{"2028-01-20T12:00:00Z", ""},
			{"2028-01-31T12:00:00Z", "2028-01"},
			{"2028-02-29T12:00:00Z", "2028-02"},
			{"2028-03-28T20:59:50Z", ""},
			{"2028-03-28T21:00:01Z", "2028-03"}, // summer has begun
		}},
		{"31 December", db.Duty{Every: db.Weekly, Shift: 4 * time.Hour}, [][2]string{
			{"2026-12-27T12:00:00Z", ""},
			{"2026-12-28T02:59:50Z", ""},
			{"2026-12-28T03:00:01Z", "2026-W53"}, // Monday
			{"2026-12-31T23:00:01Z", ""},
			{"2027-01-04T03:00:01Z", "2027-W01"},
		}},
		{"put back and on", db.Duty{Every: db.Daily, Shift: time.Hour}, [][2]string{
			{"2026-06-01T12:00:00Z", ""},
			{"2026-06-02T12:00:00Z", "2026-06-02"},
			{"2026-06-01T12:00:00Z", ""},           // was skipped then, is now
			{"2026-05-31T12:00:00Z", "2026-05-31"}, // never done: the calendar of the database counts
			{"2026-06-02T12:00:00Z", ""},
			{"2026-06-09T12:00:00Z", "2026-06-09"}, // the last one is caught up
			{"2031-06-09T12:00:00Z", "2031-06-09"}, // wrong for a while
			{"2026-06-10T12:00:00Z", "2026-06-10"}, // and goes on as if nothing had been
		}},
		{"each is caught up", db.Duty{Every: db.Daily, Each: true}, [][2]string{
			{"2026-06-01T12:00:00Z", ""},
			{"2026-06-04T12:00:00Z", "2026-06-02 2026-06-03 2026-06-04"},
			{"2026-06-03T12:00:00Z", ""},
			{"2026-06-05T12:00:00Z", "2026-06-05"},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := due{t, store, set}
			c.duty.Name = c.name
			for i, s := range c.steps {
				if got := strings.Join(d.at(s[0], c.duty), " "); got != s[1] {
					t.Errorf("step %d, at %s: did %q, want %q", i, s[0], got, s[1])
				}
			}
		})
	}
}

// A run whose holder is silent is taken over by another node, with a token that
// shuts the first one out; one that several nodes were lost over waits.
func TestClaimJob_Abandoned(t *testing.T) {
	store := dbtest.New(t)
	duty := db.Duty{Name: "tea.make", Every: db.Daily}
	if _, ok, err := store.ClaimJob(t.Context(), duty, "one"); ok || err != nil {
		t.Fatalf("a new job began at once: %v, %v", ok, err)
	}
	dbtest.Exec(t, "update job_runs set period = 'before', due = due - interval '1 day'")
	claim := func(node string) (db.Claim, bool) {
		c, ok, err := store.ClaimJob(t.Context(), duty, node)
		if err != nil {
			t.Fatal(err)
		}
		return c, ok
	}
	last, ok := claim("one")
	if !ok {
		t.Fatal("nothing is due")
	}
	for range 2 {
		if _, ok := claim("two"); ok {
			t.Fatal("taken from a living node")
		}
		dbtest.Exec(t, "update job_runs set beat_at = now() - interval '1 minute' where state = 'running'")
		c, ok := claim("two")
		if !ok || c.Token != last.Token+1 {
			t.Fatalf("not taken over: %+v after %+v", c, last)
		}
		if held, err := store.BeatJob(t.Context(), last); held || err != nil {
			t.Errorf("the first one still holds it: %v", err)
		}
		last = c
	}
	dbtest.Exec(t, "update job_runs set beat_at = now() - interval '1 minute' where state = 'running'")
	if c, ok := claim("one"); ok {
		t.Errorf("taken at once after %d tries", c.Tries)
	}
	for _, sign := range []string{"-", "+"} { // in time, or when the clock was put back
		dbtest.Exec(t, "update job_runs set claimed_at = now() "+sign+" interval '6 minutes', beat_at = now() - interval '1 minute' where state = 'running'")
		if _, ok := claim("one"); !ok {
			t.Errorf("not taken after a while (%s)", sign)
		}
	}
}
