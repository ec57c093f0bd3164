package ops

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"balie/db"
	"balie/db/dbtest"
	"balie/policy"
	"balie/policy/text"
)

// house is a firm whose access is reviewed.
type house struct {
	*Ops
	t                                                                *testing.T
	anna, bert, pieter, marit, sander, sofie, tom, arend, henk, piet policy.Actor
}

func newHouse(t *testing.T, store *db.Store) house {
	t.Helper()
	person := func(login string, role policy.Role, team string) policy.Actor {
		return dbtest.Person(t, store, login, role, team)
	}
	return house{
		Ops: New(store, slog.New(slog.DiscardHandler)), t: t,
		anna: person("anna", policy.Admin, ""), bert: person("bert", policy.Admin, ""), pieter: person("pieter", policy.Privacy, ""),
		marit: person("marit", policy.Manager, "noord"), sander: person("sander", policy.Sales, "noord"), sofie: person("sofie", policy.Sales, "noord"),
		tom: person("tom", policy.Finance, "noord"), arend: person("arend", policy.Auditor, ""),
		henk: person("henk", policy.Manager, "zuid"), piet: person("piet", policy.Sales, "zuid"),
	}
}

// did writes into the log that somebody saw so many customers, from number on.
func (h house) did(who policy.Actor, at time.Time, first, n int) {
	h.t.Helper()
	dbtest.Exec(h.t, `insert into audit (at, actor, role, session, act, refused, ref, subjects, purpose, fields, detail, nonce, mac)
select $1, $2, $3, 's', 'customer.view', false, s, array[s], '', '{}', '', '', '' from generate_series($4::bigint, $4::bigint + $5 - 1) s`,
		at, who.ID, string(who.Role), first, n)
}

// keep runs what is due of the reviews' jobs until nothing is.
func (h house) keep() {
	h.t.Helper()
	for range 4 {
		if err := h.runDue(h.t.Context(), h.reviewJobs()); err != nil {
			h.t.Fatal(err)
		}
	}
}

func (h house) grantOf(who policy.Actor) int32 {
	h.t.Helper()
	return dbtest.Query[int32](h.t, "select min(id) from grants where person_id = $1", who.ID)
}

func (h house) open(who policy.Actor) bool {
	h.t.Helper()
	return dbtest.Query[bool](h.t, "select ended_at is null from grants where id = $1", h.grantOf(who))
}

// start begins a review of a role by hand, so that tests need no quarter.
func (h house) start(role policy.Role) int32 {
	h.t.Helper()
	id, err := h.StartReview(h.t.Context(), h.pieter, ReviewStart{Role: role, Reason: text.New("test")})
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

func (h house) item(review int32, of policy.Actor) db.ReviewItem {
	h.t.Helper()
	s, err := h.ShowReview(h.t.Context(), h.arend, review)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, i := range s.Items {
		if i.PersonID == of.ID {
			return i
		}
	}
	h.t.Fatalf("no grant of %s in review %d", of.Login, review)
	return db.ReviewItem{}
}

// say decides on somebody's grant as it stands now.
func (h house) say(who policy.Actor, review int32, of policy.Actor, a db.ReviewAnswer) error {
	h.t.Helper()
	i := h.item(review, of)
	if a.Decision != policy.Confirmed && a.Reason.IsZero() {
		a.Reason = text.New("because")
	}
	return h.DecideReview(h.t.Context(), who, ReviewDecision{Review: i.ReviewID, Grant: i.GrantID, Version: i.Version, ReviewAnswer: a})
}

func (h house) want(what string, err error, kind policy.Kind) {
	h.t.Helper()
	if err == nil || policy.KindOf(err) != kind {
		h.t.Errorf("%s: %v, want kind %d", what, err, kind)
	}
}

func (h house) ok(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Error(err)
	}
}

var (
	yes    = db.ReviewAnswer{Decision: policy.Confirmed}
	noMore = db.ReviewAnswer{Decision: policy.Revoked}
)

