package ops_test

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// books is a firm with a letterhead, somebody in finance, and a salesperson
// with a customer.
type books struct {
	*ops.Ops
	anna, fatima, sander, sofie policy.Actor
	customer                    int64
}

func newBooks(t testing.TB) books {
	t.Helper()
	store := dbtest.New(t)
	b := books{Ops: ops.New(store, slog.New(slog.DiscardHandler))}
	b.anna = dbtest.Person(t, store, "anna", policy.Admin, "")
	b.fatima = dbtest.Person(t, store, "fatima", policy.Finance, "")
	b.sander = dbtest.Person(t, store, "sander", policy.Sales, "north")
	b.sofie = dbtest.Person(t, store, "sofie", policy.Sales, "south")
	if err := store.RebuildSearch(t.Context(), func(_, _ int64) {}); err != nil {
		t.Fatal(err)
	}
	decideLetterhead(t, b.Ops, b.anna)
	c := db.Customer{Kind: policy.Person, Status: policy.Client, Grounds: []policy.Ground{{Purpose: "delivery", Basis: "contract"}}}
	c.Given, c.Family = text.New("Ilse"), text.New("Baert")
	c.Address = db.Address{Street: text.New("Dorpsstraat 1"), Postcode: text.New("3511 AA"), City: text.New("Utrecht"), Country: text.New("NL")}
	made, err := b.CreateCustomer(t.Context(), b.sander, c, ops.NewRequestKey())
	if err != nil {
		t.Fatal(err)
	}
	b.customer = made.ID
	return b
}

// decideLetterhead decides what no invoice goes out without.
func decideLetterhead(t testing.TB, o *ops.Ops, admin policy.Actor) {
	t.Helper()
	for key, value := range map[policy.SettingKey]policy.SettingValue{
		policy.OrgName: "Balie Bouw BV", policy.OrgStreet: "Kade 1", policy.OrgCity: "Utrecht", policy.OrgPostcode: "3511 AA",
		policy.OrgVAT: "BE0403170701", policy.OrgIBAN: "NL91ABNA0417164300",
	} {
		if err := o.Decide(t.Context(), admin, key, value, text.New("letterhead")); err != nil {
			t.Fatal(key, err)
		}
	}
}

func draft(cents policy.Cents) db.Invoice {
	var i db.Invoice
	i.Debtor = text.New("Kuipers BV")
	i.Address = db.Address{Street: text.New("Markt 2"), City: text.New("Gent"), Country: text.New("BE")}
	i.Lines = []db.InvoiceLine{{Text: text.New("advice"), InvoiceLine: policy.InvoiceLine{Quantity: 1000, Price: cents, VAT: policy.VATHigh}}}
	return i
}

