package main

import (
	"flag"
	"strings"
	"testing"
	"time"

	"balie/db/dbtest"
	"balie/policy"
)

// slow is for what takes long because a real process has to wait.
var slow = flag.Bool("slow", false, "also what takes half a minute")

// feedLimit is how long a node may go on that knows nothing newer; farewell is
// what it takes then to say goodbye.
const (
	feedLimit = 10 * time.Second
	farewell  = 2 * time.Second
	recovery  = 15 * time.Second // from the healing to the first who gets in
)

// Threat 12: a node that the database is lost to closes what it can't vouch
// for, and admits nobody; the other goes on; it comes back by itself.
func TestNodes_databaseLost(t *testing.T) {
	t.Parallel()
	for name, how := range map[string]proxyState{"dropped": cutting, "swallowed": swallowing} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPair(t)
			sander, marit := p.enrol(t, "sander", policy.Sales), p.enrol(t, "marit", policy.Manager)
			here, there := marit.dial(t, p.a), sander.dial(t, p.b)
			there.must(t, "whoami") // its connections are warm, as after a day
			lost := time.Now()
			p.b.proxy.be(how)
			wantBlind(t, p, sander, there, lost)
			here.must(t, "whoami")
			p.b.proxy.be(passing)
			wantHealed(t, p, sander)
			if !here.isOpen() {
				t.Error("the session on the other node was closed as well")
			}
		})
	}
}

// wantBlind: the session ends in time, nobody gets in, on either way.
func wantBlind(t *testing.T, p *pair, sander *member, there *link, lost time.Time) {
	t.Helper()
	until := there.closed(t, feedLimit+farewell).Sub(lost)
	t.Logf("closed %v after the database was lost", until)
	if until < feedLimit/2 {
		t.Error("a short silence closes sessions")
	}
	sander.forget(t)
	began := time.Now()
	if c, err := sander.sign(p.b, sander.code(t)); err == nil {
		c.Close()
		t.Error("the node lets somebody in that it can't check")
	}
	if took := time.Since(began); took > recovery {
		t.Errorf("who wants in is kept waiting for %v", took)
	}
	sander.dial(t, p.a).must(t, "whoami")
}

func wantHealed(t *testing.T, p *pair, sander *member) {
	t.Helper()
	healed := time.Now()
	eventually(t, recovery, "the node lets people in again", func() bool {
		sander.forget(t)
		c, err := sander.sign(p.b, sander.code(t))
		if err == nil {
			c.Close()
		}
		return err == nil
	})
	t.Logf("back %v after the network healed", time.Since(healed))
	again := sander.dial(t, p.b)
	again.must(t, "whoami")
	wantHeard(t, p, again)
}

// wantHeard: the listener came back too, or a revocation would wait for a poll.
func wantHeard(t *testing.T, p *pair, l *link) {
	t.Helper()
	anna := p.anna.dial(t, p.a)
	sessions := anna.must(t, "sessions list --csv")
	id := ""
	for line := range strings.Lines(sessions) {
		if strings.Contains(line, "sander") && strings.Contains(line, ",b,") {
			id, _, _ = strings.Cut(line, ",")
		}
	}
	began := time.Now()
	anna.must(t, "sessions close "+id+" --reason test")
	if took := l.closed(t, 5*time.Second).Sub(began); took > second {
		t.Errorf("after it healed the node hears of a closed session %v late", took)
	}
}

// Who is taken for signed in really is: what a lost node could not write down
// ends by itself, and so does what a killed one left.
func TestNodes_killed(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	sander, marit := p.enrol(t, "sander", policy.Sales), p.enrol(t, "marit", policy.Manager)
	here := marit.dial(t, p.a)
	sander.dial(t, p.b)
	t.Run("restarted", func(t *testing.T) {
		p.b.kill()
		if openOn(t, p.b) != 1 {
			t.Fatal("kill -9 wrote something down: this test shows nothing")
		}
		p.b.start(t)
		p.b.ready(t)
		if n := openOn(t, p.b); n != 0 {
			t.Errorf("the restarted node leaves %d of its old sessions open", n)
		}
		if openOn(t, p.a) != 1 || !here.isOpen() {
			t.Error("the restarted node ended another's session")
		}
	})
	t.Run("gone", func(t *testing.T) {
		if !*slow {
			t.Skip("takes 40 seconds: -slow")
		}
		sander.dial(t, p.b)
		p.b.kill()
		// As if half a minute had passed since its last word.
		dbtest.Exec(t, `update sessions set seen_at = seen_at - interval '31 seconds' where node = 'b'`)
		eventually(t, time.Minute, "the other node ends the session", func() bool { return openOn(t, p.b) == 0 })
		if why := dbtest.Query[string](t, `select end_reason from sessions where node = 'b' order by started_at desc`); why != "node lost" {
			t.Errorf("it ended for %q", why)
		}
		if openOn(t, p.a) != 1 || !here.isOpen() {
			t.Error("a session that is served was ended")
		}
		here.must(t, "whoami")
	})
}
