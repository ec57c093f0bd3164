package paper

import (
	"fmt"
	"strings"

	"balie/db"
	"balie/policy"
)

// columns of the table of lines: how wide, in millimetres.
var columns = []float64{70, 20, 26, 18, 13, 23}

func (s *sheet) table() {
	s.head()
	for _, l := range s.InvoiceBody.Lines {
		s.row(l)
	}
	s.Line(left, s.GetY()+1, right, s.GetY()+1)
	s.Ln(3)
}

func (s *sheet) head() {
	s.SetFont("go", "B", 9)
	for n, name := range []string{s.words.Text, s.Quantity, s.Price, s.words.Discount, s.VAT, s.Amount} {
		s.CellFormat(columns[n], 6, name, "B", 0, side(n), false, 0, "")
	}
	s.Ln(7)
}

// side: words to the left, figures to the right.
func side(column int) string {
	if column == 0 {
		return "L"
	}
	return "R"
}

func (s *sheet) row(l db.InvoiceLine) {
	s.SetFont("go", "", 9)
	text := s.SplitText(l.Text.String(), columns[0]-2)
	if s.GetY()+float64(len(text))*lineHeight > 265 {
		s.AddPage()
		s.head()
		s.SetFont("go", "", 9)
	}
	for n, value := range []string{text[0], s.count(l.InvoiceLine.Quantity), s.money(l.InvoiceLine.Price), s.off(l), s.rate(l.InvoiceLine.VAT), s.money(l.Net())} {
		s.CellFormat(columns[n], lineHeight, value, "", 0, side(n), false, 0, "")
	}
	s.Ln(lineHeight)
	for _, rest := range text[1:] {
		s.CellFormat(columns[0], lineHeight, rest, "", 1, "L", false, 0, "")
	}
}

// count writes a quantity without the zeros that say nothing.
func (s *sheet) count(q policy.Quantity) string {
	text := strings.TrimRight(strings.TrimRight(decimal(int64(q), 3), "0"), ".")
	return strings.Replace(text, ".", s.point, 1)
}

func (s *sheet) off(l db.InvoiceLine) string {
	if l.InvoiceLine.Discount == 0 {
		return ""
	}
	return s.count(policy.Quantity(l.InvoiceLine.Discount*10)) + " %"
}

func (s *sheet) rate(v policy.VAT) string {
	if v == policy.VATReverse {
		return "0 %*"
	}
	return fmt.Sprintf("%d %%", v.Percent())
}

// sums are the totals, with the tax by rate (art. 35a(1)(h) Wet OB 1968).
func (s *sheet) sums() {
	s.sum("", s.Net, s.money(s.Totals.Net))
	for _, r := range s.Totals.Rates {
		s.sum("", fmt.Sprintf("%s %s  (%s)", s.VAT, s.rate(r.VAT), s.money(r.Net)), s.money(r.Tax))
	}
	s.sum("B", s.Total, s.money(s.Totals.Total))
	s.Ln(5)
}

func (s *sheet) sum(style, name, value string) {
	s.SetFont("go", style, 10)
	s.CellFormat(width-30, 6, name, "", 0, "R", false, 0, "")
	s.CellFormat(30, 6, value, "", 1, "R", false, 0, "")
}

func (s *sheet) closing(open policy.Cents) {
	s.SetFont("go", "", 10)
	for _, t := range s.Totals.Rates {
		if t.VAT == policy.VATReverse {
			s.MultiCell(width, lineHeight, "* "+s.Reverse, "", "L", false)
			s.Ln(2)
		}
	}
	if !s.Remark.IsZero() {
		s.MultiCell(width, lineHeight, s.Remark.String(), "", "L", false)
		s.Ln(2)
	}
	s.MultiCell(width, lineHeight, s.howToPay(open), "", "L", false)
}

func (s *sheet) howToPay(open policy.Cents) string {
	if s.isCredit() {
		return fmt.Sprintf(s.PayBack, s.money(-s.Totals.Total))
	}
	if open <= 0 {
		open = s.Totals.Total
	}
	return fmt.Sprintf(s.Pay, s.money(open), s.day(s.DueOn), s.Seller.IBAN.String(), s.Seller.Name.String(), s.Name())
}