func (b books) issued(t testing.TB, cents policy.Cents) db.Invoice {
	t.Helper()
	made, err := b.CreateInvoice(t.Context(), b.fatima, draft(cents), ops.NewRequestKey())
	if err != nil {
		t.Fatal(err)
	}
	made, err = b.IssueInvoice(t.Context(), b.fatima, made.ID, made.Version)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// TestInvoice_life: asked for by sales, written by finance, issued, late,
// reminded, paid in parts, credited.
func TestInvoice_life(t *testing.T) {
	b := newBooks(t)
	ctx := t.Context()
	request := ops.NewRequestKey()
	for range 2 { // the answer to the first was lost
		if err := b.AskInvoice(ctx, b.sander, b.customer, text.New("dakkapel"), text.NewBlock("as agreed"), request); err != nil {
			t.Fatal(err)
		}
	}
	page, _, err := b.ListInvoices(ctx, b.fatima, db.InvoiceQuery{Text: "baert"})
	if err != nil || len(page.Rows) != 1 || page.Rows[0].Debtor.String() != "Ilse Baert" {
		t.Fatalf("what sales asked for: %+v, %v", page, err)
	}
	s, err := b.ViewInvoice(ctx, b.fatima, page.Rows[0].ID)
	if err != nil || s.State != policy.InvoiceDraft || s.Address.City.String() != "Utrecht" {
		t.Fatalf("%+v, %v", s, err)
	}
	_, err = b.IssueInvoice(ctx, b.fatima, s.ID, s.Version)
	wantKind(t, "issuing without lines", err, policy.Invalid)
	s.Lines = draft(10_000).Lines
	if err := b.UpdateInvoice(ctx, b.fatima, s.Invoice); err != nil {
		t.Fatal(err)
	}
	late := s.Invoice
	late.Subject = text.New("mine")
	err = b.UpdateInvoice(ctx, b.fatima, late)
	wantKind(t, "changing what somebody else changed", err, policy.Conflict)
	if stale, ok := db.AsStaleOf[db.Invoice](err); !ok || len(stale.Theirs.Lines) != 1 || stale.Mine.Subject != late.Subject {
		t.Errorf("both versions: %+v", stale)
	}
	issued, err := b.IssueInvoice(ctx, b.fatima, s.ID, s.Version+1)
	if err != nil || issued.Number != 1 || issued.DueOn.Sub(issued.IssuedOn) != 30*24*time.Hour {
		t.Fatalf("%+v, %v", issued, err)
	}
	if want := policy.KeptThrough(issued.IssuedOn, time.December); !issued.KeptThrough.Equal(want) {
		t.Errorf("kept through %v, want %v", issued.KeptThrough, want)
	}
	issued.Lines = nil
	wantKind(t, "changing what is issued", b.UpdateInvoice(ctx, b.fatima, issued), policy.Conflict)
	wantKind(t, "throwing away what is issued", b.DropInvoice(ctx, b.fatima, issued.ID), policy.Absent)
	_, _, err = b.RemindInvoice(ctx, b.fatima, issued.ID, "nl")
	wantKind(t, "reminding of what is in time", err, policy.Conflict)

	dbtest.Exec(t, "update invoices set due_on = due_on - 60, issued_on = issued_on - 60")
	if late, _, err := b.RemindInvoice(ctx, b.fatima, issued.ID, "nl"); err != nil || late.State != policy.InvoiceOverdue || late.Reminders != 1 {
		t.Errorf("%+v, %v", late, err)
	}
	wantStates(t, b, issued.ID, 6_000, policy.InvoiceOverdue)
	wantStates(t, b, issued.ID, 6_100, policy.InvoicePaid)
	note, err := b.CreditInvoice(ctx, b.fatima, issued.ID, ops.NewRequestKey())
	if err != nil {
		t.Fatal(err)
	}
	if note, err = b.IssueInvoice(ctx, b.fatima, note.ID, note.Version); err != nil || note.Number != 2 || note.Totals.Total != -12_100 {
		t.Fatalf("%+v, %v", note, err)
	}
	if s, err = b.ViewInvoice(ctx, b.fatima, issued.ID); err != nil || s.State != policy.InvoiceCredited || s.Facts().Open() != -12_100 {
		t.Errorf("credited and paid: %+v, %v", s.Facts(), err)
	}
	_, err = b.CreditInvoice(ctx, b.fatima, issued.ID, ops.NewRequestKey())
	wantKind(t, "crediting twice", err, policy.Conflict)
	back := db.Payment{Amount: -12_100}
	wantKind(t, "giving back at the credit note", b.PayInvoice(ctx, b.fatima, note.ID, back, ops.NewRequestKey()), policy.Conflict)
	if err := b.PayInvoice(ctx, b.fatima, issued.ID, back, ops.NewRequestKey()); err != nil {
		t.Fatal(err)
	}
	if s, err = b.ViewInvoice(ctx, b.fatima, issued.ID); err != nil || s.Facts().Open() != 0 {
		t.Errorf("credited, and given back: %+v, %v", s.Facts(), err)
	}
}

func wantStates(t *testing.T, b books, id int64, pay policy.Cents, want policy.InvoiceState) {
	t.Helper()
	request := ops.NewRequestKey()
	for range 2 {
		if err := b.PayInvoice(t.Context(), b.fatima, id, db.Payment{Amount: pay, Remark: text.New("bank")}, request); err != nil {
			t.Fatal(err)
		}
	}
	if s, err := b.ViewInvoice(t.Context(), b.fatima, id); err != nil || s.State != want {
		t.Errorf("after %d more: %s with %d open, want %s (%v)", pay, s.State, s.Facts().Open(), want, err)
	}
}

// TestInvoice_gapless: 16 people issue at once, some of them are cut off in the
// middle; the numbers that stand are 1 to n, each once.
func TestInvoice_gapless(t *testing.T) {
	b := newBooks(t)
	var all sync.WaitGroup
	var broken, done int
	var mu sync.Mutex
	for range 16 {
		all.Go(func() {
			for n := range 6 {
				made, err := b.CreateInvoice(t.Context(), b.fatima, draft(100), ops.NewRequestKey())
				if err != nil {
					t.Error(err)
					return
				}
				ctx, cancel := context.WithCancel(t.Context())
				if n%2 == 0 { // somewhere on its way
					time.AfterFunc(time.Duration(rand.IntN(80))*time.Millisecond, cancel)
				}
				_, err = b.IssueInvoice(ctx, b.fatima, made.ID, made.Version)
				cancel()
				mu.Lock()
				if err != nil {
					broken++
				} else {
					done++
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	t.Logf("%d issued, %d cut off", done, broken)
	if broken == 0 || done == 0 {
		t.Error("nothing was cut off, or nothing issued: this test shows nothing")
	}
	n := dbtest.Query[int64](t, "select count(*) from invoices where number is not null")
	if last := dbtest.Query[int64](t, "select max(number) from invoices"); last != n || int(n) < done {
		t.Errorf("%d invoices, the last is number %d; %d were told of", n, last, done)
	}
	if after := b.issued(t, 100); int64(after.Number) != n+1 {
		t.Errorf("the next is number %d after %d", after.Number, n)
	}
}

// TestInvoice_rowSecurity: whoever gets round the program meets the same rules.
func TestInvoice_rowSecurity(t *testing.T) {
	b := newBooks(t)
	i := b.issued(t, 10_000)
	raw := func(actor policy.Actor, sql string, args ...any) (rows int64, err error) {
		err = b.Store.As(t.Context(), actor, policy.ProfileView, func(tx *db.Tx) error {
			tag, err := tx.Exec(t.Context(), sql, args...)
			rows = tag.RowsAffected()
			return err
		})
		return rows, err
	}
	if n, err := raw(b.fatima, "update invoices set total = 1, net = 1, tax = 0 where id = $1", i.ID); n != 0 {
		t.Errorf("finance changed an issued invoice: %v", err)
	}
	for what, sql := range map[string]string{
		"paid":   "update invoices set paid = total",
		"number": "update invoices set number = 9",
		"count":  "update invoice_numbers set last = 0",
		"remove": "delete from payments",
	} {
		if _, err := raw(b.fatima, sql); err == nil {
			t.Errorf("finance can set %s by hand", what)
		}
	}
	if err := b.AskInvoice(t.Context(), b.sander, b.customer, text.New("x"), text.Block{}, ops.NewRequestKey()); err != nil {
		t.Fatal(err)
	}
	wantKind(t, "asking for another's customer", b.AskInvoice(t.Context(), b.sofie, b.customer, text.New("x"), text.Block{}, ops.NewRequestKey()), policy.Absent)
	for _, who := range []policy.Actor{b.sander, b.sofie} {
		if _, err := raw(who, "select total from invoices"); err == nil {
			t.Error("sales can read amounts")
		}
	}
	mine, err := b.InvoiceStatus(t.Context(), b.sander, b.customer)
	if err != nil || len(mine) != 1 || mine[0].Settled {
		t.Errorf("own customer's: %+v, %v", mine, err)
	}
	if others, err := b.InvoiceStatus(t.Context(), b.sofie, b.customer); err != nil || len(others) != 0 {
		t.Errorf("another's customer's: %+v, %v", others, err)
	}
	_, _, err = b.ListInvoices(t.Context(), b.anna, db.InvoiceQuery{})
	wantKind(t, "an admin listing invoices", err, policy.Denied)
}

// TestInvoice_outlives: the customer goes, what the tax office needs stays.
func TestInvoice_outlives(t *testing.T) {
	b := newBooks(t)
	if err := b.AskInvoice(t.Context(), b.sander, b.customer, text.New("dakkapel"), text.Block{}, ops.NewRequestKey()); err != nil {
		t.Fatal(err)
	}
	page, _, err := b.ListInvoices(t.Context(), b.fatima, db.InvoiceQuery{})
	if err != nil {
		t.Fatal(err)
	}
	i := page.Rows[0]
	i.Lines = draft(500).Lines
	i.Address = draft(1).Address
	if err := b.UpdateInvoice(t.Context(), b.fatima, i); err != nil {
		t.Fatal(err)
	}
	issued, err := b.IssueInvoice(t.Context(), b.fatima, i.ID, i.Version+1)
	if err != nil {
		t.Fatal(err)
	}
	dbtest.Exec(t, "delete from customers where id = $1", b.customer)
	dbtest.Exec(t, "delete from subject_keys where subject_id = $1", b.customer)
	s, err := b.ViewInvoice(t.Context(), b.fatima, issued.ID)
	if err != nil || s.Customer != 0 {
		t.Fatalf("%+v, %v", s, err)
	}
	if diff := cmp.Diff("Ilse Baert", s.Debtor.String()); diff != "" {
		t.Error(diff)
	}
}

// TestListInvoices_pages: every invoice once, drafts first, then the latest.
func TestListInvoices_pages(t *testing.T) {
	b := newBooks(t)
	for range 5 {
		b.issued(t, 100)
	}
	for range 2 {
		if _, err := b.CreateInvoice(t.Context(), b.fatima, draft(100), ops.NewRequestKey()); err != nil {
			t.Fatal(err)
		}
	}
	var got []int32
	q := db.InvoiceQuery{Limit: 2, Text: "kuip"}
	for {
		page, _, err := b.ListInvoices(t.Context(), b.fatima, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range page.Rows {
			got = append(got, i.Number)
		}
		if q.After = page.Next; !page.More {
			break
		}
	}
	if diff := cmp.Diff([]int32{0, 0, 5, 4, 3, 2, 1}, got); diff != "" {
		t.Error(diff)
	}
	for state, want := range map[policy.InvoiceState]int{policy.InvoiceDraft: 2, policy.InvoiceSent: 5, policy.InvoiceOverdue: 0, policy.InvoicePaid: 0} {
		if page, _, err := b.ListInvoices(t.Context(), b.fatima, db.InvoiceQuery{State: state}); err != nil || len(page.Rows) != want {
			t.Errorf("%s: %d, want %d (%v)", state, len(page.Rows), want, err)
		}
	}
	if books, err := b.InvoiceBooks(t.Context(), b.fatima); err != nil || len(books.Owing) != 1 || books.Owing[0].Open != 5*121 || books.Revenue[0].Net != 500 {
		t.Errorf("%+v, %v", books, err)
	}
}
