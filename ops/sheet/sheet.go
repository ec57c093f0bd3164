// Package sheet reads and writes files of contacts: CSV as spreadsheets and
// other systems export it, JSON and vCard. It knows no database and believes
// no file: everything is read as a stream, under limits that hold before a
// parser sees the bytes.
package sheet

import (
	"fmt"

	"balie/policy"
)

// Limits bound what one file may cost. A zero means the default.
type Limits struct {
	Bytes   int64 // the whole file
	Row     int   // one row, all its lines
	Field   int   // one cell
	Columns int   // cells in a row
	Rows    int   // rows under the header, blank ones too
}

// DefaultLimits are generous for address books and small for a server.
func DefaultLimits() Limits {
	return Limits{Bytes: 64 << 20, Row: 256 << 10, Field: 64 << 10, Columns: 200, Rows: 1_000_000}
}

func (l Limits) orDefault() Limits {
	d := DefaultLimits()
	if l.Bytes <= 0 {
		l.Bytes = d.Bytes
	}
	if l.Row <= 0 {
		l.Row = d.Row
	}
	if l.Field <= 0 {
		l.Field = d.Field
	}
	if l.Columns <= 0 {
		l.Columns = d.Columns
	}
	if l.Rows <= 0 {
		l.Rows = d.Rows
	}
	return l
}

// RowError is one row that can't be used. The file goes on after it; any
// other error ends the file.
type RowError struct {
	Row    int            // line of the source where the row begins
	Cells  []string       // what was read of it; nil when it was too bad to keep
	Reason policy.Message // a sentence for the person who sent the file
}

func (e *RowError) Error() string { return fmt.Sprintf("line %d: %s", e.Row, e.Reason) }

func invalid(format string, args ...any) *policy.Error {
	return policy.Errorf(policy.Invalid, format, args...)
}
