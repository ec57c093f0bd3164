package db

import (
	"context"
	"time"

	"balie/policy"
)

// Pair is two customers that look like one. A has the lower number.
type Pair struct {
	A, B Customer
	policy.Likeness
	FoundAt     time.Time
	DismissedAt *time.Time
	DismissedBy *int32
}

// PairQuery says which pairs a list shows.
type PairQuery struct {
	Dismissed bool
	After     PairCursor
	Limit     int
}

// PairCursor is the place after which the next page begins; the zero one is the
// beginning.
type PairCursor struct {
	Score int16
	A, B  int64
}

// PairPage is one page of pairs, the likest first.
type PairPage struct {
	Rows []Pair
	Next PairCursor
	More bool
}

type pairRow struct {
	A           int64
	B           int64
	Score       int16
	FoundAt     time.Time
	DismissedAt *time.Time
	DismissedBy *int32
}

const (
	pairColumns = `select a, b, score, found_at, dismissed_at, dismissed_by from duplicates`
	selectPairs = pairColumns + ` where (dismissed_at is not null) = $1
		and (score < $2 or score = $2 and (a, b) > ($3, $4)) order by score desc, a, b limit $5`
	selectPair  = pairColumns + ` where a = $1 and b = $2`
	dismissPair = `update duplicates set dismissed_at = case when $3 then now() end, dismissed_by = case when $3 then $4::int end
		where a = $1 and b = $2 and (dismissed_at is null) = $3`
	countApart = `select pairs_apart($1)`
	countPairs = `select count(*) from (select from duplicates where dismissed_at is null and scope = $2 limit $1) d`
	countTeams = `select count(*) from (select from duplicates where dismissed_at is null and team = $2 limit $1) d`
)

// ListPairs are those of which the actor may see both. What nobody would take
// for one any more, since one of them was changed, is left out.
func (tx *Tx) ListPairs(ctx context.Context, q PairQuery) (page PairPage, err error) {
	after := q.After
	if after == (PairCursor{}) {
		after.Score = 101
	}
	rows, err := collect[pairRow](ctx, tx, selectPairs, q.Dismissed, after.Score, after.A, after.B, q.Limit+1)
	if err != nil {
		return page, err
	}
	if page.More = len(rows) > q.Limit; page.More {
		rows = rows[:q.Limit]
	}
	if len(rows) > 0 {
		last := rows[len(rows)-1]
		page.Next = PairCursor{last.Score, last.A, last.B}
	}
	page.Rows, err = tx.openPairs(ctx, rows)
	return page, err
}

func (tx *Tx) openPairs(ctx context.Context, rows []pairRow) ([]Pair, error) {
	var ids []int64
	for _, r := range rows {
		ids = append(ids, r.A, r.B)
	}
	open, err := tx.peek(ctx, ids)
	if err != nil {
		return nil, err
	}
	by := map[int64]Customer{}
	for _, c := range open {
		by[c.ID] = c
	}
	var pairs []Pair
	for _, r := range rows {
		p := Pair{A: by[r.A], B: by[r.B], FoundAt: r.FoundAt, DismissedAt: r.DismissedAt, DismissedBy: r.DismissedBy}
		if p.Likeness = Alike(p.A, p.B); p.Alike() || r.DismissedAt != nil {
			tx.Saw(r.A, r.B)
			pairs = append(pairs, p)
		}
	}
	return pairs, nil
}

// DismissPair notes that two customers are two, or with on false takes that back.
func (tx *Tx) DismissPair(ctx context.Context, a, b int64, on bool) error {
	a, b = min(a, b), max(a, b)
	tag, err := tx.Exec(ctx, dismissPair, a, b, on, tx.Actor.ID)
	if err != nil {
		return err
	}
	tx.Saw(a, b)
	if tag.RowsAffected() > 0 {
		return nil
	}
	if there, err := collect[pairRow](ctx, tx, selectPair, a, b); err != nil || len(there) > 0 {
		return err // done before
	}
	return policy.ErrAbsent()
}

// GetPair opens two customers side by side, the first as A.
func (tx *Tx) GetPair(ctx context.Context, a, b int64) (p Pair, err error) {
	if p.A, err = tx.GetCustomer(ctx, a); err != nil {
		return p, err
	}
	if p.B, err = tx.GetCustomer(ctx, b); err != nil {
		return p, err
	}
	tx.About(a)
	p.Likeness = Alike(p.A, p.B)
	return p, nil
}

// CountApart says how many pairs there are that no manager sees.
func (tx *Tx) CountApart(ctx context.Context, most int) (n int, err error) {
	err = tx.QueryRow(ctx, countApart, most).Scan(&n)
	return n, err
}

// CountPairs says how many wait that the actor may see, at most so many, as of when
// the job last met them.
func (tx *Tx) CountPairs(ctx context.Context, most int) (n int, err error) {
	sql, whose := countPairs, tx.Actor.ID
	if tx.Actor.Role == policy.Manager && tx.Actor.Team != 0 {
		sql, whose = countTeams, tx.Actor.Team
	}
	err = tx.QueryRow(ctx, sql, most, whose).Scan(&n)
	return n, err
}
