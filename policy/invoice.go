package policy

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// VAT is how a line of an invoice is taxed.
type VAT string

// The rates of a Dutch invoice (art. 9 Wet OB 1968). Reverse charge: the buyer
// pays the tax, art. 196 of Directive 2006/112/EC, and the invoice says so.
const (
	VATHigh    VAT = "21"
	VATLow     VAT = "9"
	VATZero    VAT = "0"
	VATReverse VAT = "reverse"
)

// VATs are all rates, in the order in which a form offers them.
var VATs = []VAT{VATHigh, VATLow, VATZero, VATReverse}

// Percent is the rate in whole percents; 0 where the buyer pays the tax.
func (v VAT) Percent() int64 {
	switch v {
	case VATHigh:
		return 21
	case VATLow:
		return 9
	}
	return 0
}

// Category is the code of the rate in EN 16931 (list UNCL 5305).
func (v VAT) Category() string {
	switch v {
	case VATZero:
		return "Z"
	case VATReverse:
		return "AE"
	}
	return "S"
}

// Quantity is how many of something, in thousandths: 1500 is one and a half.
type Quantity int64

// InvoiceLine is what of a line counts for its amount.
type InvoiceLine struct {
	Quantity Quantity // may be below 0 on a credit note
	Price    Cents    // of one, without VAT; never below 0
	Discount int64    // in hundredths of a percent: 1000 is 10 %
	VAT      VAT
}

// The bounds of a line. More than this is a slip of the hand.
const (
	maxQuantity Quantity = 1_000_000_000
	maxDiscount int64    = 10_000
	// MaxInvoiceLines is how many lines an invoice can have.
	MaxInvoiceLines int = 500
)

// Check says what is wrong with a line, by field.
func (l InvoiceLine) Check() error {
	switch {
	case l.Quantity == 0 || max(l.Quantity, -l.Quantity) > maxQuantity:
		return Errorf(Invalid, "A quantity is up to a million with at most three decimals, and not 0.").On("quantity")
	case l.Price < 0 || l.Price > MaxCents/1000:
		return Errorf(Invalid, "A price is from 0 to a million euro; make a discount or a credit note of what is given back.").On("price")
	case l.Discount < 0 || l.Discount > maxDiscount:
		return Errorf(Invalid, "A discount is from 0 to 100 percent.").On("discount")
	case !slices.Contains(VATs, l.VAT):
		return Errorf(Invalid, "VAT is 21, 9, 0 or reverse.").On("vat")
	}
	return nil
}

// Gross is quantity × price, rounded to a cent.
func (l InvoiceLine) Gross() Cents { return portion(l.Price, int64(l.Quantity), 1000) }

// Off is the discount in cents.
func (l InvoiceLine) Off() Cents { return portion(l.Gross(), l.Discount, 10_000) }

// Net is the amount of the line without VAT. The price × the quantity is rounded
// to a cent, then the discount, so that the printed figures add up.
func (l InvoiceLine) Net() Cents { return l.Gross() - l.Off() }

// TaxedAt is the part of an invoice under one rate.
type TaxedAt struct {
	VAT VAT
	Net Cents
	Tax Cents
}

// InvoiceTotals are the sums of an invoice.
type InvoiceTotals struct {
	Net   Cents
	Tax   Cents
	Total Cents
	Rates []TaxedAt // in the order of VATs
}

// TotalOf adds up. The tax is worked out once per rate over the sum of its
// lines and rounded half away from zero, as EN 16931 asks (BR-CO-17): rounding
// per line would give other cents than the customer's accounts.
func TotalOf(lines []InvoiceLine) InvoiceTotals {
	nets := map[VAT]Cents{}
	for _, l := range lines {
		nets[l.VAT] += l.Net()
	}
	var t InvoiceTotals
	for rate, net := range nets {
		t.Rates = append(t.Rates, TaxedAt{rate, net, portion(net, rate.Percent(), 100)})
	}
	slices.SortFunc(t.Rates, func(a, b TaxedAt) int {
		return cmp.Compare(slices.Index(VATs, a.VAT), slices.Index(VATs, b.VAT))
	})
	for _, r := range t.Rates {
		t.Net += r.Net
		t.Tax += r.Tax
	}
	t.Total = t.Net + t.Tax
	return t
}

// InvoiceState is where an invoice stands.
type InvoiceState string

// The states. Only a draft can be changed; what is issued stays as it is and is
// taken back by a credit note alone (art. 35 Wet OB 1968).
const (
	InvoiceDraft    InvoiceState = "draft"
	InvoiceSent     InvoiceState = "sent"
	InvoiceOverdue  InvoiceState = "overdue"
	InvoicePaid     InvoiceState = "paid"
	InvoiceCredited InvoiceState = "credited"
)

// InvoiceFacts are those from which the state follows.
type InvoiceFacts struct {
	Issued   bool
	Due      time.Time // the last day on which payment is in time
	Total    Cents
	Paid     Cents
	Credited Cents // by credit notes, above 0
}

// Open is what is still to be paid; below 0 when too much was. Of a credit note
// nothing is: it counts at the invoice that it takes back.
func (f InvoiceFacts) Open() Cents {
	if f.Total < 0 {
		return 0
	}
	return f.Total - f.Credited - f.Paid
}

// State is where the invoice stands on a day. A credit note, whose total is
// below 0, is never overdue.
func (f InvoiceFacts) State(today time.Time) InvoiceState {
	switch {
	case !f.Issued:
		return InvoiceDraft
	case f.Credited >= f.Total && f.Total > 0:
		return InvoiceCredited
	case f.Open() <= 0:
		return InvoicePaid
	case today.After(f.Due):
		return InvoiceOverdue
	}
	return InvoiceSent
}

// FiscalYears is how long the tax office may ask for an invoice: art. 52(4) AWR.
const FiscalYears = 7

// KeptThrough is the last day on which an invoice has to be kept: seven years
// after the end of the book year that it belongs to (art. 52(4) AWR). yearEnd is
// the last month of the organisation's book year.
func KeptThrough(invoice time.Time, yearEnd time.Month) time.Time {
	year := invoice.Year()
	if invoice.Month() > yearEnd {
		year++
	}
	return time.Date(year+FiscalYears, yearEnd+1, 1, 0, 0, 0, 0, invoice.Location()).AddDate(0, 0, -1)
}

// InvoiceName is the number as it is printed: series, year, number.
func InvoiceName(series string, year, number int32) string {
	if number == 0 {
		return ""
	}
	return fmt.Sprintf("%s%d-%04d", series, year, number)
}
