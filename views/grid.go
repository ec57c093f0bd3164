package views

import (
	tea "charm.land/bubbletea/v2"
)

// column is one column of a grid. What is left of the width goes to those that
// grow; those that don't fit are left out from the right.
type column struct {
	name  string
	title string
	width int
	grow  bool
	right bool
}

// cell is what stands in a column; its text is clean and gets cut to fit.
type cell struct {
	text string
	st   style
}

// grid is a list held in memory with a cursor. It renders a row once and keeps
// it, so that moving the cursor costs two rows.
type grid struct {
	k       *kit
	columns []column
	n       int
	cells   func(row int) []cell // one for each column
	marked  func(row int) bool
	at, top int

	widths []int
	w      int
	rows   map[int]string
	head   string
}

// changed forgets what was rendered. Call it when rows or columns change.
func (g *grid) changed() {
	g.rows, g.w = nil, 0
	g.at = max(min(g.at, g.n-1), 0)
}

// touched forgets one row.
func (g *grid) touched(row int) { delete(g.rows, row) }

// Update moves the cursor, and says whether the key was for that.
func (g *grid) Update(key tea.KeyPressMsg, height int) bool {
	page := max(height-2, 1)
	switch key.String() {
	case "up", "k":
		g.at--
	case "down", "j":
		g.at++
	case "pgup", "ctrl+b":
		g.at -= page
	case "pgdown", "ctrl+f":
		g.at += page
	case "home", "g":
		g.at = 0
	case "end", "G":
		g.at = g.n - 1
	default:
		return false
	}
	g.at = max(min(g.at, g.n-1), 0)
	return true
}

// View is the head of the columns and the rows around the cursor: height lines
// of at most w columns.
func (g *grid) View(w, height int) []string {
	g.fit(w)
	height = max(height, 0)
	rows := max(height-1, 0)
	g.top = max(min(g.top, g.at, g.n-rows), g.at-rows+1, 0)
	lines := make([]string, 0, height)
	lines = append(lines, g.head)
	for i := g.top; i < g.n && len(lines) < height; i++ {
		lines = append(lines, g.line(i))
	}
	return lines
}

// line gives one row; the one under the cursor is rendered anew.
func (g *grid) line(i int) string {
	if i == g.at {
		return g.k.st.sel.of(g.render(i, "▸", true))
	}
	if s, ok := g.rows[i]; ok {
		return s
	}
	s := g.render(i, " ", false)
	g.rows[i] = s
	return s
}

func (g *grid) render(i int, sign string, plain bool) string {
	if g.marked != nil && g.marked(i) {
		sign += "●"
	} else {
		sign += " "
	}
	line := sign + " "
	for c, v := range g.cells(i) {
		if g.widths[c] == 0 {
			continue
		}
		text := pad(v.text, g.widths[c])
		if g.columns[c].right {
			text = padLeft(v.text, g.widths[c])
		}
		if !plain {
			text = v.st.of(text)
		}
		line += text + "  "
	}
	return line[:len(line)-1]
}

// fit shares the width among the columns.
func (g *grid) fit(w int) {
	if g.w == w && g.rows != nil {
		return
	}
	g.w, g.rows = w, map[int]string{}
	g.widths = make([]int, len(g.columns))
	left, growing := w-3, 0
	for i, c := range g.columns {
		if left < c.width+2 {
			break
		}
		g.widths[i] = c.width
		left -= c.width + 2
		if c.grow {
			growing++
		}
	}
	for i, c := range g.columns {
		if c.grow && g.widths[i] > 0 {
			share := min(left/growing, 3*c.width)
			g.widths[i] += share
			left -= share
			growing--
		}
	}
	g.head = g.header()
}

func (g *grid) header() string {
	line := "   "
	for i, c := range g.columns {
		if g.widths[i] == 0 {
			continue
		}
		if c.right {
			line += padLeft(c.title, g.widths[i]) + "  "
		} else {
			line += pad(c.title, g.widths[i]) + "  "
		}
	}
	return g.k.st.faint.of(line)
}
