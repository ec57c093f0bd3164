package sheet

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"iter"
)

// maxWorkbookRows is how many rows a sheet of a workbook has, by Excel's limits.
const maxWorkbookRows = 1 << 20

// The parts of a workbook that are always the same. The one style that cells
// have says that they are text, also when somebody edits them: no cell of ours
// ever becomes a formula.
var workbookParts = []struct{ name, content string }{
	{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`},
	{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
	{"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="balie" sheetId="1" r:id="rId1"/></sheets></workbook>`},
	{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`},
	{"xl/styles.xml", `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="49" applyNumberFormat="1" quotePrefix="1"/></cellXfs></styleSheet>`},
}

// WriteWorkbook writes header and rows as a workbook of one sheet, all cells as
// text. An error among the rows ends the file, which then can't be opened.
func WriteWorkbook(w io.Writer, header []string, rows iter.Seq2[[]string, error]) error {
	file := zip.NewWriter(w)
	for _, p := range workbookParts {
		part, err := file.Create(p.name)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(part, xml.Header+p.content); err != nil {
			return err
		}
	}
	part, err := file.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		return err
	}
	if err := writeSheet(bufio.NewWriter(part), header, rows); err != nil {
		return err
	}
	return file.Close()
}

func writeSheet(w *bufio.Writer, header []string, rows iter.Seq2[[]string, error]) error {
	fmt.Fprint(w, xml.Header, `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`)
	line := 1
	writeCells(w, line, header)
	for cells, err := range rows {
		if err != nil {
			return err
		}
		if line++; line > maxWorkbookRows {
			return invalid("A workbook holds no more than %d rows: export as CSV.", maxWorkbookRows-1)
		}
		writeCells(w, line, cells)
	}
	fmt.Fprint(w, `</sheetData></worksheet>`)
	return w.Flush()
}

// writeCells leaves its errors to Flush, which gives the first.
func writeCells(w *bufio.Writer, line int, cells []string) {
	fmt.Fprintf(w, `<row r="%d">`, line)
	for i, c := range cells {
		if c == "" {
			continue
		}
		fmt.Fprintf(w, `<c r="%s%d" s="1" t="inlineStr"><is><t xml:space="preserve">`, letters(i), line)
		_ = xml.EscapeText(w, []byte(escapeX(c)))
		fmt.Fprint(w, `</t></is></c>`)
	}
	fmt.Fprint(w, `</row>`)
}

// letters name a column: A to Z, AA and so on.
func letters(i int) (s string) {
	for i++; i > 0; i = (i - 1) / 26 {
		s = string(rune('A'+(i-1)%26)) + s
	}
	return s
}

// escapeX keeps what a workbook would take for an escape of its own.
func escapeX(s string) string {
	return escapedX.ReplaceAllStringFunc(s, func(e string) string { return "_x005F" + e })
}
