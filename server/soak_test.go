package server

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"net"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	gossh "golang.org/x/crypto/ssh"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// The threats at full size take minutes each, so they wait for this flag; what
// they measure is small in the other tests.
var soak = flag.Bool("soak", false, "run threats 4, 7, 9, 10 and 18 at full size")

func needSoak(t *testing.T) {
	t.Helper()
	if !*soak {
		t.Skip("takes minutes: go test ./server -run Soak -soak")
	}
}

// from dials from a loopback address of its own: 127.n.n.n.
func from(t testing.TB, addr string, n int) net.Conn {
	t.Helper()
	local := &net.TCPAddr{IP: net.IPv4(127, byte(1+n>>16), byte(n>>8), byte(n))}
	c, err := (&net.Dialer{LocalAddr: local, Timeout: 10 * time.Second}).Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestSoak_SameTime is threat 4: 2,000 interleaved tries each, of somebody, of
// somebody with the right key, of one who was revoked, of one who never joined
// and of nobody. Each comes from an address of its own, or the limit per
// address would treat all alike.
func TestSoak_SameTime(t *testing.T) {
	needSoak(t)
	const tries = 2000
	h := build(t, Limits{}, nil)
	anna, gone := h.enrol(t, "anna", policy.Admin, ""), h.enrol(t, "gone", policy.Sales, "")
	h.person(t, "asked", policy.Sales, "")
	dbtest.Exec(t, `update people set joined_at = null where login = 'asked'`)
	revoke(t, h, gone)
	kinds := []struct {
		what, login string
		key         gossh.Signer
	}{
		{"a colleague's key", "anna", anna.key},
		{"another key", "anna", stranger25519},
		{"revoked", "gone", gone.key},
		{"not joined", "asked", stranger25519},
		{"nobody", "nobody", stranger25519},
	}
	took := map[string][]time.Duration{}
	n := 0
	for range tries {
		for _, k := range kinds {
			n++
			took[k.what] = append(took[k.what], h.refusalTime(t, n, k.login, k.key))
		}
		if n%500 == 0 { // as time does: after five failures one has to wait
			dbtest.Exec(t, `update totp set failures = 0, next_try = '-infinity'`)
		}
	}
	medians := map[string]time.Duration{}
	for what, all := range took {
		slices.Sort(all)
		medians[what] = all[len(all)/2]
		t.Logf("%-18s median %v, p10 %v, p90 %v", what, all[len(all)/2], all[len(all)/10], all[len(all)*9/10])
	}
	all := slices.Sorted(maps.Values(medians))
	spread := all[len(all)-1] - all[0]
	t.Logf("%d tries each: medians are %v apart", tries, spread)
	if spread > time.Millisecond {
		t.Error("that tells who exists")
	}
}

// refusalTime is from the code that is sent to the refusal.
func (h *house) refusalTime(t *testing.T, n int, login string, key gossh.Signer) time.Duration {
	t.Helper()
	c := from(t, h.addr, n)
	defer c.Close()
	var sent time.Time
	config := h.client(login, key, func() string { sent = time.Now(); return "123456" })
	if _, _, _, err := gossh.NewClientConn(c, h.addr, config); err == nil {
		t.Fatal("let in")
	}
	return time.Since(sent)
}

// TestSoak_Flood is threat 7: 3,000 sockets of each kind, with the limits of
// production, and without those on numbers, so that all are held until the
// grace ends. Meanwhile a good sign-in comes from another address.
func TestSoak_Flood(t *testing.T) {
	needSoak(t)
	const sockets = 3000
	open := Limits{Handshakes: 1 << 20, PerSource: 1 << 20, FromSource: 1 << 20}
	for name, limits := range map[string]Limits{"limits": {}, "no limits": open} {
		for _, s := range soakStages {
			t.Run(name+"/"+s.name, func(t *testing.T) {
				limits.Grace = 20 * time.Second
				h := build(t, limits, nil)
				anna := h.enrol(t, "anna", policy.Admin, "")
				// Held until the end: what the flood holds is up to the server.
				var held []io.Closer
				defer func() {
					for _, c := range held {
						_ = c.Close()
					}
				}()
				for i := range sockets {
					held = append(held, s.stall(from(t, h.addr, i), anna.key))
				}
				last := time.Now()
				in := h.peerCount()
				began := time.Now()
				h.signInFrom(t, anna, sockets+1)
				good := time.Since(began)
				time.Sleep(time.Until(last.Add(limits.Grace))) // nothing to wait for but the clock
				eventually(t, "all are gone", func() bool { return h.peerCount() == 0 })
				over := time.Since(last.Add(limits.Grace))
				t.Logf("%d were in; a good sign-in took %v; the last went %v after the grace", in, good.Round(time.Millisecond), over.Round(time.Millisecond))
				if good > 2*time.Second || over > time.Second {
					t.Error("too slow")
				}
				if name == "no limits" && in < sockets/2 {
					t.Errorf("only %d were held: the test of the grace is small", in)
				}
			})
		}
	}
}

func (h *house) signInFrom(t *testing.T, m *member, n int) {
	t.Helper()
	c := from(t, h.addr, n)
	conn, chans, reqs, err := gossh.NewClientConn(c, h.addr, m.client(t))
	if err != nil {
		t.Fatal(err)
	}
	client := gossh.NewClient(conn, chans, reqs)
	if got := command(t, client, "whoami --json", ""); !strings.Contains(got.out, `"login":"anna"`) {
		t.Errorf("%+v", got)
	}
	_ = client.Close()
}

// soakStages are the stages of TestGate_Flood on a connection that is there.
var soakStages = []struct {
	name  string
	stall func(c net.Conn, key gossh.Signer) io.Closer
}{
	{"silent", func(c net.Conn, _ gossh.Signer) io.Closer { return c }},
	{"half a banner", func(c net.Conn, _ gossh.Signer) io.Closer { return saying(c, "SSH-2.0-x") }},
	{"a byte a second", func(c net.Conn, _ gossh.Signer) io.Closer {
		go func() {
			for b := 0; ; b++ {
				if _, err := c.Write([]byte{"SSH-2.0-slow"[b%12]}); err != nil {
					return
				}
				time.Sleep(time.Second)
			}
		}()
		return c
	}},
	{"half a key exchange", func(c net.Conn, _ gossh.Signer) io.Closer {
		return saying(c, "SSH-2.0-half\r\n\x00\x00\x01\x00\x05")
	}},
	{"key, then silence", func(c net.Conn, key gossh.Signer) io.Closer { return signingIn(c, gossh.PublicKeys(waiting{key})) }},
	{"code prompt, then silence", func(c net.Conn, key gossh.Signer) io.Closer {
		return signingIn(c, gossh.PublicKeys(key), answering(func() string { select {} }))
	}},
}

// saying writes what a refused connection may not take any more.
func saying(c net.Conn, first string) io.Closer {
	_, _ = io.WriteString(c, first)
	return c
}

func signingIn(c net.Conn, auth ...gossh.AuthMethod) io.Closer {
	go func() {
		_, _, _, _ = gossh.NewClientConn(c, c.RemoteAddr().String(), &gossh.ClientConfig{
			User: "anna", HostKeyCallback: gossh.InsecureIgnoreHostKey(), Auth: auth,
		})
	}()
	return c
}

// TestSoak_Kills is threat 18: PostgreSQL is killed 100 times while colleagues
// write. What was acknowledged is there once, and what wasn't, once it is asked
// for again with the same request.
func TestSoak_Kills(t *testing.T) {
	needSoak(t)
	const kills, colleagues = 100, 4
	m := newMortal(t)
	store := m.database(t)
	h := buildOn(t, store, Limits{}, nil)
	keepSearch(t, h)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var acked, retried atomic.Int64
	var all sync.WaitGroup
	for i := range colleagues {
		who := h.person(t, fmt.Sprintf("writer%d", i), policy.Sales, "north")
		all.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				h.writeOnce(t, who, n, &retried)
				acked.Add(1)
			}
		})
	}
	for k := range kills {
		before := acked.Load()
		eventually(t, "somebody writes", func() bool { return acked.Load() > before+3 })
		time.Sleep(time.Duration(k%20) * time.Millisecond) // at another moment each time
		m.kill(t)
		m.start(t)
	}
	stop()
	all.Wait()
	want := acked.Load()
	customers := dbtest.Query[int64](t, "select count(*) from customers")
	notes := dbtest.Query[int64](t, "select count(*) from notes")
	t.Logf("%d kills: %d customers with a note each acknowledged, %d acts tried again; there are %d customers and %d notes", kills, want, retried.Load(), customers, notes)
	if customers != want || notes != want {
		t.Error("something was lost or written twice")
	}
}

