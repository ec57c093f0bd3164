package views

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// ellipsis ends what was cut.
const ellipsis = "…"

// width counts columns the way the screen does. Plain letters and our own
// styles, which are nearly all there is, need no look at Unicode's tables:
// frames are measured at every key.
func width(s string) (w int) {
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == 0x1b:
			n := styleLen(s[i:])
			if n == 0 {
				return w + ansi.StringWidth(s[i:])
			}
			i += n
		case c < 0x80 && (i+1 == len(s) || s[i+1] < 0x80):
			if c >= ' ' && c != 0x7f {
				w++
			}
			i++
		default:
			n, cols := clusterAt(s[i:])
			i, w = i+n, w+cols
		}
	}
	return w
}

// clusterAt is the length and the columns of the first cluster of s.
func clusterAt(s string) (n, cols int) {
	r, n := utf8.DecodeRuneInString(s)
	if simple(r) {
		if next, _ := utf8.DecodeRuneInString(s[n:]); n == len(s) || next == 0x1b || simple(next) {
			return n, 1
		}
	}
	cluster, cols := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	return len(cluster), cols
}

// simple runes take one column and join no neighbour that is simple too.
func simple(r rune) bool {
	return ' ' <= r && r < 0x7f || 0xae <= r && r < 0x300 || 0x2010 <= r && r < 0x2028 || 0x2500 <= r && r < 0x25a0
}

// styleLen is the length of the style that s begins with, or 0.
func styleLen(s string) int {
	if len(s) < 3 || s[1] != '[' {
		return 0
	}
	for i := 2; i < len(s); i++ {
		if c := s[i]; c == 'm' {
			return i + 1
		} else if c < '0' || c > ';' {
			return 0
		}
	}
	return 0
}

// cut keeps at most w columns, the last of which tells that there was more.
// Styled text stays well formed.
func cut(s string, w int) string {
	if w <= 0 {
		return ""
	}
	if width(s) <= w {
		return s
	}
	out := ansi.Truncate(s, w, ellipsis)
	if strings.Contains(s, "\x1b") {
		out += reset
	}
	return out
}

// pad cuts and fills to exactly w columns.
func pad(s string, w int) string {
	s = cut(s, w)
	return s + blank(w-width(s))
}

// padLeft is pad for numbers, which align right.
func padLeft(s string, w int) string {
	s = cut(s, w)
	return blank(w-width(s)) + s
}

// spread puts left and right at the ends of a line; left gives way.
func spread(left, right string, w int) string {
	right = cut(right, w)
	left = cut(left, w-width(right)-1)
	return left + blank(w-width(left)-width(right)) + right
}

// block makes exactly height lines of width columns out of lines.
func block(lines []string, w, height int) []string {
	out := make([]string, height)
	for i := range out {
		if i < len(lines) {
			out[i] = cut(lines[i], w)
		}
	}
	return out
}

// beside puts two blocks next to each other, the left one w columns wide.
func beside(left, right []string, w int, gap string) []string {
	out := make([]string, max(len(left), len(right)))
	for i := range out {
		var l, r string
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		out[i] = pad(l, w) + gap + r
	}
	return out
}

// wrap breaks clean text into lines of at most w columns.
func wrap(s string, w int) []string {
	if s == "" {
		return nil
	}
	return strings.Split(ansi.Wrap(strings.ReplaceAll(s, "\t", "    "), max(w, 1), ""), "\n")
}

// join makes one string of lines.
func join(lines []string) string { return strings.Join(lines, "\n") }

// upperFirst begins a sentence with a word.
func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
