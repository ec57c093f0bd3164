package ops_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// store is a firm with a team, of which sander has n customers.
type store struct {
	firm
	anna, sander, sofie, marit, pieter policy.Actor
}

func newStore(t *testing.T, n int) store {
	t.Helper()
	f := newFirm(t)
	if err := f.Store.RebuildSearch(t.Context(), func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	s := store{
		firm: f, anna: f.founder("anna").Actor,
		sander: dbtest.Person(t, f.Store, "sander", policy.Sales, "noord"),
		sofie:  dbtest.Person(t, f.Store, "sofie", policy.Sales, "noord"),
		marit:  dbtest.Person(t, f.Store, "marit", policy.Manager, "noord"),
		pieter: dbtest.Person(t, f.Store, "pieter", policy.Privacy, ""),
	}
	s.seal(t)
	s.fill(t, s.sander, n)
	return s
}

// seal writes the reasons that dbtest leaves out.
func (s store) seal(t *testing.T) {
	t.Helper()
	for _, p := range []policy.Actor{s.sander, s.sofie, s.marit, s.pieter} {
		dbtest.Exec(t, "update grants set reason = $2 where person_id = $1", p.ID, s.Store.Keys.Seal("grants.reason", int64(p.ID), []byte("test")))
	}
}

func (s store) fill(t *testing.T, owner policy.Actor, n int) {
	t.Helper()
	err := s.Store.As(t.Context(), owner, policy.CustomerCreate, func(tx *db.Tx) error {
		all := make([]*db.New, n)
		for i := range all {
			all[i] = &db.New{Request: ops.NewRequestKey()}
			c := &all[i].Customer
			c.Kind, c.Status, c.Owner = policy.Person, policy.Client, owner.ID
			c.Grounds = []policy.Ground{{Purpose: policy.Delivery, Basis: policy.Contract}}
			c.Given, c.Family = text.New("Klant"), text.New(fmt.Sprintf("Jansen%d", i))
		}
		return tx.AddCustomers(t.Context(), all, false)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (s store) found(t *testing.T, who policy.Actor, words string) int {
	t.Helper()
	page, err := s.FindCustomers(t.Context(), who, db.Query{Text: words, Limit: 500})
	if err != nil {
		t.Fatal(err)
	}
	return len(page.Rows)
}

func (s store) run(t *testing.T, job string) map[string]int {
	t.Helper()
	dbtest.Exec(t, "delete from job_runs") // another minute
	out, err := s.RunJob(t.Context(), s.anna, job, false)
	if err != nil {
		t.Fatalf("%s: %v", job, err)
	}
	return out.Counts
}

func owned(t *testing.T, who policy.Actor) int64 {
	t.Helper()
	return dbtest.Query[int64](t, "select count(*) from customers where scope = $1", who.ID)
}

// What one who leaves owned goes to the manager, in batches, and is found there
// with all its words; the admin learns counts alone.
func TestLeave_handsOver(t *testing.T) {
	s := newStore(t, 1100)
	h, err := s.Holdings(t.Context(), s.anna, s.sander.ID)
	if err != nil || h.Customers != 1100 {
		t.Fatalf("the preview says %+v, %v", h, err)
	}
	left, err := s.Leave(t.Context(), s.anna, ops.Leaving{Person: s.sander.ID, Reason: line("left")})
	if err != nil || left.Heir != s.marit.ID || left.Customers != 1100 {
		t.Fatalf("%+v, %v", left, err)
	}
	// The act is over; the hand-over is cut off after its first batch.
	ctx, cancel := context.WithCancel(t.Context())
	_, err = s.HandOn(ctx, s.anna, left.Departure, func(done, total int) {
		if done > 0 {
			cancel()
		}
	})
	if n := owned(t, s.sander); err == nil || n != 600 {
		t.Fatalf("after the first batch %d are left: %v", n, err)
	}
	if counts := s.run(t, "leaving.handover"); counts["customers"] != 600 {
		t.Errorf("the clock handed over %v", counts)
	}
	if owned(t, s.sander) != 0 || owned(t, s.marit) != 1100 {
		t.Errorf("sander has %d, marit %d", owned(t, s.sander), owned(t, s.marit))
	}
	if n := s.found(t, s.marit, "jansen1099"); n != 1 {
		t.Errorf("marit finds %d", n)
	}
	if n := dbtest.Query[int64](t, "select count(*) from search_tokens where scope = $1", s.sander.ID); n != 0 {
		t.Errorf("%d search rows stayed with who left", n)
	}
	id := dbtest.Query[int64](t, "select min(id) from customers")
	past, err := s.CustomerHistory(t.Context(), s.marit, id)
	if err != nil || past[0].Act != policy.CustomerHandOver || past[0].Person != s.anna.ID {
		t.Errorf("the history says %+v, %v", past, err)
	}
	if n := dbtest.Query[int64](t, "select sum(cardinality(subjects)) from audit where act = 'customer.handover' and actor = 0"); n != 1100 {
		t.Errorf("the log has %d of 1100", n)
	}
	if again := s.run(t, "leaving.handover"); len(again) != 0 {
		t.Errorf("done again: %v", again)
	}
}

// Without a manager somebody must be named, who can own customers.
func TestLeave_heir(t *testing.T) {
	s := newStore(t, 2)
	leave := func(heir int32) error {
		_, err := s.Leave(t.Context(), s.anna, ops.Leaving{Person: s.sander.ID, Heir: heir, Reason: line("left")})
		return err
	}
	wantKind(t, "an heir without customers of their own", leave(s.pieter.ID), policy.Invalid)
	wantKind(t, "the leaver as heir", leave(s.sander.ID), policy.Invalid)
	dbtest.Exec(t, "update grants set ended_at = now() where person_id = $1", s.marit.ID)
	wantKind(t, "no manager", leave(0), policy.Invalid)
	if dbtest.Query[bool](t, "select revoked_at is not null from people where id = $1", s.sander.ID) {
		t.Fatal("revoked all the same")
	}
	if err := leave(s.sofie.ID); err != nil {
		t.Fatal(err)
	}
	// Who was to take over leaves too, before the hand-over: an admin names
	// another one, and is told to.
	dbtest.Exec(t, "update people set revoked_at = now() where id = $1", s.sofie.ID)
	if counts := s.run(t, "leaving.handover"); len(counts) != 0 {
		t.Errorf("handed over to nobody: %v", counts)
	}
	s.told(t, "nobody takes over", true)
	tom := dbtest.Person(t, s.Store, "tom", policy.Sales, "")
	dbtest.Exec(t, "update grants set reason = $2 where person_id = $1", tom.ID, s.Store.Keys.Seal("grants.reason", int64(tom.ID), []byte("test")))
	if _, err := s.SetHeir(t.Context(), s.anna, s.sander.ID, tom.ID); err != nil {
		t.Fatal(err)
	}
	s.told(t, "nobody takes over", false)
	if s.run(t, "leaving.handover"); owned(t, tom) != 2 {
		t.Errorf("tom has %d", owned(t, tom))
	}
}

// told says whether the admin's first screen has a sentence.
func (s store) told(t *testing.T, part string, want bool) {
	t.Helper()
	all, err := s.Attention(t.Context(), s.anna)
	if err != nil {
		t.Fatal(err)
	}
	got := slices.ContainsFunc(all, func(a ops.Attention) bool { return strings.Contains(a.What.String(), part) })
	if got != want {
		t.Errorf("%q is on the first screen: %t, want %t: %v", part, got, want, all)
	}
}

func on(t *testing.T, day string) policy.Wall {
	t.Helper()
	w, err := policy.ParseLastDay(day)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// A last day ends at 17:00 on the organisation's clock, in winter and summer.
func TestLeave_lastDay(t *testing.T) {
	s := newStore(t, 0)
	for day, want := range map[string]string{
		"2098-12-31":       "2098-12-31T16:00:00Z",
		"2098-07-31":       "2098-07-31T15:00:00Z",
		"2098-07-31T09:30": "2098-07-31T07:30:00Z",
		"2027-10-31T02:30": "2027-10-31T01:30:00Z", // comes twice: the second
		"2027-03-28T02:30": "2027-03-28T01:30:00Z", // comes never: as much later
	} {
		left, err := s.Leave(t.Context(), s.anna, ops.Leaving{Person: s.sander.ID, On: on(t, day), Reason: line("contract ends")})
		if err != nil {
			t.Fatal(err)
		}
		if got := left.Due.UTC().Format(time.RFC3339); got != want {
			t.Errorf("%s is %s, want %s", day, got, want)
		}
		s.told(t, "sander leaves on "+on(t, day).String()[:10], true)
		if err := s.Stay(t.Context(), s.anna, s.sander.ID, line("prolonged")); err != nil {
			t.Fatal(err)
		}
	}
	_, err := s.Leave(t.Context(), s.anna, ops.Leaving{Person: s.sander.ID, On: on(t, "2020-01-01"), Reason: line("x")})
	wantKind(t, "a day that is over", err, policy.Invalid)
	wantKind(t, "staying without a plan", s.Stay(t.Context(), s.anna, s.sander.ID, line("x")), policy.Conflict)
	_, err = s.Leave(t.Context(), s.anna, ops.Leaving{Person: s.anna.ID, On: on(t, "2098-12-31"), Reason: line("x")})
	wantKind(t, "planning the own leaving", err, policy.Denied)
}

// due lets the last day of a planned departure be over.
func due(t *testing.T, who policy.Actor) {
	dbtest.Exec(t, "update departures set due = now() - interval '1 second' where person_id = $1 and left_at is null and cancelled_at is null", who.ID)
}

func TestLeave_planned(t *testing.T) {
	s := newStore(t, 3)
	closed := make(chan policy.Message, 1)
	addLive(t, s.Ops, s.sander, "s1", closed)
	plan := func(who policy.Actor) {
		t.Helper()
		if _, err := s.Leave(t.Context(), s.anna, ops.Leaving{Person: who.ID, Heir: s.sofie.ID, On: on(t, "2098-12-31"), Reason: line("contract ends")}); err != nil {
			t.Fatal(err)
		}
	}
	gone := func(who policy.Actor) bool {
		return dbtest.Query[bool](t, "select revoked_at is not null from people where id = $1", who.ID)
	}
	plan(s.sander)
	_, err := s.Leave(t.Context(), s.anna, ops.Leaving{Person: s.sander.ID, Heir: s.sofie.ID, On: on(t, "2099-01-31"), Reason: line("again")})
	wantKind(t, "a second plan", err, policy.Conflict)
	plan(s.marit)
	if err := s.Stay(t.Context(), s.anna, s.marit.ID, line("stays")); err != nil {
		t.Fatal(err)
	}
	dbtest.Exec(t, "update departures set due = now() where person_id = $1", s.marit.ID)
	if s.run(t, "leaving.revoke"); gone(s.sander) || gone(s.marit) {
		t.Fatal("control: revoked before the day, or though it was called off")
	}
	due(t, s.sander)
	if out, err := s.RunJob(t.Context(), s.anna, "leaving.revoke", true); err != nil || out.Counts["revoked"] != 1 || gone(s.sander) {
		t.Errorf("a dry run: %+v, %v", out, err)
	}
	if counts := s.run(t, "leaving.revoke"); counts["revoked"] != 1 || !gone(s.sander) {
		t.Fatalf("the clock did %v", counts)
	}
	select {
	case why := <-closed:
		if !ops.IsRevocation(why) {
			t.Errorf("closed with %q", why)
		}
	case <-time.After(time.Second):
		t.Error("the session lives on")
	}
	if by := dbtest.Query[int32](t, "select count(*) from grants where person_id = $1 and ended_at is not null and ended_by is null", s.sander.ID); by != 1 {
		t.Errorf("%d grants were ended by the program", by)
	}
	if s.run(t, "leaving.handover"); owned(t, s.sofie) != 3 {
		t.Errorf("sofie has %d", owned(t, s.sofie))
	}
	s.told(t, "lines of the checklist", true)
}

// The last admin stays, and keeps nobody else in.
func TestLeave_lastAdminStays(t *testing.T) {
	s := newStore(t, 0)
	bea := dbtest.Person(t, s.Store, "bea", policy.Admin, "")
	dbtest.Exec(t, "update grants set reason = $2 where person_id = $1", bea.ID, s.Store.Keys.Seal("grants.reason", int64(bea.ID), []byte("test")))
	for _, who := range []policy.Actor{bea, s.sander} {
		if _, err := s.Leave(t.Context(), s.anna, ops.Leaving{Person: who.ID, On: on(t, "2098-12-31"), Reason: line("x")}); err != nil {
			t.Fatal(err)
		}
		due(t, who)
	}
	dbtest.Exec(t, "update departures set due = due - interval '1 hour' where person_id = $1", bea.ID)
	dbtest.Exec(t, "update grants set until = now() + interval '1 hour' where person_id = $1", s.anna.ID)
	dbtest.Exec(t, "delete from job_runs")
	_, err := s.RunJob(t.Context(), s.anna, "leaving.revoke", false)
	wantKind(t, "revoking the last admin for good", err, policy.Denied)
	if dbtest.Query[int32](t, "select lasting_admins()") != 1 {
		t.Error("no admin remains for good")
	}
	if !dbtest.Query[bool](t, "select revoked_at is not null from people where id = $1", s.sander.ID) {
		t.Error("the other one is still in")
	}
}
