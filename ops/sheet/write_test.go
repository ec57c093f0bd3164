package sheet

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/emersion/go-vcard"
	"github.com/google/go-cmp/cmp"
)

// each yields all of a list and then perhaps an error.
func each[T any](all []T, err error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range all {
			if !yield(v, nil) {
				return
			}
		}
		if err != nil {
			var none T
			yield(none, err)
		}
	}
}

func written(t testing.TB, rows [][]string, opts CSV) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteCSV(&b, []string{"name", "value", "note"}, each(rows, nil), opts); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// formulas are the cells that a spreadsheet set to some separator would run,
// whether or not it minds quotes.
func formulas(file string) []string {
	var found []string
	file = strings.TrimPrefix(file, mark)
	for _, comma := range ",;\t|" {
		r := csv.NewReader(strings.NewReader(file))
		r.Comma, r.LazyQuotes, r.FieldsPerRecord = comma, true, -1
		records, _ := r.ReadAll()
		cells := slices.Concat(records...)
		cells = append(cells, strings.FieldsFunc(file, func(c rune) bool { return strings.ContainsRune("\r\n", c) || c == comma })...)
		for _, c := range cells {
			if c = strings.TrimFunc(c, func(r rune) bool { return unicode.IsSpace(r) || r == '"' || r == 0 }); c != "" &&
				strings.ContainsAny(c[:1]+string([]rune(c)[0]), "=+-@＝＋－＠") {
				found = append(found, c)
			}
		}
	}
	return found
}

var hostileCells = []string{
	"=1+1", "+31 6 12345678", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "＋1", "－1", "＠x",
	"x\";=1", "x,=cmd|' /C calc'!A0", "x\n=1", "\"=1", "a;\t\"+1", "\u00a0=1", "'=1", "''=1", "\x00=1",
}

func TestWriteCSV_Formulas(t *testing.T) {
	for _, cell := range hostileCells {
		rows := [][]string{{"x", cell, cell}}
		if found := formulas(written(t, rows, CSV{})); found != nil {
			t.Errorf("%q becomes %q", cell, found)
		}
		if strings.HasPrefix(cell, "'") || strings.HasPrefix(cell, "''") {
			continue // no formula to begin with
		}
		if formulas(written(t, rows, CSV{Raw: true})) == nil {
			t.Errorf("control: %q isn't found in the raw file", cell)
		}
	}
	if got := written(t, [][]string{{"x", "+31 6 12345678", "jan@x.example; a-b"}}, CSV{Comma: ';'}); !strings.HasSuffix(got, "x;'+31 6 12345678;\"jan@x.example; a-b\"\n") {
		t.Errorf("plain values are changed: %q", got)
	}
	if got := written(t, [][]string{{"-1", "-12.30", "-12+3"}}, CSV{Amounts: 1}); !strings.HasSuffix(got, "'-1,-12.30,'-12+3\n") {
		t.Errorf("amounts: %q", got)
	}
}

// draw makes cells of what hurts, in all orders.
func draw(r *rand.Rand) string {
	pieces := []string{"=", "+", "-", "@", "'", "''", "\"", ",", ";", "\t", "\r", "\n", "|", " ", "a", "é", "＝", "＠", "\u00a0", "1"}
	var b strings.Builder
	for range r.IntN(8) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return b.String()
}

func TestGuard_Property(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 100_000 {
		cell := draw(r)
		if got := unguard(guard(cell)); got != cell {
			t.Fatalf("%q comes back as %q", cell, got)
		}
	}
	for range 5_000 {
		cell := draw(r)
		if found := formulas(written(t, [][]string{{"x", cell, cell}}, CSV{})); found != nil {
			t.Fatalf("%q becomes %q", cell, found)
		}
	}
}

func TestWriteCSV_RawRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, comma := range ",;\t" {
		rows := make([][]string, 3000)
		for i := range rows {
			rows[i] = []string{"x", draw(r), draw(r)}
		}
		opts := CSV{Raw: true, Comma: comma}
		file := written(t, rows, opts)
		_, got, bad, err := readAll(t, strings.NewReader(file), Limits{})
		if err != nil || bad != nil {
			t.Fatal(bad, err)
		}
		var cells [][]string
		for _, row := range got {
			cells = append(cells, row.Cells)
		}
		if diff := cmp.Diff(rows, cells); diff != "" {
			t.Fatal(diff)
		}
		if written(t, cells, opts) != file {
			t.Error("written again, the bytes differ")
		}
	}
}

