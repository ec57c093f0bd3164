package sample

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// Pair is two records and whether they are of one customer, as a person who
// knows them would say.
type Pair struct {
	A, B *db.New
	Same bool
	Kind string // of slip, or of likeness
}

// twin is a way in which a customer is written down a second time.
type twin struct {
	kind string
	slip func(f *Firm, c *db.New) bool // false: it can't happen to this one
}

var personTwins = []twin{
	{"typing slip in the name", func(f *Firm, c *db.New) bool { return f.mistype(&c.Family) }},
	{"typing slip in the first name", func(f *Firm, c *db.New) bool { return len(c.Given.String()) >= 5 && f.mistype(&c.Given) }},
	{"initials", func(_ *Firm, c *db.New) bool { return initialOnly(c) }},
	{"prefix", (*Firm).otherPrefix},
	{"accents", func(_ *Firm, c *db.New) bool { return bare(&c.Family) || bare(&c.Given) }},
	{"ij and y", func(_ *Firm, c *db.New) bool { return respell(&c.Family) }},
	{"double name", (*Firm).married},
	{"names swapped", func(_ *Firm, c *db.New) bool {
		c.Given, c.Family = c.Family, c.Given
		return c.Prefix.IsZero()
	}},
	{"no first name", func(_ *Firm, c *db.New) bool { c.Given = text.Line{}; return true }},
	{"as it was", func(*Firm, *db.New) bool { return true }},
	{"initials and a slip", func(f *Firm, c *db.New) bool { return initialOnly(c) && f.mistype(&c.Family) }},
}

var companyTwins = []twin{
	{"legal form", func(_ *Firm, c *db.New) bool { return withoutForm(&c.Family) }},
	{"typing slip in the company", func(f *Firm, c *db.New) bool { return f.mistype(&c.Family) }},
	{"and", func(_ *Firm, c *db.New) bool { return replaced(&c.Family, "&", "en") }},
	{"ij and y in the company", func(_ *Firm, c *db.New) bool { return respell(&c.Family) }},
	{"a word less", func(_ *Firm, c *db.New) bool { return withoutForm(&c.Family) && lessWord(&c.Family) }},
	{"company as it was", func(*Firm, *db.New) bool { return true }},
}

// Pairs draws so many labelled pairs: half are one customer twice, with a slip
// and with some of the rest gone or changed; half are two who look alike.
func (f *Firm) Pairs(n int) []Pair {
	var out []Pair
	for i := 0; len(out) < n; i++ {
		c := f.next(-1)
		draw := f.twice
		if i%2 == 1 {
			draw = f.lookalikes
		}
		if p, ok := draw(c, i/2); ok {
			out = append(out, p)
		}
	}
	return out
}

// twice is one of a case, written down once more.
func (f *Firm) twice(c Case, i int) (Pair, bool) {
	one, ways, n := c.Company, companyTwins, i/4
	if one == nil || i%4 != 0 {
		if len(c.People) == 0 {
			return Pair{}, false
		}
		one, ways, n = c.People[0], personTwins, i
	}
	way := ways[n%len(ways)]
	again := f.Again(one)
	again.Head, again.Body = one.Head, one.Body
	if !way.slip(f, again) {
		return Pair{}, false
	}
	f.forget(again, one)
	return Pair{one, again, true, way.kind}, true
}

// Again is a second record of a customer, yet without a slip.
func (f *Firm) Again(c *db.New) *db.New {
	again := &db.New{Customer: c.Customer}
	again.ID, again.Version = 0, 0
	again.Mails, again.Phones = slices.Clone(c.Mails), slices.Clone(c.Phones)
	for i := range again.Request {
		again.Request[i] = byte(f.r.Uint32())
	}
	return again
}

