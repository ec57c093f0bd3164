package ops_test

import (
	"testing"

	"balie/db/dbtest"
	"balie/policy"
)

// unused makes it so many days that nobody has used a person's keys.
func (f firm) unused(c colleague, days int) {
	f.t.Helper()
	dbtest.Exec(f.t, `update keys set added_at = now() - make_interval(days => $2 + 1), last_used = now() - make_interval(days => $2) where person_id = $1`, c.ID, days)
}

// today does what the clock does each day, again.
func (f firm) today(by colleague) {
	f.t.Helper()
	dbtest.Exec(f.t, `delete from job_runs`)
	if _, err := f.RunJob(f.t.Context(), by.Actor, "keys.suspend", false); err != nil {
		f.t.Fatal(err)
	}
}

func (f firm) suspended(c colleague) bool {
	return dbtest.Query[bool](f.t, "select bool_and(suspended_at is not null) from keys where person_id = $1", c.ID)
}

func TestSuspendKeys(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	sofie, tom := f.hire(anna.Actor, "sofie", policy.Sales), f.hire(anna.Actor, "tom", policy.Sales)
	f.unused(sofie, 121)
	f.unused(tom, 119)
	desk := newKey(t)
	if err := f.add(sofie, desk, "desk"); err != nil {
		t.Fatal(err)
	}
	f.today(anna)
	if f.suspended(tom) {
		t.Error("suspended after 119 days")
	}
	f.fresh()
	_, _, err := f.signIn(sofie, f.code(sofie.secret, 0))
	wantKind(t, "signing in with a suspended key", err, policy.Denied)
	_, _, unknown := f.signIn(sofie.with(newKey(t)), f.code(sofie.secret, 0))
	if err.Error() != unknown.Error() {
		t.Errorf("suspended: %q, unknown: %q", err, unknown)
	}
	f.fresh()
	if _, _, err := f.signIn(sofie.with(desk), f.code(sofie.secret, 0)); err != nil {
		t.Errorf("the person's other key: %v", err)
	}
	if n := logged(t, policy.KeySuspend, false, sofie.ID); n != 1 {
		t.Errorf("%d rows in the log", n)
	}
	id := dbtest.Query[int32](t, "select id from keys where person_id = $1 and suspended_at is not null", sofie.ID)
	wantKind(t, "lifting without a reason", f.LiftKey(t.Context(), anna.Actor, id, line("")), policy.Invalid)
	wantKind(t, "lifting one's own", f.LiftKey(t.Context(), sofie.Actor, id, line("mine")), policy.Denied)
	if err := f.LiftKey(t.Context(), anna.Actor, id, line("back from leave")); err != nil {
		t.Fatal(err)
	}
	f.today(anna) // it counts as used
	f.fresh()
	if _, _, err := f.signIn(sofie, f.code(sofie.secret, 0)); err != nil {
		t.Errorf("after it was lifted: %v", err)
	}
}

// Nobody is locked out for good: the last way in of the last admin stays.
func TestSuspendKeys_lastAdmin(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	f.unused(anna, 300)
	f.today(anna)
	if f.suspended(anna) {
		t.Fatal("the only admin is locked out")
	}
	if n := logged(t, policy.KeySuspend, false, anna.ID); n != 1 {
		t.Errorf("%d rows in the log say that it was kept", n)
	}
	// Of two keys one goes; of two admins who are both away, one stays.
	if err := f.add(anna, newKey(t), "second"); err != nil {
		t.Fatal(err)
	}
	bea := f.hire(anna.Actor, "bea", policy.Admin)
	f.unused(anna, 300)
	f.unused(bea, 300)
	f.today(anna)
	if left := dbtest.Query[int64](t, "select count(*) from keys where suspended_at is null"); left != 1 || f.suspended(anna) && f.suspended(bea) {
		t.Errorf("%d keys of admins are left", left)
	}
	// The control: an admin for a time is no one to rely on, nor in the way.
	dbtest.Exec(t, "update keys set suspended_at = null")
	dbtest.Exec(t, "update grants set until = now() + interval '1 day' where person_id = $1", bea.ID)
	f.today(anna)
	if !f.suspended(bea) || f.suspended(anna) {
		t.Errorf("the one for a time: %v, the lasting one: %v", f.suspended(bea), f.suspended(anna))
	}
}

func TestKeys_flags(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	sofie := f.hire(anna.Actor, "sofie", policy.Sales)
	waits := func(c colleague) (n int) {
		all, err := f.Attention(t.Context(), c.Actor)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range all {
			if a.Opens == "keys" || a.Opens == "me" {
				n++
			}
		}
		return n
	}
	if n := waits(anna) + waits(sofie); n != 0 { // the control
		t.Errorf("%d things wait at first", n)
	}
	f.unused(sofie, 91)
	if waits(anna) != 1 || waits(sofie) != 1 {
		t.Errorf("after 91 days: %d for the admin, %d for the person", waits(anna), waits(sofie))
	}
	dbtest.Exec(t, "update keys set kind = 'ssh-rsa', bits = 2048 where person_id = $1", anna.ID)
	all, err := f.StaffKeys(t.Context(), anna.Actor)
	if err != nil || len(all) != 2 || len(all[0].Flags) != 1 || all[0].Flags[0] != policy.KeyWeak || all[1].Flags[0] != policy.KeyUnused || all[1].Unused != 91 {
		t.Errorf("%v: %+v", err, all)
	}
	_, err = f.StaffKeys(t.Context(), sofie.Actor)
	wantKind(t, "a salesperson looks at everybody's keys", err, policy.Denied)
}
