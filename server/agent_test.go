package server

import (
	"testing"

	gossh "golang.org/x/crypto/ssh"

	"balie/policy"
)

// TestSignIn_Agent: of an agent's keys the first that the server takes a
// signature of is the one that counts, since unknown and known go one way. So an
// unknown key first means no way in, and the known one first gets in whatever
// follows; that is why the README has people name one.
func TestSignIn_Agent(t *testing.T) {
	h := build(t, Limits{}, nil)
	sofie := h.enrol(t, "sofie", policy.Sales, "")
	for name, c := range map[string]struct {
		keys []gossh.Signer
		in   bool
	}{
		"the right key first": {[]gossh.Signer{sofie.key, stranger25519}, true},
		"another key first":   {[]gossh.Signer{stranger25519, sofie.key}, false},
	} {
		config := with(sofie.client(t), gossh.PublicKeys(c.keys...), answering(func() string { return sofie.code(t) }))
		conn, err := gossh.Dial("tcp", h.addr, config)
		if (err == nil) != c.in {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil {
			_ = conn.Close()
		}
	}
}
