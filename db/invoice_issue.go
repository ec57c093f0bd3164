package db

import (
	"context"
	"time"

	"balie/db/seal"
	"balie/policy"
	"balie/policy/text"
)

// InvoiceTerms are what the organisation decided about its invoices.
type InvoiceTerms struct {
	Series  string
	Days    int // until payment is due
	YearEnd time.Month
	Zone    string
}

// numbered is what issuing gives an invoice.
type numbered struct {
	Number, Year                 *int32
	IssuedOn, DueOn, KeptThrough *time.Time
}

const issueInvoice = `select number, year, issued_on, due_on, kept_through from issue_invoice($1, $2, $3, $4, $5, $6)`

// IssueInvoice makes a draft final: it gets the next number of its series and
// year. Do it last in a transaction: until the end nobody else gets a number.
func (tx *Tx) IssueInvoice(ctx context.Context, i Invoice, t InvoiceTerms) (Invoice, error) {
	n, err := one(collect[numbered](ctx, tx, issueInvoice, i.ID, i.Version, t.Series, t.Days, int(t.YearEnd), t.Zone))
	if err != nil {
		return i, err
	}
	if n.Number == nil {
		return i, policy.Errorf(policy.Conflict, "This is not the draft that you saw, or more would be credited than was invoiced: look at it again.")
	}
	i.Series, i.Number, i.Year = t.Series, *n.Number, *n.Year
	i.IssuedOn, i.DueOn, i.KeptThrough = *n.IssuedOn, *n.DueOn, *n.KeptThrough
	i.Version++
	tx.About(i.ID, "issued")
	return i, nil
}

// Payment is money that came in for an invoice, or went back (below 0).
type Payment struct {
	ID     int64
	PaidOn time.Time
	Amount policy.Cents
	At     time.Time
	Person int32
	Remark text.Line // what the bank says, or how it was paid
}

type paymentRow struct {
	ID       int64
	PaidOn   time.Time
	Amount   policy.Cents
	At       time.Time
	PersonID int32
	Body     []byte
}

const (
	paymentPlace   = "payments.body"
	selectPayments = `select id, paid_on, amount, at, person_id, body from payments where invoice_id = $1 order by paid_on, id`
	insertPayment  = `insert into payments (invoice_id, paid_on, amount, person_id, request, body) values ($1, $2, $3, $4, $5, $6)`
)

// ListPayments are those of an invoice, in order.
func (tx *Tx) ListPayments(ctx context.Context, invoice int64) ([]Payment, error) {
	key, err := tx.invoiceKey(ctx, invoice)
	if err != nil {
		return nil, err
	}
	rows, err := collect[paymentRow](ctx, tx, selectPayments, invoice)
	all := make([]Payment, len(rows))
	for n, r := range rows {
		if all[n], err = openPayment(key, r); err != nil {
			return nil, err
		}
	}
	return all, err
}

func openPayment(key seal.DataKey, r paymentRow) (Payment, error) {
	remark, err := key.Open(paymentPlace, r.Body)
	return Payment{r.ID, r.PaidOn, r.Amount, r.At, r.PersonID, text.New(string(remark))}, err
}

// AddPayment writes one.
func (tx *Tx) AddPayment(ctx context.Context, invoice int64, p Payment, request [16]byte) error {
	key, err := tx.invoiceKey(ctx, invoice)
	if err != nil {
		return err
	}
	tx.About(invoice, "paid")
	_, err = tx.Exec(ctx, insertPayment, invoice, p.PaidOn, p.Amount, tx.Actor.ID, request, key.Seal(paymentPlace, []byte(p.Remark.String())))
	return err
}

// RemindInvoice counts a reminder of a late invoice, at most one a day.
func (tx *Tx) RemindInvoice(ctx context.Context, id int64, zone string) (nth int16, err error) {
	var n *int16
	if err := tx.QueryRow(ctx, `select remind_invoice($1, $2)`, id, zone).Scan(&n); err != nil {
		return 0, err
	}
	if n == nil {
		return 0, policy.Errorf(policy.Conflict, "This invoice is not overdue, or a reminder was made today already.")
	}
	tx.About(id, "reminded")
	return *n, nil
}
