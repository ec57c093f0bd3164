package db

import (
	"context"

	"balie/db/seal"
)

// namedSQL says which pairs of words somebody else among the customers has both
// of. The longer word comes first: it is the rarer one.
const namedSQL = `select c.n from unnest($1::int[], $2::bigint[], $3::bigint[]) c (n, a, b)
	where exists (select from search_tokens x join search_tokens y using (bucket, customer_id)
		where x.token = c.a and y.token = c.b and x.customer_id <> $4)`

// NamedCustomers says which of the pairs of words may be the name of another
// customer than the one with that id. Nobody is shown by it. While search is not
// ready it says so of each: better one look too many.
func (tx *Tx) NamedCustomers(ctx context.Context, id int64, pairs [][2]string) (map[int]bool, error) {
	found := map[int]bool{}
	if err := tx.ready(ctx); err != nil {
		for i := range pairs {
			found[i] = true
		}
		return found, nil //nolint:nilerr // it was answered
	}
	var ns []int32
	var first, second []int64
	for i, p := range pairs {
		if len(p[0]) < len(p[1]) {
			p[0], p[1] = p[1], p[0]
		}
		ns = append(ns, int32(i))
		first, second = append(first, tx.store.wordToken(p[0])), append(second, tx.store.wordToken(p[1]))
	}
	rows, err := tx.Query(ctx, namedSQL, ns, first, second, id)
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		found[n] = true
	}
	return found, rows.Err()
}

// wordToken is the token by which a word, as typed in a search, is found.
func (s *Store) wordToken(word string) int64 {
	folded := seal.Words(word)
	if len(folded) == 0 {
		return 0
	}
	prefixes := seal.Prefixes(folded[0])
	return s.Keys.Token(wordSpace, prefixes[len(prefixes)-1])
}
