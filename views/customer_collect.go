package views

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// collect makes a customer of what is in the form.
func (f *customerForm) collect() db.Customer {
	c := f.before
	line := func(name string, into *text.Line) {
		if fd := f.field(name); fd != nil {
			*into = fd.in.line()
		}
	}
	for name, into := range map[string]*text.Line{
		"given": &c.Given, "prefix": &c.Prefix, "family": &c.Family,
		"street": &c.Address.Street, "postcode": &c.Address.Postcode, "city": &c.Address.City, "country": &c.Address.Country,
		"language": &c.Language, "website": &c.Website, "kvk": &c.KvK, "vat": &c.VAT, "source": &c.Source,
	} {
		line(name, into)
	}
	c.Values = f.kit.ownValues(&f.form, c.Values)
	c.Mails, c.Phones = f.labelled("mail"), f.labelled("phone")
	c.Status = policy.Statuses[f.field("status").chosen]
	c.Grounds, c.Tags = f.grounds(), slices.Clone(f.tagged)
	c.Companies = slices.Clone(f.links)
	if i := mainLink(c.Companies); i >= 0 {
		c.Companies[i].Role = f.field("role").in.line()
	}
	return c
}

// mainLink is the company that the form shows.
func mainLink(ms []db.Membership) int {
	if i := slices.IndexFunc(ms, func(m db.Membership) bool { return m.Main }); i >= 0 {
		return i
	}
	return len(ms[:min(len(ms), 1)]) - 1
}

func (f *customerForm) roleThere() string {
	if i := mainLink(f.links); i >= 0 {
		return f.links[i].Role.String()
	}
	return ""
}

// probe is a customer with one field of the form and nothing else that could
// be wrong, so that the check speaks of that field.
func (f *customerForm) probe(fd *field) db.Customer {
	name, all := fieldKind(fd), f.collect()
	c := db.Customer{Kind: all.Kind, Status: policy.Lead, Grounds: []policy.Ground{policy.DefaultGround(policy.ByHand, policy.Lead)}}
	c.Family, c.Address.Country = text.New("x"), all.Address.Country
	if name == "postcode" || name == "kvk" || name == "phone" {
		if _, err := policy.NormalCountry(all.Address.Country.String()); err != nil {
			c.Address.Country = text.Line{} // that is the country's fault
		}
	}
	for _, field := range db.Fields {
		if field.Name == name && name != "status" && name != "companies" {
			field.Copy(&c, &all)
		}
	}
	if fd.in != nil && fd.value() != "" {
		value, label := splitLabel(name, fd.value())
		one := []db.Labelled{{Value: text.New(value), Label: text.New(label)}}
		switch name {
		case "mail":
			c.Mails = one
		case "phone":
			c.Phones = one
		}
	}
	return c
}

// fieldKind is the name by which the check knows a field.
func fieldKind(fd *field) string {
	if kind := base(fd.name); kind != "purpose" {
		return kind
	}
	return "grounds"
}

// check looks at one field the way saving will, and shows how it will be kept.
func (f *customerForm) check(fd *field) {
	if f.kit.checkOwn(fd) {
		return
	}
	kind := fieldKind(fd)
	c := f.probe(fd)
	err := ops.CheckCustomer(&c, f.kit.Country)
	fd.err, fd.good = "", ""
	if err != nil && fieldOf(err) == kind {
		fd.err = f.kit.sentence(err)
		return
	}
	if fd.value() != "" && (kind == "phone" || kind == "postcode" || kind == "vat") {
		fd.good = f.kept(kind, c)
	}
}

func (f *customerForm) kept(kind string, c db.Customer) string {
	for _, field := range db.Fields {
		if field.Name == kind {
			return field.Tell(&c)
		}
	}
	return ""
}

// typedField checks as one types: what was wrong before, and what is right.
func (f *customerForm) typedField(fd *field) {
	switch base(fd.name) {
	case "mail", "phone":
		f.grow(fd)
	case "status":
		f.followStatus()
	case "purpose", "grounds":
		f.left[fd.name] = true
	}
	was := f.left[fd.name]
	f.check(fd)
	if !was {
		fd.err = "" // not yet finished typing
	}
	fd.warn = f.kit.alarm(fd.value(), fd.look)
	f.keep()
}

// followStatus keeps the ground that goes with the status of a new customer,
// until the ground itself was chosen.
func (f *customerForm) followStatus() {
	if f.before.ID != 0 || f.left["purpose"] || f.left["grounds"] {
		return
	}
	g := policy.DefaultGround(policy.ByHand, policy.Statuses[f.field("status").chosen])
	purpose := f.field("purpose")
	purpose.chosen = max(slices.IndexFunc(purpose.options, func(o option) bool { return o.hint == string(g.Purpose) }), 0)
	f.field("grounds").chosen = slices.Index(policy.Bases, g.Basis)
}

// leftField checks a field for good, and looks for the same customer.
func (f *customerForm) leftField(fd *field) tea.Cmd {
	f.left[fd.name] = true
	if fd.value() != "" || fd.name == "family" && f.changed {
		f.check(fd)
	}
	switch base(fd.name) {
	case "mail", "phone", "kvk", "vat":
		if fd.value() != "" && fd.err == "" {
			return f.lookForTwins(fd)
		}
	}
	return nil
}

func (f *customerForm) lookForTwins(fd *field) tea.Cmd {
	actor, probe := f.kit.Actor, f.probe(fd)
	probe.ID = f.before.ID
	return ask(f.kit, &f.dupes, func(ctx context.Context) ([]db.Twin, error) {
		return f.kit.Ops.Duplicates(ctx, actor, probe)
	}, func(all []db.Twin, err error) tea.Cmd {
		if err == nil && len(all) > 0 {
			names := make([]string, len(all))
			for i, t := range all {
				names[i] = t.Name().String() + " (" + f.kit.likeness(t.Likeness) + ")"
			}
			fd.warn = fmt.Sprintf(f.kit.t.Twin, cut(strings.Join(names, ", "), 100))
		}
		return nil // only a hint: saving goes on without it
	})
}

// firstWrong checks every field and gives the first that can't be saved.
func (f *customerForm) firstWrong() (wrong *field) {
	for _, fd := range f.fields {
		f.left[fd.name] = true
		f.check(fd)
		if fd.err != "" && wrong == nil {
			wrong = fd
		}
	}
	return wrong
}
