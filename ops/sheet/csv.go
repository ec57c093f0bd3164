package sheet

import (
	"encoding/csv"
	"io"
	"iter"
	"regexp"
	"strconv"

	"balie/policy/text"
)

// CSV says how to write it. The zero value is comma-separated and safe to
// open in a spreadsheet; Raw writes the bytes as they are, for moving to
// another system, and should be logged as such.
type CSV struct {
	Raw   bool
	Comma rune
	// Amounts is the first of the last columns, which hold numbers that the
	// program made: -12.30 there is no formula, and sums need it as it is.
	Amounts int
}

var amount = regexp.MustCompile(`^-[0-9]{1,15}(\.[0-9]{1,4})?$`)

// mark tells spreadsheets that the file is UTF-8; without it Excel shows Zoë
// as ZoÃ«.
const mark = "\ufeff"

// WriteCSV writes header and rows. An error among the rows ends the file and
// is returned.
func WriteCSV(w io.Writer, header []string, rows iter.Seq2[[]string, error], opts CSV) error {
	out, err := opts.begin(w)
	if err != nil {
		return err
	}
	if err := opts.write(out, header); err != nil {
		return err
	}
	for cells, err := range rows {
		if err != nil {
			return err
		}
		if err := opts.write(out, cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func (opts CSV) begin(w io.Writer) (*csv.Writer, error) {
	if !opts.Raw {
		if _, err := io.WriteString(w, mark); err != nil {
			return nil, err
		}
	}
	out := csv.NewWriter(w)
	if opts.Comma != 0 {
		out.Comma = opts.Comma
	}
	return out, nil
}

func (opts CSV) write(out *csv.Writer, cells []string) error {
	if opts.Raw {
		return out.Write(cells)
	}
	safe := make([]string, len(cells))
	for i, c := range cells {
		safe[i] = c
		if opts.Amounts == 0 || i < opts.Amounts || !amount.MatchString(c) {
			safe[i] = guard(c)
		}
	}
	return out.Write(safe)
}

// Reject is a row that was not taken over, and why.
type Reject struct {
	Row    int
	Cells  []string
	Reason string
}

// WriteRejects writes the bad rows with their line and the reason behind the
// columns of the file, to be mended and sent again: the two columns are left
// out then, as they are unknown. Cells are as Reader yields them.
func WriteRejects(w io.Writer, header []string, rejects []Reject) error {
	width := len(header)
	rows := func(yield func([]string, error) bool) {
		for _, r := range rejects {
			cells := append(asSent(r.Cells, width), strconv.Itoa(r.Row), r.Reason)
			if !yield(cells, nil) {
				return
			}
		}
	}
	return WriteCSV(w, append(asSent(header, width), "row", "reason"), rows, CSV{})
}

// asSent makes cells of a file safe for a terminal and width wide. They may be
// guarded already, as in a file that came from WriteCSV.
func asSent(cells []string, width int) []string {
	out := make([]string, max(width, len(cells)), max(width, len(cells))+2)
	for i, c := range cells {
		out[i] = text.CleanBlock(unguard(c))
	}
	return out
}
