package views

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// fetchBooks asks for what is owed and what was invoiced.
func (h *home) fetchBooks(actor policy.Actor) tea.Cmd {
	return ask(h.kit, &h.load, func(ctx context.Context) (ops.Books, error) {
		return h.kit.Ops.InvoiceBooks(ctx, actor)
	}, func(b ops.Books, err error) tea.Cmd { h.books = b; return h.kit.fail(err) })
}

// invoiceList opens the list of invoices behind a figure.
func (h *home) invoiceList(change func(*db.InvoiceQuery)) func() tea.Cmd {
	return func() tea.Cmd {
		v := newInvoices(h.kit, "", "")
		change(&v.query)
		return goTo(v)
	}
}

// owedBlock is what is open, by how late it is.
func (h *home) owedBlock() homeBlock {
	t := &h.kit.t.Invoice
	b := homeBlock{title: t.Owed, least: 6, none: t.NothingOwed}
	var n int64
	var total policy.Cents
	line := func(name string, number int64, open policy.Cents) string {
		return pad(name, 22) + padLeft(h.kit.num(int(number)), 6) + padLeft(h.kit.money(open), 16)
	}
	for _, o := range h.books.Owing {
		st := style("")
		if o.Late != "current" {
			st = h.kit.st.danger
		}
		b.items = append(b.items, plain(line(t.LateBy[o.Late], o.Number, o.Open), st, h.invoiceList(func(q *db.InvoiceQuery) { q.Late = o.Late })))
		n, total = n+o.Number, total+o.Open
	}
	if n > 0 {
		b.items = append(b.items, plain(line(t.Total, n, total), h.kit.st.strong, nil))
	}
	return b
}

// revenueBlock is a bar for each month, with its amount; of a small window the
// latest months.
func (h *home) revenueBlock() homeBlock {
	b := homeBlock{title: h.kit.t.Invoice.Revenue, least: 3, latest: true}
	months := h.revenue()
	most := policy.Cents(1)
	for _, r := range months {
		most = max(most, r.Net)
	}
	for _, r := range months {
		month := fmt.Sprintf("%s %02d", h.kit.t.Months[r.Month.Month()-1], r.Month.Year()%100)
		b.items = append(b.items, homeItem{
			open: h.invoiceList(func(q *db.InvoiceQuery) { q.Month = r.Month }),
			draw: func(w int, here bool) string {
				room := max(min(w, 60)-8-16, 4)
				bar := strings.Repeat("█", share(r.Net, most, room))
				if !here {
					bar = h.kit.st.accent.of(bar)
				}
				return pad(month, 8) + pad(bar, room) + padLeft(h.kit.money(r.Net), 16)
			},
		})
	}
	return b
}

// revenue is of each of twelve months, those without invoices too.
func (h *home) revenue() (months []db.Revenue) {
	if h.books.Today.IsZero() {
		return nil // not known yet
	}
	by := map[time.Time]policy.Cents{}
	for _, r := range h.books.Revenue {
		by[r.Month.UTC()] = r.Net
	}
	for ago := 11; ago >= 0; ago-- {
		month := time.Date(h.books.Today.Year(), h.books.Today.Month()-time.Month(ago), 1, 0, 0, 0, 0, time.UTC)
		months = append(months, db.Revenue{Month: month, Net: by[month]})
	}
	return months
}
