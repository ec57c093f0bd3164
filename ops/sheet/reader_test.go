package sheet

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"balie/policy"
)

// readAll reads to the end; rows that can't be used come back as "line: reason".
func readAll(t testing.TB, r io.Reader, limits Limits) (header []string, rows []Row, bad []string, err error) {
	t.Helper()
	sheet, err := Open(r, limits)
	if err != nil {
		return nil, nil, nil, err
	}
	for {
		row, err := sheet.Next()
		if rowErr, ok := errors.AsType[*RowError](err); ok {
			bad = append(bad, rowErr.Error())
			continue
		}
		if err == io.EOF {
			return sheet.Header(), rows, bad, nil
		}
		if err != nil {
			return sheet.Header(), rows, bad, err
		}
		rows = append(rows, row)
	}
}

func TestOpen_RealFiles(t *testing.T) {
	tests := []struct {
		file, encoding string
		comma          rune
		want           Values
		unmapped       []string // some of them
	}{
		{"google_old.csv", "UTF-8", ',', Values{
			FullName: {"Zoë van der Berg"}, Given: {"Zoë"}, Family: {"van der Berg"}, Company: {"Bakkerij Berg"},
			Role: {"Eigenaar"}, Mail: {"zoe@voorbeeld.nl", "z.berg@voorbeeld.nl", "zoe@thuis.example"},
			Phone: {"+31 6 12345678"}, Street: {"Keizersgracht 12"}, City: {"Amsterdam"}, Postcode: {"1015 CS"},
			Country: {"Nederland"}, Language: {"nl"}, Tags: {"Klanten", "Beurs"}, Website: {"https://voorbeeld.nl"},
			Note: {"Beurs 2024\nBelt liever niet"},
		}, []string{"E-mail 1 - Type", "Address 1 - Formatted", "Address 2 - City", "Name Prefix"}},
		{"google_new.csv", "ASCII", ',', Values{
			Given: {"Jan"}, Prefix: {"van"}, Family: {"Dijk"}, Company: {"Dijk & Zn"}, Role: {"Directeur"},
			Mail: {"jan@dijk.example"}, Phone: {"020 123 45 67", "+31 6 87654321"}, Street: {"Singel 3"},
			City: {"Leiden"}, Postcode: {"2312 AA"}, Country: {"NL"}, Tags: {"Leveranciers"},
		}, []string{"Custom Field 1 - Value", "Phonetic Last Name"}},
		{"outlook_en.csv", "ASCII", ',', Values{
			Given: {"Bram"}, Family: {"Smit"}, Company: {"Smit BV"}, Role: {"Buyer"},
			Street: {"Coolsingel 40, 3rd floor"}, City: {"Rotterdam"}, Postcode: {"3011 AD"}, Country: {"Netherlands"},
			Phone: {"+31 10 2222222", "+31 6 33333333"}, Tags: {"Customers", "Fair"},
			Mail: {"bram@smit.example", "b.smit@smit.example", "bs@thuis.example"},
			Note: {"Likes tea,\nnot coffee"}, Website: {"https://smit.example"},
		}, []string{"Title", "Business Fax", "E-mail Display Name", "Home City", "Birthday"}},
		{"outlook_nl.csv", "Windows-1252", ',', Values{
			Given: {"Renée"}, Prefix: {"van den"}, Family: {"Heuvel"}, Company: {"Café 't Hoekje"}, Role: {"Chef"},
			Street: {"Laan 2"}, City: {"Gent"}, Postcode: {"9000"}, Country: {"België"},
			Phone: {"+32 9 2222222", "+32 470 111111"}, Tags: {"Horeca"}, Language: {"nl"},
			Mail: {"renee@hoekje.example", "info@hoekje.example"},
		}, []string{"Titel", "Fax op werk", "Weergavenaam voor e-mail", "Werkadres, plaats", "Geboortedatum"}},
		{"hubspot.csv", "UTF-8", ',', Values{
			SourceID: {"151"}, Given: {"Aylin"}, Family: {"Yıldız"}, Company: {"Demir"}, Role: {"CEO"},
			Mail:  {"aylin@demir.example", "a.yildiz@demir.example", "sales@demir.example"},
			Phone: {"+31101234567"}, Owner: {"Sander Visser"}, Status: {"customer"}, Street: {"Weena 5"},
			City: {"Rotterdam"}, Postcode: {"3012 CA"}, Country: {"Netherlands"}, Website: {"demir.example"},
			Language: {"nl"},
		}, []string{"Lead Status", "Create Date", "Marketing contact status"}},
		{"excel_nl.csv", "Windows-1252", ';', Values{
			SourceID: {"1007"}, Given: {"François"}, Prefix: {"de"}, Family: {"Brûlée"}, Company: {"Pâtisserie"},
			Role: {"kok"}, Mail: {"f@brulee.example"}, Phone: {"0703456789", "06-12345678"}, Street: {"Hofweg 1 b"},
			Postcode: {"2511 AA"}, City: {"Den Haag"}, Country: {"Nederland"}, Website: {"brulee.example"},
			KvK: {"12345678"}, VAT: {"NL001234567B01"}, Language: {"fr"}, Status: {"klant"},
			Tags: {"horeca", "zoet"}, Note: {`€ 100 korting; "vaste" klant`},
		}, []string{"Schoenmaat"}},
		{"utf16_tab.txt", "UTF-16", '\t', Values{
			FullName: {"Łukasz Žižek"}, Mail: {"l@z.example"}, Phone: {"0612345678"}, Country: {"PL"},
		}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			f, err := os.Open(filepath.Join("testdata", tt.file))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			sheet, err := Open(f, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			row, err := sheet.Next()
			if err != nil {
				t.Fatal(err)
			}
			if sheet.Encoding() != tt.encoding || sheet.Separator() != tt.comma {
				t.Errorf("read as %s with %q", sheet.Encoding(), sheet.Separator())
			}
			m := Contacts.Recognise(sheet.Header(), [][]string{row.Cells})
			if diff := cmp.Diff(tt.want, m.Row(row.Cells)); diff != "" {
				t.Errorf("values (-want +got):\n%s", diff)
			}
			out := strings.Join(m.Unmapped(), "|") + "|"
			for _, name := range tt.unmapped {
				if !strings.Contains(out, name+"|") {
					t.Errorf("%q is mapped", name)
				}
			}
		})
	}
}

