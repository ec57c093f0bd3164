package ops

import (
	"fmt"
	"strings"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// CheckInvoice says what is wrong with a draft, by field, and brings its numbers
// into the form in which they are kept. A draft may still lack what it needs to
// be issued.
func CheckInvoice(i *db.Invoice) error {
	if err := checkInvoiceTexts(*i); err != nil {
		return err
	}
	if !i.VATNumber.IsZero() {
		number, err := policy.NormalVAT(i.VATNumber.String())
		if err != nil {
			return err
		}
		i.VATNumber = text.New(number)
	}
	if !i.Mail.IsZero() {
		mail, err := policy.NormalMail(i.Mail.String())
		if err != nil {
			return err
		}
		i.Mail = text.New(mail)
	}
	return checkLines(*i)
}

func checkInvoiceTexts(i db.Invoice) error {
	if i.Debtor.IsZero() {
		return policy.Errorf(policy.Invalid, "Fill in whom the invoice is for.").On("debtor")
	}
	if len(i.Remark.String()) > maxNote {
		return policy.Errorf(policy.Invalid, "The remark is too long: keep it under %d characters.", maxNote).On("remark")
	}
	for field, line := range map[string]text.Line{
		"debtor": i.Debtor, "subject": i.Subject, "attention": i.Attention, "reference": i.Reference,
		"street": i.Address.Street, "postcode": i.Address.Postcode, "city": i.Address.City,
	} {
		if len(line.String()) > maxField {
			return policy.Errorf(policy.Invalid, "This is too long: keep it under %d characters.", maxField).On(field)
		}
	}
	return nil
}

func checkLines(i db.Invoice) error {
	if len(i.Lines) > policy.MaxInvoiceLines {
		return policy.Errorf(policy.Invalid, "An invoice has at most %d lines: make a second one.", policy.MaxInvoiceLines).On("lines")
	}
	for n, l := range i.Lines {
		err := l.Check()
		if err == nil && l.Text.IsZero() {
			err = policy.Errorf(policy.Invalid, "Say what the line is for.").On("text")
		}
		if err == nil && len(l.Text.String()) > maxField {
			err = policy.Errorf(policy.Invalid, "This is too long: keep it under %d characters.", maxField).On("text")
		}
		if err != nil {
			return onLine(err, n)
		}
	}
	return nil
}

// onLine says which line a field is of, as "lines.3.price".
func onLine(err error, n int) error {
	if e, ok := err.(*policy.Error); ok {
		e.Field = fmt.Sprintf("lines.%d.%s", n+1, e.Field)
	}
	return err
}

// readyToIssue says what a draft still lacks (art. 35a Wet OB 1968).
func readyToIssue(i db.Invoice) error {
	total := policy.TotalOf(i.Amounts()).Total
	switch {
	case len(i.Lines) == 0:
		return policy.Errorf(policy.Invalid, "The invoice has no lines: add one first.").On("lines")
	case i.Credits == 0 && total <= 0:
		return policy.Errorf(policy.Invalid, "An invoice of nothing or less can't be issued: credit an earlier one instead.").On("lines")
	case i.Credits != 0 && total >= 0:
		return policy.Errorf(policy.Invalid, "A credit note gives money back: its quantities are below 0.").On("lines")
	case i.Address.Street.IsZero() || i.Address.City.IsZero():
		return policy.Errorf(policy.Invalid, "An invoice needs the whole address of whom it is for (art. 35a Wet OB 1968).").On("street")
	case reverses(i) && i.VATNumber.IsZero():
		return policy.Errorf(policy.Invalid, "VAT can be reverse-charged only to somebody with a VAT number: fill it in.").On("vat")
	}
	return nil
}

func reverses(i db.Invoice) bool {
	for _, l := range i.Lines {
		if l.VAT == policy.VATReverse {
			return true
		}
	}
	return false
}

// sellerReady says what of the letterhead is still undecided.
func sellerReady(s db.Seller) error {
	for _, need := range []struct {
		what text.Line
		key  policy.SettingKey
	}{
		{s.Name, policy.OrgName},
		{s.Address.Street, policy.OrgStreet},
		{s.Address.City, policy.OrgCity},
		{s.VAT, policy.OrgVAT},
		{s.IBAN, policy.OrgIBAN},
	} {
		if need.what.IsZero() {
			return policy.Errorf(policy.Invalid, "The letterhead is not complete: an admin has to decide %s first (settings set).", string(need.key))
		}
	}
	return nil
}

// ParseInvoiceLine reads a line as people type it: text;quantity;price;VAT, and
// after one more ; a discount in percent.
func ParseInvoiceLine(s string) (l db.InvoiceLine, err error) {
	parts := strings.Split(s, ";")
	if len(parts) < 4 || len(parts) > 5 {
		return l, policy.Errorf(policy.Invalid, "A line is text;quantity;price;VAT, as advice;1,5;80,00;21, and after one more ; a discount in percent.").On("lines")
	}
	l.Text = text.New(strings.TrimSpace(parts[0]))
	if l.Quantity, err = policy.ParseQuantity(parts[1]); err != nil {
		return l, err
	}
	if l.Price, err = policy.ParseCents(parts[2]); err != nil {
		return l, err
	}
	if l.VAT, err = policy.ParseVAT(parts[3]); err != nil || len(parts) == 4 {
		return l, err
	}
	off, err := policy.ParseCents(strings.TrimSuffix(strings.TrimSpace(parts[4]), "%"))
	if err != nil {
		return l, policy.Errorf(policy.Invalid, "A discount is from 0 to 100 percent.").On("discount")
	}
	l.Discount = int64(off)
	return l, nil
}
