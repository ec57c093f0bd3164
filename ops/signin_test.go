package ops_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
)

// Threat 3: a code works once, on whichever node, and only upwards.
func TestProveCode_replay(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	now := f.code(anna.secret, 0)
	if _, _, err := f.signIn(anna, now); err != nil {
		t.Fatal(err)
	}
	_, _, err := f.signIn(anna, now)
	wantKind(t, "a used code", err, policy.Denied)
	f.fresh()
	if _, _, err := f.signIn(anna, f.code(anna.secret, 1)); err != nil {
		t.Errorf("the next step's code: %v", err)
	}
	_, _, err = f.signIn(anna, f.code(anna.secret, 0))
	wantKind(t, "an earlier code after a later one", err, policy.Denied)
	f.fresh()
	_, _, err = f.signIn(anna, f.code(anna.secret, 3))
	wantKind(t, "a code of the far future", err, policy.Denied)
	if logged(t, policy.SignInBad, true, anna.ID) != 3 {
		t.Error("the refusals are not in the log")
	}
}

func TestProveCode_fortyAtOnce(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	nodes := []*ops.Ops{f.Ops, ops.New(dbtest.Node(t, f.Store.Keys), f.Log)}
	redeem := func() int {
		f.fresh()
		claim, _ := f.Recognise(t.Context(), "anna", anna.key)
		code := f.code(anna.secret, 0)
		return atOnce(40, func(i int) error {
			// Addresses of their own, so that it is not the throttle which refuses.
			_, err := nodes[i%2].ProveCode(t.Context(), claim, code, fmt.Sprintf("198.51.100.%d", i))
			return err
		})
	}
	if won := redeem(); won != 1 {
		t.Errorf("%d of 40 redeemed one code, want 1", won)
	}
	forgetful(t, "totp", "new.last_step := 0; new.next_try := '-infinity'")
	if won := redeem(); won <= 1 {
		t.Errorf("control: without the memory of steps %d of 40 redeemed one code", won)
	}
}

func TestProveCode_recoveryOnce(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	redeem := func(code policy.Sealed) int {
		f.fresh()
		claim, _ := f.Recognise(t.Context(), "anna", anna.key)
		return atOnce(40, func(i int) error {
			_, err := f.ProveCode(t.Context(), claim, code, fmt.Sprintf("198.51.100.%d", i))
			return err
		})
	}
	if won := redeem(anna.recovery[0]); won != 1 {
		t.Errorf("%d of 40 redeemed one recovery code, want 1", won)
	}
	f.fresh()
	sloppy := policy.Seal(" " + string([]byte(anna.recovery[1].Reveal()[:9])) + " " + anna.recovery[1].Reveal()[10:] + " ")
	_, w, err := f.signIn(anna, sloppy)
	if err != nil {
		t.Fatalf("a recovery code typed with spaces: %v", err)
	}
	if len(w.Notices) != 1 || w.Notices[0].Args[0] != 2 {
		t.Errorf("two codes were used, told was %v", w.Notices)
	}
	forgetful(t, "recovery_codes", "new.used_at := null")
	f.fresh()
	dbtest.Exec(t, "create function patient() returns trigger language plpgsql as $$ begin new.next_try := '-infinity'; return new; end $$")
	if won := redeem(anna.recovery[2]); won <= 1 {
		t.Errorf("control: without the memory of use %d of 40 redeemed one code", won)
	}
}

// Threat 3: guesses are counted, and while one waits the right code is no good.
func TestProveCode_guessing(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	claim, _ := f.Recognise(t.Context(), "anna", anna.key)
	guess := func(n int) {
		for i := range n {
			_, err := f.ProveCode(t.Context(), claim, policy.Seal(fmt.Sprintf("%06d", i)), fmt.Sprintf("198.51.%d.9", i))
			wantKind(t, "a guess", err, policy.Denied)
		}
	}
	counted := func() int32 { return dbtest.Query[int32](t, "select failures from totp where person_id = $1", anna.ID) }
	guess(100)
	if n := counted(); n != 5 {
		t.Errorf("%d of 100 guesses were looked at, want 5", n)
	}
	_, _, err := f.signIn(anna, f.code(anna.secret, 0))
	wantKind(t, "the right code while one has to wait", err, policy.Denied)
	dbtest.Exec(t, "update totp set next_try = now()")
	if _, _, err := f.signIn(anna, f.code(anna.secret, 0)); err != nil {
		t.Errorf("the right code after the wait: %v", err)
	}
	forgetful(t, "totp", "new.next_try := '-infinity'")
	if guess(30); counted() != 30 {
		t.Errorf("control: without the wait %d of 30 guesses were looked at", counted())
	}
}

