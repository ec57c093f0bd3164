package sheet

import (
	"bufio"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Row is one row of a file, as wide as the header.
type Row struct {
	Line  int // line of the source where the row begins
	Cells []string
}

// Reader yields a CSV file row by row and never holds more than one row.
type Reader struct {
	r      *bufio.Reader
	p      *parser
	text   charset
	header []string
	first  []string // the first row, when the file has no header
	line   int      // where first stands
	rows   int      // records read, blank ones too
	err    error    // what ended the file
}

// Open recognises encoding, separator and header. Its errors, and those of
// Next but for *RowError, mean that the file can't be used (further).
func Open(r io.Reader, limits Limits) (*Reader, error) {
	limits = limits.orDefault()
	if err := announced(r, limits.Bytes); err != nil {
		return nil, err
	}
	src := &source{r: r, max: limits.Bytes}
	text, set, err := src.decode()
	if err != nil {
		return nil, err
	}
	p, err := dialect(text, limits)
	if err != nil {
		return nil, broken(err, 1)
	}
	sheet := &Reader{r: text, p: p, text: set}
	if err := sheet.readHeader(); err != nil {
		return nil, err
	}
	return sheet, nil
}

func (r *Reader) readHeader() error {
	cells, err := r.record()
	if err == io.EOF {
		return invalid("The file is empty.")
	}
	if bad, ok := errors.AsType[*RowError](err); ok {
		return invalid("The first row can't be read: %s", bad.Reason)
	}
	if err != nil {
		return err
	}
	r.header = cells
	if !isHeader(cells) {
		r.first, r.line, r.header = cells, r.p.start, numbered(len(cells))
	}
	return nil
}

func numbered(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = columnName(i)
	}
	return names
}

func columnName(i int) string { return "column " + strconv.Itoa(i+1) }

// Header names the columns; "column 1" and so on when the file doesn't.
func (r *Reader) Header() []string { return r.header }

// Encoding is how the file has been read so far.
func (r *Reader) Encoding() string { return r.text.String() }

// Separator is the character between two cells.
func (r *Reader) Separator() rune { return rune(r.p.comma) }

// Next yields the next row, io.EOF after the last. A *RowError leaves the
// reader usable; any other error is final.
func (r *Reader) Next() (Row, error) {
	if r.err != nil {
		return Row{}, r.err
	}
	row, err := r.next()
	if _, ok := errors.AsType[*RowError](err); !ok {
		r.err = err
	}
	return row, err
}

func (r *Reader) next() (Row, error) {
	if first := r.first; first != nil {
		r.first = nil
		return Row{Line: r.line, Cells: first}, nil
	}
	cells, err := r.record()
	if err != nil {
		return Row{}, err
	}
	cells, err = r.fit(cells)
	return Row{Line: r.p.start, Cells: cells}, err
}

// record reads the next record that isn't blank, as UTF-8.
func (r *Reader) record() ([]string, error) {
	for {
		if err := r.p.next(r.r); err != nil {
			return nil, err
		}
		if r.rows++; r.rows > r.p.limits.Rows+1 { // and the header
			return nil, invalid("The file has more than %d rows; split it into smaller files.", r.p.limits.Rows)
		}
		if r.p.problem != nil {
			return nil, &RowError{Row: r.p.start, Reason: r.p.problem.Msg}
		}
		if !blank(r.p.cells) {
			return r.decode(r.p.cells)
		}
	}
}

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// decode decides between UTF-8 and Windows-1252 at the first row that isn't
// ASCII; a file that has shown itself to be UTF-8 stays it.
func (r *Reader) decode(cells []string) ([]string, error) {
	if !r.p.wide || r.text == utf16Text {
		return cells, nil
	}
	valid := allValid(cells)
	if r.text == undecided {
		r.text = windows1252
		if valid {
			r.text = utf8Text
		}
	}
	if r.text == utf8Text && !valid {
		reason := invalid("The row has bytes that aren't UTF-8, as the rest of the file is.").Msg
		return nil, &RowError{Row: r.p.start, Reason: reason}
	}
	if r.text == windows1252 {
		return fromWindows(cells)
	}
	return cells, nil
}

func allValid(cells []string) bool {
	for _, c := range cells {
		if !utf8.ValidString(c) {
			return false
		}
	}
	return true
}

func fromWindows(cells []string) ([]string, error) {
	decoder := charmap.Windows1252.NewDecoder()
	for i, c := range cells {
		s, err := decoder.String(c)
		if err != nil {
			return nil, err
		}
		cells[i] = s
	}
	return cells, nil
}

// fit makes the row as wide as the header: spreadsheets leave out empty cells
// at the end, or add them. A row with more in it has slipped: a separator too
// many would put values into the wrong fields.
func (r *Reader) fit(cells []string) ([]string, error) {
	width := len(r.header)
	for len(cells) < width {
		cells = append(cells, "")
	}
	if !blank(cells[width:]) {
		reason := invalid("The row has %d cells, but there are %d columns.", len(cells), width).Msg
		return nil, &RowError{Row: r.p.start, Cells: cells, Reason: reason}
	}
	return cells[:width], nil
}
