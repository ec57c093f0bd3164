package db

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"

	"balie/policy"
)

// Sort is an order of a list.
type Sort string

// The orders in which a list of customers can stand.
const (
	ByName     Sort = "name"
	ByActivity Sort = "activity" // latest first
	ByOwner    Sort = "owner"
	ByStatus   Sort = "status"
)

// Sorts are all orders, in the order in which a list offers them.
var Sorts = []Sort{ByName, ByActivity, ByOwner, ByStatus}

// Query says which customers a list shows. Zero fields don't filter.
type Query struct {
	Text   string // words of which each begins a word of the customer
	Kind   policy.CustomerKind
	Status policy.Status
	Owner  int32
	Tag    int32
	Sort   Sort
	After  Cursor
	Limit  int
}

// Cursor is the place after which the next page begins. The zero Cursor is the
// beginning.
type Cursor struct {
	Group  int // of ByOwner and ByStatus: which owner or status
	Bucket int32
	Key    string
	ID     int64
	Micros int64 // of ByActivity
}

// Page is one page of a list. Next is of use when More.
type Page struct {
	Rows []Row
	Next Cursor
	More bool
}

// FindCustomers gives a page of those that the actor may see, and notes these
// as seen.
func (tx *Tx) FindCustomers(ctx context.Context, q Query) (Page, error) {
	if q.Limit <= 0 || q.Limit > 1000 {
		q.Limit = 50
	}
	find := tx.byName
	if q.Sort == ByActivity {
		find = tx.byActivity
	}
	page, err := find(ctx, q)
	if err != nil {
		return Page{}, err
	}
	for _, r := range page.Rows {
		tx.Saw(r.ID)
	}
	return page, tx.addCompanyNames(ctx, page.Rows)
}

// filter is one list to walk in name order: rows that have all tokens, of one
// owner if scope says so.
type filter struct {
	tokens []int64
	scope  int32
	words  []string // to recheck, since a token holds six letters
}

// groups are the lists that make up the asked order, one after the other.
func (tx *Tx) groups(ctx context.Context, q Query) ([]filter, error) {
	base := filter{tokens: tx.store.queryTokens(q), scope: q.Owner, words: queryWords(q.Text)}
	switch q.Sort {
	case ByStatus:
		var fs []filter
		for _, s := range policy.Statuses {
			f := base
			f.tokens = append(slices.Clone(base.tokens), tx.store.statusToken(s))
			fs = append(fs, f)
		}
		return fs, nil
	case ByOwner:
		owners, err := tx.ids(ctx, `select id::bigint from people where $1 or id = $2 order by login`, tx.Actor.Role != policy.Sales, tx.Actor.ID)
		var fs []filter
		for _, o := range owners {
			f := base
			f.scope = int32(o)
			fs = append(fs, f)
		}
		return fs, err
	}
	return []filter{base}, nil
}

func (tx *Tx) byName(ctx context.Context, q Query) (Page, error) {
	groups, err := tx.groups(ctx, q)
	if err != nil {
		return Page{}, err
	}
	var page Page
	for g := q.After.Group; g < len(groups); g++ {
		from := Cursor{Group: g}
		if g == q.After.Group {
			from = q.After
		}
		if err := tx.walk(ctx, groups[g], from, q.Limit, &page); err != nil {
			return Page{}, err
		}
		if page.More {
			break
		}
	}
	if len(page.Rows) == 0 {
		return page, tx.ready(ctx)
	}
	return page, nil
}

// chunk is how many candidates one query brings: a bucket's worth and a page.
const chunk = 160

// walk adds rows of one group to the page until it is full. Order is by bucket,
// and exact inside a bucket, so a bucket is opened whole before it is used.
func (tx *Tx) walk(ctx context.Context, f filter, from Cursor, limit int, page *Page) error {
	at := candidate{Bucket: from.Bucket, CustomerID: -1}
	var pending []candidate
	for {
		found, err := tx.candidates(ctx, f, at, chunk)
		if err != nil {
			return err
		}
		pending = append(pending, found...)
		last := len(found) < chunk
		whole := pending
		if !last {
			at = found[len(found)-1]
			whole = pending[:firstOf(pending, at.Bucket)]
		}
		rest, err := tx.take(ctx, f, whole, from, limit, page)
		if err != nil || page.More {
			return err
		}
		if last {
			return nil
		}
		pending = append(rest, pending[len(whole):]...)
	}
}

