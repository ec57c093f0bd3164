package ops

import (
	"context"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"time"

	"balie/db"
	"balie/ops/paper"
	"balie/ops/sheet"
	"balie/policy"
)

// FindInvoice gives the id of an invoice from its number as printed, or of a
// draft from its id.
func (o *Ops) FindInvoice(ctx context.Context, actor policy.Actor, ref string) (id int64, err error) {
	series, year, number, ok := policy.ParseInvoiceName(ref)
	if !ok {
		if id, err = strconv.ParseInt(ref, 10, 64); err != nil {
			return 0, policy.Errorf(policy.Invalid, "Give the number of an invoice as it is printed, as 2026-0042, or of a draft from the list.").On("invoice")
		}
		return id, nil
	}
	err = o.act(ctx, actor, policy.InvoiceView, policy.Resource{}, func(tx *db.Tx) error {
		id, err = tx.FindInvoice(ctx, series, year, number)
		tx.About(id)
		return err
	})
	return id, err
}

// PrintInvoice writes an issued invoice as "pdf" or "ubl"; lang is of the PDF.
func (o *Ops) PrintInvoice(ctx context.Context, actor policy.Actor, id int64, form, lang string, w io.Writer) error {
	if form != "pdf" && form != "ubl" {
		return policy.Errorf(policy.Invalid, "Choose pdf or ubl.").On("form")
	}
	p, err := o.printed(ctx, actor, id, form)
	if err != nil {
		return err
	}
	if form == "ubl" {
		return paper.UBL(w, p)
	}
	return paper.PDF(w, p, lang, 0)
}

// printed reads what goes onto paper, and logs that it left.
func (o *Ops) printed(ctx context.Context, actor policy.Actor, id int64, form string) (p paper.Invoice, err error) {
	err = o.act(ctx, actor, policy.InvoiceExport, policy.Resource{}, func(tx *db.Tx) error {
		tx.Detail(form)
		if p.Invoice, err = tx.GetInvoice(ctx, id); err != nil {
			return err
		}
		if p.Number == 0 {
			return policy.Errorf(policy.Conflict, "This is a draft: issue it first, so that it gets its number.")
		}
		if p.Credits != 0 {
			credited, err := tx.GetInvoice(ctx, p.Credits)
			p.Credited = credited.Name()
			return err
		}
		return nil
	})
	return p, err
}

// bookColumns are those of the bookkeeper's file. Amounts are in euros with a
// point, dates as 2026-12-31, whatever the reader's language.
var bookColumns = slices.Concat(
	[]string{"number", "date", "due", "kept_through", "credits", "debtor", "vat_number", "country"},
	[]string{"net_21", "vat_21", "net_9", "vat_9", "net_0", "net_reverse"},
	[]string{"net", "vat", "total", "paid", "credited", "open", "state"},
)

// ExportBooks writes the issued invoices of a year for the bookkeeper as CSV,
// and says how many.
func (o *Ops) ExportBooks(ctx context.Context, actor policy.Actor, year int32, w io.Writer) (n int, err error) {
	if year < 2000 || year > 2200 {
		return 0, policy.Errorf(policy.Invalid, "Give the year of the invoices, as 2026.").On("year")
	}
	err = sheet.WriteCSV(w, bookColumns, o.bookRows(ctx, actor, year, &n), sheet.CSV{Amounts: 8})
	return n, err
}

func (o *Ops) bookRows(ctx context.Context, actor policy.Actor, year int32, n *int) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		var last db.Invoice
		for {
			page, today, err := o.booksAfter(ctx, actor, year, last)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, i := range page {
				*n++
				if !yield(bookRow(i, today), nil) {
					return
				}
				last = i
			}
			if len(page) < exportPage {
				return
			}
		}
	}
}

func (o *Ops) booksAfter(ctx context.Context, actor policy.Actor, year int32, after db.Invoice) (page []db.Invoice, today time.Time, err error) {
	err = o.act(ctx, actor, policy.InvoiceExport, policy.Resource{}, func(tx *db.Tx) error {
		tx.Detail(fmt.Sprintf("books of %d", year))
		if today, err = tx.Today(ctx); err != nil {
			return err
		}
		page, err = tx.ListBooks(ctx, year, after, exportPage)
		return err
	})
	return page, today, err
}

func bookRow(i db.Invoice, today time.Time) []string {
	credits := ""
	if i.Credits != 0 {
		credits = i.Subject.String()
	}
	cells := []string{
		i.Name(), i.IssuedOn.Format(time.DateOnly), i.DueOn.Format(time.DateOnly), i.KeptThrough.Format(time.DateOnly),
		credits, i.Debtor.String(), i.VATNumber.String(), i.Address.Country.String(),
	}
	by := map[policy.VAT]policy.TaxedAt{}
	for _, r := range i.Totals.Rates {
		by[r.VAT] = r
	}
	for _, c := range []policy.Cents{
		by[policy.VATHigh].Net, by[policy.VATHigh].Tax, by[policy.VATLow].Net, by[policy.VATLow].Tax, by[policy.VATZero].Net, by[policy.VATReverse].Net,
		i.Totals.Net, i.Totals.Tax, i.Totals.Total, i.Paid, i.Credited, i.Facts().Open(),
	} {
		cells = append(cells, c.String())
	}
	return append(cells, string(i.Facts().State(today)))
}