func TestReader_Rows(t *testing.T) {
	tests := []struct {
		name, in string
		header   []string
		rows     []Row
		bad      []string
	}{
		{"lines", "a,b\r\n1,\"x\ny\"\r\n\r\n,,\r\n2", []string{"a", "b"}, []Row{{2, []string{"1", "x\ny"}}, {6, []string{"2", ""}}}, nil},
		{"sep line", "sep=;\r\na,b;c\r\n1,2;3", []string{"a,b", "c"}, []Row{{3, []string{"1,2", "3"}}}, nil},
		{"commas in names", "Werkadres, straat;Werkadres, plaats\nLaan 1, bis;Delft", []string{"Werkadres, straat", "Werkadres, plaats"}, []Row{{2, []string{"Laan 1, bis", "Delft"}}}, nil},
		{"mac", "a;b\r1;2\r", []string{"a", "b"}, []Row{{2, []string{"1", "2"}}}, nil},
		{"no header", "jan@x.example,06\npiet@x.example,07", []string{"column 1", "column 2"}, []Row{{1, []string{"jan@x.example", "06"}}, {2, []string{"piet@x.example", "07"}}}, nil},
		{
			"quotes", "a,b\n\"1\"\"\",5\" pipe\n\"x\"y,\"z\n\"\n3,4",
			[]string{"a", "b"},
			[]Row{{2, []string{`1"`, `5" pipe`}}, {5, []string{"3", "4"}}},
			[]string{"line 3: There is text after the closing quotation mark; write a quotation mark inside a cell twice."},
		},
		{"slipped", "a,b\n1,2,3\n4,5,", []string{"a", "b"}, []Row{{3, []string{"4", "5"}}}, []string{"line 2: The row has 3 cells, but there are 2 columns."}},
		{"nul", "a,b\n1,\x002\n3,4", []string{"a", "b"}, []Row{{3, []string{"3", "4"}}}, []string{"line 2: The row has a NUL byte in it; the file is damaged or isn't text."}},
		{"late windows", "a\nx\n\xe9\nok", []string{"a"}, []Row{{2, []string{"x"}}, {3, []string{"é"}}, {4, []string{"ok"}}}, nil},
		{"broken utf-8", "a\né\n\xe9\nok", []string{"a"}, []Row{{2, []string{"é"}}, {4, []string{"ok"}}}, []string{"line 3: The row has bytes that aren't UTF-8, as the rest of the file is."}},
		{"utf-16 unmarked", "a\x00,\x00b\x00\n\x001\x00,\x00\xe9\x00", []string{"a", "b"}, []Row{{2, []string{"1", "é"}}}, nil},
		{"utf-16 big", "\xfe\xff\x00a\x00,\x00b\x00\n\x001\x00,\x002", []string{"a", "b"}, []Row{{2, []string{"1", "2"}}}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			// A byte at a time finds what depends on the edges of a buffer.
			header, rows, bad, err := readAll(t, iotest.OneByteReader(strings.NewReader(tt.in)), Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.header, header); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.rows, rows); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.bad, bad); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReader_Limits(t *testing.T) {
	limits := Limits{Bytes: 2000, Row: 100, Field: 50, Columns: 5, Rows: 3}
	long := strings.Repeat("x", 51)
	tests := []struct{ name, in, want string }{
		{"cell", "a,b\n" + long + ",1\n2,3", "line 2: A cell is longer than 0 KiB."},
		{"row", "a,b\n" + strings.Repeat("\"", 102) + "\n2,3", "line 2: The row is longer than 0 KiB."},
		{"columns", "a,b\n1,2,3,4,5,6\n2,3", "line 2: The row has more than 5 columns."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, rows, bad, err := readAll(t, strings.NewReader(tt.in), limits)
			if err != nil || len(rows) != 1 {
				t.Fatalf("rows %v, error %v", rows, err)
			}
			if diff := cmp.Diff([]string{tt.want}, bad); diff != "" {
				t.Error(diff)
			}
			if _, rows, _, _ := readAll(t, strings.NewReader(tt.in), Limits{}); len(rows) == 1 && tt.name != "columns" {
				t.Error("control: refused under the default limits too")
			}
		})
	}
	if _, _, _, err := readAll(t, strings.NewReader("a\n1\n2\n3\n"), limits); err != nil {
		t.Errorf("three rows: %v", err)
	}
	if _, _, _, err := readAll(t, strings.NewReader("a\n1\n2\n3\n4\n"), limits); err == nil {
		t.Error("four rows were read")
	}
}

