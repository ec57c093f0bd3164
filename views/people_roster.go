package views

import "strings"

// rosterRow is a line of a short list. One that stands for something has an id,
// unique in the list, and can be selected; the others are headings and remarks.
type rosterRow struct {
	id   string
	text string // clean and unstyled, so that the selection can colour it
	st   style
	item any
}

// roster is a short list held in memory with one line selected.
type roster struct {
	rows []rosterRow
	at   int // in rows
	top  int
	page int // lines shown last
}

// put replaces the rows; the selection stays on what it was on, or near it.
func (r *roster) put(rows []rosterRow) {
	id := r.id()
	r.rows = rows
	for i, row := range rows {
		if id != "" && row.id == id {
			r.at = i
			return
		}
	}
	r.at = min(r.at, max(len(rows)-1, 0))
	if r.id() == "" && !r.step(1) {
		r.step(-1)
	}
}

func (r *roster) id() string {
	if r.at < len(r.rows) {
		return r.rows[r.at].id
	}
	return ""
}

// item is what the selected line stands for, nil for nothing.
func (r *roster) item() any {
	if r.at < len(r.rows) {
		return r.rows[r.at].item
	}
	return nil
}

// step goes to the next line that can be selected, if there is one.
func (r *roster) step(by int) bool {
	i := r.next(r.at, by)
	if i >= 0 {
		r.at = i
	}
	return i >= 0
}

// press moves the selection, and says whether the key was for that.
func (r *roster) press(key string) bool {
	switch key {
	case "up", "k", "ctrl+p":
		r.step(-1)
	case "down", "j", "ctrl+n":
		r.step(1)
	case "pgup":
		r.leap(-1, max(r.page-1, 1))
	case "pgdown":
		r.leap(1, max(r.page-1, 1))
	case "home":
		r.leap(-1, len(r.rows))
	case "end":
		r.leap(1, len(r.rows))
	default:
		return false
	}
	return true
}

// leap steps until n lines are behind.
func (r *roster) leap(by, n int) {
	for from := r.at; (r.at-from)*by < n && r.step(by); {
	}
}

// lines are at most height lines around the selection.
func (r *roster) lines(st styles, w, height int) []string {
	r.page = height
	r.scroll(height)
	lines := make([]string, 0, height)
	for i := r.top; i < min(r.top+height, len(r.rows)); i++ {
		lines = append(lines, r.line(st, i, w))
	}
	return lines
}

func (r *roster) line(st styles, i, w int) string {
	row := r.rows[i]
	switch {
	case row.id == "":
		return " " + row.st.of(cut(row.text, w-2))
	case i == r.at:
		return " " + st.sel.of(pad("▸ "+row.text, w-2))
	}
	return "   " + row.st.of(cut(row.text, w-4))
}

// scroll keeps the selection in sight, and with the first or the last one what
// is before or after it: a heading can't be selected, but it can be read.
func (r *roster) scroll(height int) {
	r.top = max(min(r.top, r.at), r.at+1-height, 0)
	last := len(r.rows) - height
	switch {
	case r.next(r.at, -1) < 0 && r.at < height:
		r.top = 0
	case r.next(r.at, 1) < 0 && r.at >= last:
		r.top = max(last, 0)
	}
}

// next is the closest line after i that can be selected, -1 for none.
func (r *roster) next(i, by int) int {
	for i += by; i >= 0 && i < len(r.rows); i += by {
		if r.rows[i].id != "" {
			return i
		}
	}
	return -1
}

// columns puts cells side by side, a space between two.
func columns(widths []int, cells ...string) string {
	parts := make([]string, len(cells))
	for i, c := range cells {
		parts[i] = pad(c, widths[i])
	}
	return strings.TrimRight(strings.Join(parts, " "), " ")
}
