package main

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"balie/db/dbtest"
	"balie/policy"
)

// Threats 3 and 12 with two real nodes.
func TestNodes(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	t.Run("a code works once", func(t *testing.T) { wantOneWinner(t, p) })
	t.Run("a revocation closes on both", func(t *testing.T) { wantClosedOnBoth(t, p) })
	t.Run("fifty sessions", func(t *testing.T) { wantFiftyClosed(t, p) })
}

// atOnce is how many try one code at the same moment, half of them on each node.
const atOnce = 40

// redeem tries one code on both nodes at once and counts who got in. Each try
// has an address of its own: what is limited by address is not what counts here.
func redeem(t *testing.T, p *pair, m *member) (in int) {
	t.Helper()
	m.forget(t)
	code, start := m.code(t), make(chan struct{})
	var mu sync.Mutex
	var all sync.WaitGroup
	for i := range atOnce {
		all.Go(func() {
			<-start
			from := fmt.Sprintf("127.0.1.%d", i+1)
			if c, err := m.signFrom(from, []*serving{p.a, p.b}[i%2], code); err == nil {
				defer c.Close()
				mu.Lock()
				defer mu.Unlock()
				in++
			}
		})
	}
	close(start)
	all.Wait()
	return in
}

func wantOneWinner(t *testing.T, p *pair) {
	sander := p.enrol(t, "sander", policy.Sales)
	if in := redeem(t, p, sander); in != 1 {
		t.Errorf("%d of %d got in with one code", in, atOnce)
	}
	dbtest.Exec(t, `create function forget_step() returns trigger language plpgsql as 'begin new.last_step := 0; new.next_try := ''-infinity''; return new; end';
		create trigger forget_step before update on totp for each row execute function forget_step()`)
	defer dbtest.Exec(t, `drop function forget_step() cascade`)
	if in := redeem(t, p, sander); in < 2 {
		t.Error("control: with used codes forgotten, still only one got in")
	}
}

// second is the longest that a node may serve somebody who was revoked.
const second = time.Second

func wantClosedOnBoth(t *testing.T, p *pair) {
	anna := p.anna.dial(t, p.a)
	marit := p.enrol(t, "marit", policy.Manager)
	sofie := p.enrol(t, "sofie", policy.Sales)
	here, there, bystander := marit.dial(t, p.a), marit.dial(t, p.b), sofie.dial(t, p.b)
	began := time.Now()
	anna.must(t, "users revoke marit --reason left --yes")
	for _, l := range []*link{here, there} {
		if took := l.closed(t, 5*time.Second).Sub(began); took > second {
			t.Errorf("closed %v after the command was given", took)
		}
	}
	if out := bystander.must(t, "whoami"); !strings.Contains(out, "sofie") {
		t.Errorf("a bystander's session: %q", out)
	}
	for _, s := range []*serving{p.a, p.b} {
		if c, err := marit.sign(s, marit.code(t)); err == nil {
			c.Close()
			t.Errorf("the revoked gets in at %s", s.name)
		}
	}
}

func wantFiftyClosed(t *testing.T, p *pair) {
	anna := p.anna.dial(t, p.a)
	joris := p.enrol(t, "joris", policy.Sales)
	var all []*link
	for i := range 50 {
		all = append(all, joris.dial(t, []*serving{p.a, p.b, p.b, p.b, p.b}[i%5]))
	}
	began := time.Now()
	anna.must(t, "users revoke joris --reason left --yes")
	var took []time.Duration
	for _, l := range all {
		took = append(took, l.closed(t, 5*time.Second).Sub(began))
	}
	slices.Sort(took)
	t.Logf("from the command to the end of 50 sessions on two nodes: p50 %v, last %v", took[25], took[49])
	if took[49] > second {
		t.Errorf("the last session was open for %v", took[49])
	}
}
