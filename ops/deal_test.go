package ops_test

import (
	"log/slog"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// trade is two salespeople of different teams, a manager of the first, and a
// lead of the first.
type trade struct {
	*ops.Ops
	sander, sofie, marit, fatima, pieter policy.Actor
	lead                                 db.Customer
}

func newTrade(t testing.TB) trade {
	t.Helper()
	store := dbtest.New(t)
	if err := store.RebuildSearch(t.Context(), func(_, _ int64) {}); err != nil {
		t.Fatal(err)
	}
	b := trade{
		Ops:    ops.New(store, slog.New(slog.DiscardHandler)),
		sander: dbtest.Person(t, store, "sander", policy.Sales, "north"),
		sofie:  dbtest.Person(t, store, "sofie", policy.Sales, "south"),
		marit:  dbtest.Person(t, store, "marit", policy.Manager, "north"),
		fatima: dbtest.Person(t, store, "fatima", policy.Finance, ""),
		pieter: dbtest.Person(t, store, "pieter", policy.Privacy, "").For(text.New("request 12")),
	}
	b.lead = b.customer(t, "Baert")
	return b
}

func (b trade) customer(t testing.TB, family string) db.Customer {
	t.Helper()
	c := db.Customer{Kind: policy.Person, Status: policy.Lead, Grounds: []policy.Ground{{Purpose: policy.Quotes, Basis: policy.Contract}}}
	c.Family = text.New(family)
	made, err := b.CreateCustomer(t.Context(), b.sander, c, ops.NewRequestKey())
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func (b trade) deal(t testing.TB, title string, cents policy.Cents) db.Deal {
	t.Helper()
	d := db.Deal{Customer: b.lead.ID, Value: cents}
	d.Title, d.Next = text.New(title), text.New("bellen")
	made, err := b.CreateDeal(t.Context(), b.sander, d, false, ops.NewRequestKey())
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// The stages that come with the program.
const (
	stageNew = 1 + iota
	stageQuote
	stageNegotiation
	stageWon
	stageLost
)

// TestDeal_life: added by a request that is repeated, moved, lost with a reason,
// taken back, won, by which the lead is a customer.
func TestDeal_life(t *testing.T) {
	b := newTrade(t)
	ctx := t.Context()
	contact := b.customer(t, "Kok")
	d := db.Deal{Customer: b.lead.ID, Value: 840_000, Parts: []db.Part{{Contact: contact.ID, Part: text.New("beslist")}}}
	d.Title = text.New("Dakkapel")
	request := ops.NewRequestKey()
	first, err := b.CreateDeal(ctx, b.sander, d, false, request)
	if err != nil {
		t.Fatal(err)
	}
	again, err := b.CreateDeal(ctx, b.sander, d, false, request) // the answer to the first was lost
	if err != nil || again.ID != first.ID {
		t.Fatalf("%d, then %d: %v", first.ID, again.ID, err)
	}
	if first.Stage != stageNew || first.Owner != b.sander.ID || first.Name.String() != "Baert" {
		t.Errorf("%+v", first)
	}
	c, err := b.MoveDeal(ctx, b.sander, first.ID, 1, stageQuote, text.Line{}, ops.NewRequestKey())
	if err != nil || c.After.Stage != stageQuote || c.After.Version != 2 || !c.After.ClosedAt.IsZero() {
		t.Fatalf("%+v, %v", c.After, err)
	}
	_, err = b.MoveDeal(ctx, b.sander, first.ID, 2, stageLost, text.Line{}, ops.NewRequestKey())
	wantKind(t, "losing without saying why", err, policy.Invalid)
	lost, err := b.MoveDeal(ctx, b.sander, first.ID, 2, stageLost, text.New("te duur"), ops.NewRequestKey())
	if err != nil || lost.After.ClosedAt.IsZero() {
		t.Fatalf("%+v, %v", lost, err)
	}
	back, err := b.UndoDeal(ctx, b.sander, lost.After.Version, lost.Before, ops.NewRequestKey())
	if err != nil || back.Stage != stageQuote || !back.ClosedAt.IsZero() || !back.StageSince.Equal(c.After.StageSince) || !back.Why.IsZero() {
		t.Fatalf("%+v, %v", back, err)
	}
	if _, err := b.MoveDeal(ctx, b.sander, first.ID, back.Version, stageWon, text.Line{}, ops.NewRequestKey()); err != nil {
		t.Fatal(err)
	}
	client, err := b.GetCustomer(ctx, b.sander, b.lead.ID)
	if err != nil || client.Status != policy.Client {
		t.Errorf("after a deal is won the lead is %v: %v", client.Status, err)
	}
	s, err := b.ViewDeal(ctx, b.marit, first.ID)
	if err != nil || len(s.History) != 4 || len(s.Parts) != 1 || s.Parts[0].Part.String() != "beslist" || s.Parts[0].Name.String() != "Kok" {
		t.Fatalf("%+v, %v", s, err)
	}
	if diff := cmp.Diff([]db.Change{{Field: "stage", From: text.New("#1"), To: text.New("#2")}}, s.History[3].Changes, cmp.AllowUnexported(text.Line{})); diff != "" {
		t.Error(diff)
	}
	open, err := b.DealBoard(ctx, b.sander, db.DealQuery{})
	closed, err2 := b.DealBoard(ctx, b.sander, db.DealQuery{Closed: true, Text: "dakk baert"})
	if err != nil || err2 != nil || len(open.Deals.Rows) != 0 || len(closed.Deals.Rows) != 1 {
		t.Errorf("open %v, closed %v: %v %v", open.Deals.Rows, closed.Deals.Rows, err, err2)
	}
	// Undone too late, by the database's clock.
	dbtest.Exec(t, `update deals set updated_at = updated_at - interval '11 minutes'`)
	_, err = b.UndoDeal(ctx, b.sander, s.Version, back, ops.NewRequestKey())
	wantKind(t, "taking back after eleven minutes", err, policy.Conflict)
}

// TestDeal_convert: a lead turns into a customer with a deal in one act, or not
// at all.
func TestDeal_convert(t *testing.T) {
	b := newTrade(t)
	d := db.Deal{Customer: b.lead.ID, Owner: 999_999, Value: 100}
	d.Title = text.New("Serre")
	if _, err := b.CreateDeal(t.Context(), b.sander, d, true, ops.NewRequestKey()); err == nil {
		t.Fatal("somebody who isn't there owns a deal")
	}
	if c, err := b.GetCustomer(t.Context(), b.sander, b.lead.ID); err != nil || c.Status != policy.Lead {
		t.Errorf("half the act was done: %v, %v", c.Status, err)
	}
	d.Owner = 0
	if _, err := b.CreateDeal(t.Context(), b.sander, d, true, ops.NewRequestKey()); err != nil {
		t.Fatal(err)
	}
	if c, err := b.GetCustomer(t.Context(), b.sander, b.lead.ID); err != nil || c.Status != policy.Client {
		t.Errorf("%v, %v", c.Status, err)
	}
}

// TestDeal_conflict: of two who move the same card, the second is told and sees
// both; repeating one's own request is no conflict.
func TestDeal_conflict(t *testing.T) {
	b := newTrade(t)
	d := b.deal(t, "Zolder", 990_000)
	request := ops.NewRequestKey()
	for range 2 {
		if _, err := b.MoveDeal(t.Context(), b.sander, d.ID, d.Version, stageQuote, text.Line{}, request); err != nil {
			t.Fatal(err)
		}
	}
	_, err := b.MoveDeal(t.Context(), b.marit, d.ID, d.Version, stageNegotiation, text.Line{}, ops.NewRequestKey())
	wantKind(t, "moving what moved", err, policy.Conflict)
	d.Next = text.New("tekening sturen")
	_, err = b.UpdateDeal(t.Context(), b.marit, d, ops.NewRequestKey())
	stale, ok := db.AsStaleOf[db.Deal](err)
	if !ok || stale.Theirs.Stage != stageQuote || stale.Mine.Next.String() != "tekening sturen" {
		t.Errorf("%+v, %v", stale, err)
	}
}

// TestDeal_rights: what isn't theirs is absent, whatever they try.
func TestDeal_rights(t *testing.T) {
	b := newTrade(t)
	ctx := t.Context()
	d := b.deal(t, "Keuken", 1_200_000)
	_, err := b.ViewDeal(ctx, b.sofie, d.ID)
	wantKind(t, "another team's deal", err, policy.Absent)
	_, err = b.MoveDeal(ctx, b.sofie, d.ID, 1, stageQuote, text.Line{}, ops.NewRequestKey())
	wantKind(t, "moving another team's deal", err, policy.Absent)
	mine := db.Deal{Customer: b.lead.ID}
	mine.Title = text.New("x")
	_, err = b.CreateDeal(ctx, b.sofie, mine, false, ops.NewRequestKey())
	wantKind(t, "a deal with another team's customer", err, policy.Absent)
	_, err = b.ViewDeal(ctx, b.fatima, d.ID)
	wantKind(t, "finance", err, policy.Denied)
	if s, err := b.ViewDeal(ctx, b.pieter, d.ID); err != nil || s.Title.String() != "Keuken" {
		t.Errorf("privacy with a reason: %v", err)
	}
	_, err = b.ViewDeal(ctx, b.pieter.For(text.Line{}), d.ID)
	wantKind(t, "privacy without a reason", err, policy.Denied)
	d.Title, d.Value = text.New("Keuken (verbeterd)"), 1
	c, err := b.UpdateDeal(ctx, b.pieter, d, ops.NewRequestKey())
	if err != nil || c.After.Title.String() != "Keuken (verbeterd)" || c.After.Value != 1_200_000 {
		t.Errorf("privacy puts words right, and no more: %+v, %v", c.After, err)
	}
	dbtest.Exec(t, `update customers set restricted = true`)
	_, err = b.MoveDeal(ctx, b.sander, d.ID, 2, stageQuote, text.Line{}, ops.NewRequestKey())
	wantKind(t, "using restricted data", err, policy.Invalid)
}

// TestDeal_handOver: deals go with the customer, and come back with it.
func TestDeal_handOver(t *testing.T) {
	b := newTrade(t)
	ctx := t.Context()
	d := b.deal(t, "Badkamer", 700_000)
	if _, err := b.HandOver(ctx, b.sander, []int64{b.lead.ID}, b.sofie.ID); err != nil {
		t.Fatal(err)
	}
	_, err := b.ViewDeal(ctx, b.sander, d.ID)
	wantKind(t, "what was handed over", err, policy.Absent)
	s, err := b.ViewDeal(ctx, b.sofie, d.ID)
	if err != nil || s.Owner != b.sofie.ID {
		t.Errorf("%+v, %v", s.Deal, err)
	}
	if n, err := b.TakeBack(ctx, b.sander, []db.Back{{ID: b.lead.ID, Owner: b.sander.ID}}, b.sofie.ID); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	if s, err := b.ViewDeal(ctx, b.sander, d.ID); err != nil || s.Owner != b.sander.ID {
		t.Errorf("%+v, %v", s.Deal, err)
	}
}

// TestDeal_sealed: nothing that was typed stands in the database.
func TestDeal_sealed(t *testing.T) {
	b := newTrade(t)
	d := b.deal(t, "Kanarie-dakkapel", 700_000)
	if _, err := b.MoveDeal(t.Context(), b.sander, d.ID, 1, stageLost, text.New("Kanarie te duur"), ops.NewRequestKey()); err != nil {
		t.Fatal(err)
	}
	const find = `select count(*) from (select d::text as row from deals d union all select h::text from deal_history h) x
		where row ilike '%kanarie%' or row like '%' || encode('Kanarie', 'hex') || '%'`
	if n := dbtest.Query[int64](t, find); n != 0 {
		t.Errorf("%d rows tell what the deal is about", n)
	}
}

// TestForecastDeals against sums made in the test, for deals drawn by chance.
func TestForecastDeals(t *testing.T) {
	b := newTrade(t)
	ctx := t.Context()
	r := rand.New(rand.NewPCG(1, 2))
	all, err := b.ListPipelines(ctx, b.sander)
	if err != nil || len(all) != 1 || len(all[0].Stages) != 5 {
		t.Fatalf("%+v, %v", all, err)
	}
	type sums struct{ Number, Full, Weighted, Won int64 }
	want := map[string]sums{}
	now := time.Now().UTC()
	for range 60 {
		stage := all[0].Stages[r.IntN(5)]
		d := db.Deal{Customer: b.lead.ID, Value: policy.Cents(r.IntN(2_000_000)), Stage: stage.ID, Expected: time.Date(2031, time.Month(1+r.IntN(4)), 1+r.IntN(28), 0, 0, 0, 0, time.UTC)}
		d.Title, d.Why = text.New("x"), text.New("y")
		if r.IntN(5) == 0 {
			d.Expected = time.Time{}
		}
		if _, err := b.CreateDeal(ctx, b.sander, d, false, ops.NewRequestKey()); err != nil {
			t.Fatal(err)
		}
		month := d.Expected.Format("2006-01")
		if stage.Meaning != policy.StageOpen {
			month = now.Format("2006-01")
		}
		s := want[month]
		switch stage.Meaning {
		case policy.StageOpen:
			s.Number, s.Full, s.Weighted = s.Number+1, s.Full+int64(d.Value), s.Weighted+int64(stage.Weighted(d.Value))
		case policy.StageWon:
			s.Won += int64(d.Value)
		case policy.StageLost:
			continue
		}
		want[month] = s
	}
	months, _, err := b.ForecastDeals(ctx, b.marit, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]sums{}
	for _, m := range months {
		month := time.Time{}
		if m.Month != nil {
			month = *m.Month
		}
		got[month.Format("2006-01")] = sums{m.Number, int64(m.Full), int64(m.Weighted), int64(m.Won)}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if none, _, err := b.ForecastDeals(ctx, b.sofie, 0, 0); err != nil || len(none) != 0 {
		t.Errorf("another team sees %+v, %v", none, err)
	}
}

// TestSavePipeline: the manager sets the stages; a deal in one that is left out
// stays to be moved, and nobody moves one into it.
func TestSavePipeline(t *testing.T) {
	b := newTrade(t)
	ctx := t.Context()
	d := b.deal(t, "Vloer", 100)
	all, err := b.ListPipelines(ctx, b.marit)
	if err != nil {
		t.Fatal(err)
	}
	p := all[0]
	stages := p.Stages
	p.Stages = append([]db.Stage{{Name: text.New("Bezoek"), StageRules: policy.StageRules{Meaning: policy.StageOpen, Probability: 20, Days: 7}}}, stages[1:]...)
	_, err = b.SavePipeline(ctx, b.sander, p)
	wantKind(t, "sales setting stages", err, policy.Denied)
	if _, err := b.SavePipeline(ctx, b.marit, p); err != nil {
		t.Fatal(err)
	}
	_, err = b.SavePipeline(ctx, b.marit, p)
	wantKind(t, "saving over what another saved", err, policy.Conflict)
	board, err := b.DealBoard(ctx, b.sander, db.DealQuery{})
	if err != nil || len(board.Deals.Rows) != 1 || !board.Stage(d.Stage).Retired || board.Pipelines[0].Stages[0].Name.String() != "Bezoek" {
		t.Fatalf("%+v, %v", board, err)
	}
	c, err := b.MoveDeal(ctx, b.sander, d.ID, 1, stageQuote, text.Line{}, ops.NewRequestKey())
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.MoveDeal(ctx, b.sander, d.ID, c.After.Version, stageNew, text.Line{}, ops.NewRequestKey())
	wantKind(t, "moving into a stage that is out of use", err, policy.Invalid)
	fresh := db.Pipeline{Name: text.New("Onderhoud"), Stages: p.Stages[1:]}
	for i := range fresh.Stages {
		fresh.Stages[i].ID, fresh.Stages[i].Name = 0, text.New(fresh.Stages[i].Word)
	}
	if id, err := b.SavePipeline(ctx, b.marit, fresh); err != nil || id == p.ID {
		t.Errorf("%d, %v", id, err)
	}
}
