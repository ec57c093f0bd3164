package views

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// invoice is one invoice whole, with what can be done to it.
type invoice struct {
	kit    *kit
	id     int64
	sight  ops.InvoiceSight
	known  bool
	asks   latest
	does   latest
	paying ops.RequestKey // of the payment being typed
	credit ops.RequestKey
	top    int
}

func newInvoice(k *kit, id int64) *invoice {
	return &invoice{kit: k, id: id, paying: ops.NewRequestKey(), credit: ops.NewRequestKey()}
}

func (v *invoice) Title() string {
	if v.sight.Number == 0 {
		return v.kit.t.Invoice.Draft
	}
	return v.sight.Name()
}

func (v *invoice) Init() tea.Cmd { return v.load() }
func (v *invoice) Wake() tea.Cmd { return v.load() }
func (v *invoice) Leave()        { v.asks.drop() }

func (v *invoice) load() tea.Cmd { return v.look(v.kit.Actor) }

// Refresh looks again because a colleague changed something.
func (v *invoice) Refresh() tea.Cmd { return v.look(v.kit.Actor.Looking()) }

func (v *invoice) look(actor policy.Actor) tea.Cmd {
	acts, id := v.kit.Ops, v.id
	return ask(v.kit, &v.asks, func(ctx context.Context) (ops.InvoiceSight, error) {
		return acts.ViewInvoice(ctx, actor, id)
	}, func(s ops.InvoiceSight, err error) tea.Cmd {
		if err != nil {
			return tea.Batch(closeView(v), v.kit.fail(err))
		}
		v.sight, v.known = s, true
		return nil
	})
}

// Why a key does nothing now; "" when it does.
func (v *invoice) offDraft() string {
	switch {
	case !v.kit.may(policy.InvoiceWrite):
		return v.kit.t.OffRole
	case !v.known || v.sight.Number != 0:
		return v.kit.t.Invoice.OffIssued
	}
	return ""
}

func (v *invoice) offIssued() string {
	switch {
	case !v.kit.may(policy.InvoicePay):
		return v.kit.t.OffRole
	case !v.known || v.sight.Number == 0:
		return v.kit.t.Invoice.OffDraft
	}
	return ""
}

func (v *invoice) offPrint() string {
	switch {
	case !v.kit.may(policy.InvoiceExport):
		return v.kit.t.OffRole
	case !v.known || v.sight.Number == 0:
		return v.kit.t.Invoice.OffDraft
	}
	return ""
}

// offPay: what goes back is noted at the invoice itself.
func (v *invoice) offPay() string {
	if why := v.offIssued(); why != "" || v.sight.Credits == 0 {
		return why
	}
	return v.kit.t.Invoice.OffCredited
}

func (v *invoice) offCredit() string {
	if why := v.offIssued(); why != "" {
		return why
	}
	if v.sight.Credits != 0 || v.sight.Credited >= v.sight.Totals.Total {
		return v.kit.t.Invoice.OffCredited
	}
	return ""
}

func (v *invoice) Keys() []binding {
	t := &v.kit.t.Invoice
	key := func(key, text, why string) binding { return on(key, text).unless(why == "", why) }
	return []binding{
		key("e", v.kit.t.KeyEdit, v.offDraft()), key("i", t.KeyIssue, v.offDraft()), key("D", t.KeyDrop, v.offDraft()),
		key("p", t.KeyPay, v.offPay()), key("c", t.KeyCredit, v.offCredit()), key("x", t.KeyPrint, v.offPrint()),
		on("ctrl+r", v.kit.t.People.Reload),
	}
}

func (v *invoice) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || v.does.busy {
		return nil
	}
	name := key.String()
	for _, b := range v.Keys() {
		if b.key == name && b.off != "" {
			return notify(noteWarn, b.off)
		}
	}
	switch name {
	case "e":
		return open(newInvoiceForm(v.kit, v.sight.Invoice))
	case "i":
		return v.askIssue()
	case "D":
		return v.askDrop()
	case "p":
		return v.askPayment()
	case "c":
		return v.askCredit()
	case "x":
		return v.tellPrint()
	case "down", "j":
		v.top++
	case "up", "k":
		v.top = max(v.top-1, 0)
	case "ctrl+r":
		return v.load()
	}
	return nil
}

