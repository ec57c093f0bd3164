package server

import (
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"charm.land/ssh"
	"github.com/google/go-cmp/cmp"
	gossh "golang.org/x/crypto/ssh"

	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// half offers one's public key and signs with another: the thief who has only
// found the public half.
type half struct {
	gossh.Signer
	shown gossh.PublicKey
}

func (h half) PublicKey() gossh.PublicKey { return h.shown }

// try is one attempt to get in, and what the house looks like with the guard
// that stops it switched off.
type try struct {
	name   string
	client func(anna, bram *member) *gossh.ClientConfig
	off    func(*gossh.ServerConfig)
}

func with(c *gossh.ClientConfig, auth ...gossh.AuthMethod) *gossh.ClientConfig {
	c.Auth = auth
	return c
}

func letIn(gossh.ConnMetadata, gossh.PublicKey) (*gossh.Permissions, error) {
	return &gossh.Permissions{}, nil
}

func keyIsEnough(c *gossh.ServerConfig) {
	c.PublicKeyCallback, c.VerifiedPublicKeyCallback = letIn, nil
}

var tries = []try{
	{
		"none", func(anna, _ *member) *gossh.ClientConfig { return with(anna.client(nil)) },
		func(c *gossh.ServerConfig) { c.NoClientAuth, c.NoClientAuthCallback = true, nil },
	},
	{
		"password", func(anna, _ *member) *gossh.ClientConfig { return with(anna.client(nil), gossh.Password("secret")) },
		func(c *gossh.ServerConfig) {
			c.PasswordCallback = func(gossh.ConnMetadata, []byte) (*gossh.Permissions, error) { return nil, nil }
		},
	},
	{"key alone", func(anna, _ *member) *gossh.ClientConfig { return with(anna.client(nil), gossh.PublicKeys(anna.key)) }, keyIsEnough},
	{
		"code alone", func(anna, _ *member) *gossh.ClientConfig { return with(anna.client(nil), answering(anna.lastCode)) },
		func(c *gossh.ServerConfig) {
			c.KeyboardInteractiveCallback = func(gossh.ConnMetadata, gossh.KeyboardInteractiveChallenge) (*gossh.Permissions, error) {
				return nil, nil
			}
		},
	},
	{"unknown key, right code", func(anna, _ *member) *gossh.ClientConfig {
		return with(anna.client(nil), gossh.PublicKeys(stranger), answering(anna.lastCode))
	}, keyIsEnough},
	{"one's own key, another's name and code", func(anna, bram *member) *gossh.ClientConfig {
		return with(anna.client(nil), gossh.PublicKeys(bram.key), answering(anna.lastCode))
	}, keyIsEnough},
	{"one's own key and code, another's name", func(anna, bram *member) *gossh.ClientConfig {
		return with(anna.client(nil), gossh.PublicKeys(bram.key), answering(bram.lastCode))
	}, keyIsEnough},
	{"key and name, another's code", func(anna, bram *member) *gossh.ClientConfig {
		return with(anna.client(nil), gossh.PublicKeys(anna.key), answering(bram.lastCode))
	}, keyIsEnough},
	{"public half offered, signed with one's own", func(anna, bram *member) *gossh.ClientConfig {
		return with(anna.client(nil), gossh.PublicKeys(half{bram.key, anna.key.PublicKey()}), answering(anna.lastCode))
	}, nil},
	{"empty code", func(anna, _ *member) *gossh.ClientConfig {
		return with(anna.client(nil), gossh.PublicKeys(anna.key), answering(func() string { return "" }))
	}, keyIsEnough},
	{"join without an invitation", func(_, bram *member) *gossh.ClientConfig {
		return bram.house.client("join", bram.key, func() string { return "AAAA-BBBB-CCCC" })
	}, keyIsEnough},
}

var stranger = func() gossh.Signer {
	key, err := rsa.GenerateKey(rand.Reader, 3072)
	if err != nil {
		panic(err)
	}
	s, err := gossh.NewSignerFromKey(key)
	if err != nil {
		panic(err)
	}
	return s
}()

func TestSignIn_Attacks(t *testing.T) {
	h := build(t, Limits{}, nil)
	anna, bram := h.enrol(t, "anna", policy.Admin, ""), h.enrol(t, "bram", policy.Sales, "")
	for _, c := range tries {
		t.Run(c.name, func(t *testing.T) {
			anna.fresh(t)
			bram.fresh(t)
			conn, err := gossh.Dial("tcp", h.addr, c.client(anna, bram))
			if err == nil {
				_ = conn.Close()
				t.Fatal("let in")
			}
		})
	}
	for _, m := range []*member{anna, bram} { // and they themselves still get in
		if got := command(t, m.dial(t), "whoami --json", ""); !strings.Contains(got.out, `"login":"`+m.actor.Login+`"`) {
			t.Errorf("whoami of %s: %+v", m.actor.Login, got)
		}
	}
}

// TestSignIn_Control: with the guard off the same attempts succeed, so they are
// real ones. Even then nobody is anybody: the session finds no identity.
func TestSignIn_Control(t *testing.T) {
	var off atomic.Pointer[func(*gossh.ServerConfig)]
	h := build(t, Limits{}, func(s *Server) { weaken(s, func(c *gossh.ServerConfig) { (*off.Load())(c) }) })
	anna, bram := h.enrol(t, "anna", policy.Admin, ""), h.enrol(t, "bram", policy.Sales, "")
	for _, c := range tries {
		if c.off == nil { // the signature is checked by x/crypto itself
			continue
		}
		off.Store(&c.off)
		conn, err := gossh.Dial("tcp", h.addr, c.client(anna, bram))
		if err != nil {
			t.Errorf("%s: refused with its guard off: %v", c.name, err)
			continue
		}
		if _, err := conn.NewSession(); err == nil {
			t.Errorf("%s: a session without an identity", c.name)
		}
		_ = conn.Close()
	}
}

func weaken(s *Server, off func(*gossh.ServerConfig)) {
	strict := s.ssh.ServerConfigCallback
	s.ssh.ServerConfigCallback = func(ctx ssh.Context) *gossh.ServerConfig {
		c := strict(ctx)
		off(c)
		return c
	}
}

// TestSignIn_Reused: a code works once.
func TestSignIn_Reused(t *testing.T) {
	h := build(t, Limits{}, nil)
	anna := h.enrol(t, "anna", policy.Admin, "")
	code := anna.code(t)
	config := h.client("anna", anna.key, func() string { return code })
	first, err := gossh.Dial("tcp", h.addr, config)
	if err != nil {
		t.Fatal(err)
	}
	_ = first.Close()
	if _, err := gossh.Dial("tcp", h.addr, config); err == nil {
		t.Error("a used code let somebody in")
	}
}

// TestSignIn_SameWords: what a client is told doesn't depend on whether a
// person exists, has joined or is revoked.
func TestSignIn_SameWords(t *testing.T) {
	h := build(t, Limits{}, nil)
	anna := h.enrol(t, "anna", policy.Admin, "")
	gone := h.enrol(t, "gone", policy.Sales, "")
	h.enrol(t, "fresh", policy.Sales, "")
	revoke(t, h, gone)
	invited(t, h, "invited")
	want := conversation(t, h, "nobody", stranger)
	if len(want) < 3 {
		t.Fatalf("the conversation is too short to tell anything: %q", want)
	}
	for name, key := range map[string]gossh.Signer{"anna": stranger, "gone": gone.key, "invited": stranger, "fresh": anna.key, "": stranger, "Anna": anna.key, "join": anna.key} {
		if diff := cmp.Diff(want, conversation(t, h, name, key)); diff != "" {
			t.Errorf("%q hears something else than nobody: %s", name, diff)
		}
	}
}

// conversation is all that a client hears who signs with key and gives wrong
// codes.
func conversation(t *testing.T, h *house, login string, key gossh.Signer) (heard []string) {
	t.Helper()
	config := h.client(login, key, nil)
	config.BannerCallback = func(m string) error { heard = append(heard, "banner "+m); return nil }
	config.Auth = []gossh.AuthMethod{
		gossh.PublicKeys(key),
		gossh.RetryableAuthMethod(gossh.KeyboardInteractive(func(name, text string, questions []string, echo []bool) ([]string, error) {
			heard = append(heard, name, text, strings.Join(questions, "|"))
			return []string{"000000"}, nil
		}), 2),
	}
	_, err := gossh.Dial("tcp", h.addr, config)
	if err == nil {
		t.Fatalf("%s was let in", login)
	}
	return append(heard, err.Error())
}

func revoke(t *testing.T, h *house, m *member) {
	t.Helper()
	if _, err := h.ops.Revoke(t.Context(), h.root, m.actor.ID, text.New("left")); err != nil {
		t.Fatal(err, errors.Unwrap(errors.Unwrap(err)))
	}
}

func invited(t *testing.T, h *house, login string) ops.Code {
	t.Helper()
	code, err := h.ops.Invite(t.Context(), h.root, ops.Invitation{
		Login: login, Name: text.New(login), Role: policy.Sales, Reason: text.New("new"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return code
}
