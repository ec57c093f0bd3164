package ops_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
)

func TestJoin_theFirstAdmin(t *testing.T) {
	f := newFirm(t)
	first, err := ops.FirstAdmin(t.Context(), dbtest.AdminURL(t), f.Store.Keys, "anna", line("Anna"))
	if err != nil {
		t.Fatal(err)
	}
	again, err := ops.FirstAdmin(t.Context(), dbtest.AdminURL(t), f.Store.Keys, "anna", line("Anna"))
	if err != nil {
		t.Fatalf("before anybody joined: %v", err)
	}
	_, err = f.join(first.Code, newKey(t))
	wantKind(t, "a code that was replaced", err, policy.Denied)
	anna := f.enter(again.Code)
	if anna.Role != policy.Admin {
		t.Errorf("the first admin signs in as %s", anna.Role)
	}
	_, err = f.join(again.Code, newKey(t))
	wantKind(t, "a used code", err, policy.Denied)
	_, err = ops.FirstAdmin(t.Context(), dbtest.AdminURL(t), f.Store.Keys, "eve", line("Eve"))
	wantKind(t, "a second first admin", err, policy.Conflict)
	_, err = ops.FirstAdmin(t.Context(), dbtest.LoginURL(t), f.Store.Keys, "eve", line("Eve"))
	if err == nil {
		t.Error("the role that serves made an admin")
	}
	invitations, err := f.ListInvitations(t.Context(), anna.Actor, anna.ID)
	if err != nil || len(invitations) != 2 || invitations[0].Fingerprint != anna.key.Fingerprint {
		t.Errorf("the key that joined is not shown: %+v, %v", invitations, err)
	}
}

// Threat 25: of two redeeming at once one wins, of forty as well.
func TestConfirmJoin_fortyAtOnce(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	redeem := func(login string) int {
		code, err := f.Invite(t.Context(), anna.Actor, ops.Invitation{Login: login, Name: line(login), Role: policy.Sales, Reason: line("hired")})
		if err != nil {
			t.Fatal(err)
		}
		joining := make([]ops.Joining, 40)
		for i := range joining {
			in, err := f.ProveInvitation(t.Context(), newKey(t), code.Code, home)
			if err != nil {
				t.Fatal(err)
			}
			if joining[i], err = f.StartJoin(t.Context(), in); err != nil {
				t.Fatal(err)
			}
		}
		return atOnce(40, func(i int) error {
			_, err := f.ConfirmJoin(context.Background(), joining[i], f.code(joining[i].Secret, 0))
			return err
		})
	}
	if won := redeem("sander"); won != 1 {
		t.Errorf("%d of 40 joined with one invitation, want 1", won)
	}
	if n := dbtest.Query[int64](t, "select count(*) from keys k join people p on p.id = k.person_id where login = 'sander'"); n != 1 {
		t.Errorf("%d keys were registered, want 1", n)
	}
	forgetful(t, "invitations", "new.used_at := null")
	if won := redeem("sofie"); won <= 1 {
		t.Errorf("control: without the memory of use %d of 40 joined", won)
	}
}

func TestProveInvitation_refusals(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	invite := func(login string) policy.Sealed {
		code, err := f.Invite(t.Context(), anna.Actor, ops.Invitation{Login: login, Name: line(login), Role: policy.Sales, Reason: line("hired")})
		if err != nil {
			t.Fatal(err)
		}
		return code.Code
	}
	sander := f.enter(invite("sander"))
	old, voided, good := invite("old"), invite("voided"), invite("good")
	dbtest.Exec(t, "update invitations set expires_at = now() from people p where p.id = person_id and login = 'old'")
	dbtest.Exec(t, "update invitations set voided_at = now() from people p where p.id = person_id and login = 'voided'")
	words := map[string]bool{}
	for _, code := range []policy.Sealed{old, voided, policy.Seal("AAAA-BBBB"), policy.Seal(""), sander.recovery[0]} {
		_, err := f.ProveInvitation(t.Context(), newKey(t), code, home)
		wantKind(t, "a code that opens nothing", err, policy.Denied)
		words[err.Error()] = true
	}
	if len(words) != 1 {
		t.Errorf("the refusals differ: %v", words)
	}
	weak := newKey(t)
	weak.Type, weak.Bits = "ssh-rsa", 2048
	_, err := f.ProveInvitation(t.Context(), weak, good, home)
	wantKind(t, "a weak key", err, policy.Invalid)

	// Threat 5: another's key, told without saying whose.
	_, err = f.join(good, sander.key)
	wantKind(t, "another's key", err, policy.Denied)
	if err != nil && strings.Contains(err.Error(), "sander") {
		t.Errorf("the refusal says whose key it is: %v", err)
	}
	lower := policy.Seal(strings.ToLower(strings.ReplaceAll(good.Reveal(), "-", " ")))
	if _, err := f.join(lower, newKey(t)); err != nil {
		t.Errorf("a good code in small letters: %v", err)
	}
}

