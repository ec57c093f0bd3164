package paper

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

func example(r *rand.Rand, credit bool) Invoice {
	var i Invoice
	i.Series, i.Year, i.Number, i.IssuedOn = "F", 2026, 42, time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC)
	i.DueOn = i.IssuedOn.AddDate(0, 0, 30)
	i.Debtor, i.InvoiceBody.VATNumber, i.Mail = text.New("Jansen & Zn <b>"), text.New("BE0403170701"), text.New("inkoop@jansen.example")
	i.Address = db.Address{Street: text.New("Dorpsstraat 1"), Postcode: text.New("9000"), City: text.New("Gent"), Country: text.New("BE")}
	i.Subject, i.Remark = text.New("Dakkapel é€"), text.NewBlock("Dank\nu wel")
	i.Seller = db.Seller{
		Name: text.New("Balie Bouw BV"), KvK: text.New("12345678"), VAT: text.New("NL001234567B01"), IBAN: text.New("NL91ABNA0417164300"),
		Mail: text.New("post@balie.example"), Address: db.Address{Street: text.New("Kade 1"), City: text.New("Utrecht"), Country: text.New("NL")},
	}
	for n := range 1 + r.IntN(60) {
		l := db.InvoiceLine{Text: text.New(fmt.Sprintf("werk %d, met een omschrijving die langer is dan één regel van de tabel lang is", n)), InvoiceLine: policy.InvoiceLine{
			Quantity: policy.Quantity(1 + r.IntN(50_000)), Price: policy.Cents(r.IntN(500_000)), Discount: int64(r.IntN(3)) * 1250, VAT: policy.VATs[r.IntN(4)],
		}}
		if credit {
			l.Quantity, i.Credits, i.Credited = -l.Quantity, 1, "F2026-0041"
		}
		i.Lines = append(i.Lines, l)
	}
	i.Totals = policy.TotalOf(i.Amounts())
	return i
}

// TestUBL holds files to the rules of EN 16931 that can be checked without a
// network, read with another program's eyes: from the bytes, by path.
func TestUBL(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 200 {
		var b bytes.Buffer
		if err := UBL(&b, example(r, n%3 == 0)); err != nil {
			t.Fatal(err)
		}
		if broken := brokenRules(t, b.Bytes()); len(broken) > 0 {
			t.Fatalf("%v in\n%s", broken, b.String())
		}
	}
}

// TestUBL_control: the check finds what is planted.
func TestUBL_control(t *testing.T) {
	var b bytes.Buffer
	if err := UBL(&b, example(rand.New(rand.NewPCG(3, 4)), false)); err != nil {
		t.Fatal(err)
	}
	for _, plant := range [][2]string{
		{"<cbc:IssueDate>2026-03-12</cbc:IssueDate>", ""},
		{"<cbc:TaxExclusiveAmount currencyID=\"EUR\">", "<cbc:TaxExclusiveAmount currencyID=\"EUR\">1"},
		{"<cbc:RegistrationName>Balie Bouw BV</cbc:RegistrationName>", ""},
		{"<cbc:IdentificationCode>BE</cbc:IdentificationCode>", ""},
		{"<cbc:InvoiceTypeCode>380<", "<cbc:InvoiceTypeCode>999<"},
		{"NL91ABNA0417164300", ""},
	} {
		bad := strings.Replace(b.String(), plant[0], plant[1], 1)
		if bad == b.String() {
			t.Errorf("%s isn't there", plant[0])
		}
		if len(brokenRules(t, []byte(bad))) == 0 {
			t.Errorf("without %s all rules hold", plant[0])
		}
	}
}

// node is an element by its local name.
type node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Text    string     `xml:",chardata"`
	Kids    []node     `xml:",any"`
}

func (n node) all(path string) []node {
	at := []node{n}
	for _, name := range strings.Split(path, "/") {
		var next []node
		for _, a := range at {
			for _, k := range a.Kids {
				if k.XMLName.Local == name {
					next = append(next, k)
				}
			}
		}
		at = next
	}
	return at
}

func (n node) text(path string) string {
	for _, k := range n.all(path) {
		return strings.TrimSpace(k.Text)
	}
	return ""
}

// cents reads an amount exactly; more than two decimals breaks BR-DEC.
func (n node) cents(t *testing.T, path string) int64 {
	t.Helper()
	s := n.text(path)
	whole, part, ok := strings.Cut(s, ".")
	if !ok || len(part) != 2 {
		t.Errorf("%s is %q: two decimals (BR-DEC)", path, s)
	}
	c, err := strconv.ParseInt(whole+part, 10, 64)
	if err != nil {
		t.Errorf("%s: %v", path, err)
	}
	return c
}

