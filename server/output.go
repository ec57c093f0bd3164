package server

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"balie/ops/sheet"
	"balie/policy"
	"balie/policy/text"
)

// format is how a command's result is written: a table for people unless asked
// otherwise.
type format struct {
	JSON bool `help:"One JSON value: an array for a list, an object for one thing." xor:"format"`
	CSV  bool `help:"Comma-separated values, safe to open in a spreadsheet." xor:"format" name:"csv"`
}

// column is one column of a list, or one field of a thing. Its name is the key
// in JSON and CSV, and in tables a word of the reader's language.
type column[T any] struct {
	name  string
	value func(T) any
}

// list writes rows in the format asked for.
func list[T any](c *call, f format, columns []column[T], rows []T) error {
	switch {
	case f.JSON:
		return writeJSON(c.out, columns, given(rows))
	case f.CSV:
		return sheet.WriteCSV(c.out, names(columns), cells(columns, given(rows)), sheet.CSV{})
	}
	return table(c, columns, rows)
}

// show writes one thing: a line per field, or one object.
func show[T any](c *call, f format, columns []column[T], thing T) error {
	if f.JSON {
		return writeLine(c.out, object(columns, thing))
	}
	if f.CSV {
		return list(c, f, columns, []T{thing})
	}
	fields := make([]column[column[T]], 2)
	fields[0] = column[column[T]]{"", func(k column[T]) any { return c.speech.head(k.name) }}
	fields[1] = column[column[T]]{"", func(k column[T]) any { return plain(k.value(thing)) }}
	return table(c, fields, columns)
}

func names[T any](columns []column[T]) []string {
	all := make([]string, len(columns))
	for i, k := range columns {
		all[i] = k.name
	}
	return all
}

func row[T any](columns []column[T], r T) []string {
	all := make([]string, len(columns))
	for i, k := range columns {
		all[i] = plain(k.value(r))
	}
	return all
}

// plain is a value as people read it. It passes the safe text type whatever it
// was, so that no command can forget to.
func plain(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case time.Time:
		return when(v)
	case *time.Time:
		if v == nil {
			return ""
		}
		return when(*v)
	case []string:
		return text.Clean(strings.Join(v, ", "))
	case text.Block:
		return v.String()
	}
	return text.Clean(fmt.Sprint(value))
}

func when(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02 15:04Z")
}

func table[T any](c *call, columns []column[T], rows []T) error {
	head := make([]string, len(columns))
	for i, k := range columns {
		head[i] = strings.ToUpper(c.speech.head(k.name))
	}
	lines := [][]string{head}
	if strings.Join(head, "") == "" {
		lines = nil
	}
	for _, r := range rows {
		lines = append(lines, row(columns, r))
	}
	return writeLine(c.out, []byte(strings.Join(align(lines), "\n")))
}

// align pads all columns but the last to the same width.
func align(lines [][]string) []string {
	var widths []int
	for _, cells := range lines {
		for i, cell := range cells {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], ansi.StringWidth(cell))
		}
	}
	out := make([]string, len(lines))
	for n, cells := range lines {
		var b strings.Builder
		for i, cell := range cells {
			b.WriteString(cell)
			b.WriteString(strings.Repeat(" ", widths[i]-ansi.StringWidth(cell)+2))
		}
		out[n] = strings.TrimRight(b.String(), " ")
	}
	return out
}

// object keeps the order of the columns.
func object[T any](columns []column[T], thing T) []byte {
	members := make([]string, len(columns))
	for i, k := range columns {
		name, _ := json.Marshal(k.name)
		value, err := json.Marshal(clean(k.value(thing)))
		if err != nil {
			value = []byte("null") // no column holds what can't be marshalled
		}
		members[i] = string(name) + ":" + string(value)
	}
	return []byte("{" + strings.Join(members, ",") + "}")
}

// clean is the safe text type for JSON; what isn't text stays as it is.
func clean(value any) any {
	switch v := value.(type) {
	case string:
		return text.Clean(v)
	case time.Time:
		return v.UTC()
	case []string:
		all := make([]string, len(v))
		for i, s := range v {
			all[i] = text.Clean(s)
		}
		return all
	}
	return value
}

// objects is a list as a member of an object.
func objects[T any](columns []column[T], rows []T) []json.RawMessage {
	all := make([]json.RawMessage, len(rows))
	for i, r := range rows {
		all[i] = object(columns, r)
	}
	return all
}

func writeLine(w io.Writer, line []byte) error {
	_, err := w.Write(append(line, '\n'))
	return err
}

// note writes a line for people beside the result.
func (c *call) note(format string, args ...any) {
	_, _ = fmt.Fprintf(c.notes, format+"\n", args...)
}

// tell writes a line that is the result.
func (c *call) tell(key string, args ...any) error {
	line := c.speech.say(policy.Message{Key: key, Args: args})
	return writeLine(c.out, []byte(text.NewBlock(line).String()))
}
