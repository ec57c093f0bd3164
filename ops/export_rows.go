package ops

import (
	"context"
	"io"
	"iter"
	"slices"
	"strconv"
	"time"

	"balie/db"
	"balie/ops/sheet"
	"balie/policy"
)

// RowFormats are those in which deals, activities and old invoices are written.
var RowFormats = []string{"csv", "json", "xlsx"}

func checkRowFormat(format string) error {
	if !slices.Contains(RowFormats, format) {
		return policy.Errorf(policy.Invalid, "Choose the format csv, json or xlsx.").On("format")
	}
	return nil
}

// writeRows writes rows under the fields of a schema, so that an import knows
// them again.
func writeRows(w io.Writer, format string, s *sheet.Schema, rows iter.Seq2[sheet.Values, error]) error {
	fields := s.Fields()
	flat := func(yield func([]string, error) bool) {
		for v, err := range rows {
			if !yield(v.Cells(fields), err) {
				return
			}
		}
	}
	switch format {
	case "json":
		return sheet.WriteJSON(w, fields, rows)
	case "xlsx":
		return sheet.WriteWorkbook(w, sheet.Names(fields), flat)
	}
	return sheet.WriteCSV(w, sheet.Names(fields), flat, sheet.CSV{})
}

func row(pairs ...string) sheet.Values {
	v := sheet.Values{}
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			v[sheet.Field(pairs[i])] = []string{pairs[i+1]}
		}
	}
	return v
}

// number is a customer's own number, by which nobody else's is taken for it.
func number(id int64) string { return strconv.FormatInt(id, 10) }

// ExportDeals writes the deals that the actor may see, open and closed. They
// name customers, so that it takes the same word as an export of these.
func (o *Ops) ExportDeals(ctx context.Context, actor policy.Actor, format string, w io.Writer) (n int, err error) {
	if err := checkRowFormat(format); err != nil {
		return 0, err
	}
	if _, err := o.beginExport(ctx, actor, Export{Format: format}); err != nil {
		return 0, err
	}
	rows := func(yield func(sheet.Values, error) bool) {
		for _, closed := range []bool{false, true} {
			q := db.DealQuery{Closed: closed, Limit: pageRows}
			for more := true; more; {
				board, err := o.DealBoard(ctx, actor, q)
				if err != nil {
					yield(nil, err)
					return
				}
				for _, d := range board.Deals.Rows {
					if n++; !yield(dealRow(board, d), nil) {
						return
					}
				}
				q.After, more = board.Deals.Next, board.Deals.More
			}
		}
	}
	return n, writeRows(w, format, sheet.Deals, rows)
}

const pageRows = 200

func dealRow(b Board, d db.Deal) sheet.Values {
	s := b.Stage(d.Stage)
	stage := s.Name.String()
	if stage == "" {
		stage = s.Word
	}
	return row("source_id", number(d.ID), "title", d.Title.String(), "company", d.Name.String(), "company_id", number(d.Customer),
		"value", d.Value.String(), "stage", stage, "expected", dayOf(d.Expected), "closed", momentOf(d.ClosedAt), "created", momentOf(d.CreatedAt), "next_step", d.Next.String())
}

func dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

func momentOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// ExportActivities writes the calls, mails and meetings with the customers that
// the actor may see, on the same word as ExportDeals.
func (o *Ops) ExportActivities(ctx context.Context, actor policy.Actor, format string, w io.Writer) (n int, err error) {
	if err := checkRowFormat(format); err != nil {
		return 0, err
	}
	if _, err := o.beginExport(ctx, actor, Export{Format: format}); err != nil {
		return 0, err
	}
	rows := paged(&n, func(last db.Activity) (all []db.Activity, err error) {
		err = o.act(ctx, actor, policy.ActivityView, policy.Resource{}, func(tx *db.Tx) error {
			all, err = tx.PageActivities(ctx, last.ID, pageRows)
			return err
		})
		return all, err
	}, func(a db.Activity) sheet.Values {
		return row("source_id", number(a.ID), "kind", string(a.Deed), "at", momentOf(a.At), "minutes", strconv.Itoa(a.Minutes), "title", a.Subject.String(),
			"company_id", number(a.Customer), "people", a.People.String(), "outcome", a.Outcome.String(), "note", a.Text.String())
	})
	return n, writeRows(w, format, sheet.Activities, rows)
}

// ExportPastInvoices writes the invoices of other systems.
func (o *Ops) ExportPastInvoices(ctx context.Context, actor policy.Actor, format string, w io.Writer) (n int, err error) {
	if err := checkRowFormat(format); err != nil {
		return 0, err
	}
	rows := paged(&n, func(last db.PastInvoice) (all []db.PastInvoice, err error) {
		err = o.act(ctx, actor, policy.InvoiceExport, policy.Resource{}, func(tx *db.Tx) error {
			all, err = tx.ListPastInvoices(ctx, last, pageRows)
			return err
		})
		return all, err
	}, func(p db.PastInvoice) sheet.Values {
		return row("source_id", number(p.ID), "number", p.Number.String(), "at", dayOf(p.IssuedOn), "due", dayOf(p.DueOn), "company", p.Debtor.String(), "title", p.Subject.String(),
			"net", p.Net.String(), "tax", p.Tax.String(), "total", p.Total.String(), "paid", p.Paid.String(), "note", p.Remark.String())
	})
	return n, writeRows(w, format, sheet.Invoices, rows)
}

// paged yields rows page after page, each of which is asked for anew.
func paged[T any](n *int, page func(last T) ([]T, error), say func(T) sheet.Values) iter.Seq2[sheet.Values, error] {
	return func(yield func(sheet.Values, error) bool) {
		var last T
		for {
			all, err := page(last)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, one := range all {
				if *n++; !yield(say(one), nil) {
					return
				}
			}
			if len(all) < pageRows {
				return
			}
			last = all[len(all)-1]
		}
	}
}
