package db

import (
	"strings"

	"balie/db/seal"
	"balie/policy"
)

// Spaces of the tokens that two records of one customer share. They stand among
// the search tokens: unlogged, derived, kept up with every change and under the
// same row security, so that a form that is being filled in, an import and the
// weekly walk all look in one place.
const (
	mailSpace    = "mail"
	phoneSpace   = "phone"
	numberSpace  = "number"
	otherSpace   = "elsewhere"
	companySpace = "company" // a company's name as it is spelled
	coreSpace    = "core"    // the same as it sounds, without "bv"
	placeSpace   = "place"
	firmSpace    = "firm" // the company and how a person's name begins
	boxSpace     = "box"
	siteSpace    = "site"
)

// exactTokens are those that two customers rarely share by chance: mail
// addresses, phone numbers, registrations, the name of a company.
func (s *Store) exactTokens(c Customer) []int64 {
	var out twins
	for _, m := range c.Mails {
		out.add(s, mailSpace, policy.MailKey(m.Value.String()))
	}
	for _, p := range c.Phones {
		out.add(s, phoneSpace, p.Value.String())
	}
	if c.Kind == policy.Company {
		out.add(s, companySpace, CompanyKey(c.Family))
	}
	out.add(s, numberSpace, c.KvK.String())
	out.add(s, numberSpace, c.VAT.String())
	out.add(s, otherSpace, c.Elsewhere.String())
	return out
}

// twins gathers tokens; what is not known makes none.
type twins []int64

func (t *twins) add(s *Store, space, word string) {
	if word != "" {
		*t = append(*t, s.Keys.Twin(space, word))
	}
}

// twinTokens are all by which a second record of the customer is found. Names
// alone make none: policy never takes two for one on a name, and a million
// people share a few thousand.
func (s *Store) twinTokens(c Customer, companies []string) []int64 {
	return append(s.exactTokens(c), s.looseTokens(c, companies)...)
}

// looseTokens are those of them that many may share.
func (s *Store) looseTokens(c Customer, companies []string) []int64 {
	var out twins
	for _, p := range places(c.Address) {
		out.add(s, placeSpace, p)
	}
	if c.Kind == policy.Company {
		out.add(s, coreSpace, policy.Sound(strings.Join(coreWords(c.Family.String()), "")))
		out.add(s, siteSpace, host(c.Website.String()))
		return out
	}
	for _, begin := range beginnings(c) {
		for _, name := range companies {
			out.add(s, firmSpace, strings.Join(coreWords(name), " ")+" "+begin)
		}
	}
	for _, m := range c.Mails {
		out.add(s, boxSpace, box(policy.MailKey(m.Value.String())))
	}
	return out
}

// beginnings are the first letters, as they sound, by which the people of a large
// company fall apart into groups: of either name, since a slip may be in one.
func beginnings(c Customer) []string {
	var out []string
	if family := strings.Join(familyWords(c.Family.String()), ""); family != "" {
		out = append(out, "f"+policy.Sound(family)[:1])
	}
	if given := seal.Fold(c.Given.String()); given != "" {
		out = append(out, "g"+policy.Sound(given)[:1])
	}
	return out
}
