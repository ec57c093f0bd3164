package policy

import (
	"net/mail"
	"strings"
	"unicode"

	"balie/policy/text"
)

// NormalMail checks a mail address by its syntax and gives it with its domain
// in lower case; international domains stay as people write them. The local
// part keeps its case, because its server may care; compare with MailKey.
func NormalMail(raw string) (string, error) {
	s := strings.TrimSpace(raw)
	at := strings.LastIndexByte(s, '@')
	if at < 1 || strings.ContainsAny(s, " \t\r\n") {
		return "", Errorf(Invalid, "A mail address has a name, an @ and a domain without spaces, as in info@example.nl.").On("mail")
	}
	local, domain := s[:at], strings.ToLower(s[at+1:])
	// The domain first: without one, ParseAddress refuses any local part.
	switch addr, err := mail.ParseAddress(s); {
	case !isDomain(domain):
		return "", Errorf(Invalid, "The part after the @ of this mail address is not a domain, as in example.nl; check its spelling.").On("mail")
	case err != nil || addr.Address != s || !isLocal(local):
		return "", Errorf(Invalid, "The part before the @ of this mail address is not valid; look for a stray comma, bracket or dot.").On("mail")
	case len(s) > 254:
		return "", Errorf(Invalid, "A mail address has at most 254 characters; shorten it.").On("mail")
	}
	return local + "@" + domain, nil
}

// MailKey is equal for two addresses that reach the same person in practice.
func MailKey(address string) string { return strings.ToLower(strings.TrimSpace(address)) }

// isLocal refuses the quoted forms that the standard allows and nobody uses:
// they can hold anything.
func isLocal(s string) bool {
	return len(s) <= 64 && text.Clean(s) == s && onlyRunes(s, func(r rune) bool {
		return isWordRune(r) || strings.ContainsRune("!#$%&'*+-/=?^_`{|}~.", r)
	})
}

// isDomain says whether s, in lower case, is a name that the internet may
// know: two labels or more, the last not a number. International letters pass.
func isDomain(s string) bool {
	labels := strings.Split(s, ".")
	for _, l := range labels {
		if l == "" || len(l) > 63 || l[0] == '-' || l[len(l)-1] == '-' || !onlyRunes(l, isLabelRune) {
			return false
		}
	}
	return len(labels) > 1 && len(s) <= 253 && text.Clean(s) == s && strings.Trim(labels[len(labels)-1], "0123456789") != ""
}

func isLabelRune(r rune) bool { return r == '-' || isWordRune(r) }

func isWordRune(r rune) bool { return unicode.In(r, unicode.L, unicode.M, unicode.Nd) }

func onlyRunes(s string, ok func(rune) bool) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !ok(r) })
}
