package ops

import (
	"strings"

	"github.com/nyaruka/phonenumbers"

	"balie/policy"
)

// NormalPhone gives a phone number in E.164, as it is stored and compared. A
// number without +, or 00, belongs to country (ISO 3166, two letters), which
// is the organisation's. An extension is refused: E.164 can't hold one, and
// dropping it would lose it in silence.
func NormalPhone(raw, country string) (e164 string, err error) {
	n, err := phonenumbers.Parse(raw, strings.ToUpper(country))
	switch {
	case err != nil || hasWords(raw):
		return "", policy.Errorf(policy.Invalid, "This is not a phone number; type digits, for another country with + and its code in front, as in +32 2 555 12 12.").On("phone").Because(err)
	case n.GetExtension() != "":
		return "", policy.Errorf(policy.Invalid, "A phone number can't hold an extension; put the extension in a note.").On("phone")
	case !phonenumbers.IsValidNumber(n):
		return "", policy.Errorf(policy.Invalid, "No phone has this number; look for a missing digit, or put + and the country's code in front.").On("phone")
	}
	return phonenumbers.Format(n, phonenumbers.E164), nil
}

// hasWords finds letters, from which the library would make digits as on a
// telephone's keys: a name in the wrong column must not become a number.
func hasWords(raw string) bool {
	raw, _ = phonenumbers.MaybeSeparateExtensionFromPhone(raw)
	return strings.ContainsFunc(strings.ToLower(strings.TrimPrefix(raw, "tel:")), func(r rune) bool { return 'a' <= r && r <= 'z' })
}

// ShowPhone writes a stored number as country reads it: its own numbers
// without the country's code, others with it. What can't be read is shown as
// it is.
func ShowPhone(e164, country string) string {
	n, err := phonenumbers.Parse(e164, "")
	if err != nil {
		return e164
	}
	if int(n.GetCountryCode()) == phonenumbers.GetCountryCodeForRegion(strings.ToUpper(country)) {
		return phonenumbers.Format(n, phonenumbers.NATIONAL)
	}
	return phonenumbers.Format(n, phonenumbers.INTERNATIONAL)
}
