package sheet

import (
	"maps"
	"slices"
	"strings"
)

// Schema is what the rows of a file can be: which fields they have and by which
// names of columns these are known.
type Schema struct {
	fields    []Field
	names     map[string]Field // as key makes them
	weak      map[string]Field // count only while no better column has their field
	addresses bool             // columns can belong to one of several addresses
	contents  bool             // mail, phone and postcode show by themselves
	own       map[string]Field // the organisation's own, by their exact names
}

// Fields lists the fields in the order of a form.
func (s *Schema) Fields() []Field { return slices.Clone(s.fields) }

// With is the schema with a field of the organisation's own, known by its names.
func (s *Schema) With(f Field, names ...string) *Schema {
	more := *s
	more.own = maps.Clone(s.own)
	if more.own == nil {
		more.own = map[string]Field{}
	}
	if !s.has(f) {
		more.fields = append(s.Fields(), f)
	}
	for _, name := range names {
		if name != "" {
			more.own[strings.ToLower(name)] = f
		}
	}
	return &more
}

func (s *Schema) has(f Field) bool { return slices.Contains(s.fields, f) }

func (s *Schema) list() string { return strings.Join(Names(s.fields), ", ") }

// Contacts are people, and companies among them.
var Contacts = &Schema{fields: fields, names: aliases, weak: weak, addresses: true, contents: true}

// Companies are the same with another meaning of a name: accounts of other
// systems call a company's name just that.
var Companies = &Schema{
	fields: slices.DeleteFunc(slices.Clone(fields), func(f Field) bool {
		return f == CompanyID || f == FullName || f == Given || f == Prefix || f == Family || f == Role
	}),
	names: companyNames(), weak: map[string]Field{"id": SourceID, "nr": HouseNumber, "no": HouseNumber, "bus": HouseNumber, "stage": Status, "fase": Status},
	addresses: true, contents: true,
}

func companyNames() map[string]Field {
	names := maps.Clone(aliases)
	for name, f := range names {
		switch f {
		case FullName, Company:
			names[name] = Company
		case Given, Prefix, Family, Role, CompanyID, middle:
			delete(names, name)
		}
	}
	for _, name := range []string{"klant", "klantnaam", "customer", "customername", "relatie", "relatienaam"} {
		names[name] = Company
	}
	delete(names, "contact")
	delete(names, "contactpersoon")
	return names
}
