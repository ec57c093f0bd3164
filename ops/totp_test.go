package ops_test

import (
	"slices"
	"testing"

	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
)

// startPhone proves the old phone.
func (f firm) startPhone(c colleague) ops.Phone {
	f.t.Helper()
	f.fresh()
	p, err := f.StartPhone(f.t.Context(), c.Actor, f.code(c.secret, 0))
	if err != nil {
		f.t.Fatal(err)
	}
	return p
}

// enters says whether a code of the secret lets the colleague in.
func (f firm) enters(c colleague, secret policy.Sealed) bool {
	f.fresh()
	_, _, err := f.signIn(c, f.code(secret, 0))
	return err == nil
}

func TestPhone(t *testing.T) {
	f := newFirm(t)
	sofie := f.hire(f.founder("anna").Actor, "sofie", policy.Sales)
	_, err := f.StartPhone(t.Context(), sofie.Actor, policy.Seal("000000"))
	wantKind(t, "without the old phone", err, policy.Denied)
	p := f.startPhone(sofie)
	wantKind(t, "a code of the old phone", f.ConfirmPhone(t.Context(), sofie.Actor, p, f.code(sofie.secret, 0)), policy.Invalid)
	if !f.enters(sofie, sofie.secret) || f.enters(sofie, p.Secret) {
		t.Fatal("before it is proven the new phone counts, or the old one doesn't")
	}
	proof := f.code(p.Secret, 0)
	if err := f.ConfirmPhone(t.Context(), sofie.Actor, p, proof); err != nil {
		t.Fatal(err)
	}
	_, _, err = f.signIn(sofie, proof)
	wantKind(t, "the code that proved it, once more", err, policy.Denied)
	if f.enters(sofie, sofie.secret) || !f.enters(sofie, p.Secret) {
		t.Error("the old phone counts, or the new one doesn't")
	}
	if n := logged(t, policy.ProfilePhone, false, sofie.ID); n != 1 {
		t.Errorf("%d rows in the log", n)
	}
	wantKind(t, "the same secret, once more", f.ConfirmPhone(t.Context(), sofie.Actor, p, f.code(p.Secret, 1)), policy.Denied)
}

func TestPhone_told(t *testing.T) {
	f := newFirm(t)
	sofie := f.hire(f.founder("anna").Actor, "sofie", policy.Sales)
	p := f.startPhone(sofie)
	if err := f.ConfirmPhone(t.Context(), sofie.Actor, p, f.code(p.Secret, 0)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []bool{true, false} { // the control: told once
		f.fresh()
		if _, w, err := f.signIn(sofie, f.code(p.Secret, 0)); err != nil || says(w, "another phone") != want {
			t.Errorf("%v: %v, want %v", err, w.Notices, want)
		}
	}
}

// What ended the right to a new phone while its secret was on the screen.
func TestPhone_tooLate(t *testing.T) {
	for what, meanwhile := range map[string]func(f firm, anna, sofie colleague){
		"nothing": func(firm, colleague, colleague) {}, // the control
		"the session was closed": func(f firm, anna, sofie colleague) {
			if _, err := f.CloseSessions(f.t.Context(), anna.Actor, sofie.ID, line("x")); err != nil {
				f.t.Error(err)
			}
		},
		"revoked": func(f firm, _, sofie colleague) {
			dbtest.Exec(f.t, "update people set revoked_at = now() where id = $1", sofie.ID)
		},
		"another phone came first": func(f firm, _, sofie colleague) {
			p := f.startPhone(sofie)
			if err := f.ConfirmPhone(f.t.Context(), sofie.Actor, p, f.code(p.Secret, 0)); err != nil {
				f.t.Error(err)
			}
		},
	} {
		t.Run(what, func(t *testing.T) {
			f := newFirm(t)
			anna := f.founder("anna")
			sofie := f.hire(anna.Actor, "sofie", policy.Sales)
			p := f.startPhone(sofie)
			meanwhile(f, anna, sofie)
			err := f.ConfirmPhone(t.Context(), sofie.Actor, p, f.code(p.Secret, 0))
			if what == "nothing" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			wantKind(t, what, err, policy.Denied)
		})
	}
}

// Another's phone in one's own name.
func TestPhone_another(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	sofie, tom := f.hire(anna.Actor, "sofie", policy.Sales), f.hire(anna.Actor, "tom", policy.Sales)
	p := f.startPhone(sofie)
	wantKind(t, "another confirms it", f.ConfirmPhone(t.Context(), tom.Actor, p, f.code(p.Secret, 0)), policy.Denied)
}

func TestRecoveryLeft(t *testing.T) {
	f := newFirm(t)
	sofie := f.hire(f.founder("anna").Actor, "sofie", policy.Sales)
	for used := range 8 {
		left, err := f.RecoveryLeft(t.Context(), sofie.Actor)
		if err != nil || left != 10-used {
			t.Errorf("after %d: %d, %v", used, left, err)
		}
		_, w, err := f.signIn(sofie, sofie.recovery[used])
		if err != nil {
			t.Fatal(err)
		}
		if few := says(w, "Recovery codes left"); few != (left-1 <= 3) {
			t.Errorf("%d left: %v", left-1, w.Notices)
		}
	}
	_, _, err := f.signIn(sofie, sofie.recovery[0])
	wantKind(t, "a code once more", err, policy.Denied)
	fresh, err := f.NewRecoveryCodes(t.Context(), sofie.Actor, sofie.recovery[9])
	if err != nil || len(fresh) != 10 {
		t.Fatal(err)
	}
	if _, _, err = f.signIn(sofie, sofie.recovery[8]); err == nil || slices.Contains(fresh, sofie.recovery[8]) {
		t.Error("an old code counts after new ones were made")
	}
	if _, _, err = f.signIn(sofie, fresh[0]); err != nil {
		t.Error(err)
	}
}
