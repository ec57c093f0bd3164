package policy

import (
	"slices"
	"strings"
)

// Traits are what of a customer tells whether another one is the same. All of it
// is folded by who fills it in: small letters, no accents, no punctuation, and
// names without their prefixes ("van den", "v.d.").
type Traits struct {
	Kind   CustomerKind
	Given  []string // names or initials, in order
	Family []string // the words of the family name, or a company's without "bv"
	Whole  string   // the family name with its prefixes, in one word: vandenberg

	Mails, Phones, Numbers, Sites []string
	Firms                         []string // names of the companies of a person
	Places                        []string // spellings of the one address: postcode and number, street and number in a town
	Town                          string
}

// Likeness says how much two customers look like one, and why.
type Likeness struct {
	Score int // 0 to 100
	Why   []Message
	Exact bool // something that is rarely two people's is the same
}

// AlikeFrom is the score from which two customers are shown as perhaps one.
// ops/sample measures what that finds and what it gets wrong.
const AlikeFrom = 65

// SameNameOnly is the score of two companies that have nothing but a name in
// common, and nothing that tells them apart.
const SameNameOnly = 50

// Alike says that somebody should look.
func (l Likeness) Alike() bool { return l.Score >= AlikeFrom }

// Suspect says that whoever adds one of the two should hear of the other, also
// while half of it is still to be typed.
func (l Likeness) Suspect() bool { return l.Alike() || l.Exact }

func (l *Likeness) add(points int, why Message) {
	l.Score += points
	l.Why = append(l.Why, why)
}

// Compare weighs what two customers share. A person and a company are never one.
func Compare(a, b Traits) Likeness {
	var l Likeness
	if a.Kind != b.Kind {
		return l
	}
	differ := false
	if a.Kind == Company {
		l.company(a, b)
	} else {
		differ = l.person(a, b)
	}
	l.share(a, b)
	if differ {
		l.Score = min(l.Score, AlikeFrom-1) // two people in one house share all but their first name
	}
	l.Score = max(0, min(l.Score, 100))
	return l
}

// share weighs what is not a name. The figures are such that no name is enough
// without a mail address, a phone number, a company or an address.
func (l *Likeness) share(a, b Traits) {
	firm := a.Kind == Company
	switch {
	case common(a.Mails, b.Mails):
		l.Exact = true
		l.add(pick(firm, 25, 40), Message{Key: "same mail"})
	case !firm && nearMail(a.Mails, b.Mails):
		l.add(20, Message{Key: "mail differs by a letter"})
	}
	if common(a.Phones, b.Phones) {
		l.Exact = true
		l.add(25, Message{Key: "same phone"})
	}
	if common(a.Firms, b.Firms) {
		l.add(20, Message{Key: "same company"})
	}
	if common(a.Sites, b.Sites) {
		l.add(20, Message{Key: "same website"})
	}
	switch {
	case common(a.Places, b.Places):
		l.add(25, Message{Key: "same address"})
	case a.Town != "" && a.Town == b.Town:
		l.add(pick(firm, 12, 6), Message{Key: "same town"})
	}
	switch {
	case common(a.Numbers, b.Numbers):
		l.Exact = true
		l.add(AlikeFrom, Message{Key: "same registration"})
	case firm && len(a.Numbers) > 0 && len(b.Numbers) > 0:
		l.add(-25, Message{Key: "other registration"})
	}
}

// company weighs the names of two companies.
func (l *Likeness) company(a, b Traits) {
	x, y := strings.Join(a.Family, ""), strings.Join(b.Family, "")
	switch {
	case x == "" || y == "":
	case x == y:
		l.add(SameNameOnly, Message{Key: "same name"})
	case slips(x, y, 1) && min(len(x), len(y)) >= 5:
		l.add(42, Message{Key: "name differs by one letter"})
	case Sound(x) == Sound(y):
		l.add(45, Message{Key: "name sounds the same"})
	case slips(x, y, 2) && min(len(x), len(y)) >= 10:
		l.add(35, Message{Key: "name differs by two letters"})
	case inside(a.Family, b.Family):
		l.add(30, Message{Key: "one name is part of the other"})
	}
}

