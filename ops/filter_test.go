package ops_test

import (
	"slices"
	"testing"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// A filter asks about the organisation's own fields, for those who see them
// only: what somebody may not see can't be found out by filtering either.
func TestFilter_own(t *testing.T) {
	b := newTrade(t)
	size := b.field(t, named("Schoen maat", policy.NumberField), policy.Sales, policy.Manager)
	secret := b.field(t, named("Marge", policy.TextField), policy.Manager)
	id := b.lead.ID
	b.put(t, b.sander, id, size, "42,5")
	b.put(t, b.marit, id, secret, "hoog")
	finds := func(a policy.Actor, where string, want ...int64) {
		t.Helper()
		page, err := b.FindCustomers(t.Context(), a, db.Query{Where: where})
		var got []int64
		for _, r := range page.Rows {
			got = append(got, r.ID)
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %s finds %v, want %v: %v", where, a.Login, got, want, err)
		}
	}
	finds(b.sander, "schoen-maat=42,5", id)
	finds(b.sander, "schoen-maat>42 "+size.Key()+"<43", id)
	finds(b.sander, "schoen-maat<=42")
	finds(b.marit, "marge=Hoog schoen-maat=yes", id)
	if _, err := b.FindCustomers(t.Context(), b.sander, db.Query{Where: "marge=hoog"}); policy.KindOf(err) != policy.Invalid {
		t.Errorf("sales filtered by what it may not see: %v", err)
	}
}

// Deals, tasks and invoices are filtered by what stands in them.
func TestFilter_work(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	for _, task := range []db.Task{toDo("offer dormer", b.customer.ID, "2026-01-01"), toDo("ladder", 0, "2099-01-01")} {
		if _, err := b.CreateTask(ctx, b.sander, task, ops.NewRequestKey()); err != nil {
			t.Fatal(err)
		}
	}
	for where, want := range map[string]int{"": 2, "due<today": 1, "due>today": 1, "title~DORM customer~jansen": 1, "customer=empty": 1, "assignee=me kind=todo": 2, "due<today priority=high": 0, "/ladder": 1} {
		all, _, err := b.ListTasks(ctx, b.sander, db.TaskQuery{Span: policy.TasksAll, Where: where})
		if err != nil || len(all) != want {
			t.Errorf("tasks %q: %d, want %d: %v", where, len(all), want, err)
		}
	}
	for where, want := range map[string]int{"": 6, "state=draft": 3, "state=overdue": 3, "state!=draft due<today": 3, "total>100000": 0, "number=empty": 3, "open=0": 0, "date=yes": 3} {
		page, _, err := b.ListInvoices(ctx, b.fatima, db.InvoiceQuery{Where: where})
		if err != nil || len(page.Rows) != want {
			t.Errorf("invoices %q: %d, want %d: %v", where, len(page.Rows), want, err)
		}
	}
	for n, title := range []string{"dormer", "roof"} {
		d := db.Deal{Customer: b.customer.ID, Value: policy.Cents(500_00 * (n + 1))}
		d.Title = text.New(title)
		if _, err := b.CreateDeal(ctx, b.sander, d, false, ops.NewRequestKey()); err != nil {
			t.Fatal(err)
		}
	}
	for where, want := range map[string]string{"sort=value": "dormer roof ", "sort=-value": "roof dormer ", "value>500": "roof ", "value=500..600": "dormer ", "expected=empty closed=empty title~dor": "dormer ", "stage!=nothing owner=sander customer~jansen created=today next=leeg sort=title": "dormer roof "} {
		board, err := b.DealBoard(ctx, b.sander, db.DealQuery{Where: where})
		got := ""
		for _, d := range board.Deals.Rows {
			got += d.Title.String() + " "
		}
		if err != nil || got != want {
			t.Errorf("deals %q: %q, want %q: %v", where, got, want, err)
		}
	}
}

// A status for many is taken back from those that nobody changed since.
func TestSetStatus(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	ids := []int64{b.customer.ID}
	if changed, err := b.SetStatus(ctx, b.sander, ids, policy.Former); err != nil || len(changed) != 1 {
		t.Fatal(changed, err)
	}
	bare, err := b.CreateCustomer(ctx, b.sander, b.client("Kaal"), ops.NewRequestKey())
	if err != nil {
		t.Fatal(err)
	}
	dbtest.Exec(t, "delete from bases where customer_id = $1", bare.ID)
	left, err := b.LeaveOut(ctx, b.sander, []int64{b.customer.ID, bare.ID})
	if err != nil || len(left) != 1 || left[0].ID != bare.ID || left[0].Why != policy.WhyGroundless {
		t.Errorf("left out %+v: %v", left, err)
	}
	if changed, err := b.SetStatus(ctx, b.sander, []int64{bare.ID}, policy.Former); err != nil || len(changed) != 0 {
		t.Errorf("what stands on nothing was used: %v, %v", changed, err)
	}
	if changed, err := b.SetStatus(ctx, b.sofie, ids, policy.Lead); err != nil || len(changed) != 0 {
		t.Errorf("a colleague changed %v: %v", changed, err)
	}
	was := []db.StatusOf{{ID: b.customer.ID, Status: policy.Client}}
	if n, err := b.UndoStatus(ctx, b.sander, was); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	if c, err := b.GetCustomer(ctx, b.sander, b.customer.ID); err != nil || c.Status != policy.Client {
		t.Errorf("%v %v", c.Status, err)
	}
	if _, err := b.UndoStatus(ctx, b.marit, was); policy.KindOf(err) != policy.Conflict {
		t.Errorf("somebody else took it back: %v", err)
	}
}
