package views

import (
	"fmt"
	"strings"

	"balie/db"
	"balie/policy"
)

func (v *invoice) View(w, height int) string {
	if !v.known {
		return "   " + v.kit.st.faint.of(v.kit.t.Loading)
	}
	w = min(w, formWidth+24)
	lines := append(v.headLines(w), "")
	lines = append(lines, v.lineRows(w)...)
	lines = append(lines, v.sumLines(w)...)
	lines = append(lines, v.factLines(w)...)
	v.top = max(min(v.top, len(lines)-height), 0)
	return join(lines[v.top:min(len(lines), v.top+height)])
}

// headLines say whom it is for, and where it stands.
func (v *invoice) headLines(w int) []string {
	t, s := &v.kit.t.Invoice, v.sight
	title := cmpOr(s.Name(), t.Draft)
	if s.Credits != 0 {
		title = t.CreditNote + " " + title
	}
	state := v.kit.stateStyle(s.State).of(v.kit.stateWords(s.Invoice, s.State))
	lines := []string{spread(" "+v.kit.st.strong.of(title), state, w-1)}
	say := func(parts ...string) {
		var full []string
		for _, p := range parts {
			if p != "" {
				full = append(full, p)
			}
		}
		if len(full) > 0 {
			lines = append(lines, " "+cut(strings.Join(full, " · "), w-2))
		}
	}
	say(s.Debtor.String(), s.Attention.String(), s.Mail.String())
	say(s.Address.Street.String(), strings.TrimSpace(s.Address.Postcode.String()+" "+s.Address.City.String()), s.Address.Country.String(), s.VATNumber.String())
	say(s.Subject.String(), v.labelled(t.Reference, s.Reference.String()))
	if s.Number != 0 {
		say(t.Date+" "+v.kit.date(s.IssuedOn), t.Due+" "+v.kit.date(s.DueOn), fmt.Sprintf(t.KeptThrough, v.kit.date(s.KeptThrough)))
	}
	return lines
}

func (v *invoice) labelled(label, value string) string {
	if value == "" {
		return ""
	}
	return label + " " + value
}

var lineWidths = [...]int{8, 13, 8, 8, 13}

func (v *invoice) lineRows(w int) []string {
	t := &v.kit.t.Invoice
	room := max(w-3-len(lineWidths)-8-13-8-8-13, 8)
	row := func(cells ...string) string {
		line := " " + pad(cells[0], room)
		for n, c := range cells[1:] {
			line += " " + padLeft(c, lineWidths[n])
		}
		return line
	}
	lines := []string{v.kit.st.faint.of(row(t.Line, t.Quantity, t.Price, t.Discount, t.VAT, t.Amount))}
	for _, l := range v.sight.Lines {
		off := ""
		if l.Discount != 0 {
			off = v.kit.decimals(policy.Quantity(l.Discount*10)) + "%"
		}
		lines = append(lines, row(l.Text.String(), v.kit.decimals(l.Quantity), v.kit.money(l.Price), off, v.kit.vat(l.VAT), v.kit.money(l.Net())))
	}
	if len(v.sight.Lines) == 0 {
		lines = append(lines, " "+v.kit.st.due.of(t.NoLines))
	}
	return lines
}

func (k *kit) decimals(q policy.Quantity) string {
	if k.Lang == "nl" {
		return strings.Replace(q.String(), ".", ",", 1)
	}
	return q.String()
}

func (k *kit) vat(v policy.VAT) string {
	if v == policy.VATReverse {
		return k.t.Invoice.Reverse
	}
	return string(v) + "%"
}

func (v *invoice) sumLines(w int) []string {
	t, s := &v.kit.t.Invoice, v.sight
	sum := func(st style, name string, c policy.Cents) string {
		return st.of(padLeft(name, w-16) + " " + padLeft(v.kit.money(c), 14))
	}
	lines := []string{"", sum("", t.Net, s.Totals.Net)}
	for _, r := range s.Totals.Rates {
		lines = append(lines, sum("", t.VAT+" "+v.kit.vat(r.VAT), r.Tax))
	}
	lines = append(lines, sum(v.kit.st.strong, t.Total, s.Totals.Total))
	if s.Credited != 0 {
		lines = append(lines, sum("", t.Credited, -s.Credited))
	}
	if s.Paid != 0 || s.Credited != 0 {
		lines = append(lines, sum("", t.PaidWord, -s.Paid), sum(v.kit.st.strong, t.Open, s.Facts().Open()))
	}
	return lines
}

// factLines are payments, reminders and the remark.
func (v *invoice) factLines(w int) []string {
	var lines []string
	for _, p := range v.sight.Payments {
		lines = append(lines, " "+columns([]int{14, 14, max(w-32, 8)}, v.kit.date(p.PaidOn), v.kit.money(p.Amount), p.Remark.String()+"  "+v.kit.colleague(p.Person)))
	}
	if n := v.sight.Reminders; n > 0 {
		lines = append(lines, " "+fmt.Sprintf(v.kit.t.Invoice.Reminded, n, v.kit.date(v.sight.RemindedOn)))
	}
	for _, r := range v.sight.Letters {
		lines = append(lines, " "+v.reminder(r))
	}
	for _, l := range wrapBlock(v.sight.Remark.String(), w-2) {
		lines = append(lines, " "+l)
	}
	return append([]string{""}, lines...)
}

// reminder is one that is due, or was made.
func (v *invoice) reminder(r db.Reminder) string {
	t := &v.kit.t.Invoice
	name := t.Levels[min(max(r.Level, 1), 3)-1]
	if r.MadeAt.IsZero() {
		return v.kit.st.due.of("! " + fmt.Sprintf(t.ReminderDue, name, v.kit.date(r.DueOn)))
	}
	return fmt.Sprintf(t.ReminderMade, name, v.kit.moment(r.MadeAt), v.kit.money(r.Open), v.kit.colleague(r.MadeBy))
}

// lineText is a line as it is typed in the form.
func (k *kit) lineText(l db.InvoiceLine) string {
	parts := []string{l.Text.String(), k.decimals(l.Quantity), l.Price.String(), string(l.VAT)}
	if k.Lang == "nl" {
		parts[2] = strings.Replace(parts[2], ".", ",", 1)
	}
	if l.Discount != 0 {
		parts = append(parts, k.decimals(policy.Quantity(l.Discount*10)))
	}
	return strings.Join(parts, "; ")
}
