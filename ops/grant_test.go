package ops_test

import (
	"context"
	"testing"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
)

func pendingGrant(t *testing.T, person int32) int32 {
	t.Helper()
	return dbtest.Query[int32](t, "select id from grants where person_id = $1 and pending and ended_at is null", person)
}

// Threat 21: power takes two, and nobody raises himself.
func TestGrant_powerTakesTwo(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	bert := f.hire(anna.Actor, "bert", policy.Admin)
	sander := f.hire(anna.Actor, "sander", policy.Sales)

	_, err := f.Grant(t.Context(), anna.Actor, ops.Granting{Person: anna.ID, Role: policy.Privacy, Reason: line("me")})
	wantKind(t, "a grant to oneself", err, policy.Denied)
	_, err = f.Grant(t.Context(), sander.Actor, ops.Granting{Person: bert.ID, Role: policy.Sales, Reason: line("x")})
	wantKind(t, "a grant by a salesman", err, policy.Denied)
	pending, err := f.Grant(t.Context(), anna.Actor, ops.Granting{Person: sander.ID, Role: policy.Privacy, Reason: line("officer")})
	if err != nil || !pending {
		t.Fatalf("a grant of power with two admins: pending %v, %v", pending, err)
	}
	officer := sander.As(policy.Privacy)
	use := func() error {
		return f.Store.As(t.Context(), officer, policy.ProfileView, func(*db.Tx) error { return nil })
	}
	wantKind(t, "wearing a pending role", use(), policy.Denied)
	grant := pendingGrant(t, sander.ID)
	wantKind(t, "the granter agreeing", f.AgreeGrant(t.Context(), anna.Actor, grant), policy.Denied)
	if err := f.AgreeGrant(t.Context(), bert.Actor, grant); err != nil {
		t.Fatal(err)
	}
	if err := use(); err != nil {
		t.Errorf("wearing the role after the second admin agreed: %v", err)
	}
	wantKind(t, "agreeing twice", f.AgreeGrant(t.Context(), bert.Actor, grant), policy.Conflict)

	if pending, err := f.Grant(t.Context(), bert.Actor, ops.Granting{Person: sander.ID, Role: policy.Admin, Reason: line("third")}); err != nil || !pending {
		t.Fatal(pending, err)
	}
	if dbtest.Query[int64](t, "select count(*) from audit where act = 'person.grant' and refused and actor = $1", anna.ID) != 1 {
		t.Error("the grant to oneself is not in the log as refused")
	}
}

// The same rules hold in the database, for whoever gets round the program.
func TestGrants_rowSecurity(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	bert := f.hire(anna.Actor, "bert", policy.Admin)
	sander := f.hire(anna.Actor, "sander", policy.Sales)
	try := func(sql string, args ...any) error {
		return f.Store.As(t.Context(), anna.Actor, policy.PersonGrant, func(tx *db.Tx) error {
			tag, err := tx.Exec(t.Context(), sql, args...)
			if err == nil && tag.RowsAffected() == 0 {
				return policy.ErrAbsent()
			}
			return err
		})
	}
	const add = "insert into grants (person_id, role, reason, granted_by, pending) values ($1, $2, '', $3, $4)"
	wantKind(t, "a grant to oneself", try(add, anna.ID, "sales", anna.ID, false), policy.Absent)
	wantKind(t, "power without a second", try(add, sander.ID, "privacy", anna.ID, false), policy.Absent)
	wantKind(t, "in another's name", try(add, sander.ID, "finance", bert.ID, false), policy.Absent)
	wantKind(t, "an invitation for good", try("insert into invitations (person_id, digest, created_by, expires_at) values ($1, '\\x00', $2, now() + interval '1 year')", sander.ID, anna.ID), policy.Absent)
	wantKind(t, "another's recovery code", try("insert into recovery_codes (person_id, digest) values ($1, '\\x00')", sander.ID), policy.Absent)
	wantKind(t, "another's second factor", try("update totp set last_step = 0"), policy.Absent)
	wantKind(t, "a key for another", try("insert into keys (person_id, fingerprint, public_key, name) values ($1, 'x', '', '')", sander.ID), policy.Absent)
	if err := try(add, sander.ID, "privacy", anna.ID, true); err != nil {
		t.Fatalf("control: a pending grant: %v", err)
	}
	wantKind(t, "agreeing to one's own", try("update grants set pending = false, agreed_by = $2 where id = $1", pendingGrant(t, sander.ID), anna.ID), policy.Absent)
	if err := try(add, sander.ID, "finance", anna.ID, false); err != nil {
		t.Fatalf("control: a plain grant: %v", err)
	}
}

