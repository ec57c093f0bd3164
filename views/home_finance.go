package views

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// fetchBooks asks for what is owed and what was invoiced.
func (h *home) fetchBooks() tea.Cmd {
	actor := h.kit.Actor
	return ask(h.kit, &h.load, func(ctx context.Context) (ops.Books, error) {
		return h.kit.Ops.InvoiceBooks(ctx, actor)
	}, func(b ops.Books, err error) tea.Cmd { h.books = b; return h.kit.fail(err) })
}

// wideBooks is from how many columns on owed and revenue stand side by side.
const wideBooks = 110

// financeHome has what is owed on the left and a year's revenue on the right,
// or below where the window is narrow.
func (h *home) financeHome(w, height int) []string {
	owed := h.owedLines()
	if w < wideBooks {
		owed = append(slices.Delete(owed, 1, 2), "") // each line is a month more
		return indent(append(owed, h.revenueLines(min(w-6, 60), height-len(owed))...), w)
	}
	chart := h.revenueLines(60, height)
	lines := make([]string, max(len(owed), len(chart)))
	for i := range lines {
		var left, right string
		if i < len(owed) {
			left = owed[i]
		}
		if i < len(chart) {
			right = chart[i]
		}
		lines[i] = pad(left, 50) + right
	}
	return indent(lines, w)
}

func (h *home) owedLines() []string {
	t := &h.kit.t.Invoice
	lines := []string{h.kit.st.accent.of(t.Owed), ""}
	var n int64
	var total policy.Cents
	for _, o := range h.books.Owing {
		st := style("")
		if o.Late != "current" {
			st = h.kit.st.danger
		}
		lines = append(lines, st.of(pad(t.LateBy[o.Late], 22)+padLeft(h.kit.num(int(o.Number)), 6)+padLeft(h.kit.money(o.Open), 16)))
		n, total = n+o.Number, total+o.Open
	}
	if n == 0 {
		return append(lines, h.kit.st.faint.of(t.NothingOwed))
	}
	return append(lines, h.kit.st.strong.of(pad(t.Total, 22)+padLeft(h.kit.num(int(n)), 6)+padLeft(h.kit.money(total), 16)))
}

// revenueLines are a bar for each month, with its amount; of a small window
// the latest months.
func (h *home) revenueLines(w, height int) []string {
	lines := []string{h.kit.st.accent.of(h.kit.t.Invoice.Revenue), ""}
	months := h.revenue()
	months = months[max(len(months)-max(height-len(lines), 0), 0):]
	most := policy.Cents(1)
	for _, r := range months {
		most = max(most, r.Net)
	}
	room := max(w-9-16, 4)
	for _, r := range months {
		bar := strings.Repeat("█", int(int64(room)*int64(max(r.Net, 0))/int64(most)))
		month := fmt.Sprintf("%s %02d", h.kit.t.Months[r.Month.Month()-1], r.Month.Year()%100)
		lines = append(lines, pad(month, 8)+h.kit.st.accent.of(pad(bar, room))+padLeft(h.kit.money(r.Net), 16))
	}
	return lines
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
