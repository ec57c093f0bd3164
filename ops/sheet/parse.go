package sheet

import (
	"bufio"
	"io"

	"balie/policy"
)

// encoding/csv holds a whole record before anyone can object (20 MiB of commas
// took 2 GB), so records are cut here: byte by byte, under limits, keeping
// nothing of a row once it is known to be bad.

type state int

const (
	fieldStart state = iota
	bare
	quoted
	closed // after a quote that closes the field or is the first of a pair
)

// patience is how many times the longest row a quote may stay open before it
// counts as forgotten, and reading stops.
const patience = 4

// parser cuts UTF-8 (or another superset of ASCII) into records.
type parser struct {
	comma, eol byte
	limits     Limits

	state   state
	field   []byte
	cells   []string
	size    int           // bytes of this record so far
	line    int           // the line being read
	start   int           // the line where this record began
	opened  int           // the line where the last quote was opened
	wide    bool          // this record has bytes outside ASCII
	problem *policy.Error // why this record can't be used
}

// next reads one record. Afterwards cells holds it, or problem says why not.
func (p *parser) next(r *bufio.Reader) error {
	p.begin()
	for {
		if _, err := r.Peek(1); err != nil {
			return p.finish(err)
		}
		window, _ := r.Peek(r.Buffered())
		n, done := p.feed(window)
		if _, err := r.Discard(n); done || err != nil {
			return err
		}
		if p.state == quoted && p.size > patience*p.limits.Row {
			return p.unterminated()
		}
	}
}

func (p *parser) begin() {
	// New cells each time, as the caller keeps them; most rows are as wide as
	// the one before.
	p.state, p.field, p.cells = fieldStart, p.field[:0], make([]string, 0, len(p.cells))
	p.size, p.start, p.wide, p.problem = 0, p.line, false, nil
}

func (p *parser) finish(err error) error {
	switch {
	case err != io.EOF:
		return broken(err, p.line)
	case p.size == 0:
		return io.EOF
	case p.state == quoted:
		return p.unterminated()
	}
	p.endRecord()
	return nil
}

func (p *parser) unterminated() error {
	return invalid("The quotation mark opened in line %d is never closed; "+
		"close it or take it out, and send the file again.", p.opened)
}

// feed takes bytes until the record ends, and says how many it took.
func (p *parser) feed(b []byte) (n int, done bool) {
	for i, c := range b {
		if p.size++; p.size == p.limits.Row+1 {
			p.fail(invalid("The row is longer than %d KiB.", p.limits.Row>>10))
		}
		if p.state != quoted && c == p.eol {
			p.line++
			p.endRecord()
			return i + 1, true
		}
		p.take(c)
	}
	return len(b), false
}

func (p *parser) take(c byte) {
	switch {
	case p.state == quoted:
		p.inQuotes(c)
	case c == p.comma:
		p.endField()
	case c == '"' && p.state == fieldStart:
		p.state, p.opened = quoted, p.line
	case c == '"' && p.state == closed:
		p.state = quoted
		p.keep(c)
	case c == '\r' && p.state == closed: // of CRLF
	case p.state == closed:
		p.fail(invalid("There is text after the closing quotation mark; write a quotation mark inside a cell twice."))
		p.state = bare
	default:
		p.state = bare
		p.keep(c)
	}
}

func (p *parser) inQuotes(c byte) {
	switch c {
	case '"':
		p.state = closed
		return
	case p.eol:
		p.line++
	}
	p.keep(c)
}

func (p *parser) keep(c byte) {
	switch {
	case p.problem != nil:
		return
	case c == 0:
		p.fail(invalid("The row has a NUL byte in it; the file is damaged or isn't text."))
		return
	case len(p.field) >= p.limits.Field:
		p.fail(invalid("A cell is longer than %d KiB.", p.limits.Field>>10))
		return
	}
	p.wide = p.wide || c >= 0x80
	p.field = append(p.field, c)
}

func (p *parser) endField() {
	p.state = fieldStart
	if p.problem == nil && len(p.cells) >= p.limits.Columns {
		p.fail(invalid("The row has more than %d columns.", p.limits.Columns))
	}
	if p.problem == nil {
		p.cells = append(p.cells, string(p.field))
	}
	p.field = p.field[:0]
}

func (p *parser) endRecord() {
	if n := len(p.field); p.state == bare && n > 0 && p.field[n-1] == '\r' {
		p.field = p.field[:n-1]
	}
	p.endField()
}

// fail keeps the first reason and lets go of what was read of the row.
func (p *parser) fail(why *policy.Error) {
	if p.problem == nil {
		p.problem = why
	}
	p.cells, p.field = nil, p.field[:0]
}
