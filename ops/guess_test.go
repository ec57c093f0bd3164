package ops_test

import (
	"fmt"
	"testing"
	"time"

	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
)

// Threat 3: whoever has the key and guesses on and on, from ever new addresses,
// gets five guesses into any five minutes. Instead of waiting the test moves
// the end of the wait nearer.
func TestProveCode_guessingOnAndOn(t *testing.T) {
	f := newFirm(t)
	anna := f.founder("anna")
	claim, err := f.Recognise(t.Context(), "anna", anna.key)
	if err != nil {
		t.Fatal(err)
	}
	const guesses, every = 300, 7 * time.Second
	taken := f.guessOn(claim, guesses, every)
	if most := crowded(taken, 5*time.Minute); most > 5 {
		t.Errorf("%d guesses were looked at within five minutes: %v", most, taken)
	}
	if len(taken) < 6 {
		t.Errorf("only %d guesses were ever looked at: the clock doesn't move", len(taken))
	}
	t.Logf("%d of %d guesses in %v were looked at", len(taken), guesses, guesses*every)
	forgetful(t, "totp", "new.next_try := '-infinity'")
	if most := crowded(f.guessOn(claim, 60, every), 5*time.Minute); most <= 5 {
		t.Errorf("control: without the wait only %d were looked at within five minutes", most)
	}
}

// guessOn guesses n times and gives when those were made that were looked at.
func (f firm) guessOn(claim ops.Claim, n int, every time.Duration) (taken []time.Duration) {
	f.t.Helper()
	const pass = "update totp set next_try = next_try - $1::interval where person_id = $2 returning failures"
	before := dbtest.Query[int32](f.t, pass, every, claim.PersonID)
	for i := range n {
		_, err := f.ProveCode(f.t.Context(), claim, policy.Seal("00000"+fmt.Sprint(i%10)), fmt.Sprintf("198.51.%d.%d", i/250, i%250))
		wantKind(f.t, "a guess", err, policy.Denied)
		if now := dbtest.Query[int32](f.t, pass, every, claim.PersonID); now > before {
			taken, before = append(taken, time.Duration(i)*every), now
		}
	}
	return taken
}

// crowded is the most that fall within one window.
func crowded(at []time.Duration, window time.Duration) (most int) {
	for i := range at {
		n := 0
		for _, later := range at[i:] {
			if later < at[i]+window {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}
