package db

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"balie/policy"
)

// candidate is a row of search_tokens that has all the tokens.
type candidate struct {
	Bucket     int32
	CustomerID int64
}

// planned has PostgreSQL plan for this one text: tokens stand in it as numbers,
// since one plan for rare and common ones would be wrong for both.
const planned = pgx.QueryExecModeExec

// candidates are the next n in name order after at.
func (tx *Tx) candidates(ctx context.Context, f filter, at candidate, n int) ([]candidate, error) {
	args := []any{planned, at.Bucket, at.CustomerID, n}
	if f.scope != 0 {
		args = append(args, f.scope)
	}
	cs, err := collect[candidate](ctx, tx, candidateSQL(f.tokens, tx.Actor.Role == policy.Manager, f.scope != 0), args...)
	return cs, waiting(err)
}

// candidateSQL walks one index in order per token and merges. A manager's team
// is walked member by member, since order is kept only within one scope. Where
// search is not ready it finds nothing; whoever gets nothing asks why.
func candidateSQL(tokens []int64, team, one bool) string {
	key := "bucket, customer_id"
	if team || one {
		key = "scope, " + key
	}
	var b strings.Builder
	b.WriteString("select t1.bucket, t1.customer_id from search_tokens t1")
	for i := range tokens[1:] {
		fmt.Fprintf(&b, " join search_tokens t%d using (%s)", i+2, key)
	}
	b.WriteString(" where exists (select from search_ready) and (t1.bucket, t1.customer_id) > ($1, $2)")
	for i, t := range tokens {
		fmt.Fprintf(&b, " and t%d.token = %d", i+1, t)
	}
	sql, order := b.String(), " order by t1.bucket, t1.customer_id limit $3"
	switch {
	case one:
		return sql + " and t1.scope = $4" + order
	case team:
		return "select x.bucket, x.customer_id from team() m(id) cross join lateral (" + sql + " and t1.scope = m.id" + order + ") x order by 1, 2 limit $3"
	}
	return sql + order
}
