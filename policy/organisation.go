package policy

import (
	"regexp"
	"strings"
)

// NormalIBAN gives an account number without blanks, checked by its length and
// its two check digits (ISO 13616).
func NormalIBAN(raw string) (string, error) {
	s := compact(raw)
	if !ibanShape.MatchString(s) || ibanRest(s) != 1 {
		return "", Errorf(Invalid, "This account number does not pass its check: compare it with a bank statement, as in NL91 ABNA 0417 1643 00.").On("value")
	}
	return s, nil
}

var ibanShape = regexp.MustCompile(`^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$`)

// ibanRest moves the first four behind the rest, as the standard asks.
func ibanRest(s string) int { return mod97(s[4:] + s[:4]) }

// maxLine is the length of a line of the letterhead.
const maxLine = 100

func checkLine(v SettingValue) error {
	if len(v) > maxLine || strings.ContainsAny(string(v), "\r\n\t") {
		return Errorf(Invalid, "Keep it on one line of at most %d characters.", maxLine).On("value")
	}
	return nil
}

func checkCountry(v SettingValue) error {
	if !regexp.MustCompile(`^[A-Z]{2}$`).MatchString(string(v)) {
		return Errorf(Invalid, "A country is two capital letters, as NL or BE.").On("value")
	}
	return nil
}

func checkSeries(v SettingValue) error {
	if !regexp.MustCompile(`^[A-Z]{0,4}$`).MatchString(string(v)) {
		return Errorf(Invalid, "A series is at most four capital letters, or nothing.").On("value")
	}
	return nil
}

// onlyIf checks what is not left empty.
func onlyIf(normal func(string) (string, error)) func(SettingValue) error {
	return func(v SettingValue) error {
		if v == "" {
			return nil
		}
		_, err := normal(string(v))
		return err
	}
}
