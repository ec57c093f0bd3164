package views

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/policy/text"
)

// editor is text of several lines being typed. It is ours because bubbles'
// textarea reads and writes the server's own clipboard.
type editor struct {
	lines []*input
	row   int
	top   int
}

// maxEditor bounds a note while it is typed; ops says how long one may be.
const maxEditor = 64 << 10

func newEditor(value string) *editor {
	e := &editor{}
	e.set(value)
	return e
}

func (e *editor) set(value string) {
	e.lines, e.row, e.top = []*input{newInput("")}, 0, 0
	e.insert(value)
}

func (e *editor) value() text.Block {
	lines := make([]string, len(e.lines))
	for i, l := range e.lines {
		lines[i] = strings.TrimRight(l.value(), " ")
	}
	return text.NewBlock(strings.Trim(strings.Join(lines, "\n"), "\n"))
}

func (e *editor) size() (n int) {
	for _, l := range e.lines {
		n += len(l.clusters) + 1
	}
	return n
}

func (e *editor) insert(s string) {
	s = text.CleanBlock(s[:min(len(s), max(maxEditor-e.size(), 0))])
	for i, part := range strings.Split(s, "\n") {
		if i > 0 {
			e.split()
		}
		e.lines[e.row].insert(strings.ReplaceAll(part, "\t", "    "))
	}
}

// split begins a new line at the cursor.
func (e *editor) split() {
	l := e.lines[e.row]
	rest := &input{clusters: slices.Clone(l.clusters[l.at:])}
	l.clusters = l.clusters[:l.at:l.at]
	e.row++
	e.lines = slices.Insert(e.lines, e.row, rest)
}

// merge joins the line with the one before it.
func (e *editor) merge() {
	if e.row == 0 {
		return
	}
	l, before := e.lines[e.row], e.lines[e.row-1]
	before.at = len(before.clusters)
	before.clusters = append(before.clusters, l.clusters...)
	e.lines = slices.Delete(e.lines, e.row, e.row+1)
	e.row--
}

// Update takes a key or a paste, and says whether it was for the text.
func (e *editor) Update(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		e.insert(msg.Content)
		return true
	case tea.KeyPressMsg:
		return e.press(msg)
	}
	return false
}

func (e *editor) press(key tea.KeyPressMsg) bool {
	l := e.lines[e.row]
	switch name := key.String(); {
	case name == "enter":
		e.split()
	case name == "up":
		e.to(e.row - 1)
	case name == "down":
		e.to(e.row + 1)
	case name == "backspace" && l.at == 0:
		e.merge()
	case name == "left" && l.at == 0 && e.row > 0:
		e.to(e.row - 1)
		e.lines[e.row].at = len(e.lines[e.row].clusters)
	default:
		return l.press(key)
	}
	return true
}

func (e *editor) to(row int) {
	at := e.lines[e.row].at
	e.row = max(min(row, len(e.lines)-1), 0)
	e.lines[e.row].at = min(at, len(e.lines[e.row].clusters))
}

// View shows height lines of w columns around the cursor, and its place.
func (e *editor) View(w, height int) (lines []string, x, y int) {
	w = max(w, 2)
	for i, l := range e.lines {
		rows, cx, cy := l.fold(w)
		if i == e.row {
			x, y = cx, len(lines)+cy
		}
		lines = append(lines, rows...)
	}
	e.top = max(min(e.top, y), y-height+1, 0)
	shown := make([]string, height)
	for i := range shown {
		if e.top+i < len(lines) {
			shown[i] = lines[e.top+i]
		}
	}
	return shown, x, y - e.top
}

// fold breaks one line into rows of w columns.
func (in *input) fold(w int) (rows []string, x, y int) {
	var row strings.Builder
	n := 0
	for i, c := range in.clusters {
		if n+width(c) > w-1 {
			rows = append(rows, row.String())
			row.Reset()
			n = 0
		}
		if i == in.at {
			x, y = n, len(rows)
		}
		row.WriteString(c)
		n += width(c)
	}
	if in.at == len(in.clusters) {
		x, y = n, len(rows)
	}
	return append(rows, row.String()), x, y
}
