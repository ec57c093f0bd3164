package db

import (
	"context"
	"slices"

	"balie/db/seal"
	"balie/policy"
	"balie/policy/text"
)

// Erasing is one customer to be erased.
type Erasing struct {
	ID       int64
	Rule     string // of retention, by which the clock erases; "" for an officer
	Record   []byte // what is kept about the erasure, in the clear
	Suppress bool   // put the addresses and numbers on the suppression list
	Count    bool   // in the figures of who left
}

const (
	eraseSQL     = `select erase_customers($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`
	erasurePlace = "erasures.record"
)

// eraseRows are the arguments of erase_customers, column by column.
type eraseRows struct {
	ids     []int64
	records [][]byte
	rules   []string
	tokens  tokenRows
	bared   []int64
	bodies  [][]byte
	digests [][]byte
	sorts   []string
	marked  []int64
}

// Erase erases customers for good, and gives those that were there: their keys,
// all that was sealed under them, what was derived from them. It is the one way
// to erase: an officer's act and the sweep of retention both come here.
func (tx *Tx) Erase(ctx context.Context, es []Erasing) ([]int64, error) {
	var r eraseRows
	for _, e := range es {
		r.ids, r.rules = append(r.ids, e.ID), append(r.rules, e.Rule)
		r.records = append(r.records, tx.store.Keys.Seal(erasurePlace, e.ID, e.Record))
	}
	seen := len(tx.entry.Subjects)
	cs, err := tx.getCustomers(ctx, selectForUpdate, r.ids)
	if err != nil {
		return nil, err
	}
	if err := tx.eraseTokens(ctx, &r, cs); err != nil {
		return nil, err
	}
	if err := tx.bareInvoices(ctx, &r); err != nil {
		return nil, err
	}
	r.mark(tx.store, es, cs)
	t := r.tokens
	gone, err := tx.ids(ctx, eraseSQL, r.ids, r.records, r.rules, t.tokens, t.scopes, t.buckets, t.ids, orEmpty(r.bared), orEmpty(r.bodies), orEmpty(r.digests), orEmpty(r.sorts), orEmpty(r.marked))
	tx.entry.Subjects = append(tx.entry.Subjects[:seen], gone...) // others were opened by the program, shown to nobody
	if err != nil {
		return nil, err
	}
	return gone, tx.count(ctx, es, cs, gone)
}

func (r *eraseRows) mark(s *Store, es []Erasing, cs []opened) {
	for _, c := range cs {
		if !slices.ContainsFunc(es, func(e Erasing) bool { return e.ID == c.ID && e.Suppress }) {
			continue
		}
		for _, m := range s.marks(c.Customer) {
			r.digests, r.sorts, r.marked = append(r.digests, m.Digest), append(r.sorts, string(m.Sort)), append(r.marked, c.ID)
		}
	}
}

// eraseTokens gathers the search rows of customers, and those by which the
// contacts of a company are found under its name.
func (tx *Tx) eraseTokens(ctx context.Context, r *eraseRows, cs []opened) (err error) {
	if r.tokens, err = tx.tokenRowsOf(ctx, cs); err != nil {
		return err
	}
	companies := map[int64]bool{}
	for _, c := range cs {
		if c.Kind == policy.Company {
			companies[c.ID] = true
		}
	}
	if len(companies) == 0 {
		return nil
	}
	return tx.eraseCompanyNames(ctx, r, companies)
}

const selectContactsOf = `select distinct contact_id from memberships where company_id = any($1)`

func (tx *Tx) eraseCompanyNames(ctx context.Context, r *eraseRows, companies map[int64]bool) error {
	bounds, err := tx.bounds(ctx)
	if err != nil {
		return err
	}
	contacts, err := tx.ids(ctx, selectContactsOf, r.ids)
	if err != nil || len(contacts) == 0 {
		return err
	}
	cs, err := tx.getCustomers(ctx, selectWhole, contacts)
	for _, c := range cs {
		var all, left []string
		for _, m := range c.Companies {
			all = append(all, m.Name.String())
			if !companies[m.Company] {
				left = append(left, m.Name.String())
			}
		}
		r.tokens.add(c.Customer, bucketOf(bounds, c.Customer), without(tx.store.tokens(c.Customer, all), tx.store.tokens(c.Customer, left)))
	}
	return err
}

// bareInvoices seals the bodies of settled invoices anew without the mail
// address: it was for sending them, and is not part of what art. 52 AWR keeps.
// On an unpaid one it stays until it is paid (art. 17(3)(e) GDPR).
func (tx *Tx) bareInvoices(ctx context.Context, r *eraseRows) error {
	rows, err := collect[invoiceRow](ctx, tx, selectOfCustomers, r.ids)
	for _, row := range rows {
		i, openErr := tx.store.openInvoice(row)
		if openErr != nil {
			return openErr
		}
		if i.Number == 0 || i.Owed() {
			continue
		}
		key, openErr := tx.store.Keys.Unwrap(i.ID, seal.Wrapped{Epoch: row.KekEpoch, Key: row.Wrapped})
		if openErr != nil {
			return openErr
		}
		i.Mail = text.Line{}
		r.bared, r.bodies = append(r.bared, i.ID), append(r.bodies, sealJSON(key, invoiceBodyPlace, i.InvoiceBody))
	}
	return err
}

// Owed says that something is still to be paid on it.
func (i Invoice) Owed() bool { return i.Totals.Total-i.Credited-i.Paid > 0 }
