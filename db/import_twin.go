package db

import (
	"context"
	"strings"

	"balie/db/seal"
	"balie/policy"
	"balie/policy/text"
)

// RowToMatch is a row of a file, with the name of its company.
type RowToMatch struct {
	Customer
	Company text.Line
}

// SeenRows remembers earlier rows of a file: what two customers rarely share, with
// who had it.
type SeenRows map[[2]int64]bool

// KnownRow says that a row is no new customer: an earlier row is the same, or
// somebody whom the actor may see.
type KnownRow struct {
	InFile bool
	Twin   *Twin
}

// Known says it for each row, and adds the new ones to seen.
func (tx *Tx) Known(ctx context.Context, rows []RowToMatch, seen SeenRows) ([]KnownRow, error) {
	known := make([]KnownRow, len(rows))
	tokens := make([][]int64, len(rows))
	var all []int64
	for i, r := range rows {
		if known[i].InFile = seen.has(tx.store, r.Customer); known[i].InFile {
			continue
		}
		tokens[i] = tx.store.twinTokens(r.Customer, []string{r.Company.String()})
		all = append(all, tokens[i]...)
	}
	sharing, err := tx.sharing(ctx, all)
	if err != nil {
		return nil, err
	}
	people, err := tx.opened(ctx, sharing)
	for i, r := range rows {
		if known[i].Twin = likest(r, tokens[i], sharing, people); known[i].Twin != nil {
			tx.Saw(known[i].Twin.ID)
		}
	}
	return known, err
}

// has looks for a row, and adds it if it isn't there.
func (s SeenRows) has(store *Store, c Customer) bool {
	who := store.Keys.Token("name", nameKey(c))
	tokens, there := store.exactTokens(c), false
	for _, t := range tokens {
		there = there || s[[2]int64{t, who}]
	}
	for _, t := range tokens {
		s[[2]int64{t, who}] = true
	}
	return there
}

// nameKey is equal for spellings of a name within a file.
func nameKey(c Customer) string {
	if c.Kind == policy.Company {
		return policy.Sound(strings.Join(coreWords(c.Family.String()), ""))
	}
	given := seal.Fold(c.Given.String())
	return given[:min(len(given), 1)] + " " + policy.Sound(strings.Join(familyWords(c.Family.String()), ""))
}

// Of a large group, as all who live in one street are, no more is read than tells
// that it is large.
const selectSharing = `select distinct u.token, s.customer_id from (select distinct unnest($1::bigint[]) as token) u
	cross join lateral (select t.customer_id from search_tokens t where t.token = u.token limit $2 + 1) s`

// sharing are the visible customers that have the tokens, small groups only.
func (tx *Tx) sharing(ctx context.Context, tokens []int64) (map[int64][]int64, error) {
	found, err := collect[tokenOwner](ctx, tx, selectSharing, tokens, maxBlock)
	of := map[int64][]int64{}
	for _, f := range found {
		of[f.Token] = append(of[f.Token], f.CustomerID)
	}
	for t, ids := range of {
		if len(ids) > maxBlock {
			delete(of, t)
		}
	}
	return of, err
}

func (tx *Tx) opened(ctx context.Context, sharing map[int64][]int64) (map[int64]Customer, error) {
	there := map[int64]Customer{}
	var ids []int64
	for _, g := range sharing {
		for _, id := range g {
			if _, ok := there[id]; !ok {
				there[id] = Customer{}
				ids = append(ids, id)
			}
		}
	}
	for len(ids) > 0 {
		n := min(len(ids), openAtOnce)
		cs, err := tx.peek(ctx, ids[:n])
		if err != nil {
			return nil, err
		}
		for _, c := range cs {
			there[c.ID] = c
		}
		ids = ids[n:]
	}
	return there, nil
}

// likest is who looks most like a row, nil for nobody.
func likest(r RowToMatch, tokens []int64, sharing map[int64][]int64, there map[int64]Customer) *Twin {
	var best *Twin
	mine := traits(r.Customer)
	if core := strings.Join(coreWords(r.Company.String()), " "); core != "" {
		mine.Firms = append(mine.Firms, core)
	}
	for _, t := range tokens {
		for _, id := range sharing[t] {
			l := policy.Compare(mine, traits(there[id]))
			if (l.Alike() || sameCompany(r.Customer, there[id], l)) && (best == nil || l.Score > best.Score) {
				best = &Twin{there[id], l}
			}
		}
	}
	return best
}

// sameCompany says that a company's name is spelled as one that is there, and
// that nothing speaks against it: lists of companies often have no more.
func sameCompany(a, b Customer, l policy.Likeness) bool {
	return a.Kind == policy.Company && b.Kind == policy.Company && CompanyKey(a.Family) == CompanyKey(b.Family) && l.Score >= policy.SameNameOnly
}

// FilledIn is a customer with what it lacked and a second record of it has.
// On what it stands is no such thing.
func FilledIn(c, from Customer) Customer {
	for _, f := range AllFields(&c, &from) {
		if f.Tell(&c) == "" && f.Name != "grounds" {
			f.Copy(&c, &from)
		}
	}
	return c
}
