package db

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"balie/policy"
)

// candidate is a row of search_tokens that has all the tokens.
type candidate struct {
	Bucket     int32
	CustomerID int64
}

// planned has PostgreSQL plan for this one text, and for the table as large as it
// is now: several tokens stand in it as numbers, since one plan for rare and common
// ones would be wrong for both. Along a single one there is only one way, which is
// planned once.
const planned = pgx.QueryExecModeExec

// candidates are the next n in name order after at.
func (tx *Tx) candidates(ctx context.Context, f filter, at candidate, n int) ([]candidate, error) {
	sql, args := f.walkSQL(tx.Actor.Role == policy.Manager), []any{at.Bucket, at.CustomerID, n}
	if f.scope != 0 {
		args = append(args, f.scope)
	}
	if len(f.tokens) == 1 {
		args = append(args, f.tokens[0])
	} else {
		args = append([]any{planned}, args...)
	}
	cs, err := collect[candidate](ctx, tx, sql, args...)
	return cs, waiting(err)
}

// walkSQL walks one index in order per token and merges. A manager's team
// is walked member by member, since order is kept only within one scope. Where
// search is not ready it finds nothing; whoever gets nothing asks why.
func (f filter) walkSQL(team bool) string {
	key, one := "bucket, customer_id", f.scope != 0
	if team || one {
		key = "scope, " + key
	}
	var b strings.Builder
	b.WriteString("select t1.bucket, t1.customer_id from search_tokens t1")
	for i := range f.tokens[1:] {
		fmt.Fprintf(&b, " join search_tokens t%d using (%s)", i+2, key)
	}
	b.WriteString(" where exists (select from search_ready) and (t1.bucket, t1.customer_id) > ($1, $2)")
	for i := range f.tokens {
		fmt.Fprintf(&b, " and t%d.token = %s", i+1, f.token(i))
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

// token is one of them in a query, whose first three or four arguments say where
// to walk.
func (f filter) token(i int) string {
	switch {
	case len(f.tokens) > 1:
		return strconv.FormatInt(f.tokens[i], 10)
	case f.scope != 0:
		return "$5"
	}
	return "$4"
}
