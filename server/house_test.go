package server

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	gossh "golang.org/x/crypto/ssh"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// house is a whole server on a database of its own, wired as cmd does it.
type house struct {
	*Server
	store *db.Store
	addr  string
	host  gossh.Signer
	root  policy.Actor
	log   *journal
}

// journal collects the log, for tests that look at it.
type journal struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (j *journal) Write(b []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.Write(b)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.String()
}

// build opens a house; change may alter the server before it serves: to show
// what happens with a guard switched off.
func build(t testing.TB, limits Limits, change func(*Server)) *house {
	t.Helper()
	return buildOn(t, dbtest.New(t), limits, change)
}

func buildOn(t testing.TB, store *db.Store, limits Limits, change func(*Server)) *house {
	t.Helper()
	h := node(t, store, limits, change)
	h.root = h.person(t, "root", policy.Admin, "")
	return h
}

// node is a server on a database that others may serve as well.
func node(t testing.TB, store *db.Store, limits Limits, change func(*Server)) *house {
	t.Helper()
	h := &house{store: store, log: &journal{}}
	log := slog.New(slog.NewTextHandler(h.log, nil))
	o := ops.New(h.store, log)
	ctx, cancel := context.WithCancel(context.Background())
	watched := make(chan error, 2)
	for _, keep := range []func(context.Context) error{o.Watch, o.KeepLive} {
		go func() { watched <- keep(ctx) }()
	}
	if err := h.store.RebuildSearch(ctx, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	h.host = newKey(t)
	var err error
	h.Server, err = New(Config{Ops: o, HostKey: h.host, Log: log, Limits: limits, Node: "test"})
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(h.Server)
	}
	h.serve(t, ctx, cancel, watched)
	return h
}

func (h *house) serve(t testing.TB, ctx context.Context, cancel func(), watched <-chan error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h.addr = l.Addr().String()
	served := make(chan error, 1)
	go func() { served <- h.Serve(ctx, l) }()
	t.Cleanup(func() {
		cancel()
		if err := <-served; err != nil {
			t.Errorf("Serve: %v", err)
		}
		<-watched
		<-watched
	})
	eventually(t, "the hub admits", h.ops.Hub.Admitting)
}

// eventually waits for something that another goroutine brings about.
func eventually(t testing.TB, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !is(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("never: %s", what)
		}
	}
}

func newKey(t testing.TB) gossh.Signer {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key, err := gossh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// member is a colleague with a key and a phone.
type member struct {
	house  *house
	actor  policy.Actor
	key    gossh.Signer
	raw    ed25519.PrivateKey
	secret string
	codes  []policy.Sealed // for recovery
	last   string
}

// enrol makes a colleague who has joined, through the real acts.
func (h *house) enrol(t testing.TB, login string, role policy.Role, team string) *member {
	t.Helper()
	m := &member{house: h, actor: h.person(t, login, role, team)}
	m.newKey(t)
	m.join(t)
	return m
}

func (h *house) person(t testing.TB, login string, role policy.Role, team string) policy.Actor {
	t.Helper()
	actor := dbtest.Person(t, h.store, login, role, team)
	reason := h.store.Keys.Seal("grants.reason", int64(actor.ID), []byte("test"))
	dbtest.Exec(t, `update grants set reason = $2 where person_id = $1`, actor.ID, reason)
	return actor
}

func (m *member) newKey(t testing.TB) {
	t.Helper()
	_, m.raw, _ = ed25519.GenerateKey(rand.Reader)
	var err error
	if m.key, err = gossh.NewSignerFromKey(m.raw); err != nil {
		t.Fatal(err)
	}
}

func (m *member) join(t testing.TB) {
	t.Helper()
	ctx, o := context.Background(), m.house.ops
	code, err := o.Reset(ctx, m.house.root, m.actor.ID, text.New("test"))
	if err != nil {
		t.Fatal(err)
	}
	invited, err := o.ProveInvitation(ctx, ops.Offer(m.key.PublicKey()), code.Code, "127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	joining, err := o.StartJoin(ctx, invited)
	if err != nil {
		t.Fatal(err)
	}
	m.secret = joining.Secret.Reveal()
	if m.codes, err = o.ConfirmJoin(ctx, joining, policy.Seal(m.codeAt(t))); err != nil {
		t.Fatal(err)
	}
}

// code is one that works now, even when the present one was used.
func (m *member) code(t testing.TB) string {
	t.Helper()
	dbtest.Exec(t, `update totp set last_step = 0, failures = 0, next_try = '-infinity' where person_id = $1`, m.actor.ID)
	return m.codeAt(t)
}

func (m *member) codeAt(t testing.TB) string {
	t.Helper()
	code, err := totp.GenerateCode(m.secret, dbtest.Query[time.Time](t, `select now()`))
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// fresh makes lastCode one that would work.
func (m *member) fresh(t testing.TB) { m.last = m.code(t) }

func (m *member) lastCode() string { return m.last }

// client is how a colleague signs in.
func (m *member) client(t testing.TB) *gossh.ClientConfig {
	return m.house.client(m.actor.Login, m.key, func() string { return m.code(t) })
}

func (h *house) client(login string, key gossh.Signer, code func() string) *gossh.ClientConfig {
	return &gossh.ClientConfig{
		User: login, HostKeyCallback: gossh.FixedHostKey(h.host.PublicKey()), Timeout: 10 * time.Second,
		Auth: []gossh.AuthMethod{gossh.PublicKeys(key), answering(code)},
	}
}

func answering(code func() string) gossh.AuthMethod {
	return gossh.KeyboardInteractive(func(_, _ string, questions []string, _ []bool) ([]string, error) {
		answers := make([]string, len(questions))
		for i := range questions {
			answers[i] = code()
		}
		return answers, nil
	})
}

func (m *member) dial(t testing.TB) *gossh.Client {
	t.Helper()
	c, err := gossh.Dial("tcp", m.house.addr, m.client(t))
	if err != nil {
		t.Fatalf("%s: %v", m.actor.Login, err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// ran is what a command over SSH left.
type ran struct {
	out, notes string
	code       int
}

// command runs one command on a connection.
func command(t testing.TB, c *gossh.Client, command, input string) ran {
	t.Helper()
	s, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var out, notes bytes.Buffer
	s.Stdin, s.Stdout, s.Stderr = bytes.NewBufferString(input), &out, &notes
	return ran{out.String(), notes.String(), 0}.after(t, s.Run(command), &out, &notes)
}

func (r ran) after(t testing.TB, err error, out, notes *bytes.Buffer) ran {
	t.Helper()
	r.out, r.notes = out.String(), notes.String()
	switch e := err.(type) {
	case nil:
	case *gossh.ExitError:
		r.code = e.ExitStatus()
	default:
		t.Fatalf("%v (%s%s)", err, r.out, r.notes)
	}
	return r
}

// files are what an SSH client program needs: a key and known hosts.
func (m *member) files(t testing.TB) (dir string) {
	t.Helper()
	dir = t.TempDir()
	block, err := gossh.MarshalPrivateKey(m.raw, m.actor.Login)
	if err != nil {
		t.Fatal(err)
	}
	host, port, _ := net.SplitHostPort(m.house.addr)
	known := "[" + host + "]:" + port + " " + string(gossh.MarshalAuthorizedKey(m.house.host.PublicKey()))
	for name, data := range map[string][]byte{
		"key":         pem.EncodeToMemory(block),
		"key.pub":     gossh.MarshalAuthorizedKey(m.key.PublicKey()),
		"known_hosts": []byte(known),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
