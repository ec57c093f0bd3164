package sample

import (
	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// business is a company with some of its people, within room customers.
func (f *Firm) business(at place, room int) Case {
	company := f.company(at)
	c := Case{Company: company}
	for range f.headcount(room - 1) {
		c.People = append(c.People, f.colleague(at, company, len(c.People) == 0))
	}
	return c
}

// headcount: most firms have one or two contacts, a few have many.
func (f *Firm) headcount(room int) int {
	n := 1
	for n < 12 && f.chance(0.35) {
		n++
	}
	if room >= 0 {
		n = min(n, room)
	}
	return n
}

func (f *Firm) company(at place) *db.New {
	c := f.base(policy.Company, at)
	name, form := f.companyName(at)
	c.Family = text.New(name + form)
	f.register(c, at, form)
	domain := slug(name)
	domain = domain[:min(len(domain), 40)] + ".example"
	c.Mails = []db.Labelled{{Label: text.New("algemeen"), Value: text.New(f.pick("info", "administratie", "contact") + "@" + domain)}}
	c.Phones = []db.Labelled{{Label: text.New("kantoor"), Value: text.New(f.landline(at))}}
	if f.chance(0.6) {
		c.Website = text.New("https://www." + domain)
	}
	return c
}

func (f *Firm) companyName(at place) (name, form string) {
	trade := f.trades[at.people].draw(f.r)
	o, _ := f.origin(at)
	prefix, family := splitPrefix(o.families.draw(f.r))
	if prefix != "" {
		family = prefix + " " + family
		family = string(family[0]&^0x20) + family[1:]
	}
	switch x := f.r.Float64(); {
	case x < 0.30: // a sole trader
		return family + " " + trade, ""
	case x < 0.45:
		return family + " & " + f.pick("Zn", "Co", "Partners"), f.form(at)
	case x < 0.75:
		return trade + " " + family, f.form(at)
	}
	return f.roots.draw(f.r) + f.endings.draw(f.r) + " " + trade, f.form(at)
}

func (f *Firm) form(at place) string {
	switch {
	case at.people == "wa":
		return f.pick(" SRL", " SRL", " SA", " SPRL")
	case at.country == "BE":
		return f.pick(" BV", " BV", " NV", " BVBA", " VOF")
	}
	return f.pick(" BV", " BV", " BV", " VOF", " B.V.", " NV")
}

// register gives the numbers that such a company has. Belgium's VAT number is
// the enterprise number; a Dutch sole trader's has another check than a firm's.
func (f *Firm) register(c *db.New, at place, form string) {
	if at.country == "BE" {
		number := f.enterprise()
		c.KvK, c.VAT = text.New(number), text.New("BE"+number)
		return
	}
	c.KvK = text.New(digits(10000000+f.r.IntN(80000000), 8))
	if form == "" {
		c.VAT = text.New(f.traderVAT())
	} else {
		c.VAT = text.New(f.firmVAT())
	}
}

// colleague works at the company; the caller fills in its id once it is known.
func (f *Firm) colleague(at place, company *db.New, main bool) *db.New {
	c := f.person(at)
	c.Address, c.Status = company.Address, company.Status
	c.Grounds = company.Grounds
	domain := company.Mails[0].Value.String()
	for i := range domain {
		if domain[i] == '@' {
			domain = domain[i:]
			break
		}
	}
	c.Mails = []db.Labelled{{Label: text.New("werk"), Value: text.New(f.mailbox(c.Head) + domain)}}
	c.Companies = []db.Membership{{Name: company.Family, Role: text.New(f.roles[at.people].draw(f.r)), Main: true}}
	if main && f.chance(0.3) {
		c.Phones = append(c.Phones, company.Phones...)
	}
	return c
}