func firstOf(cs []candidate, bucket int32) int {
	return slices.IndexFunc(cs, func(c candidate) bool { return c.Bucket == bucket })
}

// take opens whole buckets, a few at a time, until the page is full.
func (tx *Tx) take(ctx context.Context, f filter, whole []candidate, from Cursor, limit int, page *Page) ([]candidate, error) {
	for len(whole) > 0 {
		n := min(max(limit-len(page.Rows), 1), len(whole))
		for n < len(whole) && whole[n].Bucket == whole[n-1].Bucket {
			n++
		}
		if err := tx.openInto(ctx, f, whole[:n], from, limit, page); err != nil || page.More {
			return nil, err
		}
		whole = whole[n:]
	}
	return nil, nil
}

// ranked is a row with its exact place.
type ranked struct {
	row    Row
	bucket int32
	key    string
}

func (tx *Tx) openInto(ctx context.Context, f filter, cs []candidate, from Cursor, limit int, page *Page) error {
	bucketOf := make(map[int64]int32, len(cs))
	ids := make([]int64, len(cs))
	for i, c := range cs {
		ids[i], bucketOf[c.CustomerID] = c.CustomerID, c.Bucket
	}
	rows, err := tx.heads(ctx, ids)
	if err != nil {
		return err
	}
	if rows, err = tx.recheck(ctx, rows, f.words); err != nil {
		return err
	}
	rank := make([]ranked, len(rows))
	for i, r := range rows {
		rank[i] = ranked{r, bucketOf[r.ID], r.sortKey()}
	}
	slices.SortFunc(rank, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.bucket, b.bucket), cmp.Compare(a.key, b.key), cmp.Compare(a.row.ID, b.row.ID))
	})
	for _, r := range rank {
		if !r.after(from) {
			continue
		}
		if len(page.Rows) == limit {
			page.More = true
			return nil
		}
		page.Rows = append(page.Rows, r.row)
		page.Next = Cursor{Group: from.Group, Bucket: r.bucket, Key: r.key, ID: r.row.ID}
	}
	return nil
}

func (r ranked) after(c Cursor) bool {
	return c.ID == 0 || cmp.Or(cmp.Compare(r.bucket, c.Bucket), cmp.Compare(r.key, c.Key), cmp.Compare(r.row.ID, c.ID)) > 0
}

// recheck keeps the rows in which each word begins a word. The company's name
// is looked at only where the customer's own words don't suffice.
func (tx *Tx) recheck(ctx context.Context, rows []Row, words []string) ([]Row, error) {
	if len(words) == 0 {
		return rows, nil
	}
	var kept, doubtful []Row
	for _, r := range rows {
		if matches(r.words(), words) {
			kept = append(kept, r)
		} else {
			doubtful = append(doubtful, r)
		}
	}
	if err := tx.addCompanyNames(ctx, doubtful); err != nil {
		return nil, err
	}
	more, err := tx.recheckBodies(ctx, doubtful, words)
	return append(kept, more...), err
}

// recheckBodies is for those whose match can be in a second address or number
// or in their company's name.
func (tx *Tx) recheckBodies(ctx context.Context, rows []Row, words []string) ([]Row, error) {
	var kept []Row
	var open []int64
	byID := map[int64]Row{}
	for _, r := range rows {
		if matches(append(r.words(), nameWords(r.Company.String())...), words) {
			kept = append(kept, r)
			continue
		}
		open, byID[r.ID] = append(open, r.ID), r
	}
	if len(open) == 0 {
		return kept, nil
	}
	sealed, err := collect[sealedRow](ctx, tx, selectWhole, open)
	if err != nil {
		return nil, err
	}
	for _, s := range sealed {
		c, _, err := tx.store.openWhole(s)
		if err != nil {
			return nil, err
		}
		if matches(c.words([]string{byID[c.ID].Company.String()}), words) {
			kept = append(kept, byID[c.ID])
		}
	}
	return kept, nil
}

func matches(have, want []string) bool {
	for _, w := range want {
		if !slices.ContainsFunc(have, func(h string) bool { return strings.HasPrefix(h, w) }) {
			return false
		}
	}
	return true
}

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

// boundsCache keeps the sort keys at which buckets begin, by version.
type boundsCache struct {
	mu      sync.Mutex
	version int64
	keys    []string
}
