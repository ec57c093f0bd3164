package sheet

import (
	"slices"
	"strings"

	"balie/policy/text"
)

// Field is what a column can mean for a customer.
type Field string

// The fields. Street is written with its number; HouseNumber exists only for
// files that keep them apart.
const (
	FullName    Field = "full_name"
	Given       Field = "given"
	Prefix      Field = "prefix" // van der
	Family      Field = "family"
	Company     Field = "company"
	Role        Field = "role"
	Mail        Field = "mail"
	Phone       Field = "phone"
	Street      Field = "street"
	HouseNumber Field = "house_number"
	Postcode    Field = "postcode"
	City        Field = "city"
	Country     Field = "country"
	Language    Field = "language"
	Website     Field = "website"
	KvK         Field = "kvk"
	VAT         Field = "vat"
	Status      Field = "status"
	Owner       Field = "owner"
	Tags        Field = "tags"
	Note        Field = "note"
	SourceID    Field = "source_id" // the number in the system that the file is from
)

var fields = []Field{
	FullName, Given, Prefix, Family, Company, Role, Mail, Phone, Street, HouseNumber, Postcode, City,
	Country, Language, Website, KvK, VAT, Status, Owner, Tags, Note, SourceID, CompanyID,
}

// Many says whether a customer can have several values of f.
func (f Field) Many() bool { return f == Mail || f == Phone || f == Tags }

// glue joins the columns that are mapped to one field with a single value; of
// a field without glue the first value that isn't empty counts.
func (f Field) glue() string {
	switch f {
	case Given, Prefix, Family, HouseNumber:
		return " "
	case Street:
		return ", "
	case Note:
		return "\n"
	}
	return ""
}

// clean makes a value safe to show; only a note may have several lines.
func (f Field) clean(s string) string {
	if f == Note {
		return strings.Trim(text.CleanBlock(s), "\n")
	}
	return text.Clean(s)
}

// Values are one customer's values, safe to show and without empty ones.
type Values map[Field][]string

// One is the value of a field that has at most one.
func (v Values) One(f Field) string {
	if len(v[f]) == 0 {
		return ""
	}
	return v[f][0]
}

// add cleans a value and puts it behind the others of its field.
func (v Values) add(f Field, s string) {
	if s = f.clean(s); s != "" {
		v[f] = append(v[f], s)
	}
}

// settle brings each field to the number of values that it may have: the
// distinct ones, all glued together, or the first. It runs once, at the end,
// because a hostile row can have tens of thousands.
func (v Values) settle() Values {
	for f, all := range v {
		switch {
		case f.Many():
			v[f] = distinct(all)
		case f.glue() != "":
			v[f] = []string{strings.Join(distinct(all), f.glue())}
		default:
			v[f] = all[:1]
		}
	}
	if number := v.One(HouseNumber); number != "" && len(v[Street]) > 0 {
		v[Street][0] += " " + number
	}
	delete(v, HouseNumber)
	return v
}

func distinct(all []string) []string {
	seen := make(map[string]bool, len(all))
	return slices.DeleteFunc(all, func(s string) bool {
		known := seen[s]
		seen[s] = true
		return known
	})
}
