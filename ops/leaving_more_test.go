package ops_test

import (
	"bytes"
	"testing"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
)

// Everything by which a person could get in, and everything of theirs that was
// still to happen, ends with the act.
func TestLeave_nothingLives(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	bea := f.hire(anna.Actor, "bea", policy.Admin)
	agreeTo(t, f, anna, bea)
	sander := f.hire(anna.Actor, "sander", policy.Sales)
	if _, err := f.Grant(t.Context(), bea.Actor, ops.Granting{Person: sander.ID, Role: policy.Privacy, Reason: line("x")}); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Reset(t.Context(), anna.Actor, bea.ID, line("perhaps lost")); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Leave(t.Context(), bea.Actor, ops.Leaving{Person: sander.ID, On: on(t, "2098-12-31"), Reason: line("contract ends")}); err != nil {
		t.Fatal(err)
	}
	if h, err := f.Holdings(t.Context(), anna.Actor, bea.ID); err != nil || h != (db.Holdings{Keys: 1, Sessions: 1, Invitations: 1, Codes: 10, Asked: 1, Planned: 1}) {
		t.Errorf("the preview says %+v, %v", h, err)
	}
	living := map[string]string{
		"keys":        "select count(*) from keys where person_id = $1 and removed_at is null",
		"sessions":    "select count(*) from sessions where person_id = $1 and ended_at is null",
		"invitations": "select count(*) from invitations where person_id = $1 and used_at is null and voided_at is null",
		"codes":       "select count(*) from recovery_codes where person_id = $1",
		"totp":        "select count(*) from totp where person_id = $1",
		"grants":      "select count(*) from grants where person_id = $1 and ended_at is null",
		"asked for":   "select count(*) from grants where granted_by = $1 and pending and ended_at is null",
		"planned":     "select count(*) from departures where ordered_by = $1 and left_at is null and cancelled_at is null",
	}
	count := func(what string) int64 { return dbtest.Query[int64](t, living[what], bea.ID) }
	for what := range living {
		if count(what) == 0 {
			t.Errorf("control: bea has no %s", what)
		}
	}
	if _, err := f.Leave(t.Context(), anna.Actor, ops.Leaving{Person: bea.ID, Reason: line("left")}); err != nil {
		t.Fatal(err)
	}
	for what := range living {
		if n := count(what); n != 0 {
			t.Errorf("%d %s live on", n, what)
		}
	}
	// What bea planned for another is anna's now: to drop it would keep him in.
	if by := dbtest.Query[int32](t, "select ordered_by from departures where person_id = $1 and cancelled_at is null", sander.ID); by != anna.ID {
		t.Errorf("sander's departure is answered for by %d", by)
	}
	p, err := f.GetPerson(t.Context(), anna.Actor, bea.ID)
	if err != nil || p.Grants[0].EndReason.String() != "left" || p.Grants[0].EndedBy != anna.ID {
		t.Errorf("the grant ended so: %+v, %v", p.Grants, err)
	}
}

// agreeTo lets a second admin be one: with a single one there is nobody to ask.
func agreeTo(t *testing.T, f firm, by, who colleague) {
	t.Helper()
	if n := dbtest.Query[int64](t, "select count(*) from grants where person_id = $1 and pending", who.ID); n > 0 {
		if err := f.AgreeGrant(t.Context(), by.Actor, pendingGrant(t, who.ID)); err != nil {
			t.Fatal(err)
		}
	}
}