func TestProveInvitation_limitedByAddress(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	code, err := f.Invite(t.Context(), anna.Actor, ops.Invitation{Login: "sander", Name: line("S"), Role: policy.Sales, Reason: line("hired")})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 25 {
		_, err := f.ProveInvitation(t.Context(), newKey(t), policy.Seal(fmt.Sprint("WRONG", i)), "203.0.113.9")
		wantKind(t, "a wrong code", err, policy.Denied)
	}
	_, err = f.ProveInvitation(t.Context(), newKey(t), code.Code, "203.0.113.9")
	wantKind(t, "the right code after 25 wrong ones", err, policy.Denied)
	if _, err := f.ProveInvitation(t.Context(), newKey(t), code.Code, home); err != nil {
		t.Errorf("from another address: %v", err)
	}
}

// Who joins again, after losing phone or key, leaves nothing to the finder.
func TestConfirmJoin_again(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	sander := f.hire(anna.Actor, "sander", policy.Sales)
	closed := make(chan policy.Message, 1)
	if _, err := f.Hub.Add(live(sander.Actor, closed)); err != nil {
		t.Fatal(err)
	}
	code, err := f.Reset(t.Context(), anna.Actor, sander.ID, line("lost phone"))
	if err != nil {
		t.Fatal(err)
	}
	again, err := f.join(code.Code, newKey(t))
	if err != nil {
		t.Fatal(err)
	}
	if why := <-closed; why.Key == "" {
		t.Error("the old session was closed without a word")
	}
	f.fresh()
	_, _, err = f.signIn(sander, f.code(sander.secret, 0))
	wantKind(t, "the old key and secret", err, policy.Denied)
	_, _, err = f.signIn(colleague{Actor: sander.Actor, key: again.key}, sander.recovery[0])
	wantKind(t, "an old recovery code with the new key", err, policy.Denied)
	_, w, err := f.signIn(again, f.code(again.secret, 0))
	if err != nil || !says(w, "Keys added") || !says(w, "another phone") || len(w.Notices) != 2 {
		t.Errorf("signing in with the new key: %v, told was %v", err, w.Notices)
	}
	_, err = f.join(code.Code, sander.key)
	wantKind(t, "the removed key", err, policy.Denied)
}

// Threats 26 and 27: nothing of the secrets is in the database in the clear.
func TestJoin_leavesNoSecrets(t *testing.T) {
	f := newFirm(t)
	invitation, err := ops.FirstAdmin(t.Context(), dbtest.AdminURL(t), f.Store.Keys, "anna", line("Anna Geheim"))
	if err != nil {
		t.Fatal(err)
	}
	anna := f.enter(invitation.Code)
	if _, _, err := f.signIn(anna, anna.recovery[3]); err != nil {
		t.Fatal(err)
	}
	secrets := []string{"Anna Geheim", anna.secret.Reveal(), invitation.Code.Reveal(), strings.ReplaceAll(invitation.Code.Reveal(), "-", "")}
	for _, c := range anna.recovery {
		secrets = append(secrets, c.Reveal(), strings.ReplaceAll(c.Reveal(), "-", ""))
	}
	found := func(secret string) int64 {
		return dbtest.Query[int64](t, `select count(*) from (
			select t::text as row from people t union all select t::text from totp t union all select t::text from recovery_codes t
			union all select t::text from invitations t union all select t::text from grants t union all select t::text from keys t
			union all select t::text from sessions t union all select t::text from audit t) all_rows
			where strpos(row, $1) > 0 or strpos(row, encode(convert_to($1, 'UTF8'), 'hex')) > 0`, secret)
	}
	for _, s := range secrets {
		if found(s) > 0 {
			t.Errorf("a secret of %d characters is in the database", len(s))
		}
	}
	dbtest.Exec(t, "update totp set secret = convert_to($1, 'UTF8')", anna.secret.Reveal())
	if found(anna.secret.Reveal()) == 0 {
		t.Error("control: a secret in the clear was not found")
	}
}
