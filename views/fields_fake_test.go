package views

import (
	"context"
	"time"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// fakeFields are those of the fake firm.
func fakeFields() []policy.Field {
	ground := policy.Ground{Purpose: policy.Relationship, Basis: policy.Interest}
	return []policy.Field{
		{ID: 1, Entity: policy.OfPerson, Name: text.New("Schoenmaat"), English: text.New("Shoe size"), Kind: policy.NumberField, Ground: ground, Months: 24, Readers: policy.FieldReaders},
		{
			ID: 2, Entity: policy.OfPerson, Name: text.New("Branche"), Kind: policy.ChoiceField, Ground: ground, Months: 12, Readers: policy.FieldReaders,
			Choices: []policy.Choice{{ID: 1, Name: text.New("bouw")}, {ID: 2, Name: text.New("horeca"), Retired: true}, {ID: 3, Name: text.New("zorg")}},
		},
		{ID: 3, Entity: policy.OfPerson, Name: text.New("Fax"), Kind: policy.TextField, Ground: ground, Months: 12, Readers: policy.FieldReaders, Retired: true},
		{ID: 4, Entity: policy.OfDeal, Name: text.New("Vergunning"), Kind: policy.YesNoField, Ground: ground, Months: 12, Readers: policy.FieldReaders},
	}
}

func (f *fakeActs) ListFields(context.Context, policy.Actor) ([]policy.Field, error) {
	return fakeFields(), f.did("ListFields")
}

func (f *fakeActs) SaveField(_ context.Context, _ policy.Actor, d policy.Field, why text.Line) (int32, error) {
	f.did("SaveField " + d.Name.String() + " " + why.String()) //nolint:errcheck // counted
	return d.ID, d.Check()
}

func (f *fakeActs) FieldCatalogue(context.Context, policy.Actor) (ops.Catalogue, error) {
	used := noon.AddDate(0, -2, 0)
	return ops.Catalogue{Fields: fakeFields(), Now: noon, Use: map[policy.FieldEntity]map[string]db.FieldUse{
		policy.OfPerson: {"x.1": {Filled: 12, Total: 40, UsedAt: &used, CountedAt: noon.Add(-time.Hour)}, "x.3": {Total: 40, CountedAt: noon.Add(-time.Hour)}},
	}}, f.did("FieldCatalogue")
}

func (f *fakeActs) CountFields(_ context.Context, _ policy.Actor, progress func(int)) error {
	progress(40)
	return f.did("CountFields")
}

func (f *fakeActs) DropField(_ context.Context, _ policy.Actor, id int32, typed, _ text.Line, _ func(int)) error {
	return f.did("DropField " + typed.String())
}
