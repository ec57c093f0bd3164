package sample

import (
	"context"
	"fmt"
	"strconv"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// Fields adds fields of the firm's own, to be filled in by Fill and Deals; the
// fax number stays empty, as such fields do.
func (f *Firm) Fields(ctx context.Context, o *ops.Ops, manager policy.Actor) error {
	all := policy.FieldReaders
	quotes := policy.Ground{Purpose: policy.Quotes, Basis: policy.Contract}
	home := policy.Field{Entity: policy.OfPerson, Name: text.New("Woning"), English: text.New("Home"), Kind: policy.ChoiceField, Ground: quotes, Months: 24, Readers: all}
	for _, add := range []policy.Field{
		home.Rechoose([]string{"rijtjeshuis", "appartement", "vrijstaand", "boerderij"}),
		{Entity: policy.OfPerson, Name: text.New("Bouwjaar"), English: text.New("Year built"), Kind: policy.NumberField, Ground: quotes, Months: 24, Readers: all},
		{Entity: policy.OfPerson, Name: text.New("Faxnummer"), English: text.New("Fax"), Kind: policy.TextField, Ground: policy.Ground{Purpose: policy.Relationship, Basis: policy.Interest}, Months: 12, Readers: all},
		{Entity: policy.OfCompany, Name: text.New("Kredietlimiet"), English: text.New("Credit limit"), Kind: policy.NumberField, Ground: policy.Ground{Purpose: policy.Delivery, Basis: policy.Contract}, Months: 36, Readers: []policy.Role{policy.Manager, policy.Privacy}},
		{Entity: policy.OfDeal, Name: text.New("Vergunning nodig"), English: text.New("Permit needed"), Kind: policy.YesNoField, Ground: quotes, Months: 24, Readers: all},
	} {
		id, err := o.SaveField(ctx, manager, add, text.New("voor offertes"))
		if err != nil {
			return fmt.Errorf("add fields: %w", err)
		}
		add.ID = id
		f.own = append(f.own, add)
	}
	return nil
}

// fillIn fills in fields of some customers: which, their own data say, so that
// the rest of the firm is drawn as it would be without.
func (f *Firm) fillIn(c Case) {
	if len(f.own) == 0 {
		return
	}
	for _, p := range c.People {
		n := sum(p.Family.String() + p.Given.String())
		if n%5 < 2 {
			p.Values = policy.FieldValues{f.own[0].ID: text.New("#" + strconv.Itoa(1+n%4))}
		}
		if n%7 == 0 {
			p.Values = p.Values.Set(f.own[1].ID, text.New(strconv.Itoa(1890+n%130)))
		}
	}
	if c.Company != nil {
		n := sum(c.Company.Family.String())
		if n%3 == 0 {
			c.Company.Values = policy.FieldValues{f.own[3].ID: text.New(strconv.Itoa(1000 * (1 + n%20)))}
		}
	}
}

func (f *Firm) fillInDeal(d *db.Deal) {
	if n := int(d.Value / 5000); len(f.own) > 0 && n%2 == 0 {
		d.Values = policy.FieldValues{f.own[4].ID: text.New([]string{"yes", "no"}[n/2%2])}
	}
}

func sum(s string) (n int) {
	for _, r := range s {
		n += int(r)
	}
	return n
}
