package server

import (
	"time"

	"balie/db"
	"balie/policy"
)

type invoicesReminders struct {
	format
	Invoice string `arg:"" optional:"" help:"The number of an invoice; without it, all that are due."`
}

func (cmd *invoicesReminders) Run(c *call) error {
	if cmd.Invoice != "" {
		return cmd.of(c)
	}
	all, today, err := c.ops.WaitingReminders(c.ctx, c.as(policy.InvoiceList))
	if err != nil {
		return err
	}
	return list(c, cmd.format, waitingColumns(today), all)
}

func waitingColumns(today time.Time) []column[db.WaitingReminder] {
	return []column[db.WaitingReminder]{
		{"number", func(r db.WaitingReminder) any { return r.Invoice.Name() }},
		{"debtor", func(r db.WaitingReminder) any { return r.Invoice.Debtor }},
		{"level", func(r db.WaitingReminder) any { return r.Level }},
		{"due", func(r db.WaitingReminder) any { return day(r.DueOn) }},
		{"days_late", func(r db.WaitingReminder) any { return int(today.Sub(r.Invoice.DueOn).Hours() / 24) }},
		{"open", func(r db.WaitingReminder) any { return r.Invoice.Facts().Open() }},
	}
}

// of lists the reminders of one invoice.
func (cmd *invoicesReminders) of(c *call) error {
	ref := invoiceRef{Invoice: cmd.Invoice}
	actor, id, err := ref.find(c, policy.InvoiceView)
	if err != nil {
		return err
	}
	s, err := c.ops.ViewInvoice(c.ctx, actor, id)
	if err != nil {
		return err
	}
	return list(c, cmd.format, reminderColumns, s.Letters)
}

var reminderColumns = []column[db.Reminder]{
	{"level", func(r db.Reminder) any { return r.Level }},
	{"due", func(r db.Reminder) any { return day(r.DueOn) }},
	{"made", func(r db.Reminder) any {
		if r.MadeAt.IsZero() {
			return nil
		}
		return r.MadeAt
	}},
	{"open", func(r db.Reminder) any { return r.Open }},
	{"text", func(r db.Reminder) any { return r.Text }},
}
