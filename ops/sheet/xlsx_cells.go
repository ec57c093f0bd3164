package sheet

import (
	"encoding/xml"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"balie/policy"
)

// row reads the cells of a row up to its end. A row that can't be used is read
// to its end and not kept.
func (w *workbook) row() (cells []string, problem *policy.Error, err error) {
	size := 0
	for {
		token, err := w.xml.next()
		if err != nil {
			return nil, nil, err
		}
		switch token := token.(type) {
		case xml.EndElement:
			if token.Name.Local == "row" {
				return cells, problem, nil
			}
		case xml.StartElement:
			if token.Name.Local != "c" {
				continue
			}
			column := columnOf(attribute(token, "r"), len(cells))
			text, err := w.cell(token)
			if err != nil {
				return nil, nil, err
			}
			if text == "" {
				continue
			}
			size += len(text)
			if problem = orProblem(problem, w.objection(column, len(text), size)); problem == nil {
				cells = put(cells, column, text)
			}
		}
	}
}

func orProblem(first, second *policy.Error) *policy.Error {
	if first != nil {
		return first
	}
	return second
}

func (w *workbook) objection(column, field, row int) *policy.Error {
	switch {
	case column >= w.limits.Columns:
		return invalid("The row has more than %d columns.", w.limits.Columns)
	case field > w.limits.Field:
		return invalid("A cell is longer than %d KiB.", w.limits.Field>>10)
	case row > w.limits.Row:
		return invalid("The row is longer than %d KiB.", w.limits.Row>>10)
	}
	return nil
}

func put(cells []string, column int, text string) []string {
	for len(cells) <= column {
		cells = append(cells, "")
	}
	cells[column] = text
	return cells
}

// columnOf reads the letters of "BC12"; a cell that doesn't say stands behind
// the one before.
func columnOf(at string, next int) int {
	n := 0
	for i := 0; i < len(at) && i < 4 && at[i] >= 'A' && at[i] <= 'Z'; i++ {
		n = n*26 + int(at[i]-'A') + 1
	}
	if n == 0 {
		return next
	}
	return n - 1
}

// cell reads one cell to its end, as text. Formulas are passed over.
func (w *workbook) cell(tag xml.StartElement) (string, error) {
	var text strings.Builder
	depth, keep := 1, false
	for depth > 0 {
		token, err := w.xml.next()
		if err != nil {
			return "", err
		}
		switch token := token.(type) {
		case xml.StartElement:
			depth++
			keep = token.Name.Local == "v" || token.Name.Local == "t"
			if token.Name.Local == "rPh" { // how Japanese is read aloud
				if err := w.xml.skip(); err != nil {
					return "", err
				}
				depth--
			}
		case xml.EndElement:
			depth--
			keep = false
		case xml.CharData:
			if keep && text.Len() <= w.limits.Field {
				text.Write(token)
			}
		}
	}
	return w.value(tag, text.String()), nil
}

// value is what a cell says, by its kind.
func (w *workbook) value(tag xml.StartElement, s string) string {
	switch attribute(tag, "t") {
	case "s":
		n, err := strconv.Atoi(s)
		if err != nil {
			return ""
		}
		return w.strings.at(n)
	case "str", "inlineStr":
		return unescapeX(s)
	case "b":
		return map[string]string{"1": "true", "0": "false"}[s]
	case "e":
		return ""
	case "d":
		return s
	}
	style, err := strconv.Atoi(attribute(tag, "s"))
	return w.number(s, err == nil && style >= 0 && style < len(w.dates) && w.dates[style])
}

// number writes a number as a person would: without an exponent, and a date as
// one.
func (w *workbook) number(s string, date bool) string {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) || math.Abs(n) >= 1e15 {
		return s
	}
	if date && n >= 0 && n < 2958466 { // up to the year 9999
		return day(n, w.old)
	}
	// Excel shows fifteen digits; what is beyond is a float's noise.
	n, err = strconv.ParseFloat(strconv.FormatFloat(n, 'e', 14, 64), 64)
	if err != nil {
		return s
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// day is a number of days as a date, with the time if there is one.
func day(n float64, old bool) string {
	from := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if old {
		from = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	whole, part := math.Modf(n)
	at := from.AddDate(0, 0, int(whole)).Add(time.Duration(math.Round(part*86400)) * time.Second)
	switch {
	case part == 0:
		return at.Format(time.DateOnly)
	case whole == 0:
		return at.Format("15:04")
	case at.Second() == 0:
		return at.Format("2006-01-02 15:04")
	}
	return at.Format(time.DateTime)
}

var escapedX = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescapeX reads _x000D_, which is how a workbook holds what XML can't.
func unescapeX(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escapedX.ReplaceAllStringFunc(s, func(e string) string {
		n, err := strconv.ParseUint(e[2:6], 16, 16)
		if err != nil {
			return e
		}
		return string(rune(n))
	})
}

// tokens reads XML under two bounds: on what is unpacked, and on what one tag or
// text may hold, since the parser keeps that whole. Entities of one's own are
// unknown to it, so nothing expands.
type tokens struct {
	*xml.Decoder
	from *unpacking
}

type unpacking struct {
	r          io.ReadCloser
	left, most int64 // of the whole
	token      int   // since the last one
	longest    int
}

func newTokens(r io.ReadCloser, most int64, longest int) *tokens {
	from := &unpacking{r: r, left: most, most: most, longest: longest}
	return &tokens{xml.NewDecoder(from), from}
}

func (u *unpacking) Read(b []byte) (int, error) {
	if u.left <= 0 {
		return 0, invalid("The workbook unpacks to more than %d MiB; split it into smaller files.", u.most>>20)
	}
	if u.token > u.longest {
		return 0, invalid("The workbook has a cell of more than %d KiB; make it shorter.", u.longest>>10)
	}
	n, err := u.r.Read(b[:min(int64(len(b)), u.left)])
	u.left -= int64(n)
	u.token += n
	return n, err
}

func (t *tokens) Close() error { return t.from.r.Close() }

func (t *tokens) next() (xml.Token, error) {
	t.from.token = 0
	return t.RawToken()
}

// tag goes on to the next one that begins.
func (t *tokens) tag() (xml.StartElement, error) {
	for {
		token, err := t.next()
		if err != nil {
			return xml.StartElement{}, err
		}
		if tag, ok := token.(xml.StartElement); ok {
			return tag, nil
		}
	}
}

// skip goes to the end of the tag that has begun.
func (t *tokens) skip() error {
	for depth := 1; depth > 0; {
		token, err := t.next()
		if err != nil {
			return err
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	return nil
}
