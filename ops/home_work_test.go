package ops_test

import (
	"context"
	"testing"
	"time"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

func init() {
	acts["WhoToCall"] = func(ctx context.Context, b bench) error {
		_, err := b.WhoToCall(ctx, b.sander)
		return err
	}
	acts["LookAtRows"] = func(ctx context.Context, b bench) error {
		_, err := b.LookAtRows(ctx, b.sander, []int64{b.customer.ID})
		return err
	}
	acts["TeamFigures"] = func(ctx context.Context, b bench) error {
		_, err := b.TeamFigures(ctx, b.marit)
		return err
	}
}

// Each figure of a first screen is that of the list to which it leads.
func TestHome_FiguresAreTheirLists(t *testing.T) {
	b := newBench(t)
	add := func(who policy.Actor, name string, stage int32, euro int, days int) int64 {
		t.Helper()
		c, err := b.CreateCustomer(t.Context(), who, b.client(name), ops.NewRequestKey())
		if err != nil {
			t.Fatal(err)
		}
		d := db.Deal{Customer: c.ID, Stage: stage, Value: policy.Cents(euro * 100), StageSince: time.Now().AddDate(0, 0, -days)}
		d.Title = text.New("Dakkapel " + name)
		if days < 40 {
			d.Expected = policy.Day(time.Now().AddDate(0, 1, 0))
		}
		if _, err := b.CreateDeal(t.Context(), who, d, false, ops.NewRequestKey()); err != nil {
			t.Fatal(err)
		}
		return c.ID
	}
	quiet := add(b.sander, "Quiet", 1, 1000, 5)
	add(b.sander, "Late", 1, 2000, 60)
	add(b.sofie, "Sofie's", 2, 4000, 60)
	add(b.sofie, "Fresh", 2, 8000, 14) // not a day too long
	unheard, err := b.CreateCustomer(t.Context(), b.sander, b.client("Unheard"), ops.NewRequestKey())
	if err != nil {
		t.Fatal(err)
	}
	// Time passes by moving what was written.
	dbtest.Exec(t, `update customers set last_activity = now() - interval '20 days' where id = $1`, quiet)
	dbtest.Exec(t, `update customers set last_activity = now() - interval '100 days' where id = $1`, unheard.ID)

	calls, err := b.WhoToCall(t.Context(), b.sander)
	if err != nil || len(calls.Clients) != 1 || calls.Clients[0].ID != unheard.ID {
		t.Errorf("unheard of: %+v, %v", calls.Clients, err)
	}
	found := false
	for _, r := range calls.Deals {
		found = found || r.ID == quiet
	}
	if !found {
		t.Errorf("quiet with a deal: %+v", calls.Deals)
	}
	dbtest.Exec(t, `update customers set restricted = true where id = any($1)`, []int64{quiet, unheard.ID})
	if calls, err = b.WhoToCall(t.Context(), b.sander); err != nil || len(calls.Clients) != 0 {
		t.Errorf("whose data are restricted is to be called: %+v, %v", calls, err)
	}
	if calls, err = b.WhoToCall(t.Context(), b.sofie); err != nil || len(calls.Clients) != 0 {
		t.Errorf("another's customers are to be called: %+v, %v", calls, err)
	}

	team, err := b.TeamFigures(t.Context(), b.marit)
	if err != nil {
		t.Fatal(err)
	}
	board := func(q db.DealQuery) (n int64, sum policy.Cents) {
		page, err := b.DealBoard(t.Context(), b.marit, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range page.Deals.Rows {
			n, sum = n+1, sum+d.Value
		}
		return n, sum
	}
	if n, sum := board(db.DealQuery{Ageing: true}); n != 2 || team.All != (db.Late{Number: n, Value: sum}) || len(team.Late) != 2 {
		t.Errorf("too long are %d of %s, the figure says %+v", n, sum, team.All)
	}
	for _, m := range team.Months {
		if m.Month == nil {
			continue
		}
		if n, sum := board(db.DealQuery{Expected: *m.Month}); n != m.Number || sum != m.Full || n != 2 {
			t.Errorf("of %s there are %d of %s, the figure says %+v", m.Month, n, sum, m)
		}
	}
	pipe, err := b.PipelineSums(t.Context(), b.marit)
	if err != nil || len(pipe.Sums) != 2 {
		t.Fatalf("%+v, %v", pipe.Sums, err)
	}
	for _, s := range pipe.Sums {
		if n, sum := board(db.DealQuery{Stage: s.Stage}); n != s.Number || sum != s.Value {
			t.Errorf("in stage %d are %d of %s, the figure says %+v", s.Stage, n, sum, s)
		}
	}
	if len(team.Doings) != 3 {
		t.Errorf("of the team did something: %+v", team.Doings)
	}

	books, err := b.InvoiceBooks(t.Context(), b.fatima)
	if err != nil || len(books.Owing) == 0 {
		t.Fatalf("%+v, %v", books, err)
	}
	for _, o := range books.Owing {
		page, _, err := b.ListInvoices(t.Context(), b.fatima, db.InvoiceQuery{Late: o.Late})
		if err != nil || int64(len(page.Rows)) != o.Number {
			t.Errorf("late by %s are %d, the figure says %d: %v", o.Late, len(page.Rows), o.Number, err)
		}
	}
	for _, r := range books.Revenue {
		page, _, err := b.ListInvoices(t.Context(), b.fatima, db.InvoiceQuery{Month: r.Month})
		var net policy.Cents
		for _, i := range page.Rows {
			net += i.Totals.Net
		}
		if err != nil || net != r.Net {
			t.Errorf("of %s the list has %s, the figure says %s: %v", r.Month, net, r.Net, err)
		}
	}
}