// Somebody always remains who can let others in, also when two admins turn on
// each other in the same moment.
func TestAdmins_oneRemains(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	_, err := f.Revoke(t.Context(), anna.Actor, anna.ID, line("x"))
	wantKind(t, "revoking oneself", err, policy.Denied)
	own := dbtest.Query[int32](t, "select id from grants where person_id = $1", anna.ID)
	wantKind(t, "the last admin stepping down", f.EndGrant(t.Context(), anna.Actor, own, line("tired")), policy.Denied)
	if _, err := f.Invite(t.Context(), anna.Actor, ops.Invitation{Login: "unjoined", Name: line("U"), Role: policy.Admin, Reason: line("second")}); err != nil {
		t.Fatal(err)
	}
	wantKind(t, "stepping down for one who has not joined", f.EndGrant(t.Context(), anna.Actor, own, line("tired")), policy.Denied)
	for i := range 5 {
		other := dbtest.Person(t, f.Store, "other"+string(rune('a'+i)), policy.Admin, "")
		pair := []policy.Actor{anna.Actor, other}
		won := atOnce(2, func(i int) error {
			_, err := f.Revoke(context.Background(), pair[i], pair[1-i].ID, line("race"))
			return err
		})
		if left := dbtest.Query[int32](t, "select live_admins()"); won != 1 || left != 1 {
			t.Fatalf("%d of 2 admins revoked each other, %d remain", won, left)
		}
		if dbtest.Query[bool](t, "select revoked_at is not null from people where id = $1", anna.ID) {
			anna = colleague{Actor: other}
		}
	}
}

// Threat 30: who is demoted in mid-act changes nothing any more.
func TestGrant_endedInMidAct(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	sander := f.hire(anna.Actor, "sander", policy.Sales)
	grant := dbtest.Query[int32](t, "select id from grants where person_id = $1", sander.ID)
	change := func(between func() error) error {
		return f.Store.As(t.Context(), sander.Actor, policy.ProfileUpdate, func(tx *db.Tx) error {
			if err := between(); err != nil {
				return err
			}
			return tx.SetLanguage(t.Context(), "nl")
		})
	}
	if err := change(func() error { return nil }); err != nil {
		t.Fatalf("control: %v", err)
	}
	err := change(func() error { return f.EndGrant(context.Background(), anna.Actor, grant, line("moved")) })
	wantKind(t, "a change after the role has ended", err, policy.Absent)
	wantKind(t, "the next act", change(func() error { return nil }), policy.Denied)
}

func TestInvite_refusals(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	f.hire(anna.Actor, "sander", policy.Sales)
	invite := func(login string, role policy.Role, reason string) error {
		_, err := f.Invite(t.Context(), anna.Actor, ops.Invitation{Login: login, Name: line("N"), Role: role, Reason: line(reason)})
		return err
	}
	wantKind(t, "a login name that is taken", invite("sander", policy.Sales, "x"), policy.Conflict)
	wantKind(t, "a look-alike", invite("sancler", policy.Sales, "x"), policy.Conflict)
	wantKind(t, "a reserved name", invite("root", policy.Sales, "x"), policy.Invalid)
	wantKind(t, "no reason", invite("sofie", policy.Sales, ""), policy.Invalid)
	wantKind(t, "no such role", invite("sofie", "boss", "x"), policy.Invalid)
	wantKind(t, "a role of the program", invite("sofie", policy.Door, "x"), policy.Invalid)
	if err := invite("sofie", policy.Sales, "hired"); err != nil {
		t.Error(err)
	}
}
