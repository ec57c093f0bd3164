package db

import (
	"slices"
	"strings"

	"balie/db/seal"
	"balie/policy"
)

// traits are what a customer is compared by.
func traits(c Customer) policy.Traits {
	t := policy.Traits{Kind: c.Kind, Town: seal.Fold(c.Address.City.String()), Places: places(c.Address)}
	if c.Kind == policy.Company {
		t.Family = coreWords(c.Family.String())
	} else {
		t.Given = strings.Fields(seal.Fold(strings.ReplaceAll(c.Given.String(), ".", ". ")))
		t.Family = familyWords(c.Family.String())
		t.Whole = strings.ReplaceAll(seal.Fold(c.Prefix.String()+" "+c.Family.String()), " ", "")
	}
	for _, m := range c.Mails {
		t.Mails = append(t.Mails, policy.MailKey(m.Value.String()))
	}
	for _, p := range c.Phones {
		t.Phones = append(t.Phones, p.Value.String())
	}
	for _, n := range []string{c.KvK.String(), c.VAT.String()} {
		if n != "" {
			t.Numbers = append(t.Numbers, n)
		}
	}
	for _, m := range c.Companies {
		if core := strings.Join(coreWords(m.Name.String()), " "); core != "" {
			t.Firms = append(t.Firms, core)
		}
	}
	if site := host(c.Website.String()); site != "" {
		t.Sites = []string{site}
	}
	return t
}

// shorts are prefixes of family names as people shorten them: v.d., v/d.
var shorts = []string{"v", "vd", "vdd", "d", "t", "s", "der", "den"}

// familyWords leaves prefixes out, however they are written.
func familyWords(name string) []string {
	words := seal.Words(name)
	for len(words) > 1 && slices.Contains(shorts, words[0]) {
		words = words[1:]
	}
	return slices.Compact(words) // an elision comes twice: dhondt hondt
}

// forms are those of companies in the Benelux and around, which people leave out.
var forms = []string{"bv", "nv", "vof", "cv", "bvba", "sprl", "srl", "sa", "gmbh", "ltd", "inc", "eenmanszaak", "stichting", "vereniging", "en", "co", "zn", "zonen", "the"}

// coreWords are those of a company's name that tell it from another's.
func coreWords(name string) []string {
	all := strings.Fields(seal.Fold(name))
	core := slices.DeleteFunc(slices.Clone(all), func(w string) bool { return slices.Contains(forms, w) })
	if len(core) == 0 {
		return all
	}
	return core
}

// places are the two ways to tell an address, of which one may have a slip:
// postcode and number, street and number in a town.
func places(a Address) (out []string) {
	street, number := house(a.Street.String())
	if number == "" {
		return nil
	}
	if code := strings.ReplaceAll(seal.Fold(a.Postcode.String()), " ", ""); code != "" {
		out = append(out, code+" "+number)
	}
	if town := seal.Fold(a.City.String()); town != "" && street != "" {
		out = append(out, street+" "+number+" "+town)
	}
	return out
}

// house takes a street and its number apart: "Dorpsstraat 12-a".
func house(line string) (street, number string) {
	words := strings.Fields(seal.Fold(line))
	for i := 1; i < len(words); i++ {
		if words[i][0] >= '0' && words[i][0] <= '9' {
			return strings.Join(words[:i], " "), strings.Join(words[i:], "")
		}
	}
	return "", ""
}

// host is that of a website, without what people leave out.
func host(site string) string {
	_, rest, found := strings.Cut(site, "://")
	if !found {
		rest = site
	}
	rest, _, _ = strings.Cut(strings.ToLower(rest), "/")
	return strings.TrimPrefix(rest, "www.")
}

// box is what stands before the @, where it tells who it is: a slip may be in
// the domain.
func box(mail string) string {
	name, _, _ := strings.Cut(mail, "@")
	if len(name) < 6 || slices.Contains(officeBoxes, name) {
		return ""
	}
	return name
}

var officeBoxes = []string{"contact", "kantoor", "verkoop", "inkoop", "office", "service", "facturen", "administratie", "algemeen", "secretariaat", "receptie", "support", "welkom"}
