package ops_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"golang.org/x/crypto/ssh"

	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

const home = "198.51.100.7"

// firm is an installation with its people, who joined as people do.
type firm struct {
	*ops.Ops
	t testing.TB
}

// colleague is a person with what they hold in their hands.
type colleague struct {
	policy.Actor
	key      ops.KeyOffer
	secret   policy.Sealed
	recovery []policy.Sealed
}

func newFirm(t testing.TB) firm {
	t.Helper()
	f := firm{ops.New(dbtest.New(t), slog.New(slog.DiscardHandler)), t}
	watch(t, f.Ops)
	return f
}

// watch runs Watch until the test ends, and waits until it lets people in.
func watch(t testing.TB, o *ops.Ops) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); _ = o.Watch(ctx) }()
	t.Cleanup(func() { cancel(); <-done })
	until(t, 10*time.Second, o.Hub.Admitting)
}

func until(t testing.TB, limit time.Duration, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(limit); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not so within %v", limit)
		}
	}
}

func newKey(t testing.TB) ops.KeyOffer {
	t.Helper()
	pub, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ssh.NewPublicKey(pub)
	if err != nil {
		t.Fatal(err)
	}
	return ops.Offer(key)
}

func line(s string) text.Line { return text.New(s) }

// code is the TOTP code by the database's clock, shifted by steps.
func (f firm) code(secret policy.Sealed, steps int) policy.Sealed {
	f.t.Helper()
	now := dbtest.Query[time.Time](f.t, "select now()").Add(time.Duration(steps) * 30 * time.Second)
	code, err := totp.GenerateCode(secret.Reveal(), now)
	if err != nil {
		f.t.Fatal(err)
	}
	return policy.Seal(code)
}

// fresh forgets which codes were used, so that a test need not wait for the
// next one.
func (f firm) fresh() {
	f.t.Helper()
	dbtest.Exec(f.t, "update totp set last_step = 0, failures = 0, next_try = '-infinity'")
}

// join goes the whole way from an invitation's code.
func (f firm) join(code policy.Sealed, key ops.KeyOffer) (colleague, error) {
	ctx := context.Background()
	in, err := f.ProveInvitation(ctx, key, code, home)
	if err != nil {
		return colleague{}, err
	}
	j, err := f.StartJoin(ctx, in)
	if err != nil {
		return colleague{}, err
	}
	recovery, err := f.ConfirmJoin(ctx, j, f.code(j.Secret, 0))
	return colleague{Actor: policy.Actor{Login: j.Login}, key: key, secret: j.Secret, recovery: recovery}, err
}

var sessions atomic.Int64

// signIn goes the whole way from a key and a code, and lists the session.
func (f firm) signIn(c colleague, code policy.Sealed) (policy.Actor, ops.Welcome, error) {
	ctx := context.Background()
	claim, err := f.Recognise(ctx, c.Login, c.key)
	if err != nil {
		return policy.Actor{}, ops.Welcome{}, err
	}
	proof, err := f.ProveCode(ctx, claim, code, home)
	if err != nil {
		return policy.Actor{}, ops.Welcome{}, err
	}
	id := fmt.Sprintf("s%d", sessions.Add(1))
	return f.BeginSession(ctx, proof, ops.SessionInfo{ID: id, Address: home, Node: "test"})
}

// founder makes the first admin, signed in.
func (f firm) founder(login string) colleague {
	f.t.Helper()
	code, err := ops.FirstAdmin(context.Background(), dbtest.AdminURL(f.t), f.Store.Keys, login, line("Anna de Wit"))
	if err != nil {
		f.t.Fatal(err)
	}
	return f.enter(code.Code)
}

// hire invites, joins and signs in.
func (f firm) hire(by policy.Actor, login string, role policy.Role) colleague {
	f.t.Helper()
	code, err := f.Invite(context.Background(), by, ops.Invitation{Login: login, Name: line("Naam " + login), Role: role, Reason: line("hired")})
	if err != nil {
		f.t.Fatal(err)
	}
	return f.enter(code.Code)
}

func (f firm) enter(code policy.Sealed) colleague {
	f.t.Helper()
	c, err := f.join(code, newKey(f.t))
	if err != nil {
		f.t.Fatal(err)
	}
	f.fresh()
	if c.Actor, _, err = f.signIn(c, f.code(c.secret, 0)); err != nil {
		f.t.Fatal(err)
	}
	f.fresh()
	return c
}

func wantKind(t testing.TB, what string, err error, want policy.Kind) {
	t.Helper()
	if err == nil || policy.KindOf(err) != want {
		t.Errorf("%s: got error %v, want one of kind %d", what, err, want)
	}
}

// atOnce runs fn n times together and counts those without an error.
func atOnce(n int, fn func(i int) error) int {
	var won atomic.Int64
	var all sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		all.Go(func() {
			<-start
			if fn(i) == nil {
				won.Add(1)
			}
		})
	}
	close(start)
	all.Wait()
	return int(won.Load())
}

// forgetful makes a table lose what guards a single use: the control of the
// tests of single use.
func forgetful(t testing.TB, table, assignment string) {
	t.Helper()
	dbtest.Exec(t, "create function forget() returns trigger language plpgsql as $$ begin "+assignment+"; return new; end $$")
	dbtest.Exec(t, "create trigger forget before update on "+table+" for each row execute function forget()")
}

func logged(t testing.TB, act policy.Act, refused bool, ref int32) int64 {
	t.Helper()
	return dbtest.Query[int64](t, "select count(*) from audit where act = $1 and refused = $2 and ref = $3", string(act), refused, ref)
}