// Who comes back is the same person with nothing in the hands.
func TestLeave_comeBack(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	sander := f.hire(anna.Actor, "sander", policy.Sales)
	sofie := f.hire(anna.Actor, "sofie", policy.Sales)
	for _, who := range []colleague{sander, sofie} {
		if _, err := f.Revoke(t.Context(), anna.Actor, who.ID, line("left")); err != nil {
			t.Fatal(err)
		}
	}
	_, err := f.Reset(t.Context(), anna.Actor, sander.ID, line("x"))
	wantKind(t, "a reset of one who left", err, policy.Conflict)
	code, err := f.Invite(t.Context(), anna.Actor, ops.Invitation{Login: "sander", Name: line("Sander Anders"), Role: policy.Finance, Reason: line("back")})
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = f.signIn(sander, f.code(sander.secret, 0))
	wantKind(t, "the old key and code", err, policy.Denied)
	_, err = f.join(code.Code, sofie.key)
	wantKind(t, "the key of another who left", err, policy.Denied)
	back, err := f.join(code.Code, sander.key)
	if err != nil {
		t.Fatalf("the own key of before: %v", err)
	}
	f.fresh()
	_, _, err = f.signIn(back, f.code(sander.secret, 0))
	wantKind(t, "the old secret", err, policy.Denied)
	f.fresh()
	actor, _, err := f.signIn(back, f.code(back.secret, 0))
	if err != nil || actor.ID != sander.ID || len(actor.Held) != 1 || actor.Role != policy.Finance || actor.Name.String() != "Sander Anders" {
		t.Errorf("back is %+v, %v; was %d", actor, err, sander.ID)
	}
	for _, c := range sander.recovery {
		f.fresh()
		_, _, err := f.signIn(back, c)
		wantKind(t, "an old recovery code", err, policy.Denied)
	}
}

// A key that was taken away doesn't come back, whatever happened after.
func TestLeave_stolenKeyStaysOut(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	sander := f.hire(anna.Actor, "sander", policy.Sales)
	key := dbtest.Query[int32](t, "select id from keys where person_id = $1", sander.ID)
	if _, err := f.RemoveKey(t.Context(), anna.Actor, key, line("stolen")); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Revoke(t.Context(), anna.Actor, sander.ID, line("left")); err != nil {
		t.Fatal(err)
	}
	code, err := f.Invite(t.Context(), anna.Actor, ops.Invitation{Login: "sander", Name: line("S"), Role: policy.Sales, Reason: line("back")})
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.join(code.Code, sander.key)
	wantKind(t, "the stolen key", err, policy.Denied)
}

