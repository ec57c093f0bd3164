package server

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	gossh "golang.org/x/crypto/ssh"

	"balie/db/dbtest"
	"balie/policy"
)

// authorized is the line of a .pub file.
func authorized(key gossh.Signer) string {
	return strings.TrimSpace(string(gossh.MarshalAuthorizedKey(key.PublicKey())))
}

// at is the colleague at another computer.
func (m *member) at(key gossh.Signer) *member {
	other := *m
	other.key = key
	return &other
}

// Another key, from a session to the first sign-in with it and to its end.
func TestKeys(t *testing.T) {
	h := build(t, Limits{}, nil)
	sofie, tom := h.enrol(t, "sofie", policy.Sales, ""), h.enrol(t, "tom", policy.Sales, "")
	desk := sofie.dial(t)
	laptop := newKey(t)
	if _, err := gossh.Dial("tcp", h.addr, sofie.at(laptop).client(t)); err == nil {
		t.Fatal("let in with a key that nobody added") // the control
	}
	if got := command(t, desk, "keys add --name laptop", authorized(laptop)); got.code != exitUsage || !strings.Contains(got.notes, "--code") {
		t.Errorf("without a code: %+v", got)
	}
	if got := command(t, desk, "keys add --name laptop --code 000000", authorized(laptop)); got.code != exitRefused {
		t.Errorf("with a wrong code: %+v", got)
	}
	if got := command(t, desk, "keys add --name laptop --code "+sofie.code(t), authorized(laptop)); got.code != exitDone {
		t.Fatalf("%+v", got)
	}
	mobile := sofie.at(laptop).dial(t)
	if got := command(t, mobile, "whoami", ""); !strings.Contains(got.out, "laptop") || !strings.Contains(got.out, "Keys added to your account") {
		t.Errorf("%+v", got)
	}
	// It is nobody else's, ever, and the words don't tell whose it is.
	taken := command(t, tom.dial(t), "keys add --code "+tom.code(t), authorized(laptop))
	if taken.code != exitRefused || strings.Contains(taken.notes, "sofie") {
		t.Errorf("another's key: %+v", taken)
	}
	id := h.keyNamed(t, desk, "laptop")
	if got := command(t, desk, "keys rename "+id+" travel", ""); got.code != exitDone {
		t.Errorf("%+v", got)
	}
	if got := command(t, desk, "keys remove "+h.keyNamed(t, desk, "travel"), ""); got.code != exitDone || !strings.Contains(got.out+got.notes, "sessions closed: 1") {
		t.Errorf("%+v", got)
	}
	_ = mobile.Wait() // it ends with its key
	if _, err := gossh.Dial("tcp", h.addr, sofie.at(laptop).client(t)); err == nil {
		t.Error("let in with a removed key")
	}
	if got := command(t, desk, "whoami", ""); got.code != exitDone { // the control: the other session goes on
		t.Errorf("%+v", got)
	}
	again := command(t, desk, "keys add --code "+sofie.code(t), authorized(laptop))
	if again.code != exitRefused || again.notes != taken.notes {
		t.Errorf("one's own removed key: %+v", again)
	}
	if got := command(t, desk, "keys remove "+h.keyNamed(t, desk, "ed25519"), ""); got.code != exitRefused {
		t.Errorf("one's only key: %+v", got)
	}
}

// keyNamed is the number of an own key.
func (h *house) keyNamed(t testing.TB, c *gossh.Client, name string) string {
	t.Helper()
	var keys []struct {
		ID   int
		Name string
	}
	got := command(t, c, "keys list --json", "")
	if err := json.Unmarshal([]byte(got.out), &keys); err != nil {
		t.Fatal(err, got)
	}
	for _, k := range keys {
		if k.Name == name {
			return fmt.Sprint(k.ID)
		}
	}
	t.Fatalf("no key %q in %+v", name, keys)
	return ""
}

// What an admin sees of keys, and does about a suspended one. A suspended key
// is refused like an unknown one.
func TestKeys_admin(t *testing.T) {
	h := build(t, Limits{}, nil)
	anna, sofie := h.enrol(t, "anna", policy.Admin, "").dial(t), h.enrol(t, "sofie", policy.Sales, "")
	dbtest.Exec(t, `update keys set added_at = now() - interval '100 days' where person_id = $1`, sofie.actor.ID)
	got := command(t, anna, "users keys --flagged --csv", "")
	if !strings.Contains(got.out, "sofie") || !strings.Contains(got.out, ",100,100,,unused") || strings.Contains(got.out, "anna") {
		t.Errorf("%+v", got)
	}
	if got := command(t, anna, "users keys --all", ""); !strings.Contains(got.out, "anna") || !strings.Contains(got.out, "ssh-ed25519") {
		t.Errorf("%+v", got)
	}
	dbtest.Exec(t, `update keys set suspended_at = now() where person_id = $1`, sofie.actor.ID)
	refusal := func(m *member) string {
		_, err := gossh.Dial("tcp", h.addr, m.client(t))
		return fmt.Sprint(err)
	}
	if suspended, unknown := refusal(sofie), refusal(sofie.at(newKey(t))); suspended != unknown || suspended == "<nil>" {
		t.Errorf("suspended: %s, unknown: %s", suspended, unknown)
	}
	id := dbtest.Query[int32](t, `select id from keys where person_id = $1`, sofie.actor.ID)
	if got := command(t, anna, fmt.Sprintf("keys lift %d", id), ""); got.code != exitUsage {
		t.Errorf("without a reason: %+v", got)
	}
	if got := command(t, anna, fmt.Sprintf("keys lift %d --reason back", id), ""); got.code != exitDone {
		t.Errorf("%+v", got)
	}
	sofie.dial(t)
}