// forget leaves out or changes what the one who typed it in a second time was
// not told, or was told anew. Mostly something is left to recognise it by.
func (f *Firm) forget(c, one *db.New) {
	if f.chance(0.35) {
		c.Mails = nil
	} else if f.chance(0.15) && len(c.Mails) > 0 {
		f.mistype(&c.Mails[0].Value)
	}
	if f.chance(0.4) {
		c.Phones = nil
	}
	if f.chance(0.4) {
		c.Address = db.Address{City: c.Address.City}
	} else if f.chance(0.1) {
		c.Address.Postcode = text.Line{}
	}
	if c.Kind == policy.Company && f.chance(0.6) {
		c.KvK, c.VAT = text.Line{}, text.Line{}
	}
	if len(c.Mails) == 0 && len(c.Phones) == 0 && c.Address.Street.IsZero() && len(c.Companies) == 0 && f.chance(0.8) {
		c.Mails, c.Phones = slices.Clone(one.Mails), slices.Clone(one.Phones)
	}
}

// mistype makes one slip of the fingers behind the first letter: a neighbour on
// the keyboard, a letter too many or too few, or two changed about.
func (f *Firm) mistype(l *text.Line) bool {
	rs := []rune(l.String())
	at := strings.IndexByte(l.String(), '@')
	end := len(rs)
	if at > 0 {
		end = at
	}
	if end < 4 {
		return false
	}
	i := 1 + f.r.IntN(end-2)
	switch f.r.IntN(4) {
	case 0:
		rs[i] = f.neighbour(rs[i])
	case 1:
		rs = slices.Insert(rs, i, rs[i])
	case 2:
		rs = slices.Delete(rs, i, i+1)
	default:
		rs[i], rs[i+1-2*(i/(end-1))] = rs[i+1-2*(i/(end-1))], rs[i]
	}
	changed := string(rs) != l.String()
	*l = text.New(string(rs))
	return changed
}

var rows = []string{"qwertyuiop", "asdfghjkl", "zxcvbnm"}

func (f *Firm) neighbour(r rune) rune {
	for _, row := range rows {
		if i := strings.IndexRune(row, r); i > 0 {
			return rune(row[i-1])
		}
	}
	return 'e'
}

func initialOnly(c *db.New) bool {
	n := policy.Name{Given: c.Given.String()}
	c.Given = text.New(n.Initials())
	return !c.Given.IsZero()
}

// otherPrefix writes "van den Berg" as others do.
func (f *Firm) otherPrefix(c *db.New) bool {
	if c.Prefix.IsZero() {
		return false
	}
	prefix, family := c.Prefix.String(), c.Family.String()
	c.Prefix = text.Line{}
	switch f.r.IntN(4) {
	case 0:
		c.Family = text.New(prefix + " " + family)
	case 1:
		c.Family = text.New("v.d. " + family)
	case 2:
		c.Family = text.New(strings.ReplaceAll(prefix, " ", "") + strings.ToLower(family))
	}
	return true
}

func bare(l *text.Line) bool {
	plain := strings.Map(func(r rune) rune {
		if r >= 0x300 && r < 0x370 {
			return -1
		}
		return r
	}, norm.NFD.String(l.String()))
	changed := plain != l.String()
	*l = text.New(plain)
	return changed
}

func respell(l *text.Line) bool {
	for _, p := range [][2]string{{"ij", "y"}, {"ei", "ij"}, {"ck", "k"}, {"ss", "s"}, {"ph", "f"}, {"oe", "ou"}, {"c", "k"}, {"z", "s"}} {
		if replaced(l, p[0], p[1]) {
			return true
		}
	}
	return false
}

func replaced(l *text.Line, from, to string) bool {
	was := l.String()
	*l = text.New(strings.Replace(was, from, to, 1))
	return l.String() != was
}

// married adds the partner's name.
func (f *Firm) married(c *db.New) bool {
	c.Family = text.New(c.Family.String() + "-" + f.pick("Bakker", "de Wit", "Postma", "Claes", "van Vliet"))
	return true
}

func withoutForm(l *text.Line) bool {
	for _, form := range []string{" BV", " B.V.", " NV", " VOF", " BVBA", " SRL", " SA", " SPRL"} {
		if s, ok := strings.CutSuffix(l.String(), form); ok {
			*l = text.New(s)
			return true
		}
	}
	return false
}

func lessWord(l *text.Line) bool {
	words := strings.Fields(l.String())
	if len(words) < 2 {
		return false
	}
	*l = text.New(strings.Join(words[1:], " "))
	return true
}
