package screen

import (
	"strconv"
	"strings"
	"sync"

	"github.com/charmbracelet/colorprofile"
)

// maxGap is how many unchanged columns are written again rather than jumped.
const maxGap = 4

// painter knows what a terminal shows, as lines, and makes the bytes that lead
// from there to the next frame. Cells exist only while a line is compared.
type painter struct {
	profile colorprofile.Profile
	size    Size
	lines   []string
	cursor  cursor

	x, y int    // where the terminal's cursor is while painting, -1 unknown
	pen  string // the SGR in force
}

// scratch is what comparing two lines needs, shared by all sessions.
type scratch struct{ old, new []cell }

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// paint appends to dst what turns the last frame into f: nothing, if they look
// the same.
func (p *painter) paint(dst []byte, f *frame) []byte {
	dst = append(dst, syncOn...)
	p.x, p.y, p.pen = -1, -1, ""
	if f.size != p.size {
		dst = p.clear(dst, f.size)
	}
	lines := split(f.view, f.size.Height)
	dst = p.scroll(dst, lines)
	dst = p.update(dst, lines)
	p.lines = lines
	dst = p.place(p.style(dst, ""), f.cursor)
	if len(dst) == len(syncOn) {
		return dst[:0]
	}
	return append(dst, syncOff...)
}

func (p *painter) clear(dst []byte, size Size) []byte {
	p.size, p.lines, p.cursor = size, make([]string, size.Height), cursor{}
	return append(dst, "\x1b[m\x1b[r\x1b[?25l\x1b[2J"...)
}

// split cuts view into exactly height lines.
func split(view string, height int) []string {
	lines := make([]string, height)
	for i := range lines {
		lines[i], view, _ = strings.Cut(view, "\n")
	}
	return lines
}

func (p *painter) update(dst []byte, lines []string) []byte {
	s := scratches.Get().(*scratch)
	defer scratches.Put(s)
	defer func() { clear(s.old[:cap(s.old)]); clear(s.new[:cap(s.new)]) }() // don't hold views
	for y, line := range lines {
		if line == p.lines[y] {
			continue
		}
		s.old = appendCells(s.old[:0], p.lines[y], p.size.Width, p.profile)
		s.new = appendCells(s.new[:0], line, p.size.Width, p.profile)
		dst = p.line(dst, y, s.old, s.new)
	}
	return dst
}

// line rewrites the columns that differ. Where a wide cluster comes or goes,
// both its columns differ, so no half of one stays behind.
func (p *painter) line(dst []byte, y int, from, to []cell) []byte {
	for x, c := range to {
		was := blank
		if x < len(from) {
			was = from[x]
		}
		if c != was && c.text != "" {
			dst = p.put(p.reach(dst, x, y, to), x, to)
		}
	}
	if len(from) > len(to) {
		dst = append(p.style(p.move(dst, len(to), y), ""), "\x1b[K"...)
	}
	return dst
}

// reach brings the cursor to x, over a small gap by writing what is there.
func (p *painter) reach(dst []byte, x, y int, cells []cell) []byte {
	if p.y != y || p.x < 0 || x-p.x > maxGap {
		return p.move(dst, x, y)
	}
	for _, c := range cells[p.x:x] {
		if c.sgr != p.pen || !steady(c.text) {
			return p.move(dst, x, y)
		}
	}
	for p.x < x {
		dst = p.put(dst, p.x, cells)
	}
	return dst
}

// put writes the cell at x, where the cursor is.
func (p *painter) put(dst []byte, x int, cells []cell) []byte {
	c := cells[x]
	dst = append(p.style(dst, c.sgr), c.text...)
	p.x = x + 1
	if p.x < len(cells) && cells[p.x].text == "" {
		p.x++
	}
	if p.x >= p.size.Width || !steady(c.text) {
		p.x = -1
	}
	return dst
}

func (p *painter) style(dst []byte, sgr string) []byte {
	switch {
	case sgr == p.pen:
		return dst
	case sgr == "":
		dst = append(dst, "\x1b[m"...)
	case p.pen == "":
		dst = append(dst, sgr...)
	default:
		dst = append(append(dst, "\x1b[0;"...), sgr[len("\x1b["):]...)
	}
	p.pen = sgr
	return dst
}

func (p *painter) move(dst []byte, x, y int) []byte {
	switch {
	case p.x == x && p.y == y:
		return dst
	case p.y == y:
		dst = csi(dst, 'G', x+1)
	case x == 0:
		dst = csi(dst, 'H', y+1)
	default:
		dst = csi(dst, 'H', y+1, x+1)
	}
	p.x, p.y = x, y
	return dst
}

// place shows the cursor where the program wants it, or hides it.
func (p *painter) place(dst []byte, c cursor) []byte {
	c.x = min(max(c.x, 0), p.size.Width-1)
	c.y = min(max(c.y, 0), p.size.Height-1)
	was := p.cursor
	p.cursor = c
	moved := p.y >= 0 || c != was // painting moves it as well
	if c.visible && moved {
		dst = p.move(dst, c.x, c.y)
	}
	switch {
	case c.visible && !was.visible:
		dst = append(dst, "\x1b[?25h"...)
	case was.visible && !c.visible:
		dst = append(dst, "\x1b[?25l"...)
	}
	return dst
}

func csi(dst []byte, final byte, args ...int) []byte {
	dst = append(dst, '\x1b', '[')
	for i, n := range args {
		if i > 0 {
			dst = append(dst, ';')
		}
		dst = strconv.AppendInt(dst, int64(n), 10)
	}
	return append(dst, final)
}