func TestReader_Refuses(t *testing.T) {
	cut := errors.New("connection lost")
	tests := []struct {
		name string
		in   io.Reader
		kind policy.Kind
		want string
	}{
		{"excel", strings.NewReader("PK\x03\x04\x14\x00"), policy.Invalid, "Excel workbook"},
		{"pdf", strings.NewReader("%PDF-1.7"), policy.Invalid, "PDF"},
		{"binary", strings.NewReader("\x7fELF" + strings.Repeat("\x00\x01\x00\x00\x00", 20)), policy.Invalid, "isn't text"},
		{"empty", strings.NewReader("\n\n"), policy.Invalid, "empty"},
		{"quote", strings.NewReader("a,b\n1,2\n3,\"4\n5,6\n"), policy.Invalid, "opened in line 3 is never closed"},
		{"announced size", strings.NewReader(strings.Repeat("x", 3000)), policy.Invalid, "larger than"},
		{"size", io.LimitReader(strings.NewReader(strings.Repeat("x\n", 1500)), 3000), policy.Invalid, "larger than"},
		{"cut", io.MultiReader(strings.NewReader("a,b\n1,2\n3"), iotest.ErrReader(io.ErrUnexpectedEOF)), policy.Unavailable, "broke off in line 3"},
		{"cut at a line end", io.MultiReader(strings.NewReader("a,b\n1,2\n"), iotest.ErrReader(cut)), policy.Unavailable, "broke off in line 3"},
		{"half a UTF-16 character", strings.NewReader("\xff\xfea\x00\n\x00b"), policy.Unavailable, "broke off"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, _, _, err := readAll(t, tt.in, Limits{Bytes: 2000})
			if err == nil || policy.KindOf(err) != tt.kind || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// A reader that fails once and then says EOF must not end well the second time.
func TestReader_ErrorStays(t *testing.T) {
	sheet, err := Open(io.MultiReader(strings.NewReader("a,b\n1,2\n"), iotest.ErrReader(io.ErrUnexpectedEOF)), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		_, err = sheet.Next()
	}
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("got %v", err)
	}
}

// BenchmarkImport reads, maps and cleans rows of an Outlook export.
func BenchmarkImport(b *testing.B) {
	file, err := os.ReadFile("testdata/outlook_en.csv")
	if err != nil {
		b.Fatal(err)
	}
	header, rows, found := strings.Cut(string(file), "\r\n")
	if !found {
		b.Fatal("no rows")
	}
	const copies = 1000
	in := header + "\r\n" + strings.Repeat(rows, copies)
	b.SetBytes(int64(len(in)))
	for b.Loop() {
		sheet, err := Open(strings.NewReader(in), Limits{})
		if err != nil {
			b.Fatal(err)
		}
		m := Contacts.Recognise(sheet.Header(), nil)
		for {
			row, err := sheet.Next()
			if err != nil {
				break
			}
			m.Row(row.Cells)
		}
	}
	b.ReportMetric(float64(copies*b.N)/b.Elapsed().Seconds(), "rows/s")
}
