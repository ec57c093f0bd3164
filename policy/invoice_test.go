package policy

import (
	"math/big"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestTotalOf(t *testing.T) {
	// Worked out by hand.
	lines := []InvoiceLine{
		{Quantity: 3000, Price: 3333, VAT: VATHigh},                 // 99.99
		{Quantity: 1500, Price: 4999, Discount: 1000, VAT: VATHigh}, // 74.985 → 74.99 − 7.499 → 7.50 = 67.49
		{Quantity: 333, Price: 1000, VAT: VATLow},                   // 3.33
		{Quantity: 1000, Price: 5000, VAT: VATReverse},
	}
	want := InvoiceTotals{
		Net: 22081, Tax: 3517 + 30, Total: 25628,
		Rates: []TaxedAt{
			{VATHigh, 16748, 3517}, // 35.1708
			{VATLow, 333, 30},      // 0.2997
			{VATReverse, 5000, 0},
		},
	}
	if diff := cmp.Diff(want, TotalOf(lines)); diff != "" {
		t.Error(diff)
	}
}

// TestTotalOf_credit: a credit note over the whole is the invoice with the
// other sign, to the cent, for any lines.
func TestTotalOf_credit(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		lines := make([]InvoiceLine, 1+r.IntN(20))
		for i := range lines {
			lines[i] = InvoiceLine{
				Quantity: Quantity(1 + r.IntN(100_000)), Price: Cents(r.IntN(1_000_000)),
				Discount: int64(r.IntN(10_001)), VAT: VATs[r.IntN(len(VATs))],
			}
		}
		invoice := TotalOf(lines)
		for i := range lines {
			lines[i].Quantity = -lines[i].Quantity
		}
		credit := TotalOf(lines)
		if invoice.Net != -credit.Net || invoice.Tax != -credit.Tax || invoice.Total != -credit.Total {
			t.Fatalf("%+v against %+v", invoice, credit)
		}
	}
}

// TestPortion against exact fractions: never more than half a cent away, and
// half a cent goes away from zero.
func TestPortion(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 20_000 {
		amount, n, d := Cents(r.Int64N(2_000_001)-1_000_000), r.Int64N(200_001)-100_000, 1+r.Int64N(10_000)
		exact := new(big.Rat).Mul(big.NewRat(int64(amount), 1), big.NewRat(n, d))
		off := new(big.Rat).Sub(big.NewRat(int64(portion(amount, n, d)), 1), exact)
		away := off.Sign() == exact.Sign()
		if c := new(big.Rat).Abs(off).Cmp(big.NewRat(1, 2)); c > 0 || c == 0 && !away {
			t.Fatalf("%d × %d ÷ %d = %d", amount, n, d, portion(amount, n, d))
		}
	}
}

func TestInvoiceFacts_State(t *testing.T) {
	due := time.Date(2026, 3, 31, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name  string
		facts InvoiceFacts
		day   time.Time
		want  InvoiceState
	}{
		{"not issued", InvoiceFacts{Due: due, Total: 100}, due, InvoiceDraft},
		{"on its last day", InvoiceFacts{Issued: true, Due: due, Total: 100}, due, InvoiceSent},
		{"a day later", InvoiceFacts{Issued: true, Due: due, Total: 100}, due.AddDate(0, 0, 1), InvoiceOverdue},
		{"partly paid, late", InvoiceFacts{Issued: true, Due: due, Total: 100, Paid: 99}, due.AddDate(0, 0, 1), InvoiceOverdue},
		{"paid", InvoiceFacts{Issued: true, Due: due, Total: 100, Paid: 100}, due.AddDate(0, 0, 1), InvoicePaid},
		{"paid and partly credited", InvoiceFacts{Issued: true, Due: due, Total: 100, Paid: 60, Credited: 40}, due, InvoicePaid},
		{"credited", InvoiceFacts{Issued: true, Due: due, Total: 100, Credited: 100}, due, InvoiceCredited},
		{"a credit note", InvoiceFacts{Issued: true, Due: due, Total: -100}, due.AddDate(1, 0, 0), InvoicePaid},
	} {
		if got := c.facts.State(c.day); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	if open := (InvoiceFacts{Issued: true, Total: -100}).Open(); open != 0 {
		t.Errorf("a credit note has %d open, which its invoice has already", open)
	}
}

// TestKeptThrough holds the worked examples of art. 52(4) AWR.
func TestKeptThrough(t *testing.T) {
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		invoice time.Time
		yearEnd time.Month
		want    time.Time
	}{
		{day(2026, 3, 12), time.December, day(2033, 12, 31)},
		{day(2026, 6, 30), time.June, day(2033, 6, 30)},
		{day(2026, 7, 1), time.June, day(2034, 6, 30)},
		{day(2026, 1, 1), time.February, day(2033, 2, 28)},
		{day(2026, 12, 31), time.February, day(2034, 2, 28)},
		{day(2021, 2, 1), time.February, day(2028, 2, 29)},
	} {
		if got := KeptThrough(c.invoice, c.yearEnd); !got.Equal(c.want) {
			t.Errorf("%s, year to %s: %s, want %s", c.invoice, c.yearEnd, got, c.want)
		}
	}
}

func TestParse(t *testing.T) {
	for in, want := range map[string]Cents{
		"12": 1200, "1234,5": 123450, "1.234,50": 123450, "1,234.50": 123450, "€ 0,05": 5, "-7.10": -710, "1.000": 100000, "1.000.000": 100000000,
	} {
		if got, err := ParseCents(in); err != nil || got != want {
			t.Errorf("%q: %d, want %d (%v)", in, got, want, err)
		}
	}
	for _, in := range []string{"", "x", "1,2,x", "--1", "99999999999999999999", "1e3", "+5"} {
		if got, err := ParseCents(in); err == nil {
			t.Errorf("%q is taken for %d", in, got)
		}
	}
	for in, want := range map[string]Quantity{"1": 1000, "1,5": 1500, "-0.125": -125, ".5": 500} {
		if got, err := ParseQuantity(in); err != nil || got != want {
			t.Errorf("%q: %d, want %d (%v)", in, got, want, err)
		}
	}
	if _, err := ParseQuantity("1.2345"); err == nil {
		t.Error("four decimals are dropped without a word")
	}
	series, year, number, ok := ParseInvoiceName("f2026-0042")
	if !ok || InvoiceName(series, year, number) != "F2026-0042" {
		t.Error(series, year, number, ok)
	}
}
