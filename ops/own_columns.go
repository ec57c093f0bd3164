package ops

import (
	"slices"

	"balie/db"
	"balie/ops/sheet"
	"balie/policy"
	"balie/policy/text"
)

// ownFields are the organisation's own fields of customers that somebody sees,
// as columns of files.
type ownFields []policy.Field

func ownFieldsOf(all []policy.Field, r policy.Role) ownFields {
	return append(policy.VisibleFields(all, policy.OfPerson, r), policy.VisibleFields(all, policy.OfCompany, r)...)
}

// ownColumn is the column of a field: its name, which people and companies may
// share, unless another column has that.
func ownColumn(f policy.Field) sheet.Field {
	if c := sheet.Field(f.Name.String()); !slices.Contains(sheet.Contacts.Fields(), c) {
		return c
	}
	return sheet.Field(f.Key())
}

// columns are those of an export, behind the others.
func (o ownFields) columns() (all []sheet.Field) {
	for _, f := range o {
		if c := ownColumn(f); !slices.Contains(all, c) {
			all = append(all, c)
		}
	}
	return all
}

// in is what the rows of a file can be, with the own fields that can be filled
// in.
func (o ownFields) in(rows Rows) *sheet.Schema {
	s := schemas[rows]
	for _, f := range o {
		if !f.Retired && (rows != CompanyRows || f.Entity == policy.OfCompany) {
			s = s.With(ownColumn(f), f.Name.String(), f.English.String())
		}
	}
	return s
}

// mapped says whether a file fills in any.
func (o ownFields) mapped(m sheet.Mapping) bool {
	return slices.ContainsFunc(o.columns(), m.Has)
}

// put writes what stands in the fields of a customer into a row.
func (o ownFields) put(v sheet.Values, c db.Customer) {
	for _, f := range o {
		if value := c.Values[f.ID]; !value.IsZero() {
			v[ownColumn(f)] = []string{f.Show(value)}
		}
	}
}

// fill is what a row says of the fields of a person, or a company.
func (o ownFields) fill(v sheet.Values, kind policy.CustomerKind) (policy.FieldValues, error) {
	var said policy.FieldValues
	visible := slices.DeleteFunc(slices.Clone(o), func(f policy.Field) bool { return f.Entity != policy.EntityOf(kind) })
	for _, f := range visible {
		if s := v.One(ownColumn(f)); s != "" {
			said = said.Set(f.ID, text.New(s))
		}
	}
	return policy.Fill(visible, nil, said)
}