var people = []Values{
	{
		Given: {"Zoë"}, Prefix: {"van der"}, Family: {"Berg"}, Company: {"Berg; Zonen, \\ BV"}, Role: {"-"},
		Mail: {"zoe@x.example", "z@x.example"}, Phone: {"+31612345678", "+32470111111"}, Street: {"=Straat; 1"},
		Postcode: {"1015 CS"}, City: {"'s-Gravenhage"}, Country: {"NL"}, Language: {"nl"},
		Website: {"https://x.example/a?b=c"}, KvK: {"12345678"}, VAT: {"NL001234567B01"}, Status: {"customer"},
		Owner: {"sander"}, Tags: {"beurs", "@vip"}, Note: {"- een\n- twee\n\n=drie " + strings.Repeat("é", 100)}, SourceID: {"7"},
	},
	{FullName: {"Prins van Oranje"}, Given: {"Willem"}, Note: {"'=1+1"}},
	{Company: {"Alleen BV"}},
	{Mail: {"alleen@x.example"}},
}

// What our own export wrote, safe as it is, comes back as it was.
func TestWriteCSV_OwnExport(t *testing.T) {
	var rows [][]string
	for _, v := range people {
		rows = append(rows, v.Cells(Contacts.Fields()))
	}
	var b bytes.Buffer
	if err := WriteCSV(&b, Names(Contacts.Fields()), each(rows, nil), CSV{Comma: ';'}); err != nil {
		t.Fatal(err)
	}
	header, got, bad, err := readAll(t, &b, Limits{})
	if err != nil || bad != nil {
		t.Fatal(bad, err)
	}
	m := Contacts.Recognise(header, nil)
	if out := m.Unmapped(); out != nil {
		t.Errorf("not recognised: %v", out)
	}
	for i, row := range got {
		if diff := cmp.Diff(people[i], m.Row(row.Cells)); diff != "" {
			t.Error(diff)
		}
	}
}

func TestWriteRejects(t *testing.T) {
	var b bytes.Buffer
	err := WriteRejects(&b, []string{"naam", "telefoon"}, []Reject{
		{Row: 3, Cells: []string{"=1", "'+316"}, Reason: "no mail"},
		{Row: 9, Reason: "+ too long"},
	})
	want := mark + "naam,telefoon,row,reason\n'=1,'+316,3,no mail\n,,9,'+ too long\n"
	if diff := cmp.Diff(want, b.String()); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

func TestWriteJSON(t *testing.T) {
	var b bytes.Buffer
	if err := WriteJSON(&b, []Field{Family, Mail}, each(people, nil)); err != nil {
		t.Fatal(err)
	}
	var got []map[string]any
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err, b.String())
	}
	want := map[string]any{"family": "Berg", "mail": []any{"zoe@x.example", "z@x.example"}}
	if diff := cmp.Diff(want, got[0]); diff != "" || len(got) != len(people) {
		t.Error(len(got), diff)
	}
	b.Reset()
	if err := WriteJSON(&b, nil, each[Values](nil, nil)); err != nil || b.String() != "[]\n" {
		t.Errorf("nobody: %q, %v", b.String(), err)
	}
}

// An export that breaks off must say so and must not look whole.
func TestWrite_BreaksOff(t *testing.T) {
	lost := errors.New("lost")
	var b bytes.Buffer
	if err := WriteJSON(&b, []Field{Mail}, each(people, lost)); !errors.Is(err, lost) || json.Valid(b.Bytes()) {
		t.Errorf("JSON: %v", err)
	}
	if err := WriteCSV(io.Discard, nil, each([][]string{{"a"}}, lost), CSV{}); !errors.Is(err, lost) {
		t.Errorf("CSV: %v", err)
	}
	if err := WriteVCards(io.Discard, VCard4, each(people, lost)); !errors.Is(err, lost) {
		t.Errorf("vCard: %v", err)
	}
}

