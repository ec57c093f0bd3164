package ops_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// TestCustomerCounts: what an auditor reads is what there is, whichever way
// customers came, changed and went, and after it was put together.
func TestCustomerCounts(t *testing.T) {
	d := newDesk(t)
	arend := dbtest.Person(t, d.Store, "arend", policy.Auditor, "")
	equal := func() bool {
		t.Helper()
		counts, err := d.CustomerCounts(t.Context(), arend)
		if err != nil {
			t.Fatal(err)
		}
		told := ""
		for _, c := range counts {
			told += fmt.Sprintf("%d/%d/%d: %d\n", c.Owner, c.Status, c.Kind, c.N)
		}
		return told == dbtest.Query[string](t, `select string_agg(format(E'%s/%s/%s: %s\n', scope, status, kind, n), '' order by scope, status, kind)
			from (select scope, status, kind, count(*) n from customers group by 1, 2, 3) c`)
	}
	for i := range 5 {
		c := db.Customer{Kind: policy.Person, Status: policy.Lead, Grounds: d.customer.Grounds}
		c.Family = text.New(fmt.Sprintf("Vries%d", i))
		if _, err := d.CreateCustomer(t.Context(), d.sander, c, ops.NewRequestKey()); err != nil {
			t.Fatal(err)
		}
	}
	for _, sql := range []string{
		"update customers set status = 2 where id % 2 = 0", "update customers set version = version + 1",
		"update customers set scope = " + fmt.Sprint(d.sofie.ID) + " where id % 3 = 0", "delete from customers where id % 5 = 0",
		"update customers set archived_at = now() where id % 2 = 1",
		"insert into customer_tally (scope, status, kind, archived, n) select 1, 1, 1, false, x from generate_series(1, 600), unnest(array[1, -1]) x",
	} {
		if dbtest.Exec(t, sql); !equal() {
			t.Errorf("after %s", sql)
		}
	}
	err := d.Store.As(t.Context(), policy.System(policy.Clock), policy.RetentionArchive, func(tx *db.Tx) error {
		_, err := tx.FoldTallies(t.Context())
		return err
	})
	if n := dbtest.Query[int](t, "select count(*) from customer_tally"); err != nil || n > 10 || !equal() {
		t.Errorf("put together in %d rows: %v", n, err)
	}
	dbtest.Exec(t, "drop trigger tally_changed on customers")
	if dbtest.Exec(t, "update customers set status = 3"); equal() {
		t.Error("a change that was not counted is not found")
	}
}

// TestForecastDeals_tallied: what a forecast says of open deals is what weighing
// them one by one says, whichever way they came, moved and went, at any
// probability, and after it was put together.
func TestForecastDeals_tallied(t *testing.T) {
	b := newTrade(t)
	const oneByOne = `select coalesce(string_agg(format(E'%s: %s %s %s\n', month, n, value, weighted), '' order by month), '') from
		(select date_trunc('month', expected)::date as month, count(*) as n, sum(value) as value, sum(round(value * probability / 100.0)) as weighted
		from deals d join stages s on s.id = d.stage_id join people p on p.id = d.scope where closed_at is null and p.team_id = $1 group by 1) x`
	equal := func(who policy.Actor) bool {
		t.Helper()
		months, _, err := b.ForecastDeals(t.Context(), who, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		told := ""
		for _, m := range months {
			if m.Number > 0 {
				told += fmt.Sprintf("%s: %d %d %d\n", orBlank(m.Month), m.Number, m.Full, m.Weighted)
			}
		}
		return told == dbtest.Query[string](t, oneByOne, dbtest.Query[int32](t, "select team_id from people where id = $1", who.ID))
	}
	r := rand.New(rand.NewPCG(3, 4))
	for i := range 40 {
		d := db.Deal{Customer: b.lead.ID, Value: policy.Cents(r.IntN(5000)), Stage: int32(1 + r.IntN(3)), Expected: policy.Day(time.Now()).AddDate(0, r.IntN(3), 0)}
		if d.Title = text.New("x"); i%5 == 0 {
			d.Expected = time.Time{}
		}
		if _, err := b.CreateDeal(t.Context(), b.sander, d, false, ops.NewRequestKey()); err != nil {
			t.Fatal(err)
		}
	}
	sofie := fmt.Sprint(b.sofie.ID)
	for _, sql := range []string{
		"update deals set value = value + 7 where id % 3 = 0", "update deals set expected = expected + 40 where id % 4 = 0",
		"update deals set stage_id = 1 + stage_id % 3", "update stages set probability = 33 where id = 1", "update stages set probability = 50 where id = 2",
		"update deals set closed_at = now(), stage_id = 4 where id % 5 = 0", "update deals set closed_at = null, stage_id = 2 where id % 10 = 0",
		"update deals set scope = " + sofie + " where id % 7 = 0", "update deals set version = version + 1", "delete from deals where id % 6 = 0",
		"insert into deal_tally (scope, owner, stage_id, cents, n, value) select 1, 1, 1, 0, x, 100 * x from generate_series(1, 600), unnest(array[1, -1]) x",
	} {
		if dbtest.Exec(t, sql); !equal(b.marit) {
			t.Errorf("after %s", sql)
		}
	}
	err := b.Store.As(t.Context(), policy.System(policy.Clock), policy.RetentionArchive, func(tx *db.Tx) error {
		_, err := tx.FoldTallies(t.Context())
		return err
	})
	if n := dbtest.Query[int](t, "select count(*) from deal_tally"); err != nil || n > 40 || !equal(b.marit) {
		t.Errorf("put together in %d rows: %v", n, err)
	}
	dbtest.Exec(t, "drop trigger tally_moved on deals")
	if dbtest.Exec(t, "update deals set value = value + 100"); equal(b.marit) {
		t.Error("a change that was not counted is not found")
	}
}

// orBlank is a month as PostgreSQL writes it.
func orBlank(month *time.Time) string {
	if month == nil {
		return ""
	}
	return month.Format(time.DateOnly)
}
