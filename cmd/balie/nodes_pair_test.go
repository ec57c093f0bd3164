package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"syscall"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	gossh "golang.org/x/crypto/ssh"

	"balie/db/dbtest"
	"balie/db/seal"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
	"balie/server"
)

// pair is two nodes of one installation: processes of their own with one
// database, which each reaches through a proxy.
type pair struct {
	dir  string
	ops  *ops.Ops // to prepare with, beside the nodes
	root policy.Actor
	anna *member // the admin who signs in; another one would need two others' word
	host gossh.PublicKey
	a, b *serving
}

// serving is one balie serve.
type serving struct {
	name  string
	env   []string
	proxy *proxy
	cmd   *exec.Cmd
	log   *lockedBuffer
	addr  string
	ended chan struct{}
}

func newPair(t *testing.T) *pair {
	t.Helper()
	dir := t.TempDir()
	keys, err := seal.Create(filepath.Join(dir, "keyring.json"))
	if err != nil {
		t.Fatal(err)
	}
	host, err := server.HostKey(filepath.Join(dir, "host_key"))
	if err != nil {
		t.Fatal(err)
	}
	dbtest.New(t)
	store := dbtest.Node(t, keys)
	if err := store.RebuildSearch(t.Context(), func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	p := &pair{dir: dir, ops: ops.New(store, slog.New(slog.DiscardHandler)), host: host.PublicKey()}
	p.root = p.person(t, "root", policy.Admin)
	p.anna = p.enrol(t, "anna", policy.Admin)
	p.a, p.b = p.node(t, "a"), p.node(t, "b")
	p.a.ready(t)
	p.b.ready(t)
	return p
}

// node starts one.
func (p *pair) node(t *testing.T, name string) *serving {
	t.Helper()
	s := &serving{name: name}
	var url string
	s.proxy, url = newProxy(t, dbtest.LoginURL(t))
	s.env = append(os.Environ(), "BALIE_DATA="+p.dir, "BALIE_DATABASE_URL="+url, "BALIE_NODE="+name,
		"BALIE_HEADS="+filepath.Join(p.dir, "heads-"+name), "BALIE_LISTEN=127.0.0.1:0", "BALIE_METRICS=")
	s.start(t)
	t.Cleanup(func() {
		s.kill()
		if t.Failed() {
			t.Logf("node %s said:\n%s", name, s.log)
		}
	})
	return s
}

func (s *serving) start(t *testing.T) {
	t.Helper()
	s.cmd, s.log, s.ended = exec.Command("balie", "serve"), &lockedBuffer{}, make(chan struct{})
	s.cmd.Env, s.cmd.Stderr = s.env, s.log
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} // a panic here leaves none behind
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { _ = s.cmd.Wait(); close(s.ended) }()
}

var readyLine = regexp.MustCompile(`"msg":"ready","address":"([^"]+)"`)

func (s *serving) ready(t *testing.T) {
	t.Helper()
	eventually(t, time.Minute, "node "+s.name+" is ready", func() bool {
		found := readyLine.FindStringSubmatch(s.log.String())
		if found != nil {
			s.addr = found[1]
		}
		return found != nil
	})
}

// kill is kill -9, also of one that is stopped.
func (s *serving) kill() {
	_ = s.cmd.Process.Kill()
	<-s.ended
}

func (s *serving) signal(t *testing.T, sig syscall.Signal) {
	t.Helper()
	if err := s.cmd.Process.Signal(sig); err != nil {
		t.Fatal(err)
	}
}

// eventually waits for what another process brings about.
func eventually(t *testing.T, limit time.Duration, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(limit); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not within %v: %s", limit, what)
		}
	}
}

// member is a colleague with a key and a phone.
type member struct {
	pair   *pair
	actor  policy.Actor
	key    gossh.Signer
	secret string
}

func (p *pair) person(t *testing.T, login string, role policy.Role) policy.Actor {
	t.Helper()
	actor := dbtest.Person(t, p.ops.Store, login, role, "")
	// Each secret is sealed for its place; dbtest's stand elsewhere.
	reason := p.ops.Store.Keys.Seal("grants.reason", int64(actor.ID), []byte("test"))
	dbtest.Exec(t, `update grants set reason = $2 where person_id = $1`, actor.ID, reason)
	return actor
}

