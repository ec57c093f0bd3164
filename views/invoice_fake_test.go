package views

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// fakeBook is a book with an invoice in each state.
type fakeBook struct {
	invoices []db.Invoice
	payments map[int64][]db.Payment
	asks     []string // what sales asked for
}

func bill(id int64, number int32, issued int, debtor, subject string, lines ...db.InvoiceLine) db.Invoice {
	i := db.Invoice{ID: id, Version: 1, CreatedAt: noon.AddDate(0, 0, -issued)}
	i.Debtor, i.Subject, i.Lines = text.New(debtor), text.New(subject), lines
	i.Address = db.Address{Street: text.New("Markt 2"), Postcode: text.New("3511 AA"), City: text.New("Utrecht"), Country: text.New("NL")}
	i.Totals = policy.TotalOf(i.Amounts())
	if number > 0 {
		day := noon.AddDate(0, 0, -issued).Truncate(24 * time.Hour)
		i.Series, i.Year, i.Number, i.IssuedOn, i.DueOn = "F", 2026, number, day, day.AddDate(0, 0, 30)
		i.KeptThrough = policy.KeptThrough(day, time.December)
	}
	return i
}

func lineOf(what string, q policy.Quantity, price policy.Cents, off int64, vat policy.VAT) db.InvoiceLine {
	return db.InvoiceLine{Text: text.New(what), InvoiceLine: policy.InvoiceLine{Quantity: q, Price: price, Discount: off, VAT: vat}}
}

func newFakeBook() fakeBook {
	tiles := lineOf("Tegels 60 × 60, mat antraciet, geleverd op de verdieping", 12_500, 4_995, 1_000, policy.VATHigh)
	work := lineOf("Plaatsen", 16_000, 5_500, 0, policy.VATHigh)
	asked := bill(101, 0, 1, "Ilse Baert", "dakkapel")
	asked.Remark = text.NewBlock("Zoals afgesproken op 3 november.\nIn twee termijnen.")
	late := bill(104, 3, 60, "Fenna van der Meulen-Hoogendoorn", "badkamer", tiles, work)
	late.Paid, late.Reminders, late.RemindedOn = 20_000, 2, noon.AddDate(0, 0, -3)
	paid := bill(105, 2, 70, "Jansen & Zn", "keuken", work)
	paid.Paid = paid.Totals.Total
	credited := bill(106, 1, 80, "Jansen & Zn", "vloer", work)
	credited.Credited = credited.Totals.Total
	note := bill(107, 5, 2, "Jansen & Zn", "Credit F2026-0001", lineOf("Plaatsen", -16_000, 5_500, 0, policy.VATHigh))
	note.Credits, note.Series = 106, "F"
	reverse := bill(103, 4, 10, "Maçonnerie Dubois SPRL", "levering", lineOf("Natuursteen", 3_000, 123_456, 0, policy.VATReverse), work)
	reverse.VATNumber, reverse.Attention, reverse.Reference = text.New("BE0403170701"), text.New("Luc Dubois"), text.New("PO-778")
	reverse.Mail = text.New("inkoop@dubois.example")
	return fakeBook{
		invoices: []db.Invoice{asked, bill(102, 0, 3, "Kuipers BV", "showroom", tiles), note, reverse, late, paid, credited},
		payments: map[int64][]db.Payment{
			104: {{ID: 1, PaidOn: noon.AddDate(0, 0, -20), Amount: 20_000, Person: 3, Remark: text.New("eerste termijn")}},
			105: {{ID: 2, PaidOn: noon.AddDate(0, 0, -50), Amount: paid.Paid, Person: 3}},
		},
	}
}

// find is an invoice by its id.
func (f *fakeActs) bill(id int64) (*db.Invoice, error) {
	if i := slices.IndexFunc(f.book.invoices, func(i db.Invoice) bool { return i.ID == id }); i >= 0 {
		return &f.book.invoices[i], nil
	}
	return nil, policy.ErrAbsent()
}

func (f *fakeActs) ListInvoices(_ context.Context, _ policy.Actor, q db.InvoiceQuery) (page db.InvoicePage, today time.Time, err error) {
	for _, i := range f.book.invoices {
		if (q.State == "" || i.Facts().State(noon) == q.State) && strings.Contains(strings.ToLower(i.Debtor.String()), strings.ToLower(q.Text)) {
			page.Rows = append(page.Rows, i)
		}
	}
	return page, noon, f.did(fmt.Sprintf("invoices %s %s", q.State, q.Text))
}