// person weighs the names of two people, and says whether these tell that they
// are two.
func (l *Likeness) person(a, b Traits) (differ bool) {
	if swapped(a, b) {
		l.add(48, Message{Key: "first and last name are swapped"})
		return false
	}
	family := l.family(a, b)
	given := l.given(a.Given, b.Given)
	return given == otherName || !family && given != sameName
}

// family weighs family names, and says whether they may be one.
func (l *Likeness) family(a, b Traits) bool {
	x, y := strings.Join(a.Family, ""), strings.Join(b.Family, "")
	short := min(len(x), len(y))
	switch {
	case short == 0:
		return false
	case x == y || a.Whole == b.Whole:
		l.add(40, Message{Key: "same name"})
	case Sound(x) == Sound(y):
		l.add(36, Message{Key: "name sounds the same"})
	case short >= 4 && slips(x, y, 1):
		l.add(33, Message{Key: "name differs by one letter"})
	case inside(a.Family, b.Family):
		l.add(30, Message{Key: "one name is part of the other"})
	case short >= 8 && slips(x, y, 2):
		l.add(26, Message{Key: "name differs by two letters"})
	default:
		return false
	}
	return true
}

// fit is how first names stand to each other.
type fit int

const (
	sameName fit = iota
	mayBe
	otherName
)

func (l *Likeness) given(a, b []string) fit {
	x, y := strings.Join(a, ""), strings.Join(b, "")
	switch {
	case x == "" || y == "":
		l.add(2, Message{Key: "one has no first name"})
		return mayBe
	case x == y:
		l.add(15, Message{Key: "same first name"})
		return sameName
	case initials(a, b):
		l.add(8, Message{Key: "the initials fit"})
		return mayBe
	case Sound(x) == Sound(y) || min(len(x), len(y)) >= 5 && slips(x, y, 1):
		l.add(10, Message{Key: "first name differs by one letter"})
		return mayBe
	case min(len(x), len(y)) >= 4 && slips(x, y, 1):
		l.add(0, Message{Key: "first name differs by one letter"}) // Anna and Anne may be sisters
		return mayBe
	case a[0] == b[0] && len(a[0]) > 2:
		l.add(10, Message{Key: "one has a further first name"})
		return mayBe
	}
	l.add(-20, Message{Key: "other first name"})
	return otherName
}

// initials says that the names of one may be the initials of the other: J. and
// Jan, J.P. and Jan Pieter, Th. and Thomas.
func initials(a, b []string) bool {
	abbreviated := false
	for i := range min(len(a), len(b)) {
		x, y := a[i], b[i]
		if len(x) > len(y) {
			x, y = y, x
		}
		switch {
		case x == y:
		case len(x) <= 2 && strings.HasPrefix(y, x), len(x) == 1 && Sound(y)[:1] == Sound(x)[:1]:
			abbreviated = true
		default:
			return false
		}
	}
	return abbreviated || len(a) != len(b) && len(a[0]) <= 2
}

// swapped says that the first name of one is the last name of the other.
func swapped(a, b Traits) bool {
	ag, af, bg, bf := strings.Join(a.Given, ""), strings.Join(a.Family, ""), strings.Join(b.Given, ""), strings.Join(b.Family, "")
	return len(ag) > 1 && len(bg) > 1 && ag == bf && af == bg && ag != af
}

// inside says that the words of one name are all in the other: Jansen and
// Jansen-de Vries.
func inside(a, b []string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	long := false
	for _, w := range a {
		if !slices.Contains(b, w) {
			return false
		}
		long = long || len(w) >= 4
	}
	return long
}

func common(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return s != "" && slices.Contains(b, s) })
}

// nearMail says that two addresses are one slip apart; with another number in it,
// an address is somebody else's.
func nearMail(a, b []string) bool {
	for _, x := range a {
		for _, y := range b {
			if min(len(x), len(y)) >= 10 && slips(x, y, 1) && digitsOf(x) == digitsOf(y) {
				return true
			}
		}
	}
	return false
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

func pick(first bool, a, b int) int {
	if first {
		return a
	}
	return b
}
