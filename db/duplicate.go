package db

import (
	"cmp"
	"context"
	"slices"

	"balie/policy"
)

// Twin is a customer that looks like another one.
type Twin struct {
	Customer
	policy.Likeness
}

// Alike compares two customers.
func Alike(a, b Customer) policy.Likeness { return policy.Compare(traits(a), traits(b)) }

const selectByTokens = `select distinct customer_id from search_tokens where token = any($1) limit 200`

// Duplicates are visible customers other than c that look like it, the likest
// first. What the actor may not see is not there for this.
func (tx *Tx) Duplicates(ctx context.Context, c Customer) ([]Twin, error) {
	tokens := tx.store.twinTokens(c, namesOf(c.Companies))
	if len(tokens) == 0 {
		return nil, nil
	}
	if err := tx.ready(ctx); err != nil {
		return nil, err
	}
	ids, err := tx.ids(ctx, selectByTokens, tokens)
	if err != nil {
		return nil, err
	}
	return tx.alike(ctx, c, slices.DeleteFunc(ids, func(id int64) bool { return id == c.ID }))
}

// alike keeps those that look like c, and notes them as seen: the others were
// opened by the program and are shown to nobody.
func (tx *Tx) alike(ctx context.Context, c Customer, ids []int64) ([]Twin, error) {
	others, err := tx.peek(ctx, ids)
	if err != nil {
		return nil, err
	}
	var found []Twin
	mine := traits(c)
	for _, o := range others {
		if l := policy.Compare(mine, traits(o)); l.Suspect() {
			found = append(found, Twin{o, l})
			tx.Saw(o.ID)
		}
	}
	slices.SortFunc(found, func(a, b Twin) int { return cmp.Or(b.Score-a.Score, cmp.Compare(a.ID, b.ID)) })
	return found, nil
}

// peek opens customers for the program's own use.
func (tx *Tx) peek(ctx context.Context, ids []int64) ([]Customer, error) {
	seen := len(tx.entry.Subjects)
	open, err := tx.getCustomers(ctx, selectWhole, ids)
	tx.entry.Subjects = tx.entry.Subjects[:seen]
	cs := make([]Customer, len(open))
	for i, o := range open {
		cs[i] = o.Customer
	}
	return cs, err
}

// GetWithLinked opens a customer, the people of a company, and the companies of a
// person: who that is comes first. Only the customer counts as looked at.
func (tx *Tx) GetWithLinked(ctx context.Context, id int64) ([]Customer, error) {
	c, err := tx.GetCustomer(ctx, id)
	if err != nil {
		return nil, err
	}
	linked, err := tx.contactsOf(ctx, c)
	if err != nil || c.Kind == policy.Company {
		return append([]Customer{c}, linked...), err
	}
	ids := make([]int64, len(c.Companies))
	for i, m := range c.Companies {
		ids[i] = m.Company
	}
	linked, err = tx.peek(ctx, ids)
	return append([]Customer{c}, linked...), err
}

func namesOf(ms []Membership) []string {
	names := make([]string, len(ms))
	for i, m := range ms {
		names[i] = m.Name.String()
	}
	return names
}
