package ops

import (
	"slices"
	"strings"

	"balie/db"
	"balie/ops/sheet"
	"balie/policy"
	"balie/policy/text"
)

// ExportFields are the columns of an export, which an import knows again.
var ExportFields = []sheet.Field{
	sheet.SourceID, sheet.FullName, sheet.Given, sheet.Prefix, sheet.Family, sheet.Company, sheet.Role, sheet.Mail, sheet.Phone,
	sheet.Street, sheet.Postcode, sheet.City, sheet.Country, sheet.Language, sheet.Website, sheet.KvK, sheet.VAT,
	sheet.Status, sheet.Owner, sheet.Tags,
}

// names are what ids stand for in a file.
type names struct {
	tags   map[int32]string
	logins map[int32]string
	fields []policy.Field
	own    ownFields
}

// columns are those of an export.
func (n names) columns() []sheet.Field { return append(slices.Clone(ExportFields), n.own.columns()...) }

// values are a customer as a row of a file.
func (n names) values(c db.Customer) sheet.Values {
	v := sheet.Values{}
	put := func(f sheet.Field, lines ...text.Line) {
		for _, l := range lines {
			if !l.IsZero() {
				v[f] = append(v[f], l.String())
			}
		}
	}
	if c.Kind == policy.Company {
		put(sheet.Company, c.Family)
	} else {
		put(sheet.FullName, c.Name())
		put(sheet.Given, c.Given)
		put(sheet.Prefix, c.Prefix)
		put(sheet.Family, c.Family)
	}
	if len(c.Companies) > 0 {
		put(sheet.Company, c.Companies[0].Name)
		put(sheet.Role, c.Companies[0].Role)
	}
	for _, m := range c.Mails {
		put(sheet.Mail, m.Value)
	}
	for _, p := range c.Phones {
		put(sheet.Phone, p.Value)
	}
	a := c.Address
	put(sheet.Street, a.Street)
	put(sheet.Postcode, a.Postcode)
	put(sheet.City, a.City)
	put(sheet.Country, a.Country)
	put(sheet.Language, c.Language)
	put(sheet.Website, c.Website)
	put(sheet.KvK, c.KvK)
	put(sheet.VAT, c.VAT)
	put(sheet.Status, text.New(c.Status.String()))
	put(sheet.Owner, text.New(n.logins[c.Owner]))
	for _, t := range c.Tags {
		put(sheet.Tags, text.New(n.tags[t]))
	}
	n.own.put(v, c)
	return v
}

// customer is a row of a file as a customer, not yet checked. Its company, if
// it has one, is only a name so far. A row without a person is a company.
func customer(v sheet.Values, country string) (c db.Customer, company text.Line) {
	one := func(f sheet.Field) text.Line { return text.New(v.One(f)) }
	company = one(sheet.Company)
	name := policy.Name{Given: v.One(sheet.Given), Prefix: v.One(sheet.Prefix), Family: v.One(sheet.Family)}
	if name.Family == "" && v.One(sheet.FullName) != "" {
		name = policy.SplitName(v.One(sheet.FullName), country)
	}
	if name.Family == "" {
		name.Family, name.Given = name.Given, ""
	}
	c.Kind = policy.Person
	if name == (policy.Name{}) {
		c.Kind, name.Family, company = policy.Company, company.String(), text.Line{}
	}
	c.Given, c.Prefix, c.Family = text.New(name.Given), text.New(name.Prefix), text.New(name.Family)
	c.Mails, c.Phones = labelled(v[sheet.Mail]), labelled(v[sheet.Phone])
	c.Address = db.Address{Street: one(sheet.Street), Postcode: one(sheet.Postcode), City: one(sheet.City), Country: one(sheet.Country)}
	c.Language, c.Website = text.New(strings.ToLower(v.One(sheet.Language))), one(sheet.Website)
	c.KvK, c.VAT = one(sheet.KvK), one(sheet.VAT)
	return c, company
}

func labelled(values []string) []db.Labelled {
	var out []db.Labelled
	for _, v := range values {
		out = append(out, db.Labelled{Value: text.New(v)})
	}
	return out
}