// Only who holds the key can use up tries: nobody can lock another out.
func TestProveCode_noLockOut(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	claim, _ := f.Recognise(t.Context(), "anna", newKey(t))
	for range 50 {
		_, err := f.ProveCode(t.Context(), claim, policy.Seal("000000"), home)
		wantKind(t, "a stranger's guess", err, policy.Denied)
	}
	if _, _, err := f.signIn(anna, f.code(anna.secret, 0)); err != nil {
		t.Errorf("after a stranger's guesses from the same address: %v", err)
	}
}

// Threat 4: whoever asks gets the same answer in the same time.
func TestProveCode_nobodyIsToldApart(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	gone := f.hire(anna.Actor, "gone", policy.Sales)
	if _, err := f.Revoke(t.Context(), anna.Actor, gone.ID, line("left")); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Invite(t.Context(), anna.Actor, ops.Invitation{Login: "later", Name: line("L"), Role: policy.Sales, Reason: line("hired")}); err != nil {
		t.Fatal(err)
	}
	stranger := newKey(t)
	cases := []struct {
		name, login string
		key         ops.KeyOffer
	}{
		{"wrong code", "anna", anna.key},
		{"unknown", "niemand", stranger},
		{"revoked", "gone", gone.key},
		{"not joined", "later", stranger},
		{"another's key", "gone", anna.key},
		{"stranger's key", "anna", stranger},
	}
	took := make([][]time.Duration, len(cases))
	answers := map[string]bool{}
	for range 100 {
		for i, c := range cases {
			if i == 0 {
				f.fresh() // or the wrong code would soon have to wait
			}
			start := time.Now()
			claim, err := f.Recognise(t.Context(), c.login, c.key)
			if err != nil {
				t.Fatal(err)
			}
			_, err = f.ProveCode(t.Context(), claim, policy.Seal("000000"), fmt.Sprintf("2001:db8:%x::1", len(took[i])))
			took[i] = append(took[i], time.Since(start))
			answers[fmt.Sprint(err)] = true
		}
	}
	if len(answers) != 1 {
		t.Errorf("the answers differ: %v", answers)
	}
	base := median(took[0])
	for i, c := range cases {
		if d := (median(took[i]) - base).Abs(); d > time.Millisecond {
			t.Errorf("%s takes %v, a wrong code %v", c.name, median(took[i]), base)
		}
	}
	t.Logf("medians: %v", slices.Collect(func(yield func(time.Duration) bool) {
		for _, d := range took {
			yield(median(d))
		}
	}))
}

func median(d []time.Duration) time.Duration {
	s := slices.Sorted(slices.Values(d))
	return s[len(s)/2]
}

func TestBeginSession_tellsWhatHappened(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	sander := f.hire(anna.Actor, "sander", policy.Sales)
	if _, err := f.Grant(t.Context(), anna.Actor, ops.Granting{Person: sander.ID, Role: policy.Finance, Reason: line("stands in")}); err != nil {
		t.Fatal(err)
	}
	actor, w, err := f.signIn(sander, f.code(sander.secret, 0))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(actor.Held, []policy.Role{policy.Sales, policy.Finance}) || actor.Role != policy.Sales || actor.Name.String() != "Naam sander" {
		t.Errorf("signed in as %+v", actor)
	}
	if w.LastAt.IsZero() || w.LastFrom != home || w.LastKey.String() != "ed25519" || len(w.Notices) != 1 {
		t.Errorf("told was %+v", w)
	}
	if err := f.EndSession(t.Context(), actor.Session, "signed out"); err != nil {
		t.Fatal(err)
	}
	if why := dbtest.Query[string](t, "select end_reason from sessions where id = $1", actor.Session); why != "signed out" {
		t.Errorf("the session ended because %q", why)
	}
}

// A proof of before the revocation must not begin a session after it.
func TestBeginSession_afterRevocation(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	sander := f.hire(anna.Actor, "sander", policy.Sales)
	claim, _ := f.Recognise(t.Context(), "sander", sander.key)
	proof, err := f.ProveCode(t.Context(), claim, f.code(sander.secret, 0), home)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Revoke(t.Context(), anna.Actor, sander.ID, line("left")); err != nil {
		t.Fatal(err)
	}
	_, _, err = f.BeginSession(context.Background(), proof, ops.SessionInfo{ID: "late", Address: home, Node: "test"})
	wantKind(t, "beginning a session", err, policy.Denied)
	_, _, err = f.BeginSession(context.Background(), ops.Proof{}, ops.SessionInfo{ID: "none", Address: home, Node: "test"})
	wantKind(t, "beginning a session without a proof", err, policy.Denied)
}