func (v *invoice) askIssue() tea.Cmd {
	t := &v.kit.t.Invoice
	question := fmt.Sprintf(t.IssueAsk, v.sight.Debtor.String(), v.kit.money(v.sight.Totals.Total))
	acts, actor, id, version := v.kit.Ops, v.kit.Actor, v.id, v.sight.Version
	return show(newConfirm(v.kit, question, []string{t.IssueDetail}, func() tea.Cmd {
		return perform(v.kit, &v.does, func(ctx context.Context) (db.Invoice, error) {
			return acts.IssueInvoice(ctx, actor, id, version)
		}, func(i db.Invoice) string { return fmt.Sprintf(t.Issued, i.Name()) }, v.load)
	}))
}

func (v *invoice) askDrop() tea.Cmd {
	acts, actor, id := v.kit.Ops, v.kit.Actor, v.id
	return show(newConfirm(v.kit, v.kit.t.Invoice.DropAsk, nil, func() tea.Cmd {
		return perform(v.kit, &v.does, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, acts.DropInvoice(ctx, actor, id)
		}, func(struct{}) string { return v.kit.t.Invoice.Dropped }, func() tea.Cmd { return closeView(v) })
	}))
}

// askPayment asks what came in; nothing typed means all that is open.
func (v *invoice) askPayment() tea.Cmd {
	t := &v.kit.t.Invoice
	open := v.sight.Facts().Open()
	check := func(s string) error {
		if s == "" {
			return nil
		}
		_, err := policy.ParseCents(s)
		return err
	}
	return show(newPrompt(v.kit, t.PayAsk, fmt.Sprintf(t.PayHint, v.kit.money(open)), check, func(s string) tea.Cmd {
		if s != "" {
			open, _ = policy.ParseCents(s)
		}
		return v.pay(open)
	}))
}

func (v *invoice) pay(amount policy.Cents) tea.Cmd {
	acts, actor, id, request := v.kit.Ops, v.kit.Actor, v.id, v.paying
	return perform(v.kit, &v.does, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, acts.PayInvoice(ctx, actor, id, db.Payment{Amount: amount, Remark: text.Line{}}, request)
	}, func(struct{}) string {
		v.paying = ops.NewRequestKey()
		return fmt.Sprintf(v.kit.t.Invoice.Paid, v.kit.money(amount), v.kit.money(-amount))
	}, v.load)
}

func (v *invoice) askCredit() tea.Cmd {
	t := &v.kit.t.Invoice
	acts, actor, id, request := v.kit.Ops, v.kit.Actor, v.id, v.credit
	return show(newConfirm(v.kit, fmt.Sprintf(t.CreditAsk, v.sight.Name()), []string{t.CreditDetail}, func() tea.Cmd {
		return ask(v.kit, &v.does, func(ctx context.Context) (db.Invoice, error) {
			return acts.CreditInvoice(ctx, actor, id, request)
		}, func(made db.Invoice, err error) tea.Cmd {
			if err != nil {
				return v.kit.fail(err)
			}
			return open(newInvoice(v.kit, made.ID))
		})
	}))
}

// tellPrint names the commands: a file can't travel through a screen.
func (v *invoice) tellPrint() tea.Cmd {
	host, name := text.Clean(v.kit.Host), v.sight.Name()
	lines := []string{
		fmt.Sprintf("ssh %s@%s invoices pdf %s > %s.pdf", v.kit.Actor.Login, host, name, name),
		fmt.Sprintf("ssh %s@%s invoices ubl %s > %s.xml", v.kit.Actor.Login, host, name, name),
	}
	if v.sight.State == policy.InvoiceOverdue && v.kit.may(policy.InvoiceRemind) {
		lines = append(lines, fmt.Sprintf("ssh %s@%s invoices remind %s > %s.pdf", v.kit.Actor.Login, host, name, v.kit.t.Invoice.ReminderFile))
	}
	return show(&telling{v.kit, v.kit.t.Invoice.PrintTell, lines})
}