func (f *fakeActs) ViewInvoice(_ context.Context, _ policy.Actor, id int64) (ops.InvoiceSight, error) {
	i, err := f.bill(id)
	if err != nil {
		return ops.InvoiceSight{}, err
	}
	return ops.InvoiceSight{Invoice: *i, Payments: f.book.payments[id], State: i.Facts().State(noon), Today: noon}, f.did("invoice")
}

func (f *fakeActs) CreateInvoice(_ context.Context, _ policy.Actor, i db.Invoice, key ops.RequestKey) (db.Invoice, error) {
	f.keys = append(f.keys, key)
	if err := ops.CheckInvoice(&i); err != nil {
		return i, err
	}
	i.ID, i.Version, i.Totals = 200+int64(len(f.book.invoices)), 1, policy.TotalOf(i.Amounts())
	f.book.invoices = append(f.book.invoices, i)
	return i, f.did("write invoice")
}

func (f *fakeActs) UpdateInvoice(_ context.Context, _ policy.Actor, i db.Invoice) error {
	if err := ops.CheckInvoice(&i); err != nil {
		return err
	}
	now, err := f.bill(i.ID)
	if err != nil {
		return err
	}
	if now.Version != i.Version {
		return policy.Errorf(policy.Conflict, "stale").Because(&db.StaleOf[db.Invoice]{Mine: i, Theirs: *now})
	}
	i.Totals, i.Version = policy.TotalOf(i.Amounts()), i.Version+1
	*now = i
	return f.did("change invoice")
}

func (f *fakeActs) DropInvoice(_ context.Context, _ policy.Actor, id int64) error {
	f.book.invoices = slices.DeleteFunc(f.book.invoices, func(i db.Invoice) bool { return i.ID == id })
	return f.did("drop invoice")
}

func (f *fakeActs) IssueInvoice(_ context.Context, _ policy.Actor, id int64, version int32) (db.Invoice, error) {
	i, err := f.bill(id)
	if err != nil {
		return db.Invoice{}, err
	}
	if i.Version != version {
		return *i, policy.Errorf(policy.Conflict, "Somebody else changed or issued this draft meanwhile: look at it again.")
	}
	i.Series, i.Year, i.Number, i.IssuedOn, i.DueOn, i.KeptThrough = "F", 2026, 6, noon, noon.AddDate(0, 0, 30), noon.AddDate(7, 0, 0)
	return *i, f.did("issue invoice")
}

func (f *fakeActs) CreditInvoice(_ context.Context, _ policy.Actor, id int64, key ops.RequestKey) (db.Invoice, error) {
	f.keys = append(f.keys, key)
	i, err := f.bill(id)
	if err != nil {
		return db.Invoice{}, err
	}
	c := bill(300, 0, 0, i.Debtor.String(), "Credit "+i.Name())
	c.Credits = id
	f.book.invoices = append(f.book.invoices, c)
	return c, f.did("credit invoice")
}

func (f *fakeActs) PayInvoice(_ context.Context, _ policy.Actor, id int64, p db.Payment, key ops.RequestKey) error {
	f.keys = append(f.keys, key)
	i, err := f.bill(id)
	if err != nil {
		return err
	}
	p.PaidOn = noon
	i.Paid += p.Amount
	f.book.payments[id] = append(f.book.payments[id], p)
	return f.did("pay invoice")
}

func (f *fakeActs) AskInvoice(_ context.Context, _ policy.Actor, customer int64, subject text.Line, remark text.Block, key ops.RequestKey) error {
	f.keys = append(f.keys, key)
	f.book.asks = append(f.book.asks, fmt.Sprint(customer, " ", subject, " ", remark))
	return f.did("ask invoice")
}

func (f *fakeActs) InvoiceStatus(context.Context, policy.Actor, int64) ([]db.Settlement, error) {
	return nil, f.did("invoice status")
}

func (f *fakeActs) InvoiceBooks(context.Context, policy.Actor) (ops.Books, error) {
	b := ops.Books{Today: noon, Owing: []db.Owing{{Late: "current", Number: 12, Open: 1_234_567}, {Late: "30", Number: 3, Open: 99_900}, {Late: "older", Number: 1, Open: 12_345}}}
	for n := range 12 {
		month := time.Date(2025, time.December+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		b.Revenue = append(b.Revenue, db.Revenue{Month: month, Net: policy.Cents(n-1) * 1_234_500})
	}
	return b, f.did("books")
}
