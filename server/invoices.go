package server

import (
	"strings"
	"time"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

type invoiceCommands struct {
	List      invoicesList      `cmd:"" help:"Invoices, drafts first, then the latest."`
	Show      invoicesShow      `cmd:"" help:"One of them, with its lines and payments."`
	Owing     invoicesOwing     `cmd:"" help:"What is still to be paid, by how late it is."`
	Status    invoicesStatus    `cmd:"" help:"Whether the invoices of a customer are paid."`
	Ask       invoicesAsk       `cmd:"" help:"Ask finance for an invoice to a customer of yours."`
	Draft     invoicesDraft     `cmd:"" help:"Write a draft; prints its number."`
	Edit      invoicesEdit      `cmd:"" help:"Change what is named of a draft; the rest stays."`
	Drop      invoicesDrop      `cmd:"" help:"Throw a draft away."`
	Issue     invoicesIssue     `cmd:"" help:"Make a draft final: it gets its number. Only a credit note takes that back."`
	Credit    invoicesCredit    `cmd:"" help:"A draft that takes an invoice back, whole."`
	Pay       invoicesPay       `cmd:"" help:"Note money that came in, or with a minus what went back."`
	Remind    invoicesRemind    `cmd:"" help:"A reminder of an overdue invoice, as PDF on stdout; at most one a day."`
	Reminders invoicesReminders `cmd:"" help:"Reminders that are due; of one invoice, those that were made, with their letters."`
	PDF       invoicesPDF       `cmd:"" name:"pdf" help:"The invoice to read, on stdout."`
	UBL       invoicesUBL       `cmd:"" name:"ubl" help:"The invoice for machines: UBL 2.1 after EN 16931, on stdout."`
	Import    invoicesImport    `cmd:"" help:"Read old invoices of another system from stdin, CSV or XLSX: history beside the own series."`
	Past      invoicesPast      `cmd:"" help:"Write these to stdout."`
	Revert    pastRevert        `cmd:"" help:"Take back an import of your own, within a day."`
	Export    invoicesExport    `cmd:"" help:"All issued invoices of a year for the bookkeeper, as CSV on stdout."`
}

type invoicesList struct {
	format
	State  string `help:"Only draft, sent, overdue, paid or credited." enum:",draft,sent,overdue,paid,credited" default:""`
	Year   int32  `help:"Only of this year."`
	Search string `help:"Beginnings of words of the debtor, the subject or the number." placeholder:"TEXT"`
	Limit  int    `help:"At most so many." default:"50"`
	narrowing
}

func (cmd *invoicesList) Run(c *call) error {
	actor := c.as(policy.InvoiceList)
	where, err := cmd.where(c, policy.InvoicesList)
	if err != nil {
		return err
	}
	q := db.InvoiceQuery{State: policy.InvoiceState(cmd.State), Year: cmd.Year, Text: cmd.Search, Where: where}
	var rows []db.Invoice
	var today time.Time
	for more := true; more && len(rows) < cmd.Limit; {
		q.Limit = min(pageSize, cmd.Limit-len(rows))
		page, day, err := c.ops.ListInvoices(c.ctx, actor, q)
		if err != nil {
			return err
		}
		rows, today, q.After, more = append(rows, page.Rows...), day, page.Next, page.More
	}
	return list(c, cmd.format, invoiceColumns(today), rows)
}

func invoiceColumns(today time.Time) []column[db.Invoice] {
	return []column[db.Invoice]{
		{"id", func(i db.Invoice) any { return i.ID }},
		{"number", func(i db.Invoice) any { return i.Name() }},
		{"date", func(i db.Invoice) any { return day(i.IssuedOn) }},
		{"due", func(i db.Invoice) any { return day(i.DueOn) }},
		{"debtor", func(i db.Invoice) any { return i.Debtor }},
		{"subject", func(i db.Invoice) any { return i.Subject }},
		{"total", func(i db.Invoice) any { return i.Totals.Total.String() }},
		{"open", func(i db.Invoice) any { return i.Facts().Open().String() }},
		{"state", func(i db.Invoice) any { return string(i.Facts().State(today)) }},
	}
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// invoiceRef is how commands name an invoice.
type invoiceRef struct {
	Invoice string `arg:"" help:"The number as printed, as 2026-0042, or the id of a draft."`
}

// find gives the actor who does act, and the invoice's id.
func (r invoiceRef) find(c *call, act policy.Act) (policy.Actor, int64, error) {
	actor := c.as(act)
	id, err := c.ops.FindInvoice(c.ctx, actor, r.Invoice)
	return actor, id, err
}

type invoicesShow struct {
	format
	invoiceRef
}

func (cmd *invoicesShow) Run(c *call) error {
	actor, id, err := cmd.find(c, policy.InvoiceView)
	if err != nil {
		return err
	}
	s, err := c.ops.ViewInvoice(c.ctx, actor, id)
	if err != nil {
		return err
	}
	return show(c, cmd.format, invoiceSightColumns, s)
}

var invoiceSightColumns = []column[ops.InvoiceSight]{
	{"id", func(s ops.InvoiceSight) any { return s.ID }},
	{"number", func(s ops.InvoiceSight) any { return s.Name() }},
	{"state", func(s ops.InvoiceSight) any { return string(s.State) }},
	{"date", func(s ops.InvoiceSight) any { return day(s.IssuedOn) }},
	{"due", func(s ops.InvoiceSight) any { return day(s.DueOn) }},
	{"kept_through", func(s ops.InvoiceSight) any { return day(s.KeptThrough) }},
	{"debtor", func(s ops.InvoiceSight) any { return s.Debtor }},
	{"attention", func(s ops.InvoiceSight) any { return s.Attention }},
	{"street", func(s ops.InvoiceSight) any { return s.Address.Street }},
	{"postcode", func(s ops.InvoiceSight) any { return s.Address.Postcode }},
	{"city", func(s ops.InvoiceSight) any { return s.Address.City }},
	{"country", func(s ops.InvoiceSight) any { return s.Address.Country }},
	{"vat", func(s ops.InvoiceSight) any { return s.VATNumber }},
	{"mail", func(s ops.InvoiceSight) any { return s.Mail }},
	{"subject", func(s ops.InvoiceSight) any { return s.Subject }},
	{"reference", func(s ops.InvoiceSight) any { return s.Reference }},
	{"lines", func(s ops.InvoiceSight) any { return invoiceLines(s.Lines) }},
	{"net", func(s ops.InvoiceSight) any { return s.Totals.Net.String() }},
	{"tax", func(s ops.InvoiceSight) any { return s.Totals.Tax.String() }},
	{"total", func(s ops.InvoiceSight) any { return s.Totals.Total.String() }},
	{"paid", func(s ops.InvoiceSight) any { return s.Paid.String() }},
	{"credited", func(s ops.InvoiceSight) any { return s.Credited.String() }},
	{"open", func(s ops.InvoiceSight) any { return s.Facts().Open().String() }},
	{"reminders", func(s ops.InvoiceSight) any { return s.Reminders }},
	{"payments", func(s ops.InvoiceSight) any { return paymentsOf(s.Payments) }},
	{"remark", func(s ops.InvoiceSight) any { return s.Remark }},
}

func invoiceLines(all []db.InvoiceLine) []string {
	return each(all, func(l db.InvoiceLine) string {
		return strings.Join([]string{l.Text.String(), l.Quantity.String(), l.Price.String(), string(l.VAT), l.Net().String()}, "; ")
	})
}

func paymentsOf(all []db.Payment) []string {
	return each(all, func(p db.Payment) string {
		return strings.TrimSpace(day(p.PaidOn) + " " + p.Amount.String() + " " + p.Remark.String())
	})
}

type invoicesOwing struct{ format }

func (cmd *invoicesOwing) Run(c *call) error {
	b, err := c.ops.InvoiceBooks(c.ctx, c.as(policy.InvoiceList))
	if err != nil {
		return err
	}
	return list(c, cmd.format, owingColumns, b.Owing)
}

var owingColumns = []column[db.Owing]{
	{"days_late", func(o db.Owing) any { return o.Late }},
	{"invoices", func(o db.Owing) any { return o.Number }},
	{"open", func(o db.Owing) any { return o.Open.String() }},
}

type invoicesStatus struct {
	format
	Customer int64 `arg:"" help:"The number of the customer, from a list."`
}

func (cmd *invoicesStatus) Run(c *call) error {
	all, err := c.ops.InvoiceStatus(c.ctx, c.as(policy.InvoiceStatus), cmd.Customer)
	if err != nil {
		return err
	}
	return list(c, cmd.format, settlementColumns, all)
}

var settlementColumns = []column[db.Settlement]{
	{"number", func(s db.Settlement) any { return policy.InvoiceName(s.Series, s.Year, s.Number) }},
	{"date", func(s db.Settlement) any { return s.IssuedOn }},
	{"due", func(s db.Settlement) any { return s.DueOn }},
	{"state", func(s db.Settlement) any { return settled(s) }},
}

func settled(s db.Settlement) string {
	switch {
	case s.Number == 0:
		return "draft"
	case s.Settled:
		return "paid"
	}
	return "open"
}

type invoicesAsk struct {
	Customer int64  `arg:"" help:"The number of the customer, from a list."`
	About    string `required:"" help:"What the invoice is for."`
	Remark   string `help:"What finance should know."`
}

func (cmd *invoicesAsk) Run(c *call) error {
	err := c.ops.AskInvoice(c.ctx, c.as(policy.InvoiceAsk), cmd.Customer, text.New(cmd.About), text.NewBlock(cmd.Remark), ops.NewRequestKey())
	if err != nil {
		return err
	}
	return c.tell("Finance has a draft of it now.")
}
