package sheet

import (
	"strings"
	"unicode"
)

// A spreadsheet runs a cell that begins with = + - @ (or their full-width
// forms) as a formula, also after spaces, tabs and line ends, and also in the
// middle of a cell when it splits the file at another separator than ours. So
// at each such place an apostrophe goes before: '+31 6 12345678, which
// spreadsheets take for text and people can still read. Reading takes it off
// again. That loses nothing, because an apostrophe that is followed by what
// would be guarded anyway gets one more.

const formulaSigns = "=+-@＝＋－＠﹢﹣﹦﹫"

// guard makes a cell safe to open in a spreadsheet.
func guard(cell string) string {
	return eachPart(cell, func(part string, first bool) string {
		if dangerous(part, first) {
			return "'" + part
		}
		return part
	})
}

// unguard undoes guard.
func unguard(cell string) string {
	if !strings.Contains(cell, "'") {
		return cell
	}
	return eachPart(cell, func(part string, first bool) string {
		if rest, ok := strings.CutPrefix(part, "'"); ok && dangerous(rest, first) {
			return rest
		}
		return part
	})
}

// keep makes cells of a file that knows no guards survive unguard.
func keep(cells []string) []string {
	for i, c := range cells {
		if unguard(c) != c {
			cells[i] = guard(c)
		}
	}
	return cells
}

// eachPart changes the parts of a cell that a spreadsheet set to another
// separator could take for cells. The first part reaches to the end, so that
// it sees a line end or tab at its own beginning.
func eachPart(cell string, change func(part string, first bool) string) string {
	var b strings.Builder
	for first := true; ; first = false {
		end := strings.IndexAny(cell, ",;\t|\r\n")
		if end < 0 {
			b.WriteString(change(cell, first))
			return b.String()
		}
		b.WriteString(change(cell[:end+1], first))
		cell = cell[end+1:]
	}
}

func dangerous(part string, first bool) bool {
	rest := strings.TrimLeftFunc(part, func(r rune) bool {
		return r == '\'' || r == '"' || (unicode.IsSpace(r) && !strings.ContainsRune("\t\r\n", r)) ||
			r == '\u200b' || r == '\ufeff' || r == 0
	})
	return rest != "" && strings.ContainsRune(formulaSigns, firstRune(rest)) ||
		first && rest != "" && strings.ContainsRune("\t\r\n", firstRune(rest))
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}
