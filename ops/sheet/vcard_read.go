package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/emersion/go-vcard"

	"balie/policy"
)

// properties are what is read of a card; the rest, such as photos of any
// length, is passed over without being held.
var properties = map[string]bool{
	"VERSION": true, "KIND": true, "FN": true, "N": true, "ORG": true, "TITLE": true, "ROLE": true,
	"EMAIL": true, "TEL": true, "ADR": true, "URL": true, "LANG": true, "CATEGORIES": true, "NOTE": true,
	"UID": true, xStatus: true, xOwner: true, xKvK: true, xVAT: true,
	xLanguage: true, sortString: true,
}

// VCardReader yields the cards of a vCard 3 or 4 file. go-vcard gets to see
// one card at a time, its lines unfolded and counted: it joins folded lines in
// quadratic time (2 MB took 38 s) and knows no limits.
type VCardReader struct {
	r      *bufio.Reader
	limits Limits
	line   int // physical lines read
	buf    []byte
	card   card
	one    *bufio.Reader // of that card, for go-vcard, which would make one each time
	cards  int
	err    error
}

// OpenVCards makes a reader of r. Limits.Row holds for a card, Limits.Field
// for an unfolded line, Limits.Columns for the lines of a card that are read.
func OpenVCards(r io.Reader, limits Limits) (*VCardReader, error) {
	limits = limits.orDefault()
	if err := announced(r, limits.Bytes); err != nil {
		return nil, err
	}
	in := bufio.NewReaderSize(&source{r: r, max: limits.Bytes}, bufferBytes)
	if head, _ := in.Peek(len(mark)); string(head) == mark {
		if _, err := in.Discard(len(mark)); err != nil {
			return nil, err
		}
	}
	head, err := in.Peek(64)
	if err != nil && err != io.EOF {
		return nil, broken(err, 1)
	}
	if !isVCard(string(head)) {
		return nil, invalid("The file doesn't begin with BEGIN:VCARD, so it isn't a vCard file.")
	}
	return &VCardReader{r: in, limits: limits, one: bufio.NewReader(nil)}, nil
}

// Next yields the values of the next card and the line where it begins, io.EOF
// after the last. A *RowError leaves the reader usable.
func (v *VCardReader) Next() (Values, int, error) {
	if v.err != nil {
		return nil, 0, v.err
	}
	values, line, err := v.next()
	if _, ok := errors.AsType[*RowError](err); !ok {
		v.err = err
	}
	return values, line, err
}

func (v *VCardReader) next() (Values, int, error) {
	start, err := v.seek()
	if err != nil {
		return nil, 0, err
	}
	if v.cards++; v.cards > v.limits.Rows {
		return nil, 0, invalid("The file has more than %d cards; split it into smaller files.", v.limits.Rows)
	}
	if err := v.collect(start); err != nil {
		return nil, 0, err
	}
	values, problem := v.parse()
	if problem != nil {
		return nil, start, &RowError{Row: start, Reason: problem.Msg}
	}
	return values, start, nil
}

// seek goes on to the next card and says where it begins.
func (v *VCardReader) seek() (int, error) {
	for {
		start := v.line + 1
		line, _, err := v.unfolded()
		if err != nil {
			return 0, err
		}
		if isLine(line, "BEGIN:VCARD") {
			return start, nil
		}
	}
}

func isLine(line []byte, want string) bool {
	return bytes.EqualFold(bytes.TrimSpace(line), []byte(want))
}

// card is what is kept of the card being read.
type card struct {
	kept    bytes.Buffer
	lines   int
	problem *policy.Error
}

// collect reads a card up to its end.
func (v *VCardReader) collect(start int) error {
	v.card = card{kept: v.card.kept}
	v.card.kept.Reset()
	v.card.kept.WriteString("BEGIN:VCARD\r\n")
	for {
		line, long, err := v.unfolded()
		if err == io.EOF {
			return invalid("The card that begins in line %d has no end; the file may have been cut off.", start)
		}
		if err != nil {
			return err
		}
		if isLine(line, "END:VCARD") {
			v.card.kept.WriteString("END:VCARD\r\n")
			return nil
		}
		if v.card.problem == nil && known(line) {
			v.keep(line, long)
		}
	}
}

func (v *VCardReader) keep(line []byte, long bool) {
	if v.card.problem = v.objection(line, long); v.card.problem != nil {
		return
	}
	v.card.lines++
	// Doubled, so that escapes survive go-vcard, which resolves them before
	// lists and addresses have been split.
	v.card.kept.Write(bytes.ReplaceAll(line, []byte(`\`), []byte(`\\`)))
	v.card.kept.WriteString("\r\n")
}

func (v *VCardReader) objection(line []byte, long bool) *policy.Error {
	switch {
	case long:
		return invalid("A line of the card is longer than %d KiB.", v.limits.Field>>10)
	case v.card.lines >= v.limits.Columns:
		return invalid("The card has more than %d lines.", v.limits.Columns)
	case v.card.kept.Len()+len(line) > v.limits.Row:
		return invalid("The card is longer than %d KiB.", v.limits.Row>>10)
	case bytes.IndexByte(line, 0) >= 0:
		return invalid("The card has a NUL byte in it; the file is damaged.")
	case !utf8.Valid(line):
		return invalid("The card has bytes that aren't UTF-8.")
	}
	return nil
}

// known looks up the name before the first ; or : without a group.
func known(line []byte) bool {
	end := bytes.IndexAny(line[:min(len(line), 128)], ";:")
	if end < 0 {
		return false
	}
	name := line[bytes.IndexByte(line[:end], '.')+1 : end]
	return properties[string(bytes.ToUpper(name))]
}

// unfolded reads a line with its continuations, holding no more of it than a
// field may have. The line is valid until the next call.
func (v *VCardReader) unfolded() (line []byte, long bool, err error) {
	defer func() { v.buf = line[:0] }()
	line = v.buf[:0]
	for {
		if line, long, err = v.physical(line, long); err != nil {
			return nil, false, err
		}
		next, err := v.r.Peek(1)
		if err != nil || (next[0] != ' ' && next[0] != '\t') {
			return line, long, nil // an error comes back at the next read
		}
		if _, err := v.r.Discard(1); err != nil {
			return nil, false, err
		}
	}
}

func (v *VCardReader) physical(line []byte, long bool) ([]byte, bool, error) {
	for begun := false; ; begun = true {
		part, err := v.r.ReadSlice('\n')
		ends := err == nil || err == io.EOF
		if err == io.EOF && len(part) == 0 && !begun && len(line) == 0 {
			return nil, false, err
		}
		if !ends && err != bufio.ErrBufferFull {
			return nil, false, broken(err, v.line+1)
		}
		if ends {
			v.line++
			part = bytes.TrimRight(part, "\r\n")
		}
		long = long || len(line)+len(part) > v.limits.Field
		if !long {
			line = append(line, part...)
		}
		if ends {
			return line, long, nil
		}
	}
}

// parse makes values of the card that was collected.
func (v *VCardReader) parse() (Values, *policy.Error) {
	if v.card.problem != nil {
		return nil, v.card.problem
	}
	v.one.Reset(&v.card.kept)
	card, err := vcard.NewDecoder(v.one).Decode()
	if err != nil {
		return nil, invalid("The card can't be read.").Because(err)
	}
	switch strings.TrimSpace(card.Value(vcard.FieldVersion)) {
	case "3.0", "4.0":
		return fromCard(card), nil
	}
	return nil, invalid("The card isn't vCard version 3.0 or 4.0; export it again as one of these.")
}
