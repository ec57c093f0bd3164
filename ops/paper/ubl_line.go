package paper

import (
	"fmt"

	"balie/policy"
)

type ublLine struct {
	ID        string     `xml:"cbc:ID"`
	Invoiced  *quantity  `xml:"cbc:InvoicedQuantity"`
	Credited  *quantity  `xml:"cbc:CreditedQuantity"`
	Net       amount     `xml:"cbc:LineExtensionAmount"`
	Allowance *allowance `xml:"cac:AllowanceCharge"`
	Name      string     `xml:"cac:Item>cbc:Name"`
	Category  category   `xml:"cac:Item>cac:ClassifiedTaxCategory"`
	Price     amount     `xml:"cac:Price>cbc:PriceAmount"`
}

type quantity struct {
	Unit  string `xml:"unitCode,attr"`
	Value string `xml:",chardata"`
}

type allowance struct {
	Charge  bool   `xml:"cbc:ChargeIndicator"`
	Code    string `xml:"cbc:AllowanceChargeReasonCode"`
	Reason  string `xml:"cbc:AllowanceChargeReason"`
	Percent string `xml:"cbc:MultiplierFactorNumeric"`
	Amount  amount `xml:"cbc:Amount"`
	Base    amount `xml:"cbc:BaseAmount"`
}

// ublLines are the lines; those of a credit note count what goes back.
func (i Invoice) ublLines() []ublLine {
	lines := make([]ublLine, len(i.Lines))
	s := i.sign()
	for n, l := range i.Lines {
		u := ublLine{
			ID: fmt.Sprint(n + 1), Net: euro(policy.Cents(s) * l.Net()), Name: l.Text.String(),
			Category: categoryOf(l.VAT), Price: euro(l.Price),
		}
		q := &quantity{"C62", decimal(s*int64(l.Quantity), 3)} // C62: pieces
		if i.isCredit() {
			u.Credited = q
		} else {
			u.Invoiced = q
		}
		if l.Discount != 0 {
			u.Allowance = &allowance{
				Code: "95", Reason: "Discount", Percent: decimal(l.Discount, 2),
				Amount: euro(policy.Cents(s) * l.Off()), Base: euro(policy.Cents(s) * l.Gross()),
			}
		}
		lines[n] = u
	}
	return lines
}
