package paper

import (
	"fmt"
	"io"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"

	"balie/db"
	"balie/policy"
)

// Measures of an A4 page, in millimetres. The address stands where the window
// of a Dutch envelope is (NEN 1026).
const (
	left, right, width = 20.0, 190.0, 170.0
	addressTop         = 48.0
	lineHeight         = 5.0
)

// sheet is a document under the pen.
type sheet struct {
	*fpdf.Fpdf
	Invoice
	words
}

// PDF writes the invoice for people to read, in "nl" or English. open, above 0,
// makes it a reminder of what is still to be paid.
func PDF(w io.Writer, i Invoice, lang string, open policy.Cents) error {
	s := &sheet{fpdf.New("P", "mm", "A4", ""), i, wordsOf(lang)}
	s.AddUTF8FontFromBytes("go", "", goregular.TTF)
	s.AddUTF8FontFromBytes("go", "B", gobold.TTF)
	s.SetMargins(left, 20, left)
	s.SetAutoPageBreak(true, 25)
	s.SetCreationDate(i.IssuedOn) // the same invoice is the same file
	s.SetModificationDate(i.IssuedOn)
	s.SetCatalogSort(true)
	s.SetTitle(s.title(open)+" "+i.Name(), true)
	s.SetAuthor(i.Seller.Name.String(), true)
	s.AliasNbPages("{pages}")
	s.SetFooterFunc(s.footer)
	s.AddPage()
	s.letterhead()
	s.addressee()
	s.heading(open)
	s.table()
	s.sums()
	s.closing(open)
	if err := s.Output(w); err != nil {
		return fmt.Errorf("write PDF: %w", err)
	}
	return nil
}

func (s *sheet) title(open policy.Cents) string {
	switch {
	case open > 0:
		return s.Reminders[min(max(s.Level, 1), 3)-1]
	case s.isCredit():
		return s.CreditNote
	}
	return s.words.Invoice
}

// say writes one line from the left margin.
func (s *sheet) say(style string, size float64, text string) {
	s.SetFont("go", style, size)
	s.CellFormat(width, lineHeight, text, "", 1, "L", false, 0, "")
}

func (s *sheet) letterhead() {
	s.say("B", 16, s.Seller.Name.String())
	s.Ln(1)
	s.say("", 9, strings.Join(lines(s.Seller.Address), "  ·  "))
	s.say("", 9, s.Seller.Mail.String())
}

func lines(a db.Address) []string {
	all := []string{a.Street.String(), strings.TrimSpace(a.Postcode.String() + "  " + a.City.String()), a.Country.String()}
	kept := all[:0]
	for _, l := range all {
		if l != "" {
			kept = append(kept, l)
		}
	}
	return kept
}

func (s *sheet) addressee() {
	s.SetY(addressTop)
	s.say("", 11, s.Debtor.String())
	if !s.InvoiceBody.Attention.IsZero() {
		s.say("", 11, s.words.Attention+" "+s.InvoiceBody.Attention.String())
	}
	for _, l := range lines(s.Address) {
		s.say("", 11, l)
	}
}

func (s *sheet) heading(open policy.Cents) {
	s.SetY(max(s.GetY()+8, 85))
	s.say("B", 15, s.title(open)+" "+s.Name())
	s.Ln(2)
	s.fact(s.Date, s.day(s.IssuedOn))
	if s.isCredit() {
		s.fact(s.words.Credits, s.Credited)
	} else {
		s.fact(s.Due, s.day(s.DueOn))
	}
	s.fact(s.words.Reference, s.InvoiceBody.Reference.String())
	s.fact(s.VATNumber, s.InvoiceBody.VATNumber.String())
	s.fact(s.About, s.Subject.String())
	s.Ln(4)
	if open > 0 {
		s.MultiCell(width, lineHeight, s.remindText(open), "", "L", false)
		s.Ln(3)
	}
}

func (s *sheet) fact(name, value string) {
	if value == "" {
		return
	}
	s.SetFont("go", "", 10)
	s.CellFormat(45, lineHeight, name, "", 0, "L", false, 0, "")
	s.CellFormat(width-45, lineHeight, value, "", 1, "L", false, 0, "")
}

// day is unmistakable in both languages and on both sides of the ocean.
func (s *sheet) day(t time.Time) string { return t.Format("02-01-2006") }

// money writes cents as € 1.234,56 or € 1,234.56.
func (s *sheet) money(c policy.Cents) string {
	sign := ""
	if c < 0 {
		sign, c = "-", -c
	}
	whole := fmt.Sprint(int64(c) / 100)
	for n := len(whole) - 3; n > 0; n -= 3 {
		whole = whole[:n] + s.thousands + whole[n:]
	}
	return fmt.Sprintf("€ %s%s%s%02d", sign, whole, s.point, int64(c)%100)
}

func (s *sheet) footer() {
	s.SetY(-18)
	s.SetFont("go", "", 8)
	parts := []string{s.Seller.Name.String()}
	if !s.Seller.KvK.IsZero() {
		parts = append(parts, s.ChamberOf+" "+s.Seller.KvK.String())
	}
	parts = append(parts, s.VATNumber+" "+s.Seller.VAT.String(), "IBAN "+s.Seller.IBAN.String())
	s.CellFormat(width, 4, strings.Join(parts, "  ·  "), "T", 1, "C", false, 0, "")
	s.CellFormat(width, 4, fmt.Sprintf(s.Page, s.PageNo(), "{pages}"), "", 1, "C", false, 0, "")
}