// enrol lets a colleague join through the real acts.
func (p *pair) enrol(t *testing.T, login string, role policy.Role) *member {
	t.Helper()
	m := &member{pair: p, actor: p.person(t, login, role)}
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if m.key, err = gossh.NewSignerFromKey(private); err != nil {
		t.Fatal(err)
	}
	code, err := p.ops.Reset(t.Context(), p.root, m.actor.ID, text.New("test"))
	if err != nil {
		t.Fatal(err)
	}
	invited, err := p.ops.ProveInvitation(t.Context(), ops.Offer(m.key.PublicKey()), code.Code, "127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	joining, err := p.ops.StartJoin(t.Context(), invited)
	if err != nil {
		t.Fatal(err)
	}
	m.secret = joining.Secret.Reveal()
	if _, err := p.ops.ConfirmJoin(t.Context(), joining, policy.Seal(m.code(t))); err != nil {
		t.Fatal(err)
	}
	return m
}

// code is the one of now.
func (m *member) code(t *testing.T) string {
	t.Helper()
	code, err := totp.GenerateCode(m.secret, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// forget makes the database forget which codes were used.
func (m *member) forget(t *testing.T) {
	t.Helper()
	dbtest.Exec(t, `update totp set last_step = 0, failures = 0, next_try = '-infinity' where person_id = $1`, m.actor.ID)
}

// sign is one try to sign in at a node.
func (m *member) sign(at *serving, code string) (*gossh.Client, error) {
	return m.signFrom("127.0.0.1", at, code)
}

// signFrom does so from another address, of which this machine has many.
func (m *member) signFrom(address string, at *serving, code string) (*gossh.Client, error) {
	from := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}, Timeout: 10 * time.Second}
	conn, err := from.Dial("tcp", at.addr)
	if err != nil {
		return nil, err
	}
	c, channels, requests, err := gossh.NewClientConn(conn, at.addr, &gossh.ClientConfig{
		User: m.actor.Login, HostKeyCallback: gossh.FixedHostKey(m.pair.host), Timeout: 10 * time.Second,
		Auth: []gossh.AuthMethod{
			gossh.PublicKeys(m.key),
			gossh.KeyboardInteractive(func(_, _ string, questions []string, _ []bool) ([]string, error) {
				return []string{code}[:len(questions)], nil
			}),
		},
	})
	if err != nil {
		conn.Close()
		return nil, err
	}
	return gossh.NewClient(c, channels, requests), nil
}

// link is somebody's connection to a node.
type link struct {
	*gossh.Client
	over chan struct{} // closed when the connection is
	end  time.Time     // then
}

func (m *member) dial(t *testing.T, at *serving) *link {
	t.Helper()
	m.forget(t)
	c, err := m.sign(at, m.code(t))
	if err != nil {
		t.Fatalf("%s at %s: %v", m.actor.Login, at.name, err)
	}
	l := &link{Client: c, over: make(chan struct{})}
	go func() {
		_ = c.Wait()
		l.end = time.Now()
		close(l.over)
	}()
	t.Cleanup(func() { _ = c.Close() })
	return l
}

// closed waits for the end of a connection, and gives when it was.
func (l *link) closed(t *testing.T, limit time.Duration) time.Time {
	t.Helper()
	select {
	case <-l.over:
		return l.end
	case <-time.After(limit):
		t.Fatalf("still open after %v", limit)
		return time.Time{}
	}
}

func (l *link) isOpen() bool {
	select {
	case <-l.over:
		return false
	default:
		return true
	}
}

// run gives what a command says; input is its stdin.
func (l *link) run(command, input string) (out string, err error) {
	s, err := l.NewSession()
	if err != nil {
		return "", err
	}
	defer s.Close()
	var both lockedBuffer
	s.Stdin, s.Stdout, s.Stderr = bytes.NewBufferString(input), &both, &both
	err = s.Run(command)
	return both.String(), err
}

// must is a command that has to succeed.
func (l *link) must(t *testing.T, command string) string {
	t.Helper()
	out, err := l.run(command, "")
	if err != nil {
		t.Fatalf("%s: %v %s", command, err, out)
	}
	return out
}

// open counts the sessions on a node that the database takes for open.
func openOn(t *testing.T, s *serving) int64 {
	t.Helper()
	return dbtest.Query[int64](t, `select count(*) from sessions where node = $1 and ended_at is null`, s.name)
}
