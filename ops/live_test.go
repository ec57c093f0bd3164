package ops_test

import (
	"testing"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
)

// A screen that looks again because of a colleague leaves a row in the log only
// when it shows somebody new, or the session looks by its own doing.
func TestLooking_Log(t *testing.T) {
	b := newBench(t)
	sander := b.sander
	sander.Session = "s1"
	rows := func() int64 {
		return dbtest.Query[int64](t, `select count(*) from audit where act = 'customer.list'`)
	}
	look := func(who policy.Actor, want int64, why string) {
		t.Helper()
		before := rows()
		if _, err := b.FindCustomers(t.Context(), who, db.Query{}); err != nil {
			t.Fatal(err)
		}
		if got := rows() - before; got != want {
			t.Errorf("%s: %d rows, want %d", why, got, want)
		}
	}
	look(sander.Looking(), 1, "nothing is known of the session: it is logged")
	look(sander, 1, "by one's own doing")
	look(sander.Looking(), 0, "the same page again")
	other := sander
	other.Session = "s2"
	look(other.Looking(), 1, "another session")
	if _, err := b.CreateCustomer(t.Context(), sander, b.client("Nieuw"), ops.NewRequestKey()); err != nil {
		t.Fatal(err)
	}
	look(sander.Looking(), 1, "somebody new")
	look(sander.Looking(), 0, "who is known by now")
	b.Store.ForgetSession("s1")
	look(sander.Looking(), 1, "a session that ended is not remembered")

	// What changes something is logged whatever the flag says.
	before := dbtest.Query[int64](t, `select count(*) from audit`)
	c, err := b.GetCustomer(t.Context(), sander, b.customer.ID)
	if err != nil {
		t.Fatal(err)
	}
	c.Status = policy.Former
	if _, err := b.UpdateCustomer(t.Context(), sander.Looking(), c, ops.NewRequestKey()); err != nil {
		t.Fatal(err)
	}
	if got := dbtest.Query[int64](t, `select count(*) from audit`) - before; got != 2 {
		t.Errorf("a look and a change left %d rows", got)
	}
}
