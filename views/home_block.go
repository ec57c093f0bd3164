package views

import tea "charm.land/bubbletea/v2"

// homeItem is a line of a first screen that leads to the rows behind it.
type homeItem struct {
	draw func(w int, here bool) string // here: without colours, the line has its own
	open func() tea.Cmd                // nil: it can't be selected
}

// homeBlock is a heading with lines below it.
type homeBlock struct {
	title  string
	aside  string // at the end of the heading
	items  []homeItem
	none   string // what stands there in place of items
	least  int    // how many have their room before others have more
	latest bool   // of a long list the end is shown, not the beginning
}

// plain is a line of one style.
func plain(text string, st style, open func() tea.Cmd) homeItem {
	return homeItem{open: open, draw: func(w int, here bool) string {
		if here {
			return cut(text, w)
		}
		return st.of(cut(text, w))
	}}
}

// shareRoom gives each block of a column its lines: first one each, in order,
// with its heading and a line between; then what each needs at least; then what
// is left. A block for which there is no room gets 0.
func shareRoom(blocks []homeBlock, room int) []int {
	got := make([]int, len(blocks))
	room++ // no line above the first
	for i := range blocks {
		if room >= 3 {
			got[i], room = 1, room-3
		}
	}
	more := func(upTo func(homeBlock) int) {
		for i, b := range blocks {
			if n := min(upTo(b)-got[i], room); got[i] > 0 && n > 0 {
				got[i], room = got[i]+n, room-n
			}
		}
	}
	more(func(b homeBlock) int { return min(b.least, len(b.items)) })
	more(func(b homeBlock) int { return len(b.items) })
	return got
}

// shown are the items of a block that fit.
func (b homeBlock) shown(n int) []homeItem {
	n = min(n, len(b.items))
	if b.latest {
		return b.items[len(b.items)-n:]
	}
	return b.items[:n]
}

// column draws blocks below each other, and adds what can be selected to those
// that the cursor goes along.
func (h *home) column(blocks []homeBlock, w, height int) (lines []string) {
	got := shareRoom(blocks, height)
	for i, b := range blocks {
		if got[i] == 0 {
			continue
		}
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		aside := b.aside
		if n := got[i]; aside == "" && n < len(b.items) && !b.latest {
			aside = h.kit.st.faint.of(h.firstOnes(n))
		}
		lines = append(lines, "  "+spread(h.kit.st.accent.of(b.title), aside, w-3))
		for _, item := range b.shown(got[i]) {
			lines = append(lines, h.item(item, w))
		}
		if len(b.items) == 0 {
			lines = append(lines, "   "+h.kit.st.faint.of(cut(cmpOr(b.none, h.kit.t.Loading), w-4)))
		}
	}
	return lines
}

func (h *home) item(it homeItem, w int) string {
	if it.open == nil {
		return "   " + it.draw(w-4, false)
	}
	h.leads = append(h.leads, it.open)
	if len(h.heed.all)+len(h.leads)-1 == h.at {
		return " " + h.kit.st.sel.of(pad("▸ "+it.draw(w-4, true), w-2))
	}
	return "   " + it.draw(w-4, false)
}

// columns draws columns side by side, in shares of the width.
func (h *home) columns(w, height int, shares []int, all ...[]homeBlock) []string {
	h.leads, h.starts = nil, nil
	var lines []string
	left, rest := w, 0
	for _, s := range shares {
		rest += s
	}
	at := 0
	for i, blocks := range all {
		h.starts = append(h.starts, len(h.heed.all)+len(h.leads))
		mine := left * shares[i] / rest
		left, rest = left-mine, rest-shares[i]
		drawn := h.column(blocks, mine, height)
		if i == 0 {
			lines = drawn
		} else {
			lines = beside(lines, drawn, at, "")
		}
		at += mine
	}
	h.at = max(min(h.at, len(h.heed.all)+len(h.leads)-1), 0)
	return lines
}

// sideways goes to the first line of the column beside.
func (h *home) sideways(by int) {
	in := 0
	for i, s := range h.starts {
		if h.at >= s {
			in = i
		}
	}
	if to := in + by; to >= 0 && to < len(h.starts) && h.starts[to] < len(h.heed.all)+len(h.leads) {
		h.at = h.starts[to]
	}
}
