package sheet

import (
	"bufio"
	"bytes"
	"strings"
)

const sampleRows = 20

// dialect finds the separator and the end of line, and takes Excel's "sep="
// line off the front.
func dialect(r *bufio.Reader, limits Limits) (*parser, error) {
	head, _ := r.Peek(bufferBytes)
	p := &parser{eol: '\n', limits: limits, line: 1}
	if bytes.IndexByte(head, '\n') < 0 && bytes.IndexByte(head, '\r') >= 0 {
		p.eol = '\r' // Excel's "CSV (Macintosh)"
	}
	if comma, n := announcedComma(head, p.eol); n > 0 {
		p.comma, p.line = comma, 2
		_, err := r.Discard(n)
		return p, err
	}
	p.comma = bestComma(head, p.eol, len(head) == bufferBytes)
	return p, nil
}

// announcedComma reads a first line such as sep=; and its length.
func announcedComma(head []byte, eol byte) (comma byte, n int) {
	end := bytes.IndexByte(head, eol)
	if end < 0 {
		return 0, 0
	}
	line := strings.ToLower(strings.Trim(string(head[:min(end, 16)]), "\"\r"))
	if rest, ok := strings.CutPrefix(line, "sep="); ok && len(rest) == 1 && strings.Contains(",;\t|", rest) {
		return rest[0], end + 1
	}
	return 0, 0
}

// bestComma tries each separator on the first rows. The right one gives every
// row as many cells as the header, and more than one.
func bestComma(head []byte, eol byte, cut bool) byte {
	best, bestScore := byte(','), 0
	for _, comma := range []byte{',', ';', '\t'} {
		if score := agreement(head, comma, eol, cut); score > bestScore {
			best, bestScore = comma, score
		}
	}
	return best
}

// agreement weighs the share of rows as wide as the header above the width.
func agreement(head []byte, comma, eol byte, cut bool) int {
	p := &parser{comma: comma, eol: eol, limits: Limits{}.orDefault()}
	width, same, rows := 0, 0, 0
	for rows < sampleRows && len(head) > 0 {
		p.begin()
		n, done := p.feed(head)
		head = head[n:]
		if !done && cut && rows > 0 {
			break // the sample ends in mid-row
		}
		if !done {
			p.endRecord()
		}
		if rows++; rows == 1 {
			width = len(p.cells)
		}
		if len(p.cells) == width {
			same++
		}
	}
	if width < 2 {
		return 0
	}
	return same*1000/rows*1000 + width
}

// isHeader tells names of columns from a first row of data, which has mail
// addresses or numbers in it.
func isHeader(cells []string) bool {
	for _, c := range cells {
		if looksLikeMail(c) || len(digits(c)) >= 4 {
			return false
		}
	}
	return true
}

func looksLikeMail(s string) bool {
	_, host, ok := strings.Cut(s, "@")
	return ok && strings.Contains(host, ".")
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
