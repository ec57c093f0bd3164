package views

import (
	"fmt"
	"strconv"
	"time"

	"balie/db"
	"balie/policy"
)

func (v *invoices) View(w, height int) string {
	t := &v.kit.t.Invoice
	v.width = w
	v.list.put(v.rows(w))
	lines := []string{
		v.top(w),
		"   " + v.kit.st.faint.of(cut(v.columns(w, t.Number, t.Date, t.DueOn, t.Debtor, t.About, padLeft(t.Total, 12), padLeft(t.Open, 12), t.State), w-4)),
	}
	switch {
	case !v.known:
		lines = append(lines, "   "+v.kit.st.faint.of(v.kit.t.Loading))
	case len(v.page.Rows) == 0:
		lines = append(lines, "   "+v.kit.st.faint.of(cut(v.none(), w-4)))
	}
	return join(append(lines, v.list.lines(v.kit.st, w, max(height-len(lines), 0))...))
}

// none says why the list is empty, and what to do.
func (v *invoices) none() string {
	if v.query.State == "" && v.query.Text == "" && v.query.Where == "" && v.kit.may(policy.InvoiceWrite) {
		return v.kit.t.Invoice.NoneYet
	}
	return v.kit.t.Invoice.None
}

func (v *invoices) top(w int) string {
	shown, _ := v.find.View(30)
	if v.typing {
		shown = v.kit.st.here.of(shown)
	}
	return spread(" / "+shown+"  "+v.kit.st.accent.of(cut(v.words(), 60)), v.kit.invoiceState(v.query.State)+" · "+fmt.Sprintf(v.kit.t.People.Page, len(v.back)+1), w-1)
}

func (v *invoices) Cursor() (x, y int, ok bool) {
	_, x = v.find.View(30)
	return x + 3, 0, v.typing
}

// columns leaves what it is about and the dates out of a small window.
func (v *invoices) columns(w int, number, date, due, debtor, about, total, open, state string) string {
	if w < 120 {
		return columns([]int{12, max(w-4-4-48, 8), 12, 12, 12}, number, debtor, total, open, state)
	}
	rest := w - 4 - 7 - 74
	return columns([]int{14, 12, 12, rest / 2, rest - rest/2, 12, 12, 12}, number, date, due, debtor, about, total, open, state)
}

func (v *invoices) rows(w int) []rosterRow {
	rows := make([]rosterRow, len(v.page.Rows))
	for n, i := range v.page.Rows {
		f := i.Facts()
		state := f.State(v.today)
		open := ""
		if f.Open() != 0 && i.Number != 0 {
			open = v.kit.money(f.Open())
		}
		rows[n] = rosterRow{
			id: strconv.FormatInt(i.ID, 10), item: i, st: v.kit.stateStyle(state),
			text: v.columns(w, cmpOr(i.Name(), v.kit.t.Invoice.Draft), v.kit.date(i.IssuedOn), v.kit.date(i.DueOn), i.Debtor.String(), i.Subject.String(),
				padLeft(v.kit.money(i.Totals.Total), 12), padLeft(open, 12), v.kit.stateWords(i, state)),
		}
	}
	return rows
}

// stateStyle colours what asks for something; the word says it too.
func (k *kit) stateStyle(s policy.InvoiceState) style {
	switch s {
	case policy.InvoiceOverdue:
		return k.st.danger
	case policy.InvoiceDraft:
		return k.st.due
	case policy.InvoicePaid, policy.InvoiceCredited:
		return k.st.faint
	}
	return ""
}

// stateWords is the state of an invoice; a credit note has none of its own.
func (k *kit) stateWords(i db.Invoice, s policy.InvoiceState) string {
	if i.Credits != 0 && i.Number != 0 {
		return k.t.Invoice.CreditNote
	}
	return k.invoiceState(s)
}

// invoiceState is a state in words; "" is all of them.
func (k *kit) invoiceState(s policy.InvoiceState) string { return k.t.Invoice.States[s] }

// money is an amount as the language writes it: € 1.234,50 or € 1,234.50.
func (k *kit) money(c policy.Cents) string {
	sign := ""
	if c < 0 {
		sign, c = "-", -c
	}
	point := "."
	if k.Lang == "nl" {
		point = ","
	}
	return fmt.Sprintf("€ %s%s%s%02d", sign, k.num(int(c/100)), point, c%100)
}

// date is a day without a time, which belongs to no zone.
func (k *kit) date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d %s %d", t.Day(), k.t.Months[t.Month()-1], t.Year())
}
