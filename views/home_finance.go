package views

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/ops"
	"balie/policy"
)

// fetchBooks asks for what is owed and what was invoiced.
func (h *home) fetchBooks() tea.Cmd {
	actor := h.Actor
	return ask(h.kit, &h.load, func(ctx context.Context) (ops.Books, error) {
		return h.Ops.InvoiceBooks(ctx, actor)
	}, func(b ops.Books, err error) tea.Cmd { h.books = b; return h.fail(err) })
}

// financeHome has what is owed on the left and a year's revenue on the right,
// or below where the window is narrow.
func (h *home) financeHome(w int) []string {
	owed, chart := h.owedLines(), h.revenueLines(min(w-6, 60))
	if w < 110 {
		return indent(append(append(owed, ""), chart...), w)
	}
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
	t := &h.t.Invoice
	lines := []string{h.st.accent.of(t.Owed), ""}
	var n int64
	var total policy.Cents
	for _, o := range h.books.Owing {
		st := style("")
		if o.Late != "current" {
			st = h.st.danger
		}
		lines = append(lines, st.of(pad(t.LateBy[o.Late], 22)+padLeft(h.num(int(o.Number)), 6)+padLeft(h.money(o.Open), 16)))
		n, total = n+o.Number, total+o.Open
	}
	if n == 0 {
		return append(lines, h.st.faint.of(t.NothingOwed))
	}
	return append(lines, h.st.strong.of(pad(t.Total, 22)+padLeft(h.num(int(n)), 6)+padLeft(h.money(total), 16)))
}

// revenueLines are a bar for each month, with its amount.
func (h *home) revenueLines(w int) []string {
	lines := []string{h.st.accent.of(h.t.Invoice.Revenue), ""}
	most := policy.Cents(1)
	for _, r := range h.books.Revenue {
		most = max(most, r.Net)
	}
	room := max(w-9-16, 4)
	for _, r := range h.books.Revenue {
		bar := strings.Repeat("█", int(int64(room)*int64(max(r.Net, 0))/int64(most)))
		month := fmt.Sprintf("%s %02d", h.t.Months[r.Month.Month()-1], r.Month.Year()%100)
		lines = append(lines, pad(month, 8)+h.st.accent.of(pad(bar, room))+padLeft(h.money(r.Net), 16))
	}
	if len(h.books.Revenue) == 0 {
		lines = append(lines, h.st.faint.of(h.t.Invoice.None))
	}
	return lines
}
