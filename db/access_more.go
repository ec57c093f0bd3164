package db

import (
	"context"

	"balie/db/seal"
	"balie/policy/text"
)

func (tx *Tx) holdDeals(ctx context.Context, h *Holding) error {
	opened, err := tx.deals(ctx, dealsAbout, h.Customer.ID)
	for _, o := range opened {
		h.Deals = append(h.Deals, o.Deal)
	}
	return err
}

type ownPartRow struct {
	DealID   int64
	Part     []byte
	KekEpoch int
	Wrapped  []byte
}

func (tx *Tx) holdParts(ctx context.Context, h *Holding) error {
	rows, err := collect[ownPartRow](ctx, tx, ownPartsOf, h.Customer.ID)
	for _, r := range rows {
		key, err := tx.store.Keys.Unwrap(h.Customer.ID, seal.Wrapped{Epoch: r.KekEpoch, Key: r.Wrapped})
		if err != nil {
			return err
		}
		part, err := key.Open(dealPartPlace, r.Part)
		if err != nil {
			return err
		}
		h.Parts = append(h.Parts, OwnPart{r.DealID, text.New(string(part))})
	}
	return err
}

type pastOfRow struct {
	Of int64
	pastRow
}

func (tx *Tx) holdChanges(ctx context.Context, h *Holding) (err error) {
	if h.Changes, err = tx.past(ctx, historyOf, h.Customer.ID); err != nil {
		return err
	}
	if h.Merges, err = collect[Absorbed](ctx, tx, mergesOf, h.Customer.ID); err != nil {
		return err
	}
	if h.Moves, err = tx.pastsOf(ctx, h.Customer.ID, dealHistoryPlace, dealPastOf); err != nil {
		return err
	}
	if h.Redone, err = tx.pastsOf(ctx, h.Customer.ID, taskHistoryPlace, taskPastOf); err != nil {
		return err
	}
	h.PutRight, err = tx.pastsOf(ctx, h.Customer.ID, activityHistoryPlace, activityPastOf)
	return err
}

func (tx *Tx) pastsOf(ctx context.Context, customer int64, place, sql string) ([]PastOf, error) {
	rows, err := collect[pastOfRow](ctx, tx, sql, customer)
	all := make([]PastOf, len(rows))
	for i, r := range rows {
		p, err := tx.store.openPast(customer, place, r.pastRow)
		if err != nil {
			return nil, err
		}
		all[i] = PastOf{r.Of, p}
	}
	return all, err
}

type paidRow struct {
	InvoiceID int64
	paymentRow
}

func (tx *Tx) holdInvoices(ctx context.Context, h *Holding) (err error) {
	if h.Invoices, err = tx.invoices(ctx, invoicesAbout, h.Customer.ID); err != nil || len(h.Invoices) == 0 {
		return err
	}
	rows, err := collect[paidRow](ctx, tx, paymentsAbout, h.Customer.ID)
	names := map[int64]string{}
	for _, i := range h.Invoices {
		names[i.ID] = i.Name()
		reminders, err := tx.ListReminders(ctx, i.ID)
		if err != nil {
			return err
		}
		for _, r := range reminders {
			h.Reminders = append(h.Reminders, InvoiceReminder{i.Name(), r})
		}
	}
	for _, r := range rows {
		key, err := tx.invoiceKey(ctx, r.InvoiceID)
		if err != nil {
			return err
		}
		p, err := openPayment(key, r.paymentRow)
		if err != nil {
			return err
		}
		h.Payments = append(h.Payments, InvoicePayment{names[r.InvoiceID], p})
	}
	return err
}

func (tx *Tx) holdPastInvoices(ctx context.Context, h *Holding) (err error) {
	h.Past, err = tx.pastInvoices(ctx, pastInvoicesAbout, h.Customer.ID)
	return err
}

// holdTerms is what the end of the record depends on.
func (tx *Tx) holdTerms(ctx context.Context, h *Holding) (err error) {
	if h.Holds, err = tx.ListHolds(ctx, h.Customer.ID, true); err != nil {
		return err
	}
	if h.Ends, err = collect[Ended](ctx, tx, endsOf, h.Customer.ID); err != nil {
		return err
	}
	rules, err := collect[struct{ Rule string }](ctx, tx, archivedOf, h.Customer.ID)
	if len(rules) > 0 {
		h.Archived = rules[0].Rule
	}
	return err
}

// holdRequests gathers what the person asked before, and what was done for it.
func (tx *Tx) holdRequests(ctx context.Context, h *Holding) (err error) {
	h.Requests, err = tx.RequestsAbout(ctx, h.Customer.ID)
	for _, r := range h.Requests {
		steps, systems, err := tx.RequestTrail(ctx, r)
		if err != nil {
			return err
		}
		for _, s := range steps {
			h.Steps = append(h.Steps, RequestStep{r.Name(), s})
		}
		for _, s := range systems {
			h.Systems = append(h.Systems, RequestSystem{r.Name(), s})
		}
	}
	return err
}

// holdOrigin is where the data came from, when by a file: art. 15(1)(g) GDPR.
func (tx *Tx) holdOrigin(ctx context.Context, h *Holding) error {
	if h.Customer.Import == 0 {
		return nil
	}
	all, err := tx.imports(ctx, importOf, h.Customer.Import)
	if len(all) > 0 {
		h.Imported = &all[0]
	}
	return err
}
