package views

import (
	"fmt"
	"slices"

	"balie/db"
	"balie/policy"
)

// customerHome is two columns: who was active last and who leaves, and beside
// these how many there are and who was opened.
func (h *home) customerHome(w, height int) []string {
	left := w * 2 / 3
	h.height = height
	rows := append(h.activeLines(left-2), h.leavingLines(left-2)...)
	return beside(rows, h.tallyLines(w-left-4), left, "  ")
}

// shown are the rows for which there is room. At least three of those that need
// a decision have it.
func (h *home) shown() (active, leaving []db.Row) {
	active, leaving = h.busy, h.leaving
	if h.height == 0 {
		return active, leaving
	}
	heads := 2
	if len(leaving) > 0 {
		leaving = leaving[:min(len(leaving), max((h.height-5)/3, 3))]
		heads = 5
	}
	return active[:min(len(active), max(h.height-heads-len(leaving), 0))], leaving
}

// selectable are the rows under the cursor.
func (h *home) selectable() []recent {
	active, leaving := h.shown()
	rows := make([]recent, 0, len(active)+len(leaving))
	for _, list := range [][]db.Row{active, leaving} {
		for _, r := range list {
			rows = append(rows, recent{r.ID, r.Name(), r.Company, r.LastActivity})
		}
	}
	h.at = max(min(h.at, len(h.heed.all)+len(rows)-1), 0)
	return rows
}

func (h *home) activeLines(w int) []string {
	lines := []string{"  " + h.kit.st.accent.of(h.kit.t.HomeActive[h.kit.Actor.Role == policy.Sales]), ""}
	active, _ := h.shown()
	if h.load.busy && len(active) == 0 {
		return append(lines, "  "+h.kit.st.faint.of(h.kit.t.Loading))
	}
	if len(h.busy) == 0 {
		return append(lines, indent(wrap(h.kit.t.NoCustomersHint, w-4), w)...)
	}
	for i, r := range active {
		lines = append(lines, h.row(i, r, cell{h.kit.ago(r.LastActivity), h.kit.st.faint}, 12, w))
	}
	return lines
}

// leavingLines are those that somebody has to decide on.
func (h *home) leavingLines(w int) []string {
	active, leaving := h.shown()
	if len(leaving) == 0 {
		return nil
	}
	title := "  " + h.kit.st.accent.of(h.kit.t.HomeLeaving)
	if len(leaving) < len(h.leaving) {
		title += "  " + h.kit.st.faint.of(fmt.Sprintf(h.kit.t.FirstOnes, h.kit.num(len(leaving))))
	}
	lines := []string{"", title, ""}
	for i, r := range leaving {
		lines = append(lines, h.row(len(active)+i, r, h.kit.leavesOn(r.Status, r.LastActivity), 26, w))
	}
	return lines
}

// row is the i-th selectable one: name, company or restriction, and last with
// its own width.
func (h *home) row(i int, r db.Row, last cell, lastWidth, w int) string {
	room := w - 6 - lastWidth
	company := cell{r.Company.String(), ""}
	if r.Restricted {
		company = cell{"! " + h.kit.t.Restricted, h.kit.st.due}
	}
	selected := i+len(h.heed.all) == h.at
	if selected {
		company.st = "" // the line has a style of its own
	}
	words := pad(r.Name().String(), room+2)
	if company.text != "" {
		side := min(max(room/3, 14), max(room-16, 0))
		words = pad(r.Name().String(), room-side) + "  " + company.st.of(pad(company.text, side))
	}
	if selected {
		return " " + h.kit.st.sel.of(pad("▸ "+words+" "+padLeft(last.text, lastWidth), w-1))
	}
	return "   " + words + " " + last.st.of(padLeft(last.text, lastWidth))
}

// tallyLines say how many there are by status, and who was opened lately.
func (h *home) tallyLines(w int) []string {
	lines := slices.Concat(h.todayLines(w), h.pipeLines(w), h.statusLines())
	lines = append(lines, h.kit.st.accent.of(h.kit.t.HomeRecent), "")
	for _, r := range h.kit.recents {
		lines = append(lines, pad(r.name.String(), max(w-14, 8))+" "+h.kit.st.faint.of(h.kit.ago(r.at)))
	}
	if len(h.kit.recents) == 0 {
		lines = append(lines, h.kit.st.faint.of(h.kit.t.NothingOpened))
	}
	return lines
}

// statusLines are for who has customers of his own or of his team.
func (h *home) statusLines() []string {
	if h.kit.Actor.Role == policy.Privacy {
		return nil
	}
	lines := []string{h.kit.st.accent.of(h.kit.t.HomeNow), ""}
	if h.own == nil {
		return append(lines, h.kit.st.faint.of(h.kit.t.Loading), "")
	}
	for _, s := range policy.Statuses {
		lines = append(lines, pad(h.kit.t.status(s), 12)+padLeft(h.kit.num(int(h.own[s])), 8))
	}
	return append(lines, "")
}