func readCards(t *testing.T, r io.Reader) (all []Values, bad []string) {
	t.Helper()
	cards, err := OpenVCards(r, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for {
		v, _, err := cards.Next()
		switch {
		case err == io.EOF:
			return all, bad
		case isRowError(err):
			bad = append(bad, err.Error())
		case err != nil:
			t.Fatal(err)
		default:
			all = append(all, v)
		}
	}
}

func TestVCards_RoundTrip(t *testing.T) {
	for _, version := range []int{VCard3, VCard4} {
		t.Run(strconv.Itoa(version), func(t *testing.T) { roundTrip(t, version) })
	}
}

func roundTrip(t *testing.T, version int) {
	var b bytes.Buffer
	if err := WriteVCards(&b, version, each(people, nil)); err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(b.String(), "\r\n") {
		if len(line) > foldAt {
			t.Errorf("line of %d octets", len(line))
		}
	}
	// Another reader understands it too.
	card, err := vcard.NewDecoder(bytes.NewReader(b.Bytes())).Decode()
	if err != nil || card.Value(vcard.FieldFormattedName) != "Zoë van der Berg" || card.Value(vcard.FieldNote) != people[0].One(Note) {
		t.Errorf("go-vcard reads %v, %v", card, err)
	}
	got, bad := readCards(t, &b)
	if diff := cmp.Diff(people, got); diff != "" || bad != nil {
		t.Error(bad, diff)
	}
}

func TestOpenVCards(t *testing.T) {
	f, err := os.ReadFile("testdata/card.vcf")
	if err != nil {
		t.Fatal(err)
	}
	photo := "PHOTO:" + strings.Repeat("A", 1<<20) + "\r\n"
	old := "BEGIN:VCARD\r\nVERSION:2.1\r\nFN:x\r\nEND:VCARD\r\n"
	nul := "BEGIN:VCARD\r\nVERSION:4.0\r\n" + photo + "FN:a\x00b\r\nEND:VCARD\r\n"
	good := "BEGIN:VCARD\nVERSION:4.0\n" + photo + "FN:last\nEND:VCARD"
	all, bad := readCards(t, strings.NewReader(mark+string(f)+old+nul+good))
	want := []Values{{
		Given: {"Anna"}, Family: {"de Vries"}, Company: {"Vries; Zonen"}, Role: {"Inkoper"}, Mail: {"anna@vries.example"},
		Phone: {"+31 6 11111111"}, Street: {"Coolsingel 1, 2e"}, City: {"Rotterdam"}, Postcode: {"3011 AD"},
		Country: {"Nederland"}, Tags: {"Klant", "Beurs, 2024"}, Note: {"Eerste regel\nTweede"},
	}, {FullName: {"last"}}}
	if diff := cmp.Diff(want, all); diff != "" {
		t.Error(diff)
	}
	wantBad := []string{
		"line 18: The card isn't vCard version 3.0 or 4.0; export it again as one of these.",
		"line 22: The card has a NUL byte in it; the file is damaged.",
	}
	if diff := cmp.Diff(wantBad, bad); diff != "" {
		t.Error(diff)
	}
	if _, err := OpenVCards(strings.NewReader("naam,mail\n"), Limits{}); err == nil {
		t.Error("a CSV file was opened as vCard")
	}
}

func TestOpenVCards_Limits(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"line", "NOTE:" + strings.Repeat("x", 40) + "\r\n " + strings.Repeat("y", 30) + "\r\n z\r\n", "line 1: A line of the card is longer than 0 KiB."},
		{"lines", strings.Repeat("TEL:1\r\n", 5), "line 1: The card has more than 5 lines."},
		{"card", strings.Repeat("NOTE:"+strings.Repeat("x", 30)+"\r\n", 4), "line 1: The card is longer than 0 KiB."},
	}
	for _, tt := range tests {
		card := "BEGIN:VCARD\r\nVERSION:4.0\r\n" + tt.in + "END:VCARD\r\n"
		cards, err := OpenVCards(strings.NewReader(card), Limits{Field: 50, Columns: 5, Row: 150})
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := cards.Next(); !isRowError(err) || err.Error() != tt.want {
			t.Errorf("%s: %v", tt.name, err)
		}
		if _, bad := readCards(t, strings.NewReader(card)); bad != nil {
			t.Errorf("control: %s is refused under the default limits: %v", tt.name, bad)
		}
	}
}
