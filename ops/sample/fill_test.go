package sample

import (
	"log/slog"
	"testing"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
)

func TestFill(t *testing.T) {
	store := dbtest.New(t)
	sander := dbtest.Person(t, store, "sander", policy.Sales, "Binnendienst")
	marit := dbtest.Person(t, store, "marit", policy.Manager, "Binnendienst")
	o := ops.New(store, slog.New(slog.DiscardHandler))
	const n = 700
	last := 0
	err := New(1, now, nil).Fill(t.Context(), o, []Share{{sander, 1}, {marit, 2}}, n, func(done, total int) {
		if done <= last || total != n {
			t.Errorf("progress %d of %d after %d", done, total, last)
		}
		last = done
	})
	if err != nil || last != n {
		t.Fatalf("%d of %d: %v", last, n, err)
	}
	if err := Plan(t.Context(), o, sander); err != nil {
		t.Fatal(err)
	}
	if err := store.RebuildSearch(t.Context(), func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct {
		what, sql string
		from, to  int64
	}{
		{"customers", `select count(*) from customers`, n, n},
		{"sander's", `select count(*) from customers c join people p on p.id = c.scope where p.login = 'sander'`, n / 5, n / 2},
		{"memberships", `select count(*) from memberships m join customers c on c.id = m.company_id and c.kind = 2`, n / 5, n},
		{"private notes", `select count(*) from notes where private`, 1, privateNotes},
		{"tasks", `select count(*) from tasks`, 11, 11},
		{"activities", `select count(*) from activities`, 5, 5},
		{"grounds", `select count(distinct customer_id) from bases`, n, n},
	} {
		if got := dbtest.Query[int64](t, want.sql); got < want.from || got > want.to {
			t.Errorf("%s: %d, want %d to %d", want.what, got, want.from, want.to)
		}
	}
	page, err := o.FindCustomers(t.Context(), sander, db.Query{Limit: 50})
	if err != nil || len(page.Rows) != 50 {
		t.Fatalf("sander sees %d: %v", len(page.Rows), err)
	}
}
