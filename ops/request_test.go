package ops_test

import (
	"strings"
	"testing"
	"time"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
	"balie/views"
)

func asks(kind policy.RequestKind, from string, received policy.Date, customer int64) db.Request {
	r := db.Request{Kind: kind, Channel: "mail", Received: received, Subject: customer}
	r.From, r.Contact, r.Asks, r.Language = text.New(from), text.New("ilse@baert.be"), text.NewBlock("Welke gegevens heeft u?"), text.New("nl")
	return r
}

// recorded is one that came in some days ago.
func (b trade) recorded(t testing.TB, by policy.Actor, kind policy.RequestKind, ago int, customer int64) db.Request {
	t.Helper()
	r, err := b.RecordRequest(t.Context(), by, asks(kind, "Ilse Baert", policy.DateOf(time.Now()).Plus(-ago), customer), ops.NewRequestKey())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestRequest_life: a salesperson hears of one, the officer takes it from the
// check of identity to the end, and nothing can be left out on the way.
func TestRequest_life(t *testing.T) {
	b := newTrade(t)
	ctx := t.Context()
	officer := b.pieter.For(text.Line{}) // a request is reason enough
	r := b.recorded(t, b.sander, policy.Access, 3, b.lead.ID)
	if r.Number != 1 || b.recorded(t, b.marit, policy.Erasure, 3, 0).Number != 2 {
		t.Errorf("numbers don't follow each other: %s", r.Name())
	}
	t.Run("who sees it", func(t *testing.T) {
		for _, c := range []struct {
			actor policy.Actor
			n     int
		}{{b.sander, 1}, {b.sofie, 0}, {b.marit, 1}, {officer, 2}} {
			page, err := b.ListRequests(ctx, c.actor, ops.RequestQuery{})
			if err != nil || len(page.Rows) != c.n {
				t.Errorf("%s sees %d, want %d (%v)", c.actor.Login, len(page.Rows), c.n, err)
			}
		}
		if _, err := b.ListRequests(ctx, b.fatima, ops.RequestQuery{}); policy.KindOf(err) != policy.Denied {
			t.Errorf("finance: %v", err)
		}
		if _, err := b.ViewRequest(ctx, b.sofie, r.ID); policy.KindOf(err) != policy.Absent {
			t.Errorf("a colleague: %v", err)
		}
		if _, err := b.CloseRequest(ctx, b.sander, r.ID, 0); policy.KindOf(err) != policy.Denied {
			t.Errorf("a salesperson closes it: %v", err)
		}
		if _, err := b.RecordRequest(ctx, b.sofie, asks(policy.Access, "x", policy.DateOf(time.Now()), b.lead.ID), ops.NewRequestKey()); policy.KindOf(err) != policy.Absent {
			t.Errorf("about a customer who isn't hers: %v", err)
		}
	})
	do := func(s ops.RequestSight, err error) ops.RequestSight {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	say := text.NewBlock
	if _, err := b.CloseRequest(ctx, officer, r.ID, 0); err == nil {
		t.Error("closed before anything was done")
	}
	s := do(b.PauseRequest(ctx, officer, r.ID, 0, say("customer number?"), time.Now().Add(-49*time.Hour)))
	if !s.Deadline.Stands || s.Deadline.Paused != 2 {
		t.Errorf("%+v", s.Deadline)
	}
	s = do(b.IdentifyRequest(ctx, officer, r.ID, s.Version, true, say("customer number?"), say("1234, right")))
	if s.Deadline.Stands || s.Deadline.Paused != 2 || s.Facts.Next() != policy.StepWork {
		t.Errorf("after the answer: %+v", s.Facts)
	}
	if _, err := b.IdentifyRequest(ctx, officer, r.ID, 1, true, say("a"), say("b")); policy.KindOf(err) != policy.Conflict {
		t.Errorf("by one who read it before: %v", err)
	}
	s = do(b.ExtendRequest(ctx, officer, r.ID, 0, say("Vier verzoeken tegelijk.")))
	letter, err := b.RequestLetter(ctx, officer, r.ID, "", views.Say)
	if err != nil || !strings.Contains(letter, "Vier verzoeken tegelijk.") || !strings.Contains(letter, s.Deadline.Due.In("nl")) || !strings.Contains(letter, "Autoriteit Persoonsgegevens") {
		t.Errorf("%v\n%s", err, letter)
	}
	s = do(b.AddRequestSystem(ctx, officer, r.ID, text.New("mail archive"), text.New("Anna")))
	s = do(b.DecideRequest(ctx, officer, r.ID, 0, ops.RequestRuling{Decision: policy.Granted, Why: say("all of it")}))
	s = do(b.AnswerRequest(ctx, officer, r.ID, 0, say("the archive"), say("ilse@baert.be, on file since 2024")))
	if _, err := b.CloseRequest(ctx, officer, r.ID, 0); err == nil {
		t.Error("closed with a system open and nothing gathered")
	}
	do(b.TickRequestSystem(ctx, officer, r.ID, 1, true, text.New("searched")))
	dbtest.Exec(t, "update requests set worked_at = now()")
	s = do(b.CloseRequest(ctx, officer, r.ID, 0))
	if s.ClosedAt.IsZero() || s.Facts.Next() != "" {
		t.Errorf("%+v", s)
	}
	if _, err := b.TickRequestSystem(ctx, officer, r.ID, 1, false, text.Line{}); err == nil {
		t.Error("a closed one changes")
	}
	if n := len(s.Steps); n != 6 {
		t.Errorf("%d steps: %+v", n, s.Steps)
	}
	page, err := b.ListRequests(ctx, officer, ops.RequestQuery{Closed: true})
	if err != nil || len(page.Rows) != 1 || page.Rows[0].From.String() != "Ilse Baert" {
		t.Errorf("%+v, %v", page, err)
	}
}

// A request outlives the one who asked, without what tells about them; one of
// somebody found later goes under that customer's key.
func TestRequest_erased(t *testing.T) {
	b := newTrade(t)
	ctx := t.Context()
	r := b.recorded(t, b.pieter, policy.Erasure, 1, 0)
	if _, err := b.IdentifyRequest(ctx, b.pieter, r.ID, 0, true, text.NewBlock("who"), text.NewBlock("Ilse")); err != nil {
		t.Fatal(err)
	}
	s, err := b.LinkRequest(ctx, b.pieter, r.ID, 0, b.lead.ID)
	if err != nil || s.From.String() != "Ilse Baert" || s.Steps[0].Said.String() != "Ilse" {
		t.Fatalf("%+v, %v", s, err)
	}
	dbtest.Exec(t, "delete from customers; delete from subject_keys")
	s, err = b.ViewRequest(ctx, b.pieter, r.ID)
	if err != nil {
		t.Fatal(err)
	}
	if !s.Erased || !s.From.IsZero() || !s.Asks.IsZero() || !s.Steps[0].Said.IsZero() || s.Name() != r.Name() || s.Identity != policy.IdentityProven {
		t.Errorf("%+v", s)
	}
	if _, err := b.DecideRequest(ctx, b.pieter, r.ID, 0, ops.RequestRuling{Decision: policy.Granted, Why: text.NewBlock("erased")}); err != nil {
		t.Errorf("it can't be finished: %v", err)
	}
	if s, err = b.ViewRequest(ctx, b.pieter, r.ID); err != nil || s.Steps[2].Said.String() != "erased" {
		t.Errorf("%+v, %v", s.Steps, err)
	}
}

// The clock notes once what is late, and first screens tell of it.
func TestRequest_due(t *testing.T) {
	b := newTrade(t)
	ctx := t.Context()
	b.recorded(t, b.pieter, policy.Access, 40, 0)
	b.recorded(t, b.pieter, policy.Objection, 27, 0)
	b.recorded(t, b.pieter, policy.Objection, 0, 0)
	admin := dbtest.Person(t, b.Store, "anna", policy.Admin, "")
	run, err := b.RunJob(ctx, admin, "request.deadlines", false)
	if err != nil {
		t.Fatal(err)
	}
	if run.Counts["overdue"] != 1 || run.Counts["target"] != 1 || run.Counts["due soon"] != 1 {
		t.Errorf("%v", run.Counts)
	}
	again, err := b.RunJob(ctx, admin, "request.deadlines", false)
	if err != nil || len(again.Counts) != 0 {
		t.Errorf("noted twice: %v, %v", again.Counts, err)
	}
	for _, actor := range []policy.Actor{b.pieter, dbtest.Person(t, b.Store, "arend", policy.Auditor, "")} {
		all, err := b.Attention(ctx, actor)
		var said []string
		for _, a := range all {
			said = append(said, a.What.String())
		}
		got := strings.Join(said, " ")
		if err != nil || !strings.Contains(got, "overdue: 1") || !strings.Contains(got, "due soon: 1") {
			t.Errorf("%s hears %q, %v", actor.Login, got, err)
		}
	}
	page, err := b.ListRequests(ctx, dbtest.Person(t, b.Store, "arno", policy.Auditor, ""), ops.RequestQuery{})
	if err != nil || len(page.Rows) != 3 || !page.Rows[0].From.IsZero() || page.Rows[0].DaysLeft() > page.Rows[1].DaysLeft() {
		t.Errorf("the auditor's register: %+v, %v", page, err)
	}
}

// What a request asks is done by its own step: erasure with its certificate,
// restriction, or by hand with a word of what was done.
func TestRequest_work(t *testing.T) {
	b := newTrade(t)
	ctx := t.Context()
	officer := b.pieter.For(text.Line{})
	work := func(kind policy.RequestKind, customer int64, done string) ops.RequestSight {
		t.Helper()
		r := b.recorded(t, b.pieter, kind, 1, customer)
		if _, err := b.WorkRequest(ctx, officer, r.ID, 0, ops.RequestWork{Done: text.NewBlock(done)}); policy.KindOf(err) != policy.Conflict {
			t.Errorf("before it is known who asks: %v", err)
		}
		if _, err := b.IdentifyRequest(ctx, officer, r.ID, 0, true, text.NewBlock("who"), text.NewBlock("Ilse")); err != nil {
			t.Fatal(err)
		}
		s, err := b.WorkRequest(ctx, officer, r.ID, 0, ops.RequestWork{Done: text.NewBlock(done)})
		if err != nil || s.WorkedAt.IsZero() {
			t.Fatalf("%s: %+v, %v", kind, s.Facts, err)
		}
		return s
	}
	other := b.customer(t, "Kok")
	work(policy.Rectification, other.ID, "house number")
	work(policy.Restriction, other.ID, "")
	if c, err := b.GetCustomer(ctx, b.pieter, other.ID); err != nil || !c.Restricted {
		t.Errorf("not restricted: %v", err)
	}
	s := work(policy.Erasure, b.lead.ID, "")
	if !s.Erased || !s.From.IsZero() || s.Facts.Next() != policy.StepDecide {
		t.Errorf("%+v", s.Facts)
	}
	if e, err := b.GetErasure(ctx, b.pieter, b.lead.ID); err != nil || e.Reason.String() != "request #"+s.Name() {
		t.Errorf("the certificate: %+v, %v", e, err)
	}
}
