package db

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"balie/db/seal"
	"balie/policy"
	"balie/policy/text"
)

// RowToMatch is a row of a file, with the name of its company, and by what a twin
// of it is found.
type RowToMatch struct {
	Customer
	Company text.Line
	name    int64
	exact   []int64
	tokens  []int64
}

// RowToMatch works that out; it may be called beside the transaction's other work.
func (tx *Tx) RowToMatch(c Customer, company text.Line) RowToMatch {
	exact := tx.store.exactTokens(c)
	tokens := append(slices.Clip(exact), tx.store.looseTokens(c, []string{company.String()})...)
	return RowToMatch{c, company, tx.store.Keys.Token("name", nameKey(c)), exact, tokens}
}

// Matched remembers earlier rows of a file: what two customers rarely share, with
// who had it; and what nobody there has, or too many, so that it isn't looked up
// again.
type Matched struct {
	rows map[[2]int64]bool
	idle map[int64]bool
}

// NewMatched is that of a file of which no row was read.
func NewMatched() Matched { return Matched{map[[2]int64]bool{}, map[int64]bool{}} }

// KnownRow says that a row is no new customer: an earlier row is the same, or
// somebody whom the actor may see.
type KnownRow struct {
	InFile bool
	Twin   *Twin
}

// Known says it for each row, and adds the new ones to what was matched.
func (tx *Tx) Known(ctx context.Context, rows []RowToMatch, m Matched) ([]KnownRow, error) {
	known := make([]KnownRow, len(rows))
	tokens := map[int64]bool{}
	for i, r := range rows {
		if known[i].InFile = m.has(r); known[i].InFile {
			continue
		}
		for _, t := range r.tokens {
			if !m.idle[t] {
				tokens[t] = true
			}
		}
	}
	sharing, err := tx.sharing(ctx, slices.Sorted(maps.Keys(tokens)), m)
	if err != nil || len(sharing) == 0 {
		return known, err
	}
	people, err := tx.opened(ctx, sharing)
	for i, r := range rows {
		if known[i].InFile {
			continue
		}
		if known[i].Twin = likest(r, sharing, people); known[i].Twin != nil {
			tx.Saw(known[i].Twin.ID)
		}
	}
	return known, err
}

// has looks for a row, and adds it if it isn't there.
func (m Matched) has(r RowToMatch) (there bool) {
	for _, t := range r.exact {
		there = there || m.rows[[2]int64{t, r.name}]
	}
	for _, t := range r.exact {
		m.rows[[2]int64{t, r.name}] = true
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
// that it is large. In their order, the tokens are found along the index.
const selectSharing = `select u.token, s.customer_id from unnest($1::bigint[]) u (token)
	cross join lateral (select t.customer_id from search_tokens t where t.token = u.token limit $2 + 1) s`

// sharing are the visible customers that have the tokens, small groups only.
func (tx *Tx) sharing(ctx context.Context, tokens []int64, m Matched) (map[int64][]int64, error) {
	found, err := collect[tokenOwner](ctx, tx, selectSharing, tokens, maxBlock)
	of := map[int64][]int64{}
	for _, f := range found {
		of[f.Token] = append(of[f.Token], f.CustomerID)
	}
	for _, t := range tokens {
		if n := len(of[t]); n == 0 || n > maxBlock {
			m.idle[t] = true
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
func likest(r RowToMatch, sharing map[int64][]int64, there map[int64]Customer) *Twin {
	var best *Twin
	compare := sync.OnceValue(r.traits) // most rows meet nobody
	for _, t := range r.tokens {
		for _, id := range sharing[t] {
			l := policy.Compare(compare(), traits(there[id]))
			if (l.Alike() || sameCompany(r.Customer, there[id], l)) && (best == nil || l.Score > best.Score) {
				best = &Twin{there[id], l}
			}
		}
	}
	return best
}

func (r RowToMatch) traits() policy.Traits {
	mine := traits(r.Customer)
	if core := strings.Join(coreWords(r.Company.String()), " "); core != "" {
		mine.Firms = append(mine.Firms, core)
	}
	return mine
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
