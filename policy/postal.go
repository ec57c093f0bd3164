package policy

import (
	"regexp"
	"strings"
)

var (
	dutchPostal   = regexp.MustCompile(`^[1-9]\d{3}[A-Z]{2}$`)
	belgianPostal = regexp.MustCompile(`^[1-9]\d{3}$`)
	anyPostal     = regexp.MustCompile(`^[A-Z0-9][A-Z0-9 -]{1,10}[A-Z0-9]$`)
)

// NormalPostal gives a postal code as the country (ISO 3166, two letters)
// writes it. Countries other than NL and BE get a check of shape alone.
func NormalPostal(raw, country string) (string, error) {
	switch strings.ToUpper(country) {
	case "NL":
		return dutchCode(compact(raw))
	case "BE":
		return belgianCode(compact(raw))
	}
	s := strings.ToUpper(strings.Join(strings.Fields(raw), " "))
	if !anyPostal.MatchString(s) {
		return "", Errorf(Invalid, "A postal code has 3 to 12 letters and digits; check the code and the country.").On("postal")
	}
	return s, nil
}

func dutchCode(s string) (string, error) {
	s = strings.TrimPrefix(s, "NL")
	if !dutchPostal.MatchString(s) || neverIssued(s[4:]) {
		return "", Errorf(Invalid, "A Dutch postal code is four digits and two letters, as in 1234 AB; check the code and the country.").On("postal")
	}
	return s[:4] + " " + s[4:], nil
}

// neverIssued are the letters that PostNL leaves out for what they recall.
func neverIssued(letters string) bool {
	return letters == "SA" || letters == "SD" || letters == "SS"
}

func belgianCode(s string) (string, error) {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "BE"), "B")
	if !belgianPostal.MatchString(s) {
		return "", Errorf(Invalid, "A Belgian postal code is a number from 1000 to 9999; check the code and the country.").On("postal")
	}
	return s, nil
}
