package screen

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/ansi/parser"
)

const (
	replacement = "\uFFFD"
	maxMarks    = 4 // a cluster with more climbs over its neighbours
	maxCluster  = 64
	maxSGR      = 128
)

// cell is one column: a grapheme cluster, or nothing in the second column of a
// wide one, and the SGR that sets its style from nothing. Cells compare by ==.
type cell struct{ text, sgr string }

var blank = cell{text: " "}

// appendCells reads a line into columns. It is the gate that all drawing goes
// through: it knows SGR and printable text, and nothing of the line's own
// escape sequences reaches the terminal, SGR is made anew from the style.
func appendCells(dst []cell, line string, width int, profile colorprofile.Profile) []cell {
	var style uv.Style
	var sgr string
	for line != "" {
		if n := sgrLen(line); n > 0 {
			uv.ReadStyle(sgrParams(line[2:n-1]), &style)
			sgr = sgrOf(style, profile)
			line = line[n:]
			continue
		}
		text, w, n := cluster(line)
		if len(dst)+w > width {
			break
		}
		line = line[n:]
		dst = append(dst, cell{text, sgr})
		if w > 1 {
			dst = append(dst, cell{"", sgr})
		}
	}
	return trimBlanks(dst)
}

// trimBlanks drops the end that looks like nothing: it is erased, not written.
func trimBlanks(cells []cell) []cell {
	for len(cells) > 0 && cells[len(cells)-1] == blank {
		cells = cells[:len(cells)-1]
	}
	return cells
}

// cluster returns the first cluster of line as it may be written, its columns
// and its length in line.
func cluster(line string) (text string, width, n int) {
	if c := line[0]; c < utf8.RuneSelf {
		if c < ' ' || c == 0x7f {
			return replacement, 1, 1
		}
		if len(line) == 1 || line[1] < utf8.RuneSelf {
			return line[:1], 1, 1
		}
	}
	text, width = ansi.FirstGraphemeCluster(line, ansi.GraphemeWidth)
	n = len(text)
	switch {
	case width > 0 && printable(text):
		return text, width, n
	case width == 2:
		return replacement + " ", 2, n
	}
	return replacement, 1, n
}

// printable tells whether a cluster is letters, digits, signs or a space, with
// marks after them (one that begins with a mark would go onto its neighbour)
// and joiners inside an emoji. Controls, bidi, tags and invalid bytes are not.
func printable(text string) bool {
	marks, last := 0, rune(0)
	for i, r := range text {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(text[i:], replacement): // an invalid byte
			return false
		case r == '\u200d' && last >= 0x2000 && i+len("\u200d") < len(text):
		case !unicode.IsGraphic(r):
			return false
		case r >= 0x300 && unicode.IsMark(r):
			marks++
			if i == 0 {
				return false
			}
		}
		last = r
	}
	return marks <= maxMarks && len(text) <= maxCluster
}

// sgrLen is the length of the SGR sequence that line begins with, or 0.
func sgrLen(line string) int {
	if len(line) < 3 || line[0] != '\x1b' || line[1] != '[' {
		return 0
	}
	for i := 2; i < min(len(line), maxSGR); i++ {
		switch c := line[i]; {
		case c == 'm':
			return i + 1
		case c < '0' || c > ';':
			return 0
		}
	}
	return 0
}

func sgrParams(s string) ansi.Params {
	params := make(ansi.Params, 1, 16)
	for i := range len(s) {
		last := &params[len(params)-1]
		switch c := s[i]; c {
		case ':':
			*last |= parser.HasMoreFlag
			params = append(params, 0)
		case ';':
			params = append(params, 0)
		default:
			*last = min(*last*10+ansi.Param(c-'0'), 9999)
		}
	}
	return params
}

func sgrOf(style uv.Style, profile colorprofile.Profile) string {
	style = uv.ConvertStyle(style, profile)
	if style.IsZero() {
		return ""
	}
	return style.String()
}

// steady tells whether all terminals agree on a cluster's columns and none
// joins it to the next one; after others the cursor is placed anew.
func steady(text string) bool {
	r, n := utf8.DecodeRuneInString(text)
	return n == len(text) && (r < 0x0600 ||
		0x2010 <= r && r < 0x2190 || 0x2500 <= r && r < 0x25a0 || // punctuation, boxes
		0x3000 <= r && r < 0xa000 || 0xac00 <= r && r < 0xd7a4) // CJK, Hangul
}
