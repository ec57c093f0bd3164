package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"io/fs"

	"golang.org/x/text/encoding/unicode"

	"balie/policy"
)

const (
	sniffBytes  = 4 << 10  // enough to know the encoding
	bufferBytes = 64 << 10 // enough to know the separator
)

// source hands out at most max bytes and remembers how reading ended: bufio
// asks again after an error, and a cut-off file must not end well the second
// time.
type source struct {
	r   io.Reader
	max int64
	n   int64
	err error
}

func (s *source) Read(b []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	// One byte more than allowed tells a file that fits from one that doesn't.
	if left := s.max - s.n + 1; int64(len(b)) > left {
		b = b[:left]
	}
	n, err := s.r.Read(b)
	s.n += int64(n)
	if s.n > s.max {
		n, err = n-int(s.n-s.max), tooLarge(s.max)
	}
	s.err = err
	return n, err
}

func tooLarge(limit int64) error {
	return invalid("The file is larger than %d MiB; split it into smaller files.", (limit+1<<20-1)>>20)
}

// announced refuses a file whose size is known beforehand, unread.
func announced(r io.Reader, limit int64) error {
	var size int64
	switch r := r.(type) {
	case interface{ Len() int }:
		size = int64(r.Len())
	case fs.File:
		if info, err := r.Stat(); err == nil && info.Mode().IsRegular() {
			size = info.Size()
		}
	}
	if size > limit {
		return tooLarge(limit)
	}
	return nil
}

// broken turns an error of the reader into one that a person can be told. A
// cut-off file is never taken for a finished one.
func broken(err error, line int) error {
	if _, ok := errors.AsType[*policy.Error](err); ok {
		return err
	}
	return policy.Errorf(policy.Unavailable,
		"The file broke off in line %d; nothing after it was received. Send it again.", line).Because(err)
}

// charset is how the bytes of a file are to be read.
type charset int

const (
	undecided charset = iota // ASCII so far
	utf8Text
	windows1252
	utf16Text
)

func (c charset) String() string {
	return [...]string{"ASCII", "UTF-8", "Windows-1252", "UTF-16"}[c]
}

// decode recognises the encoding by the first bytes. UTF-16 is turned into
// UTF-8 here; UTF-8 and Windows-1252 are told apart at the first row that is
// not ASCII, because that may come megabytes after the start.
func (s *source) decode() (*bufio.Reader, charset, error) {
	raw := bufio.NewReaderSize(s, bufferBytes)
	head, _ := raw.Peek(sniffBytes) // an error comes back at the next read
	if err := refuseBinary(head); err != nil {
		return nil, 0, err
	}
	switch {
	case bytes.HasPrefix(head, []byte(mark)):
		_, err := raw.Discard(len(mark))
		return raw, utf8Text, err
	case bytes.HasPrefix(head, []byte("\xff\xfe")) || zeros(head, 1):
		return fromUTF16(raw, unicode.LittleEndian), utf16Text, nil
	case bytes.HasPrefix(head, []byte("\xfe\xff")) || zeros(head, 0):
		return fromUTF16(raw, unicode.BigEndian), utf16Text, nil
	case bytes.Count(head, []byte{0}) > len(head)/10:
		return nil, 0, invalid("The file isn't text; save it as CSV and send that.")
	}
	return raw, undecided, nil
}

func fromUTF16(raw io.Reader, order unicode.Endianness) *bufio.Reader {
	decoder := unicode.UTF16(order, unicode.UseBOM).NewDecoder()
	return bufio.NewReaderSize(decoder.Reader(&pairs{r: raw}), bufferBytes)
}

// pairs holds that a file with an odd number of bytes was cut off, which the
// decoder would pass over.
type pairs struct {
	r   io.Reader
	odd bool
}

func (p *pairs) Read(b []byte) (int, error) {
	n, err := p.r.Read(b)
	p.odd = p.odd != (n%2 == 1)
	if err == io.EOF && p.odd {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// zeros says whether the file looks like UTF-16 without a mark: Western text
// has a zero at nearly every second byte, starting with the given one, and
// none in between.
func zeros(head []byte, first int) bool {
	var count [2]int
	for i, c := range head {
		if c == 0 {
			count[i%2]++
		}
	}
	return count[first] > len(head)*2/5 && count[1-first] == 0
}

// magic are the beginnings of files that people send by mistake, and what to
// tell them.
var magic = []struct {
	begin   string
	message policy.Message
}{
	{"PK\x03\x04", policy.Message{Key: "This is an Excel workbook or zip file; save it as CSV and send that."}},
	{"\xd0\xcf\x11\xe0", policy.Message{Key: "This is an old Excel workbook, or one with a password; save it as .xlsx without one and send that."}},
	{"%PDF", policy.Message{Key: "This is a PDF; export the data as CSV and send that."}},
	{"\x1f\x8b", policy.Message{Key: "This is a compressed file; unpack it and send the CSV file in it."}},
	{"\x89PNG", policy.Message{Key: "This is a picture; export the data as CSV and send that."}},
	{"\xff\xd8\xff", policy.Message{Key: "This is a picture; export the data as CSV and send that."}},
	{"{\\rtf", policy.Message{Key: "This is a text document; save the data as CSV and send that."}},
	{"<", policy.Message{Key: "This is a web page or XML file; open it in a spreadsheet, save it as CSV and send that."}},
	{"BEGIN:VCARD", policy.Message{Key: "This is a vCard file and not CSV; import it as vCard."}},
}

func refuseBinary(head []byte) error {
	head = bytes.TrimPrefix(head, []byte(mark))
	for _, m := range magic {
		if bytes.HasPrefix(head, []byte(m.begin)) {
			return &policy.Error{Kind: policy.Invalid, Msg: m.message}
		}
	}
	return nil
}
