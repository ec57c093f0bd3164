package db

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/db/seal"
	"balie/policy"
	"balie/policy/text"
)

// PastInvoice is an invoice of another system: history that nobody changes here,
// outside our own series.
type PastInvoice struct {
	ID                    int64
	Customer              int64 // 0: none of ours, or erased
	Scope                 int32 // the customer's owner
	IssuedOn, DueOn       time.Time
	KeptThrough           time.Time
	Net, Tax, Total, Paid policy.Cents
	Import                int64
	PastInvoiceHead
}

// PastInvoiceHead is the sealed part.
type PastInvoiceHead struct {
	Number  text.Line  `json:"n"`
	Debtor  text.Line  `json:"d"`
	Subject text.Line  `json:"s,omitzero"`
	Remark  text.Block `json:"r,omitzero"`
}

const (
	pastInvoicePlace  = "past_invoices.head"
	insertPastInvoice = `insert into past_invoices (id, customer_id, scope, issued_on, due_on, kept_through, net, tax, total, paid, created_at, created_by, import_id, request, head)
		values ($1, nullif($2::bigint, 0), $3, $4::date, $5::date, $6::date, $7, $8, $9, $10, $11, $12, $13, $14, $15)`
	selectPastCustomers = `select token, customer_id, scope from past_customers($1)`
)

// AddPastInvoice writes one. Its customer must come from FindForInvoice.
func (tx *Tx) AddPastInvoice(ctx context.Context, p PastInvoice, request [16]byte) error {
	if err := tx.QueryRow(ctx, `select nextval('subject_ids')`).Scan(&p.ID); err != nil {
		return err
	}
	yearEnd, err := tx.Setting(ctx, policy.BookYearEnd)
	if err != nil {
		return err
	}
	kept := policy.KeptThrough(p.IssuedOn, time.Month(yearEnd.Int()))
	key, wrapped := tx.store.Keys.NewKey(p.ID)
	batch := &pgx.Batch{}
	batch.Queue(insertPastInvoice, p.ID, p.Customer, p.Scope, p.IssuedOn, orNull(p.DueOn), kept, p.Net, p.Tax, p.Total, p.Paid,
		tx.Now, tx.Actor.ID, p.Import, request, sealJSON(key, pastInvoicePlace, p.PastInvoiceHead))
	batch.Queue(insertKey, p.ID, wrapped.Epoch, wrapped.Key)
	if p.Customer != 0 {
		tx.Saw(p.Customer)
	}
	return tx.SendBatch(ctx, batch).Close()
}

// FindForInvoice is FindExact for finance, which sees no customers: it tells who
// an invoice is of where that is one customer, and whose customer that is.
func (tx *Tx) FindForInvoice(ctx context.Context, all []Exact) (found map[Exact][]int64, scopes map[int64]int32, err error) {
	tokens, of := tx.exactOnes(all)
	rows, err := collect[pastCustomer](ctx, tx, selectPastCustomers, tokens)
	found, scopes = map[Exact][]int64{}, map[int64]int32{}
	for _, r := range rows {
		found[of[r.Token]], scopes[r.CustomerID] = []int64{r.CustomerID}, r.Scope
	}
	return found, scopes, err
}

type pastCustomer struct {
	Token, CustomerID int64
	Scope             int32
}

type pastInvoiceRow struct {
	ID, CustomerID        int64
	IssuedOn, KeptThrough time.Time
	DueOn                 *time.Time
	Net, Tax, Total, Paid policy.Cents
	Head                  []byte
	KekEpoch              int
	Wrapped               []byte
}

const (
	pastInvoiceSQL = `select i.id, coalesce(i.customer_id, 0) as customer_id, i.issued_on, i.kept_through, i.due_on, i.net, i.tax, i.total, i.paid, i.head, k.kek_epoch, k.wrapped
		from past_invoices i join subject_keys k on k.subject_id = i.id `
	selectPastInvoices = pastInvoiceSQL + `where (i.issued_on, i.id) < (coalesce($1, 'infinity'::date), $2) order by i.issued_on desc, i.id desc limit $3`
)

// ListPastInvoices are those after one, the latest first.
func (tx *Tx) ListPastInvoices(ctx context.Context, after PastInvoice, most int) ([]PastInvoice, error) {
	if after.ID == 0 {
		after.ID = 1<<63 - 1
	}
	return tx.pastInvoices(ctx, selectPastInvoices, orNull(after.IssuedOn), after.ID, most)
}

func (tx *Tx) pastInvoices(ctx context.Context, sql string, args ...any) ([]PastInvoice, error) {
	rows, err := collect[pastInvoiceRow](ctx, tx, sql, args...)
	if err != nil {
		return nil, err
	}
	all := make([]PastInvoice, len(rows))
	for n, r := range rows {
		all[n] = PastInvoice{ID: r.ID, Customer: r.CustomerID, IssuedOn: r.IssuedOn, DueOn: orZero(r.DueOn), KeptThrough: r.KeptThrough, Net: r.Net, Tax: r.Tax, Total: r.Total, Paid: r.Paid}
		key, err := tx.store.Keys.Unwrap(r.ID, seal.Wrapped{Epoch: r.KekEpoch, Key: r.Wrapped})
		if err != nil {
			return nil, err
		}
		if err := openJSON(key, pastInvoicePlace, r.Head, &all[n].PastInvoiceHead); err != nil {
			return nil, err
		}
		if r.CustomerID != 0 {
			tx.Saw(r.CustomerID)
		}
	}
	return all, nil
}
