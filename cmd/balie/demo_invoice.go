package main

import (
	"context"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// letterhead is the sample firm's. Nobody has its numbers.
var letterhead = []struct {
	key   policy.SettingKey
	value policy.SettingValue
}{
	{policy.OrgName, "Van Vliet Keukens en Vloeren BV"},
	{policy.OrgStreet, "Nijverheidsweg 14"},
	{policy.OrgPostcode, "3534 AM"},
	{policy.OrgCity, "Utrecht"},
	{policy.OrgCountry, "NL"},
	{policy.OrgMail, "facturen@vanvliet.example"},
	{policy.OrgKvK, "12345678"},
	{policy.OrgVAT, "NL123456782B01"},
	{policy.OrgIBAN, "NL91ABNA0417164300"},
}

// What the sample firm sells.
var goods = []struct {
	what  string
	price policy.Cents
	vat   policy.VAT
}{
	{"Keukenblok op maat", 489_500, policy.VATHigh},
	{"Tegels 60 × 60, per m²", 4_995, policy.VATHigh},
	{"Eiken vloer, per m²", 8_750, policy.VATHigh},
	{"Badkamermeubel met wastafel", 129_900, policy.VATHigh},
	{"Plaatsen, per uur", 6_250, policy.VATHigh},
	{"Stukadoorswerk in een woning, per uur", 5_400, policy.VATLow},
}

var works = []string{"keuken", "badkamer, tweede termijn", "vloer", "meerwerk"}

// sampleInvoices is for how many customers there is an invoice, the first a
// year ago.
const sampleInvoices = 40

// invoice gives the sample firm a letterhead and a year of invoices.
func (d demo) invoice(ctx context.Context, o *ops.Ops, ownerURL string, people map[string]policy.Actor) error {
	for _, l := range letterhead {
		if err := o.Decide(ctx, people["anna"], l.key, l.value, text.New("letterhead")); err != nil {
			return err
		}
	}
	debtors, err := o.FindCustomers(ctx, people["sander"], db.Query{Sort: db.ByActivity, Status: policy.Client, Limit: sampleInvoices})
	if err != nil {
		return err
	}
	b := billing{o, people["fatima"], rand.New(rand.NewPCG(sampleSeed, 1))}
	for n, c := range debtors.Rows {
		if err := o.AskInvoice(ctx, people["sander"], c.ID, text.New(works[n%len(works)]), text.NewBlock("Zoals in de offerte."), ops.NewRequestKey()); err != nil {
			return err
		}
	}
	issued, err := b.issueAll(ctx)
	if err != nil {
		return err
	}
	if err := spread(ctx, ownerURL); err != nil {
		return err
	}
	return b.settle(ctx, issued)
}

// billing is finance at work.
type billing struct {
	ops    *ops.Ops
	fatima policy.Actor
	r      *rand.Rand
}

// issueAll finishes what sales asked for, all but the last few.
func (b billing) issueAll(ctx context.Context) (issued []db.Invoice, err error) {
	drafts, _, err := b.ops.ListInvoices(ctx, b.fatima, db.InvoiceQuery{State: policy.InvoiceDraft, Limit: sampleInvoices})
	if err != nil {
		return nil, err
	}
	for _, d := range drafts.Rows[min(4, len(drafts.Rows)):] {
		i, err := b.ops.EditInvoice(ctx, b.fatima, d.ID, b.fill)
		if err == nil {
			i, err = b.ops.IssueInvoice(ctx, b.fatima, i.ID, i.Version+1)
		}
		if err != nil {
			return nil, err
		}
		issued = append(issued, i)
	}
	return issued, nil
}

// unknown is where somebody lives of whom the books don't say it: finance asked.
var unknown = db.Address{Street: text.New("Kerkstraat 7"), Postcode: text.New("3511 KC"), City: text.New("Utrecht"), Country: text.New("NL")}

// fill writes the lines of a draft.
func (b billing) fill(i *db.Invoice) error {
	if a := i.Address; a.Street.IsZero() || a.Postcode.IsZero() || a.City.IsZero() {
		i.Address = unknown
	}
	for range 1 + b.r.IntN(3) {
		g := goods[b.r.IntN(len(goods))]
		l := policy.InvoiceLine{Quantity: policy.Quantity(500 * (2 + b.r.IntN(20))), Price: g.price, VAT: g.vat}
		if g.price > 100_000 {
			l.Quantity = 1000
		}
		if b.r.IntN(5) == 0 {
			l.Discount = 500
		}
		i.Lines = append(i.Lines, db.InvoiceLine{Text: text.New(g.what), InvoiceLine: l})
	}
	return nil
}

// spread dates the invoices over the year before today, in order of their
// numbers. No act can: an invoice bears the day on which it was issued. So the
// owner of the database does it, and what is of last year gets its numbers.
func spread(ctx context.Context, ownerURL string) error {
	owner, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return err
	}
	defer owner.Close(ctx)
	return pgx.BeginFunc(ctx, owner, func(tx pgx.Tx) error {
		for _, sql := range backdate {
			if _, err := tx.Exec(ctx, sql); err != nil {
				return err
			}
		}
		return nil
	})
}

// backdate is carried out in order; numbers are freed before they are given
// anew, as they are one per year.
var backdate = []string{
	`create temp table dated on commit drop as
		select id, on_day, extract(year from on_day)::int as year, row_number() over (partition by extract(year from on_day) order by number)::int as number
		from (select id, number, issued_on - ((max(number) over () - number) * 10)::int as on_day from invoices where number is not null) i`,
	`update invoices set number = -number where number is not null`,
	`update invoices i set issued_on = d.on_day, due_on = d.on_day + 30, year = d.year, number = d.number,
		kept_through = make_date(d.year + 7, 12, 31), created_at = d.on_day - 1, updated_at = d.on_day from dated d where d.id = i.id`,
	`delete from invoice_numbers`,
	`insert into invoice_numbers select series, year, max(number), max(issued_on) from invoices where number is not null group by 1, 2`,
}

// settle has most of the older ones paid, one in parts, and credits one.
func (b billing) settle(ctx context.Context, issued []db.Invoice) error {
	for n, i := range slices.Backward(issued) {
		i, err := b.ops.ViewInvoice(ctx, b.fatima, i.ID)
		if err != nil {
			return err
		}
		switch late := i.Today.Sub(i.DueOn); {
		case n == len(issued)-6:
			err = b.credit(ctx, i.ID)
		case n%7 == 3 && late > 0 && late < 150*24*time.Hour:
			err = b.pay(ctx, i, i.Totals.Total/2, 20)
		case n%9 != 2 && late > -10*24*time.Hour:
			err = b.pay(ctx, i, i.Totals.Total, 18)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (b billing) pay(ctx context.Context, i ops.InvoiceSight, amount policy.Cents, days int) error {
	day := i.IssuedOn.AddDate(0, 0, days)
	if day.After(i.Today) {
		day = i.Today
	}
	return b.ops.PayInvoice(ctx, b.fatima, i.ID, db.Payment{PaidOn: day, Amount: amount, Remark: text.New("bank " + i.Name())}, ops.NewRequestKey())
}

func (b billing) credit(ctx context.Context, id int64) error {
	note, err := b.ops.CreditInvoice(ctx, b.fatima, id, ops.NewRequestKey())
	if err == nil {
		_, err = b.ops.IssueInvoice(ctx, b.fatima, note.ID, note.Version)
	}
	return err
}