func TestLeavingReport(t *testing.T) {
	s := newStore(t, 7)
	id := dbtest.Query[int64](t, "select min(id) from customers")
	for range 3 {
		if _, err := s.GetCustomer(t.Context(), s.sander, id); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.ExportCustomers(t.Context(), s.sander, ops.Export{Format: "csv"}, &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	// Long ago, and so not counted.
	dbtest.Exec(t, "update audit set at = at - interval '100 days' where act = 'customer.create'")
	if _, err := s.Leave(t.Context(), s.anna, ops.Leaving{Person: s.sander.ID, Reason: line("left")}); err != nil {
		t.Fatal(err)
	}
	// Read long after, it counts back from the leaving.
	dbtest.Exec(t, "update departures set left_at = left_at - interval '1000 days'")
	dbtest.Exec(t, "update audit set at = at - interval '1000 days'")
	r, err := s.LeavingReport(t.Context(), s.anna, s.sander.ID, policy.ReportDays)
	if err != nil {
		t.Fatal(err)
	}
	done := map[policy.Act]db.Done{}
	for _, d := range r.Acts {
		done[d.Act] = d
	}
	if d := done[policy.CustomerView]; d.N != 3 || d.Subjects != 1 {
		t.Errorf("viewed: %+v", d)
	}
	if d := done[policy.CustomerCreate]; d.N != 0 {
		t.Errorf("what was long before is counted: %+v", d)
	}
	if len(r.Exports) != 1 || r.Exports[0].Subjects != 7 || r.Exports[0].Format.String()[:3] != "csv" {
		t.Errorf("exports: %+v", r.Exports)
	}
	if len(r.Checks) != 6 || len(r.Person.Grants) != 1 || r.Departure == nil || r.Departure.Reason.String() != "left" {
		t.Errorf("%+v", r)
	}
	_, err = s.LeavingReport(t.Context(), s.marit, s.sander.ID, 90)
	wantKind(t, "a manager reading it", err, policy.Denied)
	s.subjects(t, id)
	s.ticks(t)
}

// subjects are for the privacy officer alone, and for a reason.
func (s store) subjects(t *testing.T, viewed int64) {
	_, err := s.LeavingSubjects(t.Context(), s.anna, s.sander.ID, 90, 0)
	wantKind(t, "an admin asking whose data it was", err, policy.Denied)
	_, err = s.LeavingSubjects(t.Context(), s.pieter, s.sander.ID, 90, 0)
	wantKind(t, "without a reason", err, policy.Denied)
	all, err := s.LeavingSubjects(t.Context(), s.pieter.For(line("he took a list along")), s.sander.ID, 90, 0)
	if err != nil || len(all) != 7 {
		t.Fatalf("%d of 7: %v", len(all), err)
	}
	for _, v := range all {
		if v.Name.IsZero() || v.ID == viewed && v.N != 4 {
			t.Errorf("%+v", v)
		}
	}
	if n := dbtest.Query[int64](t, "select cardinality(subjects) from audit where act = 'customer.seenby' and not refused"); n != 7 {
		t.Errorf("%d of 7 are in the log as seen", n)
	}
}

func (s store) ticks(t *testing.T) {
	// The list outlives the hand-over: it once could not be ticked off then.
	dbtest.Exec(t, "update departures set handed_at = now()")
	tick := func(n int32, done bool) error { return s.TickCheck(t.Context(), s.anna, s.sander.ID, n, done) }
	for n := range int32(6) {
		if err := tick(n+1, true); err != nil {
			t.Fatal(err)
		}
	}
	s.told(t, "checklist", false)
	wantKind(t, "ticking twice", tick(1, true), policy.Conflict)
	wantKind(t, "a line that isn't there", tick(7, true), policy.Absent)
	if err := tick(1, false); err != nil {
		t.Fatal(err)
	}
	s.told(t, "1 lines of the checklist", true)
	wantKind(t, "a salesman ticking", s.TickCheck(t.Context(), s.sofie, s.sander.ID, 1, true), policy.Denied)
}

// A team is what a manager sees; the move counts from the commit on.
func TestSetTeam(t *testing.T) {
	s := newStore(t, 3)
	s.fill(t, s.sofie, 2)
	zuid := dbtest.Person(t, s.Store, "zoe", policy.Manager, "zuid")
	if a, b := s.found(t, s.marit, "jansen"), s.found(t, zuid, "jansen"); a != 5 || b != 0 {
		t.Fatalf("control: marit sees %d, zoe %d", a, b)
	}
	move := func(by policy.Actor, who int32, team, why string) error {
		return s.SetTeam(t.Context(), by, who, line(team), line(why))
	}
	wantKind(t, "a manager moving somebody", move(s.marit, s.sander.ID, "zuid", "x"), policy.Denied)
	wantKind(t, "moving oneself", move(s.anna, s.anna.ID, "zuid", "x"), policy.Denied)
	wantKind(t, "no reason", move(s.anna, s.sander.ID, "zuid", ""), policy.Invalid)
	wantKind(t, "the same team", move(s.anna, s.sander.ID, "Noord", "x"), policy.Conflict)
	if err := move(s.anna, s.sander.ID, "zuid", "reorganised"); err != nil {
		t.Fatal(err)
	}
	if a, b := s.found(t, s.marit, "jansen"), s.found(t, zuid, "jansen"); a != 2 || b != 3 {
		t.Errorf("marit sees %d, zoe %d", a, b)
	}
	if err := move(s.anna, s.sander.ID, "", "on his own"); err != nil || s.found(t, zuid, "jansen") != 0 {
		t.Errorf("without a team: %v", err)
	}
}

// demoting takes a role away after the first bytes of an export.
type demoting struct {
	bytes.Buffer
	once func()
}

func (d *demoting) Write(b []byte) (int, error) {
	if d.once != nil {
		d.once()
		d.once = nil
	}
	return d.Buffer.Write(b)
}

// Threat 30: an export that streams ends at the page after which the role did.
func TestExport_demotedInTheMiddle(t *testing.T) {
	s := newStore(t, 700)
	s.fill(t, s.sofie, 700)
	grant := dbtest.Query[int32](t, "select id from grants where person_id = $1", s.sander.ID)
	whole := &demoting{}
	if got, err := s.ExportCustomers(t.Context(), s.sofie, ops.Export{Format: "csv"}, whole); err != nil || got.N != 700 {
		t.Fatalf("control: %d of 700: %v", got.N, err)
	}
	cut := &demoting{once: func() {
		if err := s.EndGrant(t.Context(), s.anna, grant, line("moved")); err != nil {
			t.Error(err)
		}
	}}
	got, err := s.ExportCustomers(t.Context(), s.sander, ops.Export{Format: "csv"}, cut)
	wantKind(t, "the rest of the export", err, policy.Denied)
	if got.N >= 700 {
		t.Errorf("%d came all the same", got.N)
	}
}
