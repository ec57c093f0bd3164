package main

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"balie/db/dbtest"
	"balie/policy"
)

// nudge makes the last run of a job due again, as if its next period had begun.
func nudge(t *testing.T, job string) {
	t.Helper()
	sayOfLast(t, job, "state = 'stopped', retry_at = now()")
}

// elsewhere has a job as if a third node were at it, so that the clock of neither
// begins it meanwhile.
func elsewhere(t *testing.T, job string) {
	t.Helper()
	sayOfLast(t, job, "state = 'running', node = 'elsewhere', beat_at = now() + interval '19 seconds'")
}

func sayOfLast(t *testing.T, job, what string) {
	t.Helper()
	eventually(t, 20*time.Second, "the clock knows "+job, func() bool {
		return dbtest.Query[bool](t, `select exists (select from job_runs where job = $1)`, job)
	})
	dbtest.Exec(t, `update job_runs set `+what+` where job = $1 and due = (select max(due) from job_runs where job = $1)`, job)
}

// silent is a holder that has not been heard of for long. It waits until the
// database has ended what the holder left open.
func silent(t *testing.T, job string) {
	t.Helper()
	dbtest.Exec(t, `update job_runs set beat_at = beat_at - interval '1 minute' where job = $1 and state = 'running'`, job)
}

// Threat 13: two nodes keep time, and what falls due is done once; sessions end
// on both.
func TestNodes_jobOnce(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	anna := p.anna.dial(t, p.a)
	var open []*link
	for i := range 5 {
		m := p.enrol(t, fmt.Sprintf("joris%d", i), policy.Sales)
		open = append(open, m.dial(t, p.a), m.dial(t, p.b))
		anna.must(t, "users revoke "+m.actor.Login+" --on 2099-12-31 --reason moves --yes")
	}
	nudge(t, "leaving.revoke")
	dbtest.Exec(t, `update departures set due = now()`)
	for _, l := range open {
		end := l.closed(t, 90*time.Second) // at worst the next minute
		if late := end.Sub(dbtest.Query[time.Time](t, `select max(revoked_at) from people`)); late > second {
			t.Errorf("a session ended %v after the last revocation", late)
		}
	}
	if n := dbtest.Query[int64](t, `select count(*) from people where revoked_at is not null`); n != 5 {
		t.Errorf("%d people are revoked", n)
	}
	rows := dbtest.Query[string](t, `select string_agg(n::text, ' ') from (select count(*) n from audit where act = 'person.revoke' and role = 'clock' and not refused group by ref) a`)
	if rows != "1 1 1 1 1" {
		t.Errorf("the log tells of each revocation %s times", rows)
	}
}

// many is how many customers are handed over: several batches.
const many = 1200

// A hand-over whose node is killed, and then the next one stopped, is finished
// by whoever is there; each customer moves once, and the stopped node writes
// nothing when it goes on.
func TestNodes_handover(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	sander, sofie := p.enrol(t, "sander", policy.Sales), p.enrol(t, "sofie", policy.Sales)
	theirs := sander.dial(t, p.b)
	var csv strings.Builder
	csv.WriteString("achternaam;e-mail\n")
	for i := range many {
		fmt.Fprintf(&csv, "Proef%d;proef%d@example.org\n", i, i)
	}
	if out, err := theirs.run("contacts import --source fair --basis contract", csv.String()); err != nil {
		t.Fatalf("%v %s", err, out)
	}

	elsewhere(t, "leaving.handover") // on a full minute the other node would do the next batch
	// The entry in the log, by the clock; the customers' history has the act too.
	first := p.a.proxy.hold("customer.handover", "clock")
	go p.anna.dial(t, p.a).run("users revoke sander --hand-over sofie --reason left --yes", "")
	first.caught(t)
	next := p.a.proxy.hold("customer.handover", "clock")
	p.a.proxy.release(first)
	next.caught(t)
	p.a.kill()
	p.a.proxy.lose(next)
	theirs.closed(t, second)
	wantHanded(t, 500)

	held := p.b.proxy.hold("customer.handover", "clock")
	nudge(t, "leaving.handover")
	held.caught(t)
	p.b.signal(t, syscall.SIGSTOP)
	p.a.start(t)
	p.a.ready(t)
	silent(t, "leaving.handover")
	eventually(t, 30*time.Second, "the other node finishes", func() bool {
		return dbtest.Query[bool](t, `select handed_at is not null from departures`)
	})
	wantHanded(t, many)
	written := audited(t)
	p.b.proxy.release(held)
	p.b.signal(t, syscall.SIGCONT)
	eventually(t, recovery, "the stopped node serves again", func() bool {
		sofie.forget(t)
		c, err := sofie.sign(p.b, sofie.code(t))
		if err == nil {
			c.Close()
		}
		return err == nil
	})
	wantHanded(t, many)
	if now := audited(t); now != written {
		t.Errorf("the log has %d batches, and %d once the stopped node goes on", written, now)
	}
}

func audited(t *testing.T) int64 {
	t.Helper()
	return dbtest.Query[int64](t, `select count(*) from audit where act = 'customer.handover' and not refused`)
}

// wantHanded: so many have moved, each once.
func wantHanded(t *testing.T, n int64) {
	t.Helper()
	got := dbtest.Query[string](t, `select format('%s owned by sofie, %s by sander, %s counted, %s of %s told',
		count(*) filter (where login = 'sofie'), count(*) filter (where login = 'sander'), (select handed from departures),
		(select count(distinct customer_id) from history where act = 'customer.handover'), (select count(*) from history where act = 'customer.handover'))
		from customers c join people p on p.id = c.scope`)
	if want := fmt.Sprintf("%d owned by sofie, %d by sander, %[1]d counted, %[1]d of %[1]d told", n, many-n); got != want {
		t.Errorf("%s; want %s", got, want)
	}
}

// A review whose node is killed while it opens is opened by the other, whole.
func TestNodes_review(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	for i := range 45 { // three batches
		p.person(t, fmt.Sprintf("joris%d", i), policy.Sales)
	}
	p.b.kill()
	// The act as the clock does it; the job has the same name.
	held := p.a.proxy.hold("review.open", "clock")
	nudge(t, "review.open")
	for range 2 { // its beginning, and then a batch
		held.caught(t)
		next := p.a.proxy.hold("review.open", "clock")
		p.a.proxy.release(held)
		held = next
	}
	held.caught(t)
	p.a.kill()
	p.a.proxy.lose(held)
	if dbtest.Query[bool](t, `select exists (select from reviews where ready_at is not null)`) {
		t.Fatal("the review is open already: this test shows nothing")
	}
	p.b.start(t)
	p.b.ready(t)
	silent(t, "review.open")
	eventually(t, 30*time.Second, "the other node opens it", func() bool {
		return dbtest.Query[bool](t, `select exists (select from reviews where ready_at is not null)`)
	})
	got := dbtest.Query[string](t, `select format('%s review, %s grants', (select count(*) from reviews), count(*)) from review_items`)
	want := dbtest.Query[string](t, `select format('1 review, %s grants', count(*)) from grants where ended_at is null and not pending`)
	if got != want {
		t.Errorf("%s; want %s", got, want)
	}
}
