package dossier

import (
	"fmt"
	"io"
	"strings"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
)

const (
	left   = 18.0
	width  = 174.0
	height = 4.6
)

// writePDF writes the page for paper: each entry as a few lines, since a column
// of notes fits no table.
func (d Dossier) writePDF(w io.Writer) error {
	p := fpdf.New("P", "mm", "A4", "")
	p.AddUTF8FontFromBytes("go", "", goregular.TTF)
	p.AddUTF8FontFromBytes("go", "B", gobold.TTF)
	p.SetMargins(left, 18, left)
	p.SetAutoPageBreak(true, 20)
	p.SetCreationDate(d.On.Time)
	p.SetModificationDate(d.On.Time)
	p.SetCatalogSort(true)
	p.AliasNbPages("{pages}")
	p.SetFooterFunc(func() {
		p.SetY(-14)
		p.SetFont("go", "", 8)
		p.CellFormat(width, 4, fmt.Sprintf("%s  ·  %d/{pages}", d.Request, p.PageNo()), "", 0, "C", false, 0, "")
	})
	s := d.shown()
	p.SetTitle(s.Title, true)
	p.AddPage()
	line := func(style string, size float64, text string) {
		p.SetFont("go", style, size)
		p.MultiCell(width, size*0.48, text, "", "L", false)
	}
	line("B", 16, s.Title)
	p.Ln(1)
	line("", 10, s.About)
	for _, i := range s.Info {
		p.Ln(4)
		line("B", 11, strings.TrimSpace(i.Title+"  "+i.Article))
		for _, l := range i.Lines {
			line("", 9.5, "–  "+l)
		}
	}
	p.Ln(8)
	line("B", 15, s.Copy)
	for _, sec := range s.Sections {
		p.Ln(4)
		line("B", 11, fmt.Sprintf("%s (%d)", sec.Title, len(sec.Rows)))
		for _, r := range sec.Rows {
			p.Ln(1.5)
			for i, c := range r {
				if c != "" {
					entry(p, sec.Heads[i], c)
				}
			}
		}
	}
	if err := p.Output(w); err != nil {
		return fmt.Errorf("write PDF: %w", err)
	}
	return nil
}

// entry is one field: its meaning, then what stands in it.
func entry(p *fpdf.Fpdf, name, value string) {
	p.SetFont("go", "", 8)
	p.SetTextColor(90, 90, 90)
	p.CellFormat(48, height, cut(name, 34), "", 0, "L", false, 0, "")
	p.SetTextColor(0, 0, 0)
	p.SetFont("go", "", 9)
	p.MultiCell(width-48, height, value, "", "L", false)
}

func cut(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}
