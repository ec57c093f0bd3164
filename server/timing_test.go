package server

import (
	"slices"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"balie/db/dbtest"
	"balie/policy"
)

// TestSignIn_SameTime: how long the answer to a wrong code takes doesn't tell
// whether the person exists. The machine is busy, so one quiet round of five is
// enough.
func TestSignIn_SameTime(t *testing.T) {
	h := build(t, Limits{}, nil)
	h.enrol(t, "anna", policy.Admin, "")
	gone := h.enrol(t, "gone", policy.Sales, "")
	revoke(t, h, gone)
	logins := map[string]gossh.Signer{"anna": stranger25519, "gone": gone.key, "nobody": stranger25519}
	var spread time.Duration
	for range 5 {
		if spread = h.spread(t, logins, 40); spread < time.Millisecond {
			t.Logf("medians are %v apart", spread)
			return
		}
	}
	t.Errorf("medians are %v apart", spread)
}

var stranger25519 = newKey(fatal{})

// fatal lets a helper of tests be used before there is one.
type fatal struct{ testing.TB }

func (fatal) Helper()           {}
func (fatal) Fatal(args ...any) { panic(args) }

// spread is how far apart the medians of interleaved tries lie.
func (h *house) spread(t *testing.T, logins map[string]gossh.Signer, n int) time.Duration {
	t.Helper()
	took := map[string][]time.Duration{}
	for range n {
		for login, key := range logins {
			dbtest.Exec(t, `update totp set failures = 0, next_try = '-infinity'`)
			took[login] = append(took[login], h.answerTime(t, login, key))
		}
	}
	var medians []time.Duration
	for _, all := range took {
		slices.Sort(all)
		medians = append(medians, all[len(all)/2])
	}
	return slices.Max(medians) - slices.Min(medians)
}

// answerTime is from the code that is sent to the refusal.
func (h *house) answerTime(t *testing.T, login string, key gossh.Signer) time.Duration {
	t.Helper()
	var sent time.Time
	config := h.client(login, key, func() string { sent = time.Now(); return "123456" })
	if _, err := gossh.Dial("tcp", h.addr, config); err == nil {
		t.Fatal("let in")
	}
	return time.Since(sent)
}
