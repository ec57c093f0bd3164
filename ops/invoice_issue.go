package ops

import (
	"context"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// IssueInvoice makes the draft that was read as version final: it gets its
// number, date and term, and keeps the letterhead as it is now. It can't be
// undone but by a credit note.
func (o *Ops) IssueInvoice(ctx context.Context, actor policy.Actor, id int64, version int32) (issued db.Invoice, err error) {
	err = o.act(ctx, actor, policy.InvoiceIssue, policy.Resource{}, func(tx *db.Tx) error {
		i, err := tx.GetInvoice(ctx, id)
		if err != nil {
			return err
		}
		if i.Number != 0 || i.Version != version {
			return policy.Errorf(policy.Conflict, "Somebody else changed or issued this draft meanwhile: look at it again.")
		}
		terms, seller, err := letterhead(ctx, tx)
		if err != nil {
			return err
		}
		i.Seller = seller
		if err := orElse(readyToIssue(i), sellerReady(seller)); err != nil {
			return err
		}
		if err := tx.UpdateInvoice(ctx, i); err != nil {
			return err
		}
		i.Version++
		issued, err = tx.IssueInvoice(ctx, i, terms) // last: the number is locked from here on
		return err
	})
	return issued, err
}

// letterhead reads what the organisation decided about its invoices.
func letterhead(ctx context.Context, tx *db.Tx) (db.InvoiceTerms, db.Seller, error) {
	all, err := tx.ListSettings(ctx)
	if err != nil {
		return db.InvoiceTerms{}, db.Seller{}, err
	}
	by := settingOf(all)
	value := func(k policy.SettingKey) policy.SettingValue { return by[k].Value }
	line := func(k policy.SettingKey) text.Line { return text.New(string(value(k))) }
	terms := db.InvoiceTerms{
		Series: string(value(policy.InvoiceSeries)), Days: value(policy.InvoiceDays).Int(),
		YearEnd: time.Month(value(policy.BookYearEnd).Int()), Zone: string(value(policy.TimeZone)),
	}
	seller := db.Seller{
		Name: line(policy.OrgName), Mail: line(policy.OrgMail), KvK: line(policy.OrgKvK), VAT: line(policy.OrgVAT), IBAN: line(policy.OrgIBAN),
		Address: db.Address{Street: line(policy.OrgStreet), Postcode: line(policy.OrgPostcode), City: line(policy.OrgCity), Country: line(policy.OrgCountry)},
	}
	return terms, seller, nil
}

// CreditInvoice makes a draft that takes an issued invoice back whole; to credit
// a part of it, change the draft before it is issued.
func (o *Ops) CreditInvoice(ctx context.Context, actor policy.Actor, id int64, request RequestKey) (made db.Invoice, err error) {
	err = o.act(ctx, actor, policy.InvoiceWrite, policy.Resource{}, func(tx *db.Tx) error {
		i, err := tx.GetInvoice(ctx, id)
		if err != nil {
			return err
		}
		if i.Number == 0 || i.Credits != 0 || i.Credited >= i.Totals.Total {
			return policy.Errorf(policy.Conflict, "Only an issued invoice that isn't credited yet can be.")
		}
		made = creditOf(i)
		made.ID, err = tx.CreateInvoice(ctx, made, 0, request)
		return err
	})
	if db.Repeated(err) {
		return o.requested(ctx, actor, request)
	}
	return made, err
}

func creditOf(i db.Invoice) db.Invoice {
	c := db.Invoice{Customer: i.Customer, Credits: i.ID, Version: 1, InvoiceHead: i.InvoiceHead, InvoiceBody: i.InvoiceBody}
	c.Subject = text.New("Credit " + i.Name())
	c.Lines = make([]db.InvoiceLine, len(i.Lines))
	for n, l := range i.Lines {
		l.Quantity = -l.Quantity
		c.Lines[n] = l
	}
	return c
}

// PayInvoice notes money that came in, or went back (below 0).
func (o *Ops) PayInvoice(ctx context.Context, actor policy.Actor, id int64, p db.Payment, request RequestKey) error {
	if p.Amount == 0 || max(p.Amount, -p.Amount) > policy.MaxCents {
		return policy.Errorf(policy.Invalid, "Fill in the amount that came in, or with a minus what went back.").On("amount")
	}
	if len(p.Remark.String()) > maxField {
		return policy.Errorf(policy.Invalid, "This is too long: keep it under %d characters.", maxField).On("remark")
	}
	err := o.act(ctx, actor, policy.InvoicePay, policy.Resource{}, func(tx *db.Tx) error {
		today, err := tx.Today(ctx)
		if err != nil {
			return err
		}
		if p.PaidOn.IsZero() {
			p.PaidOn = today
		}
		i, err := tx.GetInvoice(ctx, id)
		if err != nil {
			return err
		}
		if i.Number == 0 || i.Credits != 0 {
			return policy.Errorf(policy.Conflict, "Payments are noted at an issued invoice, also what goes back after a credit note.").On("invoice")
		}
		if p.PaidOn.After(today) {
			return policy.Errorf(policy.Invalid, "The day of a payment can't be in the future.").On("paid_on")
		}
		return tx.AddPayment(ctx, id, p, request)
	})
	if db.Repeated(err) {
		return nil
	}
	return err
}
