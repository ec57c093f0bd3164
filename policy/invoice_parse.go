package policy

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"balie/policy/text"
)

var invoiceName = regexp.MustCompile(`^([A-Z]{0,4})([0-9]{4})-([0-9]{1,9})$`)

// ParseInvoiceName reads a number as InvoiceName prints it.
func ParseInvoiceName(s string) (series string, year, number int32, ok bool) {
	m := invoiceName.FindStringSubmatch(strings.ToUpper(strings.TrimSpace(s)))
	if m == nil {
		return "", 0, 0, false
	}
	y, _ := strconv.Atoi(m[2])
	n, _ := strconv.Atoi(m[3])
	return m[1], int32(y), int32(n), true
}

// ParseCents reads an amount of euros as people type it: 1234,5 or 1.234,50 or
// 1,234.50 or € 12.
func ParseCents(s string) (Cents, error) {
	wrong := Errorf(Invalid, "%q is no amount: type euros and cents, as 1234,50.", text.Clean(s)).On("amount")
	digits := strings.NewReplacer("€", "", " ", "", "\u00a0", "").Replace(s)
	sign := Cents(1)
	if rest, minus := strings.CutPrefix(digits, "-"); minus {
		sign, digits = -1, rest
	}
	whole, part := digits, ""
	if i := strings.LastIndexAny(digits, ".,"); i >= 0 && len(digits)-i <= 3 {
		whole, part = digits[:i], digits[i+1:]
	}
	whole = strings.NewReplacer(".", "", ",", "").Replace(whole)
	n, err := strconv.ParseUint(whole+(part + "00")[:2], 10, 63)
	if err != nil || whole+part == "" || Cents(n) > MaxCents {
		return 0, wrong
	}
	return sign * Cents(n), nil
}

// ParseQuantity reads how many, with at most three decimals: 1,5 or 1.5.
func ParseQuantity(s string) (Quantity, error) {
	wrong := Errorf(Invalid, "%q is no quantity: type a number with at most three decimals, as 1,5.", text.Clean(s)).On("quantity")
	digits, minus := strings.CutPrefix(strings.ReplaceAll(strings.TrimSpace(s), ",", "."), "-")
	whole, part, _ := strings.Cut(digits, ".")
	if len(part) > 3 {
		return 0, wrong
	}
	n, err := strconv.ParseUint(whole+(part + "000")[:3], 10, 63)
	if err != nil || whole+part == "" || Quantity(n) > maxQuantity {
		return 0, wrong
	}
	if minus {
		return -Quantity(n), nil
	}
	return Quantity(n), nil
}

// String is the number with a point and without zeros that say nothing.
func (q Quantity) String() string {
	sign := ""
	if q < 0 {
		sign, q = "-", -q
	}
	return strings.TrimRight(strings.TrimRight(fmt.Sprintf("%s%d.%03d", sign, q/1000, q%1000), "0"), ".")
}

// ParseVAT reads a rate: 21, 9 %, 0, reverse or verlegd.
func ParseVAT(s string) (VAT, error) {
	v := strings.TrimSpace(strings.TrimSuffix(strings.ToLower(strings.TrimSpace(s)), "%"))
	if v == "verlegd" {
		v = string(VATReverse)
	}
	if !slices.Contains(VATs, VAT(v)) {
		return "", Errorf(Invalid, "VAT is 21, 9, 0 or reverse.").On("vat")
	}
	return VAT(v), nil
}