// writeOnce adds a customer and a note, each until it is acknowledged.
func (h *house) writeOnce(t *testing.T, who policy.Actor, n int, retried *atomic.Int64) {
	c := db.Customer{Kind: policy.Person, Status: policy.Lead, Grounds: []policy.Ground{{Purpose: policy.Quotes, Basis: policy.Contract}}}
	c.Family = text.New(fmt.Sprintf("%s %d", who.Login, n))
	c = insist(t, retried, ops.NewRequestKey(), func(key ops.RequestKey) (db.Customer, error) {
		return h.ops.CreateCustomer(context.Background(), who, c, key)
	})
	insist(t, retried, ops.NewRequestKey(), func(key ops.RequestKey) (db.Note, error) {
		return h.ops.AddNote(context.Background(), who, c.ID, text.NewBlock("once"), false, key)
	})
}

func insist[T any](t *testing.T, retried *atomic.Int64, key ops.RequestKey, act func(ops.RequestKey) (T, error)) T {
	for end := time.Now().Add(time.Minute); ; retried.Add(1) {
		v, err := act(key)
		if err == nil {
			return v
		}
		if policy.KindOf(err) != policy.Unavailable && policy.KindOf(err) != policy.Conflict || time.Now().After(end) {
			t.Errorf("an act failed for good: %v (%v)", err, errors.Unwrap(errors.Unwrap(err)))
			return v
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// TestSoak_Paste is threat 9: 64 MiB pasted without an end, NULs and half a
// character. The session goes on, and nothing grows.
func TestSoak_Paste(t *testing.T) {
	needSoak(t)
	h := build(t, Limits{}, nil)
	term := open(t, h.enrol(t, "sofie", policy.Sales, "").dial(t), 80, 24)
	term.waitFor(t, "sofie")
	before := heap()
	block := strings.Repeat("paste\x00\xe2\x82 of a field ", 1<<15)
	term.press(t, "/\x1b[200~")
	most, sent := int64(0), 0
	for sent < 64<<20 {
		term.press(t, block)
		sent += len(block)
		most = max(most, heap()-before)
	}
	began := time.Now()
	term.press(t, "\x1b[201~\x03")
	if err := term.Wait(); err != nil {
		t.Error(err)
	}
	t.Logf("%d MiB pasted; the heap grew by %d KiB at most; the next key was heard after %v", sent>>20, most>>10, time.Since(began).Round(time.Millisecond))
	if most > 50<<20 {
		t.Error("a paste takes memory without bound")
	}
	if out := ansi.Strip(term.out.String()); strings.ContainsRune(out, 0) {
		t.Error("a NUL came back")
	}
}

// TestSoak_Refused is threat 10: 100,000 refused channels leave nothing.
func TestSoak_Refused(t *testing.T) {
	needSoak(t)
	h := build(t, Limits{}, probing(&sightings{}))
	c := h.enrol(t, "sofie", policy.Sales, "").dial(t)
	if got := openAll(c, 1000); got != cmp.Or(h.limits.Channels, 4) {
		t.Errorf("%d of 1,000 opens were granted", got)
	}
	before := heap()
	if got := openAll(c, 100_000); got != 0 {
		t.Errorf("%d were granted beyond the limit", got)
	}
	grown := heap() - before
	t.Logf("100,000 refusals left %d KiB", grown>>10)
	if grown > 4<<20 {
		t.Error("refusals leave something")
	}
}
