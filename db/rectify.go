package db

import (
	"context"

	"balie/db/seal"
	"balie/policy/text"
)

// draftCopy is a draft of an invoice as far as it copies a customer.
type draftCopy struct {
	ID         int64
	Head, Body []byte
	KekEpoch   int
	Wrapped    []byte
}

const (
	selectCopies = `select id, head, body, kek_epoch, wrapped from draft_copies($1)`
	rectifySQL   = `select rectify_draft($1, $2, $3, $4)`
)

// rectify brings a change of a customer into the drafts of its invoices, or of a
// company's contacts, where
// they copied what changed (art. 16, 19 GDPR). What finance wrote otherwise stays
// so, and what is issued is final.
func (tx *Tx) rectify(ctx context.Context, old, now Customer) error {
	if old.Name() == now.Name() && old.Mail == now.Mail && old.Address == now.Address && old.VAT == now.VAT {
		return nil
	}
	copies, err := collect[draftCopy](ctx, tx, selectCopies, now.ID)
	if err != nil {
		return err
	}
	for _, d := range copies {
		if err := tx.rectifyDraft(ctx, d, old, now); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) rectifyDraft(ctx context.Context, d draftCopy, old, now Customer) error {
	key, err := tx.store.Keys.Unwrap(d.ID, seal.Wrapped{Epoch: d.KekEpoch, Key: d.Wrapped})
	if err != nil {
		return err
	}
	var i Invoice
	if err := openJSON(key, invoiceHeadPlace, d.Head, &i.InvoiceHead); err != nil {
		return err
	}
	if err := openJSON(key, invoiceBodyPlace, d.Body, &i.InvoiceBody); err != nil {
		return err
	}
	follow(&i.Debtor, old.Name(), now.Name())
	follow(&i.Attention, old.Name(), now.Name())
	follow(&i.Mail, old.Mail, now.Mail)
	follow(&i.VATNumber, old.VAT, now.VAT)
	if i.Address == old.Address {
		i.Address = now.Address
	}
	_, err = tx.Exec(ctx, rectifySQL, now.ID, d.ID, sealJSON(key, invoiceHeadPlace, i.InvoiceHead), sealJSON(key, invoiceBodyPlace, i.InvoiceBody))
	return err
}

// follow changes what is a copy of was.
func follow(copied *text.Line, was, is text.Line) {
	if *copied == was && !was.IsZero() {
		*copied = is
	}
}
