package sheet

import (
	"bufio"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// csvFile is CSV as records.
type csvFile struct {
	r    *bufio.Reader
	p    *parser
	text charset
	rows int // records read, blank ones too
}

func openCSV(r io.Reader, limits Limits) (*csvFile, error) {
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
	return &csvFile{r: text, p: p, text: set}, nil
}

func (f *csvFile) start() int                 { return f.p.start }
func (f *csvFile) headed(first []string) bool { return isHeader(first) }
func (f *csvFile) encoding() string           { return f.text.String() }
func (f *csvFile) separator() rune            { return rune(f.p.comma) }

func (f *csvFile) record() ([]string, error) {
	for {
		if err := f.p.next(f.r); err != nil {
			return nil, err
		}
		if f.rows++; f.rows > f.p.limits.Rows+1 { // and the header
			return nil, tooManyRows(f.p.limits)
		}
		if f.p.problem != nil {
			return nil, &RowError{Row: f.p.start, Reason: f.p.problem.Msg}
		}
		if !blank(f.p.cells) {
			return f.decode(f.p.cells)
		}
	}
}

func tooManyRows(l Limits) error {
	return invalid("The file has more than %d rows; split it into smaller files.", l.Rows)
}

// decode decides between UTF-8 and Windows-1252 at the first row that isn't
// ASCII; a file that has shown itself to be UTF-8 stays it.
func (f *csvFile) decode(cells []string) ([]string, error) {
	if !f.p.wide || f.text == utf16Text {
		return cells, nil
	}
	valid := allValid(cells)
	if f.text == undecided {
		f.text = windows1252
		if valid {
			f.text = utf8Text
		}
	}
	if f.text == utf8Text && !valid {
		reason := invalid("The row has bytes that aren't UTF-8, as the rest of the file is.").Msg
		return nil, &RowError{Row: f.p.start, Reason: reason}
	}
	if f.text == windows1252 {
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
