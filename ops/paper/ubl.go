// Package paper writes documents that leave the firm: invoices to read and to
// be read by machines.
package paper

import (
	"encoding/xml"
	"fmt"
	"io"
	"time"

	"balie/db"
	"balie/policy"
)

// Invoice is what a document needs of an issued invoice.
type Invoice struct {
	db.Invoice
	Credited string // name of the invoice that a credit note takes back
	Level    int16  // of a reminder, 1 to 3
}

// isCredit says that it gives money back.
func (i Invoice) isCredit() bool { return i.Credits != 0 }

// sign is −1 for a credit note, whose document shows what it gives back as
// amounts above 0.
func (i Invoice) sign() int64 {
	if i.isCredit() {
		return -1
	}
	return 1
}

// en16931 names the rules that the file keeps: the European norm, as Peppol
// BIS Billing 3 uses it.
const (
	en16931 = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
	peppol  = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
	ublRoot = "urn:oasis:names:specification:ubl:schema:xsd:"
)

// UBL writes the invoice as UBL 2.1 after EN 16931, a credit note as a
// CreditNote.
func UBL(w io.Writer, i Invoice) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(i.document()); err != nil {
		return fmt.Errorf("write UBL: %w", err)
	}
	return e.Close()
}

// The order of the fields is that of the schema.
type document struct {
	XMLName      xml.Name
	Namespace    string        `xml:"xmlns,attr"`
	CAC          string        `xml:"xmlns:cac,attr"`
	CBC          string        `xml:"xmlns:cbc,attr"`
	Customizing  string        `xml:"cbc:CustomizationID"`
	Profile      string        `xml:"cbc:ProfileID"`
	ID           string        `xml:"cbc:ID"`
	IssueDate    string        `xml:"cbc:IssueDate"`
	DueDate      string        `xml:"cbc:DueDate,omitempty"`
	InvoiceType  string        `xml:"cbc:InvoiceTypeCode,omitempty"`
	CreditType   string        `xml:"cbc:CreditNoteTypeCode,omitempty"`
	Note         string        `xml:"cbc:Note,omitempty"`
	Currency     string        `xml:"cbc:DocumentCurrencyCode"`
	BuyerRef     string        `xml:"cbc:BuyerReference"`
	Preceding    *preceding    `xml:"cac:BillingReference"`
	Supplier     party         `xml:"cac:AccountingSupplierParty>cac:Party"`
	Customer     party         `xml:"cac:AccountingCustomerParty>cac:Party"`
	Payment      *paymentMeans `xml:"cac:PaymentMeans"`
	Terms        string        `xml:"cac:PaymentTerms>cbc:Note,omitempty"`
	TaxTotal     taxTotal      `xml:"cac:TaxTotal"`
	Totals       totals        `xml:"cac:LegalMonetaryTotal"`
	InvoiceLines []ublLine     `xml:"cac:InvoiceLine"`
	CreditLines  []ublLine     `xml:"cac:CreditNoteLine"`
}

type preceding struct {
	ID string `xml:"cac:InvoiceDocumentReference>cbc:ID"`
}

type amount struct {
	Currency string `xml:"currencyID,attr"`
	Value    string `xml:",chardata"`
}

func euro(c policy.Cents) amount { return amount{"EUR", decimal(int64(c), 2)} }

// decimal writes a whole number of the smallest unit with its decimals.
func decimal(n int64, places int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	unit := int64(1)
	for range places {
		unit *= 10
	}
	return fmt.Sprintf("%s%d.%0*d", sign, n/unit, places, n%unit)
}

type taxTotal struct {
	Amount amount        `xml:"cbc:TaxAmount"`
	Rates  []taxSubtotal `xml:"cac:TaxSubtotal"`
}

type taxSubtotal struct {
	Taxable  amount   `xml:"cbc:TaxableAmount"`
	Tax      amount   `xml:"cbc:TaxAmount"`
	Category category `xml:"cac:TaxCategory"`
}

type category struct {
	ID         string `xml:"cbc:ID"`
	Percent    string `xml:"cbc:Percent"`
	ReasonCode string `xml:"cbc:TaxExemptionReasonCode,omitempty"`
	Reason     string `xml:"cbc:TaxExemptionReason,omitempty"`
	Scheme     string `xml:"cac:TaxScheme>cbc:ID"`
}

func categoryOf(v policy.VAT) category {
	return category{ID: v.Category(), Percent: fmt.Sprint(v.Percent()), Scheme: "VAT"}
}

// exempt adds why there is no tax, which only totals have to say.
func (c category) exempt(v policy.VAT) category {
	if v == policy.VATReverse {
		c.ReasonCode, c.Reason = "VATEX-EU-AE", "Reverse charge"
	}
	return c
}

type totals struct {
	Lines      amount `xml:"cbc:LineExtensionAmount"`
	WithoutTax amount `xml:"cbc:TaxExclusiveAmount"`
	WithTax    amount `xml:"cbc:TaxInclusiveAmount"`
	Payable    amount `xml:"cbc:PayableAmount"`
}

func (i Invoice) document() document {
	d := document{
		Namespace: ublRoot + "Invoice-2", CAC: ublRoot + "CommonAggregateComponents-2", CBC: ublRoot + "CommonBasicComponents-2",
		Customizing: en16931, Profile: peppol, ID: i.Name(), IssueDate: i.IssuedOn.Format(time.DateOnly),
		Note: i.Remark.String(), Currency: "EUR", BuyerRef: i.buyerReference(),
		Supplier: i.supplier(), Customer: i.customer(), TaxTotal: i.taxTotal(), Totals: i.totals(),
	}
	if i.isCredit() {
		d.XMLName, d.Namespace, d.CreditType = xml.Name{Local: "CreditNote"}, ublRoot+"CreditNote-2", "381"
		d.Preceding, d.CreditLines = &preceding{i.Credited}, i.ublLines()
		return d
	}
	d.XMLName, d.InvoiceType, d.DueDate = xml.Name{Local: "Invoice"}, "380", i.DueOn.Format(time.DateOnly)
	d.Payment = &paymentMeans{Code: "30", ID: i.Name(), Account: i.Seller.IBAN.String()}
	d.InvoiceLines = i.ublLines()
	return d
}

// buyerReference is never empty: Peppol wants this or an order's number.
func (i Invoice) buyerReference() string {
	if !i.Reference.IsZero() {
		return i.Reference.String()
	}
	return i.Name()
}

func (i Invoice) taxTotal() taxTotal {
	s := policy.Cents(i.sign())
	t := taxTotal{Amount: euro(s * i.Totals.Tax)}
	for _, r := range i.Totals.Rates {
		t.Rates = append(t.Rates, taxSubtotal{euro(s * r.Net), euro(s * r.Tax), categoryOf(r.VAT).exempt(r.VAT)})
	}
	return t
}

func (i Invoice) totals() totals {
	s := policy.Cents(i.sign())
	return totals{euro(s * i.Totals.Net), euro(s * i.Totals.Net), euro(s * i.Totals.Total), euro(s * i.Totals.Total)}
}
