package ops_test

import (
	"fmt"
	"testing"

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
		_, err := tx.FoldTally(t.Context())
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
