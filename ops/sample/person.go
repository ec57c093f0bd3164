package sample

import (
	"strings"

	"golang.org/x/text/unicode/norm"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// household is a person who buys for the own home.
func (f *Firm) household(at place) *db.New {
	c := f.person(at)
	mailbox := f.pick("post.example", "brievenbus.example", "mail.example", "thuis.example")
	if f.chance(0.85) {
		c.Mails = []db.Labelled{{Value: text.New(f.mailbox(c.Head) + "@" + mailbox)}}
	}
	if f.chance(0.15) {
		c.Phones = append(c.Phones, db.Labelled{Label: text.New("thuis"), Value: text.New(f.landline(at))})
	}
	return c
}

func (f *Firm) person(at place) *db.New {
	c := f.base(policy.Person, at)
	c.Head = f.name(at)
	if f.chance(0.9) {
		c.Phones = []db.Labelled{{Label: text.New("mobiel"), Value: text.New(f.mobile(at))}}
	}
	return c
}

// name draws from those who live in a place: most share its language.
func (f *Firm) name(at place) db.Head {
	o, local := f.origin(at)
	given := o.women
	if f.chance(0.5) {
		given = o.men
	}
	family := o.families.draw(f.r)
	if local && f.chance(0.2) {
		family = f.rareName(at)
	}
	h := db.Head{Given: text.New(given.draw(f.r))}
	prefix, rest := splitPrefix(family)
	h.Prefix, h.Family = text.New(prefix), text.New(rest)
	return h
}

func (f *Firm) origin(at place) (o origin, local bool) {
	x := f.r.Float64()
	switch {
	case x < 0.04:
		return f.turkish, false
	case x < 0.08:
		return f.moroccan, false
	case x < 0.11 && at.country == "NL":
		return f.surinamese, false
	case at.people == "wa":
		return f.walloon, false
	case at.people == "vl":
		return f.flemish, true
	case at.people == "fy" && x < 0.8, x < 0.15:
		return f.frisian, true
	}
	return f.dutch, true
}

// rareName is one of many thousands; in the Netherlands some have a prefix,
// which Flemish names keep inside.
func (f *Firm) rareName(at place) string {
	name := f.roots.draw(f.r) + f.endings.draw(f.r)
	switch {
	case at.people == "vl" && f.chance(0.3):
		return f.pick("Van ", "Van de ", "Ver") + strings.ToLower(name)
	case at.country == "NL" && f.chance(0.3):
		return f.pick("van", "van+de", "van+der", "ter", "ten") + "+" + name
	}
	return name
}

// splitPrefix reads the lists' "van+den+Berg".
func splitPrefix(s string) (prefix, family string) {
	i := strings.LastIndexByte(s, '+')
	if i < 0 {
		return "", s
	}
	return strings.ReplaceAll(s[:i], "+", " "), s[i+1:]
}

// mailbox is how a name looks before the @.
func (f *Firm) mailbox(h db.Head) string {
	given, family := slug(h.Given.String()), slug(h.Prefix.String()+h.Family.String())
	switch f.r.IntN(4) {
	case 0:
		return given[:1] + "." + family
	case 1:
		return given + digits(f.r.IntN(99)+1, 2)
	}
	return given + "." + family
}

// slug keeps the letters and digits that every mail server takes.
func slug(s string) string {
	// Taken apart, an accent is a rune of its own and falls away.
	return strings.Map(func(r rune) rune {
		switch {
		case r == 'ı':
			return 'i'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		}
		return -1
	}, norm.NFD.String(strings.ToLower(s)))
}
