package ops_test

import (
	"testing"

	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
)

// Whoever resets a colleague holds the code to become them. That must not be a
// way to another's power that only one admin knows of (threat 21).
func TestReset_ofPower(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	held := func(id int32, role policy.Role) int64 {
		return dbtest.Query[int64](t, "select count(*) from grants where person_id = $1 and role = $2 and not pending and ended_at is null", id, string(role))
	}
	pieter := f.hire(anna.Actor, "pieter", policy.Privacy)
	// With one admin there is nobody to agree: the control.
	if code, err := f.Reset(t.Context(), anna.Actor, pieter.ID, line("lost phone")); err != nil || code.Pending || held(pieter.ID, policy.Privacy) != 1 {
		t.Errorf("control: with one admin: %+v, %v", code, err)
	}
	bea := f.hire(anna.Actor, "bea", policy.Admin)
	if code, err := f.Reset(t.Context(), anna.Actor, bea.ID, line("lost phone")); err != nil || code.Pending || held(bea.ID, policy.Admin) != 1 {
		t.Errorf("with two admins, of whom one is reset: %+v, %v", code, err)
	}
	code, err := f.Reset(t.Context(), anna.Actor, pieter.ID, line("lost key"))
	if err != nil || !code.Pending || held(pieter.ID, policy.Privacy) != 0 {
		t.Fatalf("with two admins: %+v, %v", code, err)
	}
	thief, err := f.join(code.Code, newKey(t))
	if err != nil {
		t.Fatal(err)
	}
	f.fresh()
	_, _, err = f.signIn(thief, f.code(thief.secret, 0))
	wantKind(t, "signing in as one whose role waits", err, policy.Denied)
	grant := dbtest.Query[int32](t, "select id from grants where person_id = $1 and pending and ended_at is null", pieter.ID)
	wantKind(t, "agreeing to one's own reset", f.AgreeGrant(t.Context(), anna.Actor, grant), policy.Denied)
	if err := f.AgreeGrant(t.Context(), bea.Actor, grant); err != nil || held(pieter.ID, policy.Privacy) != 1 {
		t.Errorf("after the second admin's word: %v", err)
	}
	f.fresh()
	if _, _, err = f.signIn(thief, f.code(thief.secret, 0)); err != nil {
		t.Error(err)
	}
}

// With three admins the power of one of them waits as well.
func TestReset_ofAnAdmin(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	dbtest.Person(t, f.Store, "bea", policy.Admin, "")
	cor := dbtest.Person(t, f.Store, "cor", policy.Admin, "")
	code, err := f.Reset(t.Context(), anna.Actor, cor.ID, line("lost phone"))
	if err != nil || !code.Pending {
		t.Fatalf("%+v, %v", code, err)
	}
	_, err = f.Invite(t.Context(), cor, ops.Invitation{Login: "eve", Name: line("Eve"), Role: policy.Sales, Reason: line("x")})
	wantKind(t, "an act of an admin whose role waits", err, policy.Denied)
}
