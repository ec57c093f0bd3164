package views

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// ellipsis ends what was cut.
const ellipsis = "…"

// width counts columns the way the screen does.
func width(s string) int {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return ansi.StringWidth(s)
		}
	}
	return len(s)
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
