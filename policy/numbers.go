package policy

import (
	"regexp"
	"strconv"
	"strings"
)

// NormalKvK gives a number of the Dutch trade register as its eight digits. It
// has no check digit, so a typing error of one digit passes.
func NormalKvK(raw string) (string, error) {
	s := strings.TrimPrefix(compact(raw), "KVK")
	if !isDigits(s, 8) || s == "00000000" {
		return "", Errorf(Invalid, "A KvK number has 8 digits; a branch number has 12 and does not belong here.").On("kvk")
	}
	return s, nil
}

// NormalEnterprise gives a Belgian enterprise number as its ten digits. Old
// nine-digit numbers get their leading 0.
func NormalEnterprise(raw string) (string, error) {
	s := strings.TrimPrefix(compact(raw), "BE")
	if isDigits(s, 9) {
		s = "0" + s
	}
	if !isDigits(s, 10) || s[0] > '1' {
		return "", Errorf(Invalid, "An enterprise number has 10 digits and begins with 0 or 1, as in 0403.170.701.").On("enterprise")
	}
	if !enterpriseCheck(s) {
		return "", Errorf(Invalid, "This enterprise number does not pass its check; look for a mistyped digit.").On("enterprise")
	}
	return s, nil
}

func enterpriseCheck(s string) bool {
	body, _ := strconv.Atoi(s[:8])
	check, _ := strconv.Atoi(s[8:])
	return body != 0 && check == 97-body%97
}

// NormalVAT gives a VAT number of the European Union without separators,
// checked in full for the Netherlands and Belgium, by shape for the others.
func NormalVAT(raw string) (string, error) {
	s := compact(raw)
	if strings.HasPrefix(s, "GR") {
		s = "EL" + s[2:] // Greece writes its own language's name here
	}
	shape, ok := vatShapes[s[:min(2, len(s))]]
	switch {
	case !ok:
		return "", Errorf(Invalid, "A VAT number begins with the two letters of an EU country, as in NL or BE; add them.").On("vat")
	case s[:2] == "BE":
		return belgianVAT(s)
	case !shape.MatchString(s[2:]):
		return "", Errorf(Invalid, "A VAT number that begins with %s has another length or other letters; compare it with an invoice.", s[:2]).On("vat")
	case s[:2] == "NL" && !dutchVATCheck(s):
		return "", Errorf(Invalid, "This VAT number does not pass its check; look for a mistyped digit.").On("vat")
	}
	return s, nil
}

func belgianVAT(s string) (string, error) {
	digits, err := NormalEnterprise(s)
	if err != nil {
		return "", Errorf(Invalid, "A Belgian VAT number is BE and the enterprise number, as in BE0403170701; look for a mistyped digit.").On("vat")
	}
	return "BE" + digits, nil
}

// dutchVATCheck knows both numbers in use: the old one is built on a tax
// number with the 11-test, the one of sole traders since 2020 has mod 97 over
// the whole.
func dutchVATCheck(s string) bool {
	return s[12:] != "00" && (elevenTest(s[2:11]) || mod97(s) == 1)
}

// mod97 counts letters as 10 to 35, as ISO 7064 does.
func mod97(s string) int {
	rest := 0
	for _, c := range []byte(s) {
		if c >= 'A' {
			rest = (rest*100 + int(c-'A') + 10) % 97
		} else {
			rest = (rest*10 + int(c-'0')) % 97
		}
	}
	return rest
}

// elevenTest is the check on nine digits of the Dutch tax office.
func elevenTest(nine string) bool {
	sum := -int(nine[8] - '0')
	for i := range 8 {
		sum += int(nine[i]-'0') * (9 - i)
	}
	return sum%11 == 0 && nine != "000000000"
}

func isDigits(s string, n int) bool {
	return len(s) == n && strings.Trim(s, "0123456789") == ""
}

// compact drops what people write between the groups of a number.
func compact(s string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \u00a0\u202f.-/:", r) {
			return -1
		}
		return r
	}, s))
}

// vatShapes is what follows the country's letters; XI is Northern Ireland.
var vatShapes = shapes(map[string]string{
	"AT": `U\d{8}`, "BE": `\d{9,10}`, "BG": `\d{9,10}`, "CY": `\d{8}[A-Z]`, "CZ": `\d{8,10}`,
	"DE": `\d{9}`, "DK": `\d{8}`, "EE": `\d{9}`, "EL": `\d{9}`, "ES": `[A-Z]\d{7}[A-Z\d]|\d{8}[A-Z]`,
	"FI": `\d{8}`, "FR": `[A-Z\d]{2}\d{9}`, "HR": `\d{11}`, "HU": `\d{8}`,
	"IE": `\d{7}[A-W][A-I]?|\d[A-Z+*]\d{5}[A-W]`, "IT": `\d{11}`, "LT": `\d{9}|\d{12}`,
	"LU": `\d{8}`, "LV": `\d{11}`, "MT": `\d{8}`, "NL": `\d{9}B\d{2}`, "PL": `\d{10}`, "PT": `\d{9}`,
	"RO": `\d{2,10}`, "SE": `\d{12}`, "SI": `\d{8}`, "SK": `\d{10}`, "XI": `\d{9}|\d{12}|(GD|HA)\d{3}`,
})

func shapes(of map[string]string) map[string]*regexp.Regexp {
	out := make(map[string]*regexp.Regexp, len(of))
	for country, shape := range of {
		out[country] = regexp.MustCompile(`^(?:` + shape + `)$`)
	}
	return out
}