func brokenRules(t *testing.T, file []byte) (broken []string) {
	t.Helper()
	var d node
	if err := xml.Unmarshal(file, &d); err != nil {
		t.Fatal(err)
	}
	rule := func(name string, holds bool) {
		if !holds {
			broken = append(broken, name)
		}
	}
	kind := d.XMLName.Local
	rule("BR-01", d.text("CustomizationID") != "")
	rule("BR-02", d.text("ID") != "")
	rule("BR-03", d.text("IssueDate") != "")
	rule("BR-04", kind == "Invoice" && d.text("InvoiceTypeCode") == "380" || kind == "CreditNote" && d.text("CreditNoteTypeCode") == "381")
	rule("BR-05", d.text("DocumentCurrencyCode") == "EUR")
	for _, side := range []string{"AccountingSupplierParty", "AccountingCustomerParty"} {
		rule("BR-06/07 "+side, d.text(side+"/Party/PartyLegalEntity/RegistrationName") != "")
		rule("BR-08/10 "+side, len(d.all(side+"/Party/PostalAddress")) == 1)
		rule("BR-09/11 "+side, d.text(side+"/Party/PostalAddress/Country/IdentificationCode") != "")
		rule("BR-62/63 "+side, d.text(side+"/Party/EndpointID") != "")
	}
	rule("BR-CO-26", d.text("AccountingSupplierParty/Party/PartyTaxScheme/CompanyID") != "")
	rule("PEPPOL-EN16931-R003", d.text("BuyerReference") != "")
	lines := d.all(kind + "Line")
	rule("BR-16", len(lines) > 0)
	quantity := map[string]string{"Invoice": "InvoicedQuantity", "CreditNote": "CreditedQuantity"}[kind]
	var net int64
	byRate := map[string]int64{}
	for _, l := range lines {
		rule("BR-21", l.text("ID") != "")
		rule("BR-22", l.text(quantity) != "")
		rule("BR-25", l.text("Item/Name") != "")
		rule("BR-27", l.cents(t, "Price/PriceAmount") >= 0)
		rule("BR-CO-04", l.text("Item/ClassifiedTaxCategory/ID") != "")
		c := l.cents(t, "LineExtensionAmount")
		net += c
		byRate[l.text("Item/ClassifiedTaxCategory/ID")+" "+l.text("Item/ClassifiedTaxCategory/Percent")] += c
		if l.text("AllowanceCharge/Amount") != "" {
			rule("BR-42", l.text("AllowanceCharge/AllowanceChargeReason") != "")
			rule("line adds up", l.cents(t, "AllowanceCharge/BaseAmount")-l.cents(t, "AllowanceCharge/Amount") == c)
		}
	}
	rule("BR-CO-10", d.cents(t, "LegalMonetaryTotal/LineExtensionAmount") == net)
	rule("BR-CO-13", d.cents(t, "LegalMonetaryTotal/TaxExclusiveAmount") == net)
	tax := d.cents(t, "TaxTotal/TaxAmount")
	rule("BR-CO-15", d.cents(t, "LegalMonetaryTotal/TaxInclusiveAmount") == net+tax)
	rule("BR-CO-16", d.cents(t, "LegalMonetaryTotal/PayableAmount") == net+tax)
	rates := d.all("TaxTotal/TaxSubtotal")
	rule("BR-CO-18", len(rates) == len(byRate))
	var sum int64
	for _, s := range rates {
		category, percent := s.text("TaxCategory/ID"), s.text("TaxCategory/Percent")
		var p, taxable, got int64 = 0, s.cents(t, "TaxableAmount"), s.cents(t, "TaxAmount")
		_, _ = fmt.Sscan(percent, &p)
		sum += got
		rule("BR-S-08 "+category, taxable == byRate[category+" "+percent])
		rule("BR-CO-17", abs(2*(100*got-taxable*p)) <= 100)
		rule("BR-Z-09/AE-09", category == "S" || got == 0)
		rule("BR-AE-10", category != "AE" || s.text("TaxCategory/TaxExemptionReasonCode") == "VATEX-EU-AE")
		rule("BR-AE-02", category != "AE" || d.text("AccountingCustomerParty/Party/PartyTaxScheme/CompanyID") != "")
	}
	rule("BR-CO-14", sum == tax)
	if kind == "Invoice" {
		rule("BR-CO-25", d.text("DueDate") != "")
		rule("BR-61", d.text("PaymentMeans/PayeeFinancialAccount/ID") != "")
	} else {
		rule("BR-55", d.text("BillingReference/InvoiceDocumentReference/ID") != "")
	}
	return broken
}

func abs(n int64) int64 { return max(n, -n) }

// TestPDF reads the pages back where pdftotext is there, and always holds that
// the same invoice makes the same file.
func TestPDF(t *testing.T) {
	i := example(rand.New(rand.NewPCG(5, 6)), false)
	var a, b bytes.Buffer
	if err := PDF(&a, i, "nl", 0); err != nil {
		t.Fatal(err)
	}
	if err := PDF(&b, i, "nl", 0); err != nil || !bytes.Equal(a.Bytes(), b.Bytes()) || !bytes.HasPrefix(a.Bytes(), []byte("%PDF-1.")) {
		t.Fatalf("two runs differ, or no PDF: %v", err)
	}
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext isn't installed: what stands on the pages isn't read back")
	}
	path := filepath.Join(t.TempDir(), "invoice.pdf")
	if err := os.WriteFile(path, a.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, "-layout", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	s := &sheet{words: dutch}
	for _, want := range []string{
		"Factuur F2026-0042", "Jansen & Zn <b>", "Dakkapel é€", "12-03-2026", "11-04-2026", "NL91ABNA0417164300", "NL001234567B01",
		"BE0403170701", s.money(i.Totals.Total), s.money(i.Totals.Net), "Dank", "Btw verlegd",
	} {
		if !strings.Contains(string(out), want) {
			t.Errorf("%q is not on the pages", want)
		}
	}
}
