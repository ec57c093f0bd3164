package views

import (
	"strings"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"

	"balie/policy"
)

// matrix is a QR code's modules, without the quiet zone around them.
type matrix struct {
	side int
	dark func(x, y int) bool
}

// newMatrix encodes content with the least correction: a screen has no stains,
// and a smaller code fits beside the text.
func newMatrix(content policy.Sealed) (matrix, error) {
	code, err := qr.Encode(content.Reveal(), qr.L, qr.Unicode)
	if err != nil {
		return matrix{}, err
	}
	return matrix{code.Bounds().Dx(), darkIn(code)}, nil
}

func darkIn(code barcode.Barcode) func(x, y int) bool {
	return func(x, y int) bool {
		r, _, _, _ := code.At(x, y).RGBA()
		return r == 0
	}
}

// paper is how dark and light are put on a terminal.
type paper struct {
	half  bool // two modules a cell, in half blocks; else a module is two spaces, filled or not
	color bool
	// light: a block is light. Without colours there are only the terminal's
	// own two, and most people have light on dark.
	light bool
}

// Index 16 and 231 are black and white whatever the theme, which may have
// given 0 and 15 other colours.
const (
	blackOnWhite = "\x1b[38;5;16;48;5;231m"
	whiteOnBlack = "\x1b[38;5;231;48;5;16m"
	reversed     = "\x1b[7m"
	plainAgain   = "\x1b[0m"
)

// paperFor picks what the terminal can show; dark is its background.
func paperFor(color, unicode, dark bool) paper {
	return paper{half: unicode, color: color, light: dark && !color}
}

// The standard asks for four modules of quiet; readers do with two on a white
// page and mostly with one, which is all that the longest login name leaves
// room for at 80×24.
const (
	quietMost  = 4
	quietLeast = 1
)

// fit gives the widest quiet zone with which m fits, or ok false.
func (m matrix) fit(p paper, width, height int) (quiet int, ok bool) {
	for quiet = quietMost; quiet >= quietLeast; quiet-- {
		if w, h := m.size(p, quiet); m.side > 0 && w <= width && h <= height {
			return quiet, true
		}
	}
	return 0, false
}

// size is how many cells m takes.
func (m matrix) size(p paper, quiet int) (width, height int) {
	n := m.side + 2*quiet
	if p.half {
		return n, (n + 1) / 2
	}
	return 2 * n, n
}

// lines draws m with its quiet zone.
func (m matrix) lines(p paper, quiet int) []string {
	width, height := m.size(p, quiet)
	draw := m.wideLine
	if p.half {
		draw = m.halfLine
	}
	lines := make([]string, height)
	for row := range lines {
		lines[row] = draw(p, quiet, width, row)
	}
	return lines
}

func (m matrix) halfLine(p paper, quiet, width, row int) string {
	var b strings.Builder
	if p.color {
		b.WriteString(blackOnWhite)
	}
	for x := range width {
		top := bit(m.ink(p, x-quiet, 2*row-quiet))
		bottom := bit(m.ink(p, x-quiet, 2*row+1-quiet))
		b.WriteString([4]string{" ", "▀", "▄", "█"}[top+2*bottom])
	}
	b.WriteString(plainAgain)
	return b.String()
}

// wideLine shows a block as a space in the colours swapped: a sign such as #
// has too much light in it to be read.
func (m matrix) wideLine(p paper, quiet, width, row int) string {
	paint := [2]string{plainAgain, plainAgain + reversed}
	if p.color {
		paint = [2]string{blackOnWhite, whiteOnBlack}
	}
	var b strings.Builder
	for x := range width / 2 {
		b.WriteString(paint[bit(m.ink(p, x-quiet, row-quiet))] + "  ")
	}
	b.WriteString(plainAgain)
	return b.String()
}

// ink says whether a module is drawn as a block.
func (m matrix) ink(p paper, x, y int) bool {
	inside := x >= 0 && y >= 0 && x < m.side && y < m.side
	return (inside && m.dark(x, y)) != p.light
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}