func moment(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// A review's whole life by the database's clock: it opens with the quarter in
// Amsterdam, looks back on the last one, and what nobody confirmed ends at the
// due minute.
func TestReview_Quarter(t *testing.T) {
	store, set := dbtest.Faked(t)
	at := func(s string) time.Time { set(moment(t, s)); return moment(t, s) }
	start := at("2025-06-05T10:00:00Z")
	h := newHouse(t, store)
	dbtest.Exec(t, "update grants set since = $1", start.AddDate(0, -1, 0))
	h.keep() // the jobs are new: the quarter that runs is not theirs

	for quarter, n := range []int{90, 100, 110} { // of 2025, from the third on
		from := start.AddDate(0, 3*quarter+1, 0)
		h.did(h.sander, from, 0, n)
		h.did(h.sofie, from, 0, 10)
	}
	h.did(h.sofie, moment(t, "2026-02-03T09:00:00Z"), 500, 200)
	h.did(h.pieter, moment(t, "2026-02-03T09:00:00Z"), 0, 3)
	at("2026-03-31T21:59:50Z")
	h.keep()
	if n := dbtest.Query[int](t, "select count(*)::int from reviews where period = '2026-Q2'"); n != 0 {
		t.Fatal("opened ten seconds early")
	}
	at("2026-03-31T22:00:01Z")
	h.keep()
	h.keep()
	id := dbtest.Query[int32](t, "select id from reviews where period = '2026-Q2' and ready_at is not null")
	s, err := h.ShowReview(t.Context(), h.arend, id)
	if err != nil {
		t.Fatal(err)
	}
	if !s.Review.Due.Equal(moment(t, "2026-04-22T15:00:00Z")) || !s.Review.Since.Equal(moment(t, "2025-12-31T23:00:00Z")) {
		t.Errorf("due %s, looks back from %s", s.Review.Due, s.Review.Since)
	}
	if len(s.Items) != 10 {
		t.Errorf("%d grants, want those of all ten", len(s.Items))
	}
	type line struct {
		Reviewer     int32
		By           policy.ReviewBy
		Viewed       int
		Usual        int
		Unused, More bool
	}
	got := map[string]line{}
	for _, i := range s.Items {
		use := i.Use(s.Review.Since)
		got[i.Snapshot.Login] = line{i.Reviewer, i.By, i.Viewed, use.Usual, use.Unused(), use.More()}
	}
	want := map[string]line{
		"anna": {h.pieter.ID, policy.ByOfficer, 0, 0, true, false}, "bert": {h.pieter.ID, policy.ByOfficer, 0, 0, true, false},
		"pieter": {h.anna.ID, policy.ByAdmin, 3, 0, false, false}, "marit": {h.pieter.ID, policy.ByOfficer, 0, 0, true, false},
		"sander": {h.marit.ID, policy.ByManager, 110, 95, false, false}, "sofie": {h.marit.ID, policy.ByManager, 210, 10, false, true},
		"tom": {h.marit.ID, policy.ByManager, 0, 0, true, false}, "arend": {h.pieter.ID, policy.ByOfficer, 0, 0, true, false},
		"henk": {h.pieter.ID, policy.ByOfficer, 0, 0, true, false}, "piet": {h.henk.ID, policy.ByManager, 0, 0, true, false},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error("the snapshot (-want +got):\n" + d)
	}

	for _, who := range []policy.Actor{h.sander, h.sofie} {
		h.ok(h.say(h.marit, id, who, yes))
	}
	for _, who := range []policy.Actor{h.marit, h.henk, h.anna, h.arend} {
		h.ok(h.say(h.pieter, id, who, yes))
	}
	h.ok(h.say(h.anna, id, h.pieter, yes))
	at("2026-04-22T14:59:50Z")
	h.keep()
	if !h.open(h.tom) || dbtest.Query[bool](t, "select closed_at is not null from reviews where id = $1", id) {
		t.Fatal("closed ten seconds early")
	}
	at("2026-04-22T15:00:01Z")
	h.keep()
	ended := map[string]bool{}
	for _, who := range []policy.Actor{h.anna, h.bert, h.pieter, h.marit, h.sander, h.sofie, h.tom, h.arend, h.henk, h.piet} {
		if !h.open(who) {
			ended[who.Login] = true
		}
	}
	if d := cmp.Diff(map[string]bool{"tom": true, "piet": true, "bert": true}, ended); d != "" {
		t.Error("suspended (-want +got):\n" + d)
	}
	record, err := h.ExportReview(t.Context(), h.arend, id)
	if err != nil {
		t.Fatal(err)
	}
	if len(record.Items) != 10 || record.Review.Period != "2026-Q2" || !record.Review.ClosedAt.Truncate(time.Minute).Equal(s.Review.Due) {
		t.Errorf("%d grants in the record of %+v", len(record.Items), record.Review)
	}
	if noted := dbtest.Query[[]byte](t, "select digest from reviews where id = $1", id); string(noted) != string(digestBytes(record)) {
		t.Error("the digest kept is not the record's")
	}
	at("2026-06-30T22:00:01Z")
	h.keep()
	if n := dbtest.Query[int](t, "select count(*)::int from review_items i join reviews r on r.id = i.review_id where r.period = '2026-Q3'"); n != 7 {
		t.Errorf("%d grants in the next quarter, want the seven that still stand", n)
	}
}

func digestBytes(r Record) []byte { d := r.Digest(); return d[:] }

// What is decided takes effect, who may decides, and the second of two is told.
func TestReview_Decide(t *testing.T) {
	h := newHouse(t, dbtest.New(t))
	sales, admins := h.start(policy.Sales), h.start(policy.Admin)
	ctx := t.Context()

	dbtest.Exec(t, "insert into grants (person_id, role, reason) select $1, 'auditor', reason from grants limit 1", h.marit.ID)
	for _, role := range []policy.Role{policy.Manager, policy.Auditor} { // whichever is worn
		if all, err := h.Attention(ctx, h.marit.As(role)); err != nil || len(all) != 1 || all[0].Opens != "reviews" || all[0].What.Args[1] != 2 {
			t.Errorf("marit as %s is told %v, %v", role, all, err)
		}
	}
	if all, err := h.Attention(ctx, h.sander); err != nil || len(all) != 0 {
		t.Errorf("sander is told %v, %v", all, err)
	}
	h.want("another manager", h.say(h.henk, sales, h.sander, yes), policy.Absent)
	h.want("a salesman", h.say(h.sofie, sales, h.sander, yes), policy.Denied)
	h.want("the auditor", h.say(h.arend, sales, h.sander, yes), policy.Denied)
	h.want("the officer, too early", h.say(h.pieter, sales, h.sander, yes), policy.Denied)
	h.want("an admin on herself", h.say(h.anna, admins, h.anna, yes), policy.Denied)
	h.want("a revocation without a reason", h.DecideReview(ctx, h.marit, ReviewDecision{Review: sales, Grant: h.grantOf(h.sander), Version: 1, ReviewAnswer: noMore}), policy.Invalid)

	stale := h.item(sales, h.sander)
	h.ok(h.say(h.marit, sales, h.sander, yes))
	h.want("as it was before", h.DecideReview(ctx, h.marit, ReviewDecision{Review: sales, Grant: stale.GrantID, Version: stale.Version, ReviewAnswer: yes}), policy.Conflict)
	i := h.item(sales, h.sander)
	h.ok(h.UndoReview(ctx, h.marit, sales, i.GrantID, i.Version))
	if got := h.item(sales, h.sander); got.Decision != policy.Undecided || got.DecidedBy != 0 {
		t.Errorf("after the undo: %+v", got)
	}

	h.ok(h.say(h.marit, sales, h.sofie, noMore))
	if h.open(h.sofie) {
		t.Error("a revocation did not end the grant")
	}
	gone := h.item(sales, h.sofie)
	h.want("taking a revocation back", h.UndoReview(ctx, h.marit, sales, gone.GrantID, gone.Version), policy.Conflict)
	if why, err := h.GetPerson(ctx, h.anna, h.sofie.ID); err != nil || why.Grants[0].EndReason.String() != "because" || why.Grants[0].EndedBy != h.marit.ID {
		t.Errorf("%v: %+v", err, why.Grants)
	}

	change := ReviewDecision{Review: sales, Grant: h.grantOf(h.sander), Version: h.item(sales, h.sander).Version, LastDay: time.Now().AddDate(0, 0, 9).Format(time.DateOnly)}
	change.ReviewAnswer = db.ReviewAnswer{Decision: policy.Changed, Reason: text.New("leaves the team")}
	h.ok(h.DecideReview(ctx, h.marit, change))
	if got := dbtest.Query[string](t, "select (until at time zone 'Europe/Amsterdam' - interval '1 second')::text from grants where id = $1", h.grantOf(h.sander)); got != change.LastDay+" 23:59:59" {
		t.Errorf("until %s", got)
	}
	h.ok(h.say(h.henk, sales, h.piet, db.ReviewAnswer{Decision: policy.Changed, Change: policy.ReviewChange{Role: policy.Finance}}))
	pending := dbtest.Query[int32](t, "select id from grants where person_id = $1 and role = 'finance' and pending and ended_at is null", h.piet.ID)
	if h.open(h.piet) || pending == 0 {
		t.Fatal("another role: the old one stays, or the new one does not wait")
	}
	h.want("agreeing as the reviewer", h.AgreeGrant(ctx, h.henk, pending), policy.Denied)
	h.ok(h.AgreeGrant(ctx, h.anna, pending))
}

// Nobody reviews himself: row security says so as well, for who gets round the
// program, and without it the same statement goes through.
func TestReview_NobodyHimself(t *testing.T) {
	h := newHouse(t, dbtest.New(t))
	id := h.start(policy.Admin)
	own := h.item(id, h.anna)
	self := func() error {
		return h.Store.As(t.Context(), h.anna, policy.ReviewDecide, func(tx *db.Tx) error {
			return tx.DecideItem(t.Context(), own, yes)
		})
	}
	dbtest.Exec(t, "update review_items set level = 2")
	err := self()
	if policy.KindOf(err) != policy.Conflict && policy.KindOf(err) != policy.Absent {
		t.Errorf("an admin on herself: %v", err)
	}
	if by := dbtest.Query[int32](t, "select coalesce(decided_by, 0) from review_items where grant_id = $1", own.GrantID); by != 0 {
		t.Error("it was written")
	}
	dbtest.Exec(t, `alter policy decide_admin on review_items using (true) with check (true); alter policy add_admin on review_steps with check (true);
alter table review_items drop constraint review_items_check1`)
	if err := self(); err != nil {
		t.Errorf("the control, with the guard off: %v", err)
	}
}

// What is not confirmed ends at the due minute, and open sessions end with it.
func TestReview_SuspensionClosesSessions(t *testing.T) {
	h := newHouse(t, dbtest.New(t))
	ctx, cancel := context.WithCancel(t.Context())
	watching := make(chan struct{})
	go func() { defer close(watching); _ = h.Watch(ctx) }()
	defer func() { cancel(); <-watching }()
	for end := time.Now().Add(10 * time.Second); !h.Hub.Admitting(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("nobody is admitted")
		}
	}
	closed := make(chan string, 2)
	for _, who := range []policy.Actor{h.sander, h.sofie} {
		dbtest.Exec(t, "insert into keys (person_id, fingerprint, public_key, name) values ($1, $2, '', '')", who.ID, "SHA256:"+who.Login)
		dbtest.Exec(t, "insert into sessions (id, person_id, key_id, address, node) select $1, $2, max(id), '', '' from keys where person_id = $2", who.Session, who.ID)
		_, err := h.Hub.Add(Live{Session: who.Session, Actor: who, Close: func(policy.Message) { closed <- who.Login }})
		h.ok(err)
	}
	id := h.start(policy.Sales)
	h.ok(h.say(h.marit, id, h.sofie, yes))
	settle := func() {
		t.Helper()
		h.ok(settleReviews(ctx, h.alone, func(string, int) {}))
	}
	settle() // the control: before the due minute nothing ends
	if !h.open(h.sander) {
		t.Fatal("suspended before the due minute")
	}
	dbtest.Exec(t, "update reviews set due_at = now()")
	settle()
	committed := time.Now() // a machine that is busy takes its time until here
	select {
	case who := <-closed:
		if took := time.Since(committed); who != h.sander.Login || took > time.Second {
			t.Errorf("%s was closed after %s", who, took)
		} else {
			t.Logf("closed at most %s after the commit", took)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("no session was closed")
	}
	select {
	case who := <-closed:
		t.Errorf("%s was closed too", who)
	case <-time.After(100 * time.Millisecond): // what should not come
	}
	if i := h.item(id, h.sander); i.Decision != policy.Suspended || i.Again != nil {
		t.Errorf("%+v", i)
	}
	_, err := h.Grant(ctx, h.anna, Granting{Person: h.sander.ID, Role: policy.Sales, Reason: text.New("was forgotten")})
	h.ok(err)
	if i := h.item(id, h.sander); i.Again == nil {
		t.Error("the review does not tell that the role was given again")
	}
}

// The last admin stays, and so does who could be reviewed by nobody.
func TestReview_LastAdminStays(t *testing.T) {
	h := newHouse(t, dbtest.New(t))
	id := h.start(policy.Admin)
	dbtest.Exec(t, "update reviews set due_at = now()")
	h.ok(settleReviews(t.Context(), h.alone, func(string, int) {}))
	if !h.open(h.anna) || h.open(h.bert) {
		t.Errorf("anna holds it: %v, bert holds it: %v", h.open(h.anna), h.open(h.bert))
	}
	if i := h.item(id, h.anna); i.Decision != policy.Kept {
		t.Errorf("the record says %q", i.Decision)
	}
	grave := func(who policy.Actor) (n int) {
		all, err := h.Attention(t.Context(), who)
		h.ok(err)
		for _, a := range all {
			if a.Grave && a.Opens == "reviews" {
				n++
			}
		}
		return n
	}
	if grave(h.pieter) != 1 || grave(h.anna) != 1 {
		t.Error("nobody is told that the last admin stayed unconfirmed")
	}
	again := h.start(policy.Admin)
	h.ok(h.say(h.pieter, again, h.anna, yes))
	if grave(h.anna) != 0 {
		t.Error("confirmed since, and still told")
	}

	dbtest.Exec(t, "update people set revoked_at = now() where id <> $1", h.anna.ID)
	alone := dbtest.Query[int32](t, "insert into grants (person_id, role, reason) select person_id, 'sales', reason from grants where id = $1 returning id", h.grantOf(h.anna))
	dbtest.Exec(t, "insert into reviews (period, reason, since, until, due_at) select '2030-Q1', reason, since, until, now() from reviews limit 1")
	h.ok(fillReviews(t.Context(), h.alone, func(string, int) {}))
	h.ok(settleReviews(t.Context(), h.alone, func(string, int) {}))
	if dbtest.Query[bool](t, "select ended_at is not null from grants where id = $1", alone) || !h.open(h.anna) {
		t.Error("a firm of one was locked out")
	}
}

// As the due date comes near more people may decide, who is away is stood in
// for, and who has left is replaced.
func TestReview_Escalation(t *testing.T) {
	h := newHouse(t, dbtest.New(t))
	ctx := t.Context()
	id := h.start(policy.Sales)
	remind := func(left string) {
		t.Helper()
		dbtest.Exec(t, "update reviews set due_at = now() + $1::interval", left)
		h.ok(h.alone(ctx, policy.ReviewRemind, func(tx *db.Tx) error { _, err := escalate(ctx, tx); return err }))
	}
	remind("5 days 1 hour")
	h.want("the officer before it is escalated", h.say(h.pieter, id, h.sofie, yes), policy.Denied)
	remind("5 days")
	h.ok(h.say(h.pieter, id, h.sofie, yes))
	h.want("the reviewer, after the officer", h.say(h.marit, id, h.sofie, yes), policy.Conflict)
	h.want("an admin before it is escalated that far", h.say(h.anna, id, h.sander, yes), policy.Denied)
	remind("2 days")
	remind("1 day")
	h.ok(h.say(h.anna, id, h.sander, yes))

	moved, err := h.SetDeputy(ctx, h.henk, Deputising{Deputy: h.marit.ID, Reason: text.New("holiday")})
	if err != nil || moved != 1 || h.item(id, h.piet).Reviewer != h.marit.ID || h.item(id, h.piet).By != policy.ByDeputy {
		t.Errorf("%d moved, %v: %+v", moved, err, h.item(id, h.piet))
	}
	_, err = h.SetDeputy(ctx, h.henk, Deputising{Deputy: h.sander.ID, Reason: text.New("holiday")})
	h.want("a salesman as deputy", err, policy.Invalid)
	_, err = h.SetDeputy(ctx, h.marit, Deputising{Person: h.henk.ID, Deputy: h.pieter.ID, Reason: text.New("x")})
	h.want("a deputy for another manager", err, policy.Absent)
	h.ok(h.AssignReview(ctx, h.pieter, id, h.grantOf(h.piet), h.bert.ID, text.New("marit is busy")))
	h.want("a review by a salesman", h.AssignReview(ctx, h.pieter, id, h.grantOf(h.piet), h.sofie.ID, text.New("x")), policy.Invalid)
	h.want("by who was given it before", h.say(h.marit, id, h.piet, yes), policy.Absent)
	dbtest.Exec(t, "update people set revoked_at = now() where id = $1", h.bert.ID)
	remind("1 day")
	if i := h.item(id, h.piet); i.Reviewer != h.marit.ID {
		t.Errorf("after the reviewer left while henk is away: %+v", i.Reviewer)
	}
	s, err := h.ShowReview(ctx, h.arend, id)
	h.ok(err)
	var steps []string
	for _, st := range s.Steps {
		if st.GrantID == h.grantOf(h.piet) {
			steps = append(steps, st.What)
		}
	}
	if d := cmp.Diff([]string{"escalated", "escalated", "deputy", "assigned", "deputy"}, steps); d != "" {
		t.Error("recorded (-want +got):\n" + d)
	}
}

// Everybody signs, then the review closes by itself; what is signed stays.
func TestReview_Sign(t *testing.T) {
	h := newHouse(t, dbtest.New(t))
	ctx := t.Context()
	id := h.start(policy.Sales)
	_, err := h.SignReview(ctx, h.marit, id)
	h.want("signing with work to do", err, policy.Invalid)
	h.ok(h.say(h.marit, id, h.sander, yes))
	h.ok(h.say(h.marit, id, h.sofie, yes))
	n, err := h.SignReview(ctx, h.marit, id)
	if err != nil || n != 2 {
		t.Errorf("%d signed, %v", n, err)
	}
	i := h.item(id, h.sander)
	h.want("undoing what is signed", h.UndoReview(ctx, h.marit, id, i.GrantID, i.Version), policy.Conflict)
	h.ok(settleReviews(ctx, h.alone, func(string, int) {}))
	_, err = h.ExportReview(ctx, h.arend, id)
	h.want("exporting an open review", err, policy.Conflict)
	h.ok(h.say(h.henk, id, h.piet, yes))
	_, err = h.SignReview(ctx, h.henk, id)
	h.ok(err)
	h.ok(settleReviews(ctx, h.alone, func(string, int) {}))
	record, err := h.ExportReview(ctx, h.arend, id)
	if err != nil || len(record.Items) != 3 {
		t.Fatalf("%v: %+v", err, record.Items)
	}
	own, err := h.OwnReviews(ctx, h.sander)
	if err != nil || len(own) != 1 || own[0].Item.DecidedBy != h.marit.ID || own[0].Review.ID != id {
		t.Errorf("sander's own: %v, %+v", err, own)
	}
	_, err = h.ExportReview(ctx, h.sander, id)
	h.want("a salesman exporting", err, policy.Denied)
	all, err := h.ListReviews(ctx, h.henk)
	if err != nil || len(all) != 1 || all[0].Mine != 1 {
		t.Errorf("%v: %+v", err, all)
	}
}

// flaky breaks off after so many batches, each time before or after the commit
// of the next.
func flaky(h house, after int, committed bool) batcher {
	return func(ctx context.Context, act policy.Act, fn func(*db.Tx) error) error {
		after--
		if after >= 0 || committed {
			err := h.alone(ctx, act, fn)
			if err == nil && after < 0 {
				err = errKilled
			}
			return err
		}
		return h.alone(ctx, act, func(tx *db.Tx) error { return errors.Join(fn(tx), errKilled) })
	}
}

var errKilled = errors.New("killed here")

// However often it is broken off between or within two batches, a review opens
// and closes with everything once.
func TestReview_Crash(t *testing.T) {
	h := newHouse(t, dbtest.New(t))
	ctx := t.Context()
	for n := range 130 { // three batches to open, three to close
		dbtest.Person(t, h.Store, fmt.Sprintf("extra%d", n), policy.Sales, "noord")
	}
	dbtest.Exec(t, "insert into reviews (period, reason, since, until, due_at) values ('2026-Q4', $1, now() - interval '3 months', now(), now())", h.Store.Keys.Seal("reviews.reason", 0, nil))
	ignore := func(string, int) {}
	crashes := 0
	finish := func(work func(context.Context, batcher, func(string, int)) error) {
		t.Helper()
		for try := 0; ; try++ {
			err := work(ctx, flaky(h, try/2%2, try%2 == 0), ignore)
			if err == nil {
				return
			}
			if crashes++; !errors.Is(err, errKilled) || try > 100 {
				t.Fatal(err)
			}
		}
	}
	finish(fillReviews)
	if n := dbtest.Query[int](t, "select count(*)::int from review_items"); n != 140 {
		t.Fatalf("%d grants, want 140", n)
	}
	finish(settleReviews)
	if crashes < 8 {
		t.Errorf("only %d crashes", crashes)
	}
	for what, sql := range map[string]string{
		"grants left open":         "select count(*)::int from grants where ended_at is null and role <> 'admin'",
		"items undecided":          "select count(*)::int from review_items where decision = ''",
		"grants told of twice":     "select count(*)::int from (select grant_id from review_steps where grant_id is not null group by grant_id having count(*) <> 1) x",
		"openings or ends too few": "select abs(2 - count(*))::int from review_steps where grant_id is null",
	} {
		if n := dbtest.Query[int](t, sql); n != 0 {
			t.Errorf("%s: %d", what, n)
		}
	}
	record, err := h.ExportReview(ctx, h.anna, 1)
	if err != nil || len(record.Items) != 140 || len(record.Steps) != 142 {
		t.Errorf("%v: %d grants, %d steps in the record", err, len(record.Items), len(record.Steps))
	}
}

// A record in which any one byte was changed is refused, with the line; lines
// that are cut, moved, copied or added are named; so is another's signature.
func TestRecord_Tampered(t *testing.T) {
	h := newHouse(t, dbtest.New(t))
	id := h.start(policy.Sales)
	h.ok(h.say(h.marit, id, h.sofie, noMore))
	dbtest.Exec(t, "update reviews set due_at = now()")
	h.ok(settleReviews(t.Context(), h.alone, func(string, int) {}))
	record, err := h.ExportReview(t.Context(), h.arend, id)
	if err != nil {
		t.Fatal(err)
	}
	file, key := record.Bytes(), h.Store.Keys.Public()
	if !json.Valid(file) {
		t.Error("the record is no JSON")
	}
	if _, err := ReadRecord(file, key); err != nil {
		t.Fatalf("the control: %v", err)
	}
	for at := range file {
		for _, bit := range []byte{1, 0x20} {
			bad := append([]byte{}, file...)
			bad[at] ^= bit
			if _, err := ReadRecord(bad, key); policy.KindOf(err) != policy.Conflict {
				t.Fatalf("byte %d, %q made %q: %v", at, file[at], bad[at], err)
			}
		}
	}
	for name, c := range tampered(file) {
		_, err := ReadRecord(c.file, key)
		if err == nil || err.Error() != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	other := newHouse(t, dbtest.New(t)).Store.Keys.Public()
	if _, err := ReadRecord(file, other); policy.KindOf(err) != policy.Conflict {
		t.Errorf("with another key: %v", err)
	}
}
