package server

import (
	"strconv"
	"strings"
	"time"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

type invoicesDraft struct {
	To        string   `required:"" help:"Whom it is for."`
	Attention string   `help:"The person at the company."`
	Street    string   `help:"Street and house number."`
	Postcode  string   `help:"Postcode."`
	City      string   `help:"City."`
	Country   string   `help:"Country, as two letters." default:"NL"`
	VAT       string   `name:"vat" help:"VAT number, needed for reverse charge."`
	Mail      string   `help:"Mail address."`
	About     string   `help:"What the invoice is for."`
	Reference string   `help:"The debtor's own, such as an order number."`
	Remark    string   `help:"A remark below the lines."`
	Line      []string `help:"A line: text;quantity;price;VAT;discount%. VAT is 21, 9, 0 or reverse; the discount may be left out. Repeat it for more." sep:"none" placeholder:"TEXT;1;100,00;21"`
}

func (cmd *invoicesDraft) Run(c *call) error {
	i := db.Invoice{}
	i.Debtor, i.Attention, i.Subject = text.New(cmd.To), text.New(cmd.Attention), text.New(cmd.About)
	i.Address = db.Address{Street: text.New(cmd.Street), Postcode: text.New(cmd.Postcode), City: text.New(cmd.City), Country: text.New(strings.ToUpper(cmd.Country))}
	i.VATNumber, i.Mail, i.Reference, i.Remark = text.New(cmd.VAT), text.New(cmd.Mail), text.New(cmd.Reference), text.NewBlock(cmd.Remark)
	var err error
	if i.Lines, err = linesOf(cmd.Line); err != nil {
		return err
	}
	made, err := c.ops.CreateInvoice(c.ctx, c.as(policy.InvoiceWrite), i, ops.NewRequestKey())
	if err != nil {
		return err
	}
	return writeLine(c.out, strconv.AppendInt(nil, made.ID, 10))
}

func linesOf(typed []string) (lines []db.InvoiceLine, err error) {
	for _, s := range typed {
		l, err := ops.ParseInvoiceLine(s)
		if err != nil {
			return nil, err
		}
		lines = append(lines, l)
	}
	return lines, nil
}

// invoicesEdit is what finance does with a draft that sales asked for. What is
// not named stays as it is; lines replace all that were there.
type invoicesEdit struct {
	invoiceRef
	To        *string  `help:"Whom it is for."`
	Attention *string  `help:"The person at the company."`
	Street    *string  `help:"Street and house number."`
	Postcode  *string  `help:"Postcode."`
	City      *string  `help:"City."`
	Country   *string  `help:"Country, as two letters."`
	VAT       *string  `name:"vat" help:"VAT number, needed for reverse charge."`
	Mail      *string  `help:"Mail address."`
	About     *string  `help:"What the invoice is for."`
	Reference *string  `help:"The debtor's own, such as an order number."`
	Remark    *string  `help:"A remark below the lines."`
	Line      []string `help:"All lines anew, each as text;quantity;price;VAT;discount%. Repeat it for more." sep:"none" placeholder:"TEXT;1;100,00;21"`
}

func (cmd *invoicesEdit) Run(c *call) error {
	actor, id, err := cmd.find(c, policy.InvoiceWrite)
	if err != nil {
		return err
	}
	i, err := c.ops.EditInvoice(c.ctx, actor, id, cmd.change)
	if err != nil {
		return err
	}
	return c.tell("The draft is changed; its total is %s.", policy.TotalOf(i.Amounts()).Total)
}

func (cmd *invoicesEdit) change(i *db.Invoice) error {
	for _, f := range []struct {
		typed *string
		line  *text.Line
	}{
		{cmd.To, &i.Debtor},
		{cmd.Attention, &i.Attention},
		{cmd.About, &i.Subject},
		{cmd.Reference, &i.Reference},
		{cmd.Street, &i.Address.Street},
		{cmd.Postcode, &i.Address.Postcode},
		{cmd.City, &i.Address.City},
		{cmd.Country, &i.Address.Country},
		{cmd.VAT, &i.VATNumber},
		{cmd.Mail, &i.Mail},
	} {
		if f.typed != nil {
			*f.line = text.New(*f.typed)
		}
	}
	if cmd.Remark != nil {
		i.Remark = text.NewBlock(*cmd.Remark)
	}
	if cmd.Line == nil {
		return nil
	}
	var err error
	i.Lines, err = linesOf(cmd.Line)
	return err
}

type invoicesDrop struct {
	invoiceRef
	Yes bool `help:"Don't ask."`
}

func (cmd *invoicesDrop) Run(c *call) error {
	actor, id, err := cmd.find(c, policy.InvoiceWrite)
	if err != nil {
		return err
	}
	if !cmd.Yes {
		if err := c.confirm("Throw draft %d away for good? Type yes: ", id); err != nil {
			return err
		}
	}
	if err := c.ops.DropInvoice(c.ctx, actor, id); err != nil {
		return err
	}
	return c.tell("The draft is gone.")
}

type invoicesIssue struct {
	invoiceRef
	Yes bool `help:"Don't ask."`
}

func (cmd *invoicesIssue) Run(c *call) error {
	actor, id, err := cmd.find(c, policy.InvoiceIssue)
	if err == nil {
		err = policy.Can(actor, policy.InvoiceIssue, policy.Resource{}) // before it is read
	}
	if err != nil {
		return err
	}
	s, err := c.ops.ViewInvoice(c.ctx, actor, id)
	if err != nil {
		return err
	}
	if !cmd.Yes {
		if err := c.confirm("Issue it to %s, total %s? It can't be changed then. Type yes: ", s.Debtor, s.Totals.Total); err != nil {
			return err
		}
	}
	issued, err := c.ops.IssueInvoice(c.ctx, actor, id, s.Version)
	if err != nil {
		return err
	}
	return writeLine(c.out, []byte(issued.Name()))
}

type invoicesCredit struct{ invoiceRef }

func (cmd *invoicesCredit) Run(c *call) error {
	actor, id, err := cmd.find(c, policy.InvoiceWrite)
	if err != nil {
		return err
	}
	made, err := c.ops.CreditInvoice(c.ctx, actor, id, ops.NewRequestKey())
	if err != nil {
		return err
	}
	return writeLine(c.out, strconv.AppendInt(nil, made.ID, 10))
}

type invoicesPay struct {
	invoiceRef
	Amount string    `arg:"" help:"Euros and cents, as 1234,50."`
	On     time.Time `help:"The day, as 2026-12-31; today without it." format:"2006-01-02"`
	Remark string    `help:"What the bank says."`
}

func (cmd *invoicesPay) Run(c *call) error {
	amount, err := policy.ParseCents(cmd.Amount)
	if err != nil {
		return err
	}
	actor, id, err := cmd.find(c, policy.InvoicePay)
	if err != nil {
		return err
	}
	p := db.Payment{PaidOn: cmd.On, Amount: amount, Remark: text.New(cmd.Remark)}
	if err := c.ops.PayInvoice(c.ctx, actor, id, p, ops.NewRequestKey()); err != nil {
		return err
	}
	s, err := c.ops.ViewInvoice(c.ctx, actor, id)
	if err != nil {
		return err
	}
	return c.tell("Noted; %s is still open.", s.Facts().Open())
}

// language is that of a document.
type paperLanguage struct {
	Lang string `help:"The language of the document: nl or en." enum:"nl,en" default:"nl"`
}

type invoicesRemind struct {
	invoiceRef
	paperLanguage
}

func (cmd *invoicesRemind) Run(c *call) error {
	actor, id, err := cmd.find(c, policy.InvoiceRemind)
	if err != nil {
		return err
	}
	return c.ops.PrintReminder(c.ctx, actor, id, cmd.Lang, c.out)
}

type invoicesPDF struct {
	invoiceRef
	paperLanguage
}

func (cmd *invoicesPDF) Run(c *call) error { return printInvoice(c, cmd.invoiceRef, "pdf", cmd.Lang) }

type invoicesUBL struct{ invoiceRef }

func (cmd *invoicesUBL) Run(c *call) error { return printInvoice(c, cmd.invoiceRef, "ubl", "") }

func printInvoice(c *call, r invoiceRef, form, lang string) error {
	actor, id, err := r.find(c, policy.InvoiceExport)
	if err != nil {
		return err
	}
	return c.ops.PrintInvoice(c.ctx, actor, id, form, lang, c.out)
}

type invoicesExport struct {
	Year int32 `arg:"" help:"The year, as 2026."`
}

func (cmd *invoicesExport) Run(c *call) error {
	n, err := c.ops.ExportBooks(c.ctx, c.as(policy.InvoiceExport), cmd.Year, c.out)
	if err == nil {
		c.note("%s", c.speech.say(policy.Message{Key: "Invoices written: %d.", Args: []any{n}}))
	}
	return err
}
