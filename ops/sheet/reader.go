package sheet

import (
	"errors"
	"io"
	"strconv"
	"strings"
)

// Row is one row of a file, as wide as the header.
type Row struct {
	Line  int // line of the source where the row begins
	Cells []string
}

// records are the rows of one kind of file, one after the other.
type records interface {
	// record gives the cells of the next record that isn't blank, as UTF-8;
	// io.EOF after the last. A *RowError leaves it usable.
	record() ([]string, error)
	start() int // the line where that record began
	headed(first []string) bool
	encoding() string
	separator() rune // 0 where there is none
}

// Reader yields a file row by row and never holds more than one row of it.
type Reader struct {
	records
	header []string
	first  []string // the first row, when the file has no header
	line   int      // where first stands
	err    error    // what ended the file
}

// Open reads CSV: it recognises encoding, separator and header. Its errors, and
// those of Next but for *RowError, mean that the file can't be used (further).
func Open(r io.Reader, limits Limits) (*Reader, error) {
	file, err := openCSV(r, limits.orDefault())
	if err != nil {
		return nil, err
	}
	return newReader(file)
}

// OpenFile is Open for a file of any kind that is known by its content: CSV, a
// workbook of Excel's (its first visible sheet) or vCards.
func OpenFile(r io.ReaderAt, size int64, limits Limits) (*Reader, error) {
	limits = limits.orDefault()
	head := make([]byte, 64)
	n, err := r.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return nil, broken(err, 1)
	}
	whole := io.NewSectionReader(r, 0, size)
	switch head := string(head[:n]); {
	case strings.HasPrefix(head, "PK\x03\x04"):
		return opened(openWorkbook(r, size, limits))
	case isVCard(head):
		return opened(openCards(whole, limits))
	}
	return Open(whole, limits)
}

func opened[T records](file T, err error) (*Reader, error) {
	if err != nil {
		return nil, err
	}
	return newReader(file)
}

func isVCard(head string) bool {
	head = strings.TrimLeft(strings.TrimPrefix(head, mark), "\r\n")
	return len(head) >= len(beginCard) && strings.EqualFold(head[:len(beginCard)], beginCard)
}

func newReader(file records) (*Reader, error) {
	r := &Reader{records: file}
	cells, err := r.record()
	if err == io.EOF {
		return nil, invalid("The file is empty.")
	}
	if bad, ok := errors.AsType[*RowError](err); ok {
		return nil, invalid("The first row can't be read: %s", bad.Reason)
	}
	if err != nil {
		return nil, err
	}
	r.header = cells
	if !r.headed(cells) {
		r.first, r.line, r.header = cells, r.start(), numbered(len(cells))
	}
	return r, nil
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
func (r *Reader) Encoding() string { return r.encoding() }

// Separator is the character between two cells of CSV; 0 for other files.
func (r *Reader) Separator() rune { return r.separator() }

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
	return Row{Line: r.start(), Cells: cells}, err
}

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
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
		return nil, &RowError{Row: r.start(), Cells: cells, Reason: reason}
	}
	return cells[:width], nil
}
