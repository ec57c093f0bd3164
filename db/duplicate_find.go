package db

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/db/seal"
	"balie/policy"
)

// maxBlock is how many customers may share something and still be compared with
// each other: what more share, as the address of a home for the elderly, tells
// of none that they are one.
const maxBlock = 60

// Blocks are groups of customers that share something, from one place in the
// order of their tokens to another.
type Blocks struct {
	groups  [][]int64
	Reached int64 // go on after this one
	Large   int   // groups left out, because they are larger than maxBlock
	End     bool
}

type blockRow struct {
	Token int64
	N     int64
	IDs   []int64 `db:"ids"`
}

// Tokens of twins stand last in the order of the index, which is walked: nothing
// is sorted, here or there, and the walk goes on wherever it was left.
const blocksSQL = `select token, count(*) as n, array_agg(customer_id) as ids from search_tokens
	where token > $1 group by token having count(*) > 1 order by token limit $2`

const walkSQL = `select set_config('enable_seqscan', 'off', true), set_config('enable_hashagg', 'off', true),
	set_config('enable_bitmapscan', 'off', true), set_config('enable_sort', 'off', true)`

// FirstBlock is where the walk begins.
const FirstBlock = seal.Twins - 1

// ListBlocks gives the next n groups after a place.
func (tx *Tx) ListBlocks(ctx context.Context, after int64, n int) (b Blocks, err error) {
	if err := tx.ready(ctx); err != nil {
		return b, err
	}
	if _, err := tx.Exec(ctx, walkSQL); err != nil {
		return b, err
	}
	rows, err := collect[blockRow](ctx, tx, blocksSQL, planned, max(after, FirstBlock), n)
	if err != nil {
		return b, err
	}
	b.End, b.Reached = len(rows) < n, after
	for _, r := range rows {
		b.Reached = r.Token
		if r.N > maxBlock {
			b.Large++
			continue
		}
		b.groups = append(b.groups, r.IDs)
	}
	return b, nil
}

// Search is whole under this epoch; under another, the order is another.
func (tx *Tx) TokenEpoch() int { return tx.store.Keys.Latest() }

// NotePairs compares all within each group and keeps who look like one. It says
// how many pairs it kept.
func (tx *Tx) NotePairs(ctx context.Context, b Blocks) (int, error) {
	known, err := tx.traitsOf(ctx, b.groups)
	if err != nil {
		return 0, err
	}
	found := foundPairs{}
	for _, ids := range b.groups {
		for i, x := range ids {
			for _, y := range ids[i+1:] {
				found.compare(known, x, y)
			}
		}
	}
	return len(found), tx.keepPairs(ctx, found)
}

// foundPairs are pairs with their scores; the same two meet in several groups.
type foundPairs map[[2]int64]int

func (f foundPairs) compare(known map[int64]policy.Traits, x, y int64) {
	at := [2]int64{min(x, y), max(x, y)}
	a, isA := known[at[0]]
	b, isB := known[at[1]]
	if _, done := f[at]; done || !isA || !isB || x == y {
		return
	}
	if l := policy.Compare(a, b); l.Alike() {
		f[at] = l.Score
	}
}

// openAtOnce bounds what is opened of customers at a time.
const openAtOnce = 1000

// traitsOf opens the customers of groups, each once.
func (tx *Tx) traitsOf(ctx context.Context, groups [][]int64) (map[int64]policy.Traits, error) {
	known := map[int64]policy.Traits{}
	var ids []int64
	for _, g := range groups {
		for _, id := range g {
			if _, ok := known[id]; !ok {
				known[id] = policy.Traits{}
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
			known[c.ID] = traits(c)
		}
		ids = ids[n:]
	}
	return known, nil
}

// A customer that went meanwhile has no pairs.
const keepPairs = `insert into duplicates (a, b, score, found_at, seen_at, scope, team)
	select u.a, u.b, u.score, now(), now(), case when a.scope = b.scope then a.scope end, case when p.team_id = q.team_id then p.team_id end
	from unnest($1::bigint[], $2::bigint[], $3::smallint[]) u (a, b, score)
		join customers a on a.id = u.a join customers b on b.id = u.b join people p on p.id = a.scope join people q on q.id = b.scope
	on conflict (a, b) do update set score = excluded.score, seen_at = excluded.seen_at, scope = excluded.scope, team = excluded.team`

func (tx *Tx) keepPairs(ctx context.Context, found foundPairs) error {
	if len(found) == 0 {
		return nil
	}
	var a, b []int64
	var scores []int16
	for at, score := range found {
		a, b, scores = append(a, at[0]), append(b, at[1]), append(scores, int16(score))
	}
	_, err := tx.Exec(ctx, keepPairs, a, b, scores)
	return err
}

// DropPairs forgets pairs that a walk begun then has not met again. What somebody
// dismissed stays, so that it doesn't come back.
func (tx *Tx) DropPairs(ctx context.Context, began time.Time) (int, error) {
	tag, err := tx.Exec(ctx, `delete from duplicates where seen_at < $1 and dismissed_at is null`, began)
	return int(tag.RowsAffected()), err
}

const (
	freshIDs   = `select c.id from customers c where c.id > (select last from duplicate_reach) order by c.id limit $1`
	newestID   = `select coalesce(max(id), 0) from customers`
	reachFresh = `insert into duplicate_reach (last) values ($1) on conflict (one) do update set last = excluded.last`
)

// NoteFresh looks for twins of customers that are new since it was last called,
// at most so many, and says how many are new and how many pairs were kept. More
// are left to the weekly walk.
func (tx *Tx) NoteFresh(ctx context.Context, most int) (fresh, pairs int, err error) {
	if err := tx.ready(ctx); err != nil {
		return 0, 0, err
	}
	ids, err := tx.ids(ctx, freshIDs, most+1)
	if err != nil || len(ids) == 0 {
		return 0, 0, err
	}
	if len(ids) > most {
		return len(ids), 0, tx.skipFresh(ctx)
	}
	groups, err := tx.groupsOf(ctx, ids)
	if err != nil {
		return 0, 0, err
	}
	if pairs, err = tx.NotePairs(ctx, Blocks{groups: groups}); err != nil {
		return 0, 0, err
	}
	_, err = tx.Exec(ctx, reachFresh, ids[len(ids)-1])
	return len(ids), pairs, err
}

func (tx *Tx) skipFresh(ctx context.Context) error {
	var last int64
	if err := tx.QueryRow(ctx, newestID).Scan(&last); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, reachFresh, last)
	return err
}

// groupsOf are the groups that some customers are in, small ones only.
func (tx *Tx) groupsOf(ctx context.Context, ids []int64) (groups [][]int64, err error) {
	cs, err := tx.peek(ctx, ids)
	if err != nil {
		return nil, err
	}
	var tokens []int64
	for _, c := range cs {
		tokens = append(tokens, tx.store.twinTokens(c, namesOf(c.Companies))...)
	}
	rows, err := tx.Query(ctx, `select array_agg(customer_id) as ids from search_tokens where token = any($1)
		group by token having count(*) between 2 and $2`, tokens, maxBlock)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[[]int64])
}
