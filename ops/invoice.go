package ops

import (
	"context"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// ListInvoices is a page of the invoices that the actor may see.
func (o *Ops) ListInvoices(ctx context.Context, actor policy.Actor, q db.InvoiceQuery) (page db.InvoicePage, today time.Time, err error) {
	err = o.act(ctx, actor, policy.InvoiceList, policy.Resource{}, func(tx *db.Tx) error {
		if today, err = tx.Today(ctx); err != nil {
			return err
		}
		page, err = tx.ListInvoices(ctx, q, today)
		return err
	})
	return page, today, err
}

// InvoiceSight is all that the detail screen shows of one invoice.
type InvoiceSight struct {
	db.Invoice
	Payments []db.Payment
	Letters  []db.Reminder
	State    policy.InvoiceState
	Today    time.Time
}

// ViewInvoice opens one with its payments.
func (o *Ops) ViewInvoice(ctx context.Context, actor policy.Actor, id int64) (s InvoiceSight, err error) {
	err = o.act(ctx, actor, policy.InvoiceView, policy.Resource{}, func(tx *db.Tx) error {
		s, err = viewInvoice(ctx, tx, id)
		return err
	})
	return s, err
}

func viewInvoice(ctx context.Context, tx *db.Tx, id int64) (s InvoiceSight, err error) {
	if s.Invoice, err = tx.GetInvoice(ctx, id); err != nil {
		return s, err
	}
	if s.Today, err = tx.Today(ctx); err != nil {
		return s, err
	}
	s.State = s.Facts().State(s.Today)
	if s.Payments, err = tx.ListPayments(ctx, id); err != nil {
		return s, err
	}
	s.Letters, err = tx.ListReminders(ctx, id)
	return s, err
}

// CreateInvoice makes a draft; a repeated request gives the one made before.
func (o *Ops) CreateInvoice(ctx context.Context, actor policy.Actor, i db.Invoice, request RequestKey) (made db.Invoice, err error) {
	if err := CheckInvoice(&i); err != nil {
		return i, err
	}
	err = o.act(ctx, actor, policy.InvoiceWrite, policy.Resource{}, func(tx *db.Tx) error {
		if err := guard(ctx, tx, saidOfInvoice(i), nil); err != nil {
			return err
		}
		i.ID, err = tx.CreateInvoice(ctx, i, 0, request)
		return err
	})
	if db.Repeated(err) {
		return o.requested(ctx, actor, request)
	}
	i.Version = 1
	return i, err
}

func (o *Ops) requested(ctx context.Context, actor policy.Actor, request RequestKey) (i db.Invoice, err error) {
	err = o.act(ctx, actor, policy.InvoiceView, policy.Resource{}, func(tx *db.Tx) error {
		i, err = tx.GetRequested(ctx, request)
		return err
	})
	return i, err
}

// AskInvoice has finance make an invoice for a customer whom the actor may see:
// a draft with the billing details, and what it is for.
func (o *Ops) AskInvoice(ctx context.Context, actor policy.Actor, customer int64, subject text.Line, remark text.Block, request RequestKey) error {
	err := o.act(ctx, actor, policy.InvoiceAsk, policy.Resource{}, func(tx *db.Tx) error {
		c, err := tx.GetCustomer(ctx, customer)
		if err != nil {
			return err
		}
		i := billTo(c)
		i.Subject, i.Remark = subject, remark
		if err := checkInvoiceTexts(i); err != nil {
			return err
		}
		if err := guard(ctx, tx, saidOfInvoice(i), formerly(func() (db.Invoice, error) { return billTo(c), nil }, saidOfInvoice)); err != nil {
			return err
		}
		_, err = tx.CreateInvoice(ctx, i, c.Owner, request)
		return err
	})
	if db.Repeated(err) {
		return nil
	}
	return err
}

// billTo copies what an invoice needs of a customer (art. 35a Wet OB 1968), and
// no more: art. 5(1)(c) GDPR.
func billTo(c db.Customer) db.Invoice {
	i := db.Invoice{Customer: c.ID}
	i.Debtor, i.Address, i.VATNumber, i.Mail = c.Name(), c.Address, c.VAT, c.Mail
	if len(c.Companies) > 0 && !c.Companies[0].Name.IsZero() {
		i.Debtor, i.Attention = c.Companies[0].Name, c.Name()
	}
	return i
}

// UpdateInvoice writes a draft anew.
func (o *Ops) UpdateInvoice(ctx context.Context, actor policy.Actor, i db.Invoice) error {
	if err := CheckInvoice(&i); err != nil {
		return err
	}
	return o.act(ctx, actor, policy.InvoiceWrite, policy.Resource{}, func(tx *db.Tx) error {
		was := func() (db.Invoice, error) { return tx.GetInvoice(ctx, i.ID) }
		if err := guard(ctx, tx, saidOfInvoice(i), formerly(was, saidOfInvoice)); err != nil {
			return err
		}
		return tx.UpdateInvoice(ctx, i)
	})
}

// EditInvoice changes what change changes of a draft, as it is now, and gives it.
func (o *Ops) EditInvoice(ctx context.Context, actor policy.Actor, id int64, change func(*db.Invoice) error) (i db.Invoice, err error) {
	err = o.act(ctx, actor, policy.InvoiceWrite, policy.Resource{}, func(tx *db.Tx) error {
		if i, err = tx.GetInvoice(ctx, id); err != nil {
			return err
		}
		if i.Number != 0 {
			return policy.Errorf(policy.Conflict, "An issued invoice can't be changed: make a credit note of it.")
		}
		was := saidOfInvoice(i)
		if err := orElse(change(&i), CheckInvoice(&i)); err != nil {
			return err
		}
		if err := guard(ctx, tx, saidOfInvoice(i), func() ([]policy.Said, error) { return was, nil }); err != nil {
			return err
		}
		return tx.UpdateInvoice(ctx, i)
	})
	return i, err
}

// DropInvoice throws a draft away for good.
func (o *Ops) DropInvoice(ctx context.Context, actor policy.Actor, id int64) error {
	return o.act(ctx, actor, policy.InvoiceWrite, policy.Resource{}, func(tx *db.Tx) error {
		return tx.DropInvoice(ctx, id)
	})
}

// InvoiceStatus says of a customer's invoices whether they are paid.
func (o *Ops) InvoiceStatus(ctx context.Context, actor policy.Actor, customer int64) (all []db.Settlement, err error) {
	err = o.act(ctx, actor, policy.InvoiceStatus, policy.Resource{}, func(tx *db.Tx) error {
		all, err = tx.ListSettlements(ctx, customer)
		return err
	})
	return all, err
}

// Books are the figures of finance's first screen.
type Books struct {
	Today   time.Time
	Owing   []db.Owing
	Revenue []db.Revenue // of this month and the eleven before it
}

// InvoiceBooks adds up what is owed and what was invoiced.
func (o *Ops) InvoiceBooks(ctx context.Context, actor policy.Actor) (b Books, err error) {
	err = o.act(ctx, actor, policy.InvoiceList, policy.Resource{}, func(tx *db.Tx) error {
		if b.Today, err = tx.Today(ctx); err != nil {
			return err
		}
		if b.Owing, err = tx.ListOwing(ctx, b.Today); err != nil {
			return err
		}
		first := time.Date(b.Today.Year(), b.Today.Month()-11, 1, 0, 0, 0, 0, time.UTC)
		b.Revenue, err = tx.ListRevenue(ctx, first)
		return err
	})
	return b, err
}

// invoicesWaiting tells finance of drafts and of reminders that are due.
func invoicesWaiting() attentionFinder {
	return attentionFinder{[]policy.Role{policy.Finance}, func(ctx context.Context, tx *db.Tx) ([]Attention, error) {
		drafts, reminders, err := tx.WaitingInvoices(ctx)
		var all []Attention
		if drafts > 0 {
			all = append(all, Attention{What: policy.Message{Key: "Drafts to finish and issue: %d.", Args: []any{drafts}}, Opens: "invoices draft"})
		}
		if reminders > 0 {
			all = append(all, Attention{What: policy.Message{Key: "Reminders of invoices to be sent: %d.", Args: []any{reminders}}, Opens: "invoices overdue"})
		}
		return all, err
	}}
}
