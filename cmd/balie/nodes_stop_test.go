package main

import (
	"syscall"
	"testing"
	"time"

	"balie/db/dbtest"
	"balie/policy"
)

// stopped is how long a node is stopped: longer than it may serve without news.
const stopped = feedLimit + 5*time.Second

// Threat 12: a node that was stopped and goes on writes nothing that was
// decided without it, and serves nobody whom it can't vouch for.
func TestNodes_stopped(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	sander, marit, sofie := p.enrol(t, "sander", policy.Sales), p.enrol(t, "marit", policy.Manager), p.enrol(t, "sofie", policy.Sales)
	anna, theirs, bystander := p.anna.dial(t, p.a), sander.dial(t, p.b), marit.dial(t, p.b)

	held := p.b.proxy.holdImport()
	importing := p.importing(t, theirs)
	held.caught(t)
	p.b.signal(t, syscall.SIGSTOP)
	began := time.Now()
	anna.must(t, "users revoke sander --reason left --yes")
	if took := time.Since(began); took > 3*second {
		t.Errorf("revoking somebody whose node is stopped takes %v", took)
	}
	revoked := dbtest.Query[time.Time](t, `select revoked_at from people where login = 'sander'`)
	time.Sleep(time.Until(began.Add(stopped))) // another process's time
	p.b.proxy.release(held)
	p.b.signal(t, syscall.SIGCONT)

	if err := <-importing; err == nil {
		t.Error("the import of the revoked was acknowledged")
	}
	for _, l := range []*link{theirs, bystander} {
		l.closed(t, farewell)
	}
	if n := imports(t); n != 0 {
		t.Errorf("%d imports of the revoked committed", n)
	}
	eventually(t, recovery, "the node serves again", func() bool {
		marit.forget(t)
		c, err := marit.sign(p.b, marit.code(t))
		if err == nil {
			c.Close()
		}
		return err == nil
	})
	if late := dbtest.Query[int64](t, `select count(*) from audit where actor = $1 and not refused and at > $2`, sander.actor.ID, revoked); late != 0 {
		t.Errorf("%d acts of the revoked are in the log after the revocation", late)
	}
	wantLateWithoutGuard(t, p, sofie)
}

// wantLateWithoutGuard is the control: against a revocation that ends nothing,
// the held commit goes through.
func wantLateWithoutGuard(t *testing.T, p *pair, sofie *member) {
	t.Helper()
	theirs := sofie.dial(t, p.b)
	held := p.b.proxy.holdImport()
	importing := p.importing(t, theirs)
	held.caught(t)
	p.b.signal(t, syscall.SIGSTOP)
	dbtest.Exec(t, `update people set revoked_at = now() where login = 'sofie'`)
	p.b.proxy.release(held)
	p.b.signal(t, syscall.SIGCONT)
	<-importing
	if imports(t) != 1 {
		t.Error("control: nothing was under way that could have come too late")
	}
}

// holdImport is a trap for the transaction that brings an import in, not for
// its preview.
func (p *proxy) holdImport() *trap { return p.hold("import.run", "grounds") }

// importing begins an import and gives how it ended.
func (p *pair) importing(t *testing.T, l *link) <-chan error {
	t.Helper()
	ended := make(chan error, 1)
	go func() {
		out, err := l.run("contacts import --source fair --basis contract", "achternaam;e-mail\nProef;proef@example.org\n")
		t.Logf("the import: %v %s", err, out)
		ended <- err
	}()
	return ended
}

func imports(t *testing.T) int64 {
	t.Helper()
	return dbtest.Query[int64](t, `select count(*) from imports`)
}

// A node that is killed in the middle of a revocation leaves none or a whole
// one.
func TestNodes_killedInRevocation(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	sander := p.enrol(t, "sander", policy.Sales)
	theirs := sander.dial(t, p.b)

	held := p.a.proxy.hold("person.revoke")
	go p.anna.dial(t, p.a).run("users revoke sander --reason left --yes", "")
	held.caught(t)
	p.a.kill()
	p.a.proxy.lose(held)
	theirs.must(t, "whoami")
	if n := dbtest.Query[int64](t, `select count(*) from people where revoked_at is not null`); n != 0 {
		t.Error("half a revocation was kept")
	}

	p.a.start(t)
	p.a.ready(t)
	held = p.a.proxy.holdAnswer("person.revoke")
	go p.anna.dial(t, p.a).run("users revoke sander --reason left --yes", "")
	held.caught(t)
	committed := time.Now()
	eventually(t, second, "the revocation is committed", func() bool {
		return dbtest.Query[int64](t, `select count(*) from people where revoked_at is not null`) == 1
	})
	p.a.kill()
	if took := theirs.closed(t, 5*time.Second).Sub(committed); took > second {
		t.Errorf("the session on the other node ended %v after the commit", took)
	}
	if c, err := sander.sign(p.b, sander.code(t)); err == nil {
		c.Close()
		t.Error("the revoked gets in")
	}
}
