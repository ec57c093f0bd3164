package views

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// newInvoiceForm writes a draft: a new one, or one that is there. Each line of
// the invoice is one line of the form; another one comes when the last is used.
func newInvoiceForm(k *kit, i db.Invoice) *shortForm {
	t := &k.t.Invoice
	s := newShortForm(k, t.FormTitle, []*field{
		hinted(textField("debtor", t.Debtor, i.Debtor.String()), t.DebtorHint),
		textField("attention", t.Attention, i.Attention.String()),
		textField("street", t.Street, i.Address.Street.String()), textField("postcode", t.Postcode, i.Address.Postcode.String()),
		textField("city", t.City, i.Address.City.String()), textField("country", t.Country, cmpOr(i.Address.Country.String(), k.Country)),
		hinted(textField("vat", t.VATNumber, i.VATNumber.String()), t.VATHint), textField("mail", t.Mail, i.Mail.String()),
		textField("subject", t.About, i.Subject.String()).looked(), textField("reference", t.Reference, i.Reference.String()).looked(),
		textField("remark", t.Remark, i.Remark.String()).looked(),
	})
	for _, l := range i.Lines {
		addLineField(s.form, k.lineText(l))
	}
	addLineField(s.form, "")
	request := ops.NewRequestKey()
	s.about = db.Record{Kind: policy.RecordInvoice, ID: i.ID}
	s.kept = fmt.Sprintf("invoice.%d", i.ID)
	s.begin = func() tea.Cmd { return resumeInvoice(s) }
	s.form.onType = func(f *field) {
		checkLineField(s.form, f)
		keepInvoice(s, i)
	}
	s.form.save = func() tea.Cmd { return saveInvoice(s, i, request) }
	return s
}

func hinted(f *field, hint string) *field { f.hint = hint; return f }

// invoiceDraft is what is kept of the form, as it was typed.
type invoiceDraft struct {
	before db.Invoice
	typed  []string
}

func keepInvoice(s *shortForm, before db.Invoice) {
	d := invoiceDraft{before: before}
	for _, fd := range s.form.fields {
		d.typed = append(d.typed, fd.value())
	}
	s.kit.Drafts.keep(s.kit.Actor.ID, s.kept, draft{title: s.title + ": " + s.form.value("debtor"), at: s.kit.Now(), state: d})
}

// resumeInvoice goes on with a draft of this form, if there is one.
func resumeInvoice(s *shortForm) tea.Cmd {
	kept, ok := s.kit.Drafts.find(s.kit.Actor.ID, s.kept, s.kit.Now())
	d, mine := kept.state.(invoiceDraft)
	if !ok || !mine {
		return nil
	}
	for n, typed := range d.typed {
		if n == len(s.form.fields) {
			addLineField(s.form, "")
		}
		s.form.fields[n].in.set(typed)
		checkLineField(s.form, s.form.fields[n])
	}
	s.form.changed = true
	return notify(noteGood, fmt.Sprintf(s.kit.t.DraftTaken, s.kit.ago(kept.at)))
}

const lineFields = "lines."

func addLineField(f *form, value string) {
	n := 1
	for _, fd := range f.fields {
		if strings.HasPrefix(fd.name, lineFields) {
			n++
		}
	}
	fd := hinted(textField(fmt.Sprintf("%s%d", lineFields, n), fmt.Sprintf(f.k.t.Invoice.LineN, n), value).looked(), f.k.t.Invoice.LineHint)
	if n == 1 {
		fd.head = f.k.t.Invoice.Lines
	}
	f.fields = append(f.fields, fd)
}

// checkLineField says below a line what it comes to, or what is wrong with it.
func checkLineField(f *form, fd *field) {
	if !strings.HasPrefix(fd.name, lineFields) {
		return
	}
	fd.good, fd.warn = "", ""
	if fd.value() == "" {
		return
	}
	if fd == f.fields[len(f.fields)-1] {
		addLineField(f, "")
	}
	l, err := ops.ParseInvoiceLine(fd.value())
	if err == nil {
		err = l.Check()
	}
	if err != nil {
		fd.warn = f.k.sentence(err)
		return
	}
	fd.good = f.k.money(l.Net()) + " + " + f.k.vat(l.VAT)
}

// filled is the invoice as the form has it.
func filled(s *shortForm, i db.Invoice) (db.Invoice, error) {
	line := func(name string) text.Line { return text.New(s.form.value(name)) }
	i.Debtor, i.Attention, i.Subject, i.Reference = line("debtor"), line("attention"), line("subject"), line("reference")
	i.Address = db.Address{Street: line("street"), Postcode: line("postcode"), City: line("city"), Country: text.New(strings.ToUpper(s.form.value("country")))}
	i.VATNumber, i.Mail = line("vat"), line("mail")
	if typed := s.form.value("remark"); typed != newInput(i.Remark.String()).line().String() {
		i.Remark = text.NewBlock(typed) // else the lines of what sales wrote stay
	}
	i.Lines = nil
	for _, fd := range s.form.fields {
		if !strings.HasPrefix(fd.name, lineFields) || fd.value() == "" {
			continue
		}
		l, err := ops.ParseInvoiceLine(fd.value())
		if err == nil {
			err = l.Check()
		}
		if err != nil {
			fd.err = s.kit.sentence(err)
			return i, err
		}
		i.Lines = append(i.Lines, l)
	}
	return i, nil
}

func saveInvoice(s *shortForm, was db.Invoice, request ops.RequestKey) tea.Cmd {
	i, err := filled(s, was)
	if err != nil {
		return s.kit.fail(err)
	}
	acts, actor := s.kit.Ops, s.kit.Actor
	if was.ID != 0 {
		return submitOr(s, s.kit.mergingInvoices(), was, i, request)
	}
	return submit(s, func(ctx context.Context) (db.Invoice, error) { return acts.CreateInvoice(ctx, actor, i, request) },
		func(made db.Invoice) tea.Cmd { return s.instead(newInvoice(s.kit, made.ID)) })
}

// newInvoiceAsk has finance make an invoice for a customer.
func newInvoiceAsk(k *kit, customer int64, name string) *shortForm {
	t := &k.t.Invoice
	s := newShortForm(k, t.AskTitle, []*field{hinted(textField("subject", t.About, "").looked(), t.AskHint), textField("remark", t.Remark, "").looked()})
	s.above = func(w int) []string {
		return []string{" " + k.st.strong.of(cut(name, w-2)), " " + k.st.faint.of(cut(t.AskTell, w-2))}
	}
	request := ops.NewRequestKey()
	s.form.save = func() tea.Cmd {
		acts, actor := s.kit.Ops, s.kit.Actor
		about, remark := text.New(s.form.value("subject")), text.NewBlock(s.form.value("remark"))
		if about.IsZero() {
			s.form.field("subject").err = t.AskHint
			return nil
		}
		return submit(s, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, acts.AskInvoice(ctx, actor, customer, about, remark, request)
		}, func(struct{}) tea.Cmd { return tea.Batch(closeView(s), notify(noteGood, t.Asked)) })
	}
	return s
}
