package db

import (
	"cmp"
	"context"
	"slices"

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
	Where  string // a filter of policy.ContactList, which narrows further
	Sort   Sort
	After  Cursor
	Limit  int
	Whole  bool // a page is full or the last, however long the filter has to look
}

// Cursor is the place after which the next page begins. The zero Cursor is the
// beginning.
type Cursor struct {
	Group  int // of ByOwner and ByStatus: which owner or status
	Bucket int32
	Key    string
	ID     int64
	Past   []int64 // of the bucket, those that were shown: they needn't be opened again
	Micros int64   // of ByActivity
}

// Page is one page of a list. Next is of use when More. With a filter, a page
// that isn't full may have more after it: it looked through Looked customers.
type Page struct {
	Rows   []Row
	Next   Cursor
	More   bool
	Looked int
}

// FindCustomers gives a page of those that the actor may see, and notes these
// as seen.
func (tx *Tx) FindCustomers(ctx context.Context, q Query) (Page, error) {
	if q.Limit <= 0 || q.Limit > 1000 {
		q.Limit = 50
	}
	sieve, err := tx.narrow(ctx, &q)
	if err != nil {
		return Page{}, err
	}
	find := tx.byName
	if q.Sort == ByActivity {
		find = tx.byActivity
	}
	page, err := find(ctx, q, sieve)
	if err != nil {
		return Page{}, err
	}
	for _, r := range page.Rows {
		tx.Saw(r.ID)
	}
	return page, nil
}

// filter is one list to walk in name order: rows that have all tokens, of one
// owner if scope says so.
type filter struct {
	tokens []int64
	scope  int32
	words  []string // to recheck, since a token holds six letters
	sieve  sieve
	whole  bool
}

// groups are the lists that make up the asked order, one after the other.
func (tx *Tx) groups(ctx context.Context, q Query, s sieve) ([]filter, error) {
	base := filter{tokens: tx.store.queryTokens(q), scope: q.Owner, words: queryWords(q.Text), sieve: s, whole: q.Whole}
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
		owners, err := tx.ids(ctx, `select id::bigint from people where ($1 or id = $2) and ($3 = 0 or id = $3) order by login`, tx.Actor.Role != policy.Sales, tx.Actor.ID, q.Owner)
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

func (tx *Tx) byName(ctx context.Context, q Query, s sieve) (Page, error) {
	groups, err := tx.groups(ctx, q, s)
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

// Through a sieve few come, so more are looked at: so many at a time, and so
// many for one page, a quarter of a second where all must be opened.
var sievedChunk, sievedMost = 1000, 20_000

func (f filter) chunk() int {
	if len(f.sieve.asks) > 0 {
		return sievedChunk
	}
	return chunk
}

// walk adds rows of one group to the page until it is full. Order is by bucket,
// and exact inside a bucket, so a bucket is opened whole before it is used.
func (tx *Tx) walk(ctx context.Context, f filter, from Cursor, limit int, page *Page) error {
	at := candidate{Bucket: from.Bucket, CustomerID: -1}
	var pending []candidate
	for {
		found, err := tx.candidates(ctx, f, at, f.chunk())
		if err != nil {
			return err
		}
		last := len(found) < f.chunk()
		if !last {
			at = found[len(found)-1]
		}
		if found, err = tx.through(ctx, f, found, page); err != nil {
			return err
		}
		pending = append(pending, found...)
		whole := pending
		if i := firstOf(pending, at.Bucket); !last && i >= 0 {
			whole = pending[:i]
		}
		rest, err := tx.take(ctx, f, whole, from, limit, page)
		if err != nil || page.More || last {
			return err
		}
		if !f.whole && page.Looked >= sievedMost && at.Bucket > from.Bucket {
			page.More, page.Next = true, Cursor{Group: from.Group, Bucket: at.Bucket}
			return nil
		}
		pending = append(rest, pending[len(whole):]...)
	}
}

// through puts candidates through the sieve.
func (tx *Tx) through(ctx context.Context, f filter, found []candidate, page *Page) ([]candidate, error) {
	if len(f.sieve.asks) == 0 {
		return found, nil
	}
	page.Looked += len(found)
	ids := make([]int64, len(found))
	for i, c := range found {
		ids[i] = c.CustomerID
	}
	kept, err := tx.sift(ctx, f.sieve, ids)
	return slices.DeleteFunc(found, func(c candidate) bool {
		gone := len(kept) == 0 || kept[0] != c.CustomerID
		if !gone {
			kept = kept[1:]
		}
		return gone
	}), err
}

func firstOf(cs []candidate, bucket int32) int {
	return slices.IndexFunc(cs, func(c candidate) bool { return c.Bucket == bucket })
}

// take opens whole buckets, as many as the page lacks and one row more, which
// tells that there is a next page, until it is full.
func (tx *Tx) take(ctx context.Context, f filter, whole []candidate, from Cursor, limit int, page *Page) ([]candidate, error) {
	whole = unseen(whole, from)
	for len(whole) > 0 {
		n := min(limit-len(page.Rows)+1, len(whole))
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

// unseen leaves those that the page before has shown.
func unseen(cs []candidate, from Cursor) []candidate {
	shown := make(map[int64]bool, len(from.Past))
	for _, id := range from.Past {
		shown[id] = true
	}
	return slices.DeleteFunc(cs, func(c candidate) bool { return c.Bucket == from.Bucket && shown[c.CustomerID] })
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
	past, bucket := from.Past, from.Bucket
	for _, r := range rank {
		if r.bucket != bucket {
			past, bucket = nil, r.bucket
		}
		if !r.after(from) {
			continue
		}
		if len(page.Rows) == limit {
			page.More = true
			return nil
		}
		page.Rows = append(page.Rows, r.row)
		past = append(past[:len(past):len(past)], r.row.ID)
		page.Next = Cursor{Group: from.Group, Bucket: r.bucket, Key: r.key, ID: r.row.ID, Past: past}
	}
	return nil
}

func (r ranked) after(c Cursor) bool {
	return c.ID == 0 || cmp.Or(cmp.Compare(r.bucket, c.Bucket), cmp.Compare(r.key, c.Key), cmp.Compare(r.row.ID, c.ID)) > 0
}
