package db

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// Exact is something by which one customer is known: a mail address, the name of
// a company, a number in another system.
type Exact struct{ space, word string }

// ExactMail, ExactCompany and ExactElsewhere make one.
func ExactMail(key string) Exact     { return Exact{mailSpace, key} }
func ExactCompany(key string) Exact  { return Exact{companySpace, key} }
func ExactElsewhere(id string) Exact { return Exact{otherSpace, id} }

// SearchReady says that search is whole, so that who isn't found isn't there.
func (tx *Tx) SearchReady(ctx context.Context) error { return tx.ready(ctx) }

// FindExact gives for each the customers that the actor may see. While search is
// being made they are not all found.
func (tx *Tx) FindExact(ctx context.Context, all []Exact) (map[Exact][]int64, error) {
	tokens, of := tx.exactOnes(all)
	rows, err := collect[tokenOwner](ctx, tx, `select distinct token, customer_id from search_tokens where token = any($1)`, tokens)
	found := map[Exact][]int64{}
	for _, r := range rows {
		e := of[r.Token]
		found[e] = append(found[e], r.CustomerID)
	}
	return found, err
}

func (tx *Tx) exactOnes(all []Exact) (tokens []int64, of map[int64]Exact) {
	of = map[int64]Exact{}
	for _, e := range all {
		t := tx.store.Keys.Twin(e.space, e.word)
		tokens, of[t] = append(tokens, t), e
	}
	return tokens, of
}

// RequestOf makes the request key of something that must not be done twice, by
// whomever it is sent again.
func (tx *Tx) RequestOf(space, id string) (r [16]byte) {
	copy(r[:], tx.store.Keys.Digest("request."+space, id))
	return r
}

// What was asked for before, by what its rows are.
const (
	requestedDeals      = `select request from deals where created_by = $1 and request = any($2)`
	requestedActivities = `select request from activities where author = $1 and request = any($2) union all select request from notes where author = $1 and request = any($2)`
	requestedInvoices   = `select request from past_invoices where created_by = $1 and request = any($2)`
)

// Requested says which of the actor's requests were done before.
func (tx *Tx) Requested(ctx context.Context, rows string, requests [][16]byte) (map[[16]byte]bool, error) {
	sql := map[string]string{"deals": requestedDeals, "activities": requestedActivities, "invoices": requestedInvoices}[rows]
	found, err := tx.Query(ctx, sql, tx.Actor.ID, requests)
	if err != nil {
		return nil, err
	}
	done, err := pgx.CollectRows(found, pgx.RowTo[[16]byte])
	there := map[[16]byte]bool{}
	for _, r := range done {
		there[r] = true
	}
	return there, err
}
