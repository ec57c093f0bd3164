package sheet

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

func seed(f *testing.F) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil || len(files) == 0 {
		f.Fatal("no seeds", err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	for _, s := range []string{"sep=;\na;b\n", "\xff\xfe", "\"", "a,\"b\n\n", "a\rb\rc", "\xef\xbb\xbf\n", "a,b\n\x00"} {
		f.Add([]byte(s))
	}
}

var tight = Limits{Bytes: 1 << 20, Row: 4 << 10, Field: 1 << 10, Columns: 50, Rows: 1000}

// FuzzOpen: whatever the bytes, every row is UTF-8, as wide as the header and
// within the limits, and what encoding/csv can read is read the same.
func FuzzOpen(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		header, rows, _, err := readAll(t, bytes.NewReader(b), tight)
		for _, row := range rows {
			if len(row.Cells) != len(header) || row.Line < 1 {
				t.Fatalf("row %v under %v", row, header)
			}
			for _, c := range row.Cells {
				if !utf8.ValidString(c) || len(c) > 3*tight.Field {
					t.Fatalf("cell %q", c)
				}
			}
		}
		if err == nil {
			sample := make([][]string, 0, len(rows))
			for _, row := range rows {
				sample = append(sample, row.Cells)
			}
			recognise(t, header, sample)
		}
	})
}

// recognise holds what must be true of any header.
func recognise(t *testing.T, header []string, sample [][]string) {
	t.Helper()
	m := Contacts.Recognise(header, sample)
	if len(m.Columns()) != len(header) {
		t.Fatal("columns are missing")
	}
	again := Contacts.Recognise(header, nil)
	if err := again.Apply(m.String()); err != nil || again.Hash() != m.Hash() {
		t.Fatalf("%q isn't read back: %v", m, err)
	}
	for _, row := range sample {
		for f, values := range m.Row(row) {
			if !Contacts.has(f) || f == HouseNumber && m.Has(Street) && len(values) > 1 || len(values) > 1 && !f.Many() {
				t.Fatalf("%s is %q", f, values)
			}
			for _, s := range values {
				if s == "" || f.clean(s) != s {
					t.Fatalf("%s holds %q", f, s)
				}
			}
		}
	}
}

func FuzzRecognise(f *testing.F) {
	f.Add("Naam\x1fE-mail 1 - Value\x1fWerkadres, straat", "a\x1fb@c.example\x1fd")
	f.Add("=\x1f=\x1f\x1f\x1f(column 3)", "'=1\x1f;;,\x1f ::: ")
	f.Add("tags\x1fphone\x1fnr\x1fstreet\x1fnote", "* a ::: * b;c\x1f+1;\x1f2\x1f3\x1f\x1b[31m")
	f.Fuzz(func(t *testing.T, header, row string) {
		recognise(t, strings.Split(header, "\x1f"), [][]string{strings.Split(row, "\x1f")})
	})
}

// FuzzParse compares with encoding/csv on everything that both call good.
func FuzzParse(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 4000 || bytes.ContainsAny(b, "\r\x00") {
			return
		}
		theirs := csv.NewReader(bytes.NewReader(b))
		theirs.FieldsPerRecord, theirs.LazyQuotes = -1, false
		want, err := theirs.ReadAll()
		if err != nil {
			return
		}
		got, err := parseAll(b)
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != len(want) {
			t.Fatalf("%q: %q, encoding/csv %q", b, got, want)
		}
		for i := range got {
			if strings.Join(got[i], "\x1f") != strings.Join(want[i], "\x1f") {
				t.Fatalf("%q: %q, encoding/csv %q", b, got[i], want[i])
			}
		}
	})
}

func parseAll(b []byte) (records [][]string, err error) {
	r := bufio.NewReader(bytes.NewReader(b))
	p := &parser{comma: ',', eol: '\n', limits: Limits{Columns: 5000}.orDefault(), line: 1}
	for {
		switch err := p.next(r); {
		case err == io.EOF:
			return records, nil
		case err != nil:
			return nil, err
		case p.problem != nil:
			return nil, p.problem
		case len(p.cells) == 1 && p.cells[0] == "" && p.size == 1:
			continue // encoding/csv passes over empty lines
		}
		records = append(records, p.cells)
	}
}

func FuzzVCards(f *testing.F) {
	seed(f)
	f.Add([]byte("BEGIN:VCARD\nVERSION:4.0\nN;SORT-AS=\"x\":a x;b\nTEL;X=\"\\\n ;;:\nEND:VCARD"))
	f.Fuzz(func(t *testing.T, b []byte) {
		cards, err := OpenVCards(bytes.NewReader(b), tight)
		for err == nil {
			var v Values
			if v, _, err = cards.Next(); isRowError(err) {
				err = nil
			}
			for field, values := range v {
				for _, s := range values {
					if s == "" || field.clean(s) != s {
						t.Fatalf("%s holds %q", field, s)
					}
				}
			}
		}
	})
}
