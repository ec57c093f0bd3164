package db

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/policy"
)

const (
	// Whose open deals nobody has touched for the longest, then the customers of
	// whom nobody heard for the longest;
	// the first from indexes alone, with some to spare for whom one must not call.
	selectQuiet = `with open as materialized (select distinct d.customer_id from deals d where d.closed_at is null),
		quiet as materialized (select c.id, c.last_activity from open o join customers c on c.id = o.customer_id
			where c.last_activity < $1 order by c.last_activity, c.id limit 3 * $2)
		select c.id, c.status, c.last_activity from quiet q join customers c on c.id = q.id where not c.restricted order by c.last_activity, c.id limit $2`
	selectUnheard = `select c.id, c.status, c.last_activity from customers c
		where c.status = $3 and c.last_activity < $1 and c.last_activity > $4 and not c.restricted order by c.last_activity, c.id limit $2`
)

// ListQuiet gives customers with an open deal of whom nobody heard since a
// moment, the longest first, and notes them as seen.
func (tx *Tx) ListQuiet(ctx context.Context, since time.Time, limit int) ([]Row, error) {
	found, err := collect[silent](ctx, tx, selectQuiet, since, limit)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return tx.seenHeads(ctx, found)
}

// ListUnheard is the same of all customers who bought before, but for those on
// whom somebody has to decide: ListLeaving has these.
func (tx *Tx) ListUnheard(ctx context.Context, since time.Time, limit int) ([]Row, error) {
	rules, err := tx.ListRules(ctx)
	if err != nil {
		return nil, err
	}
	leaving := Schedule(rules).Before(policy.Client, tx.Now.Add(policy.LeavingSoon))
	found, err := collect[silent](ctx, tx, selectUnheard, since, limit, policy.Client, leaving)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return tx.seenHeads(ctx, found)
}

// Late is how many deals stay too long where they are, and their value.
type Late struct {
	Number int64
	Value  policy.Cents
}

// Each stage of each colleague is a walk of its own along the index, of what is
// too long there and no more.
const (
	lateFrom = ` from team() m(id) cross join stages s cross join lateral `
	lateOf   = ` from deals d where d.closed_at is null and d.scope = m.id and d.stage_id = s.id and d.stage_since <= now() - (s.days + 1) * interval '1 day'`

	countLate = `select coalesce(sum(x.n), 0)::bigint as number, coalesce(sum(x.value), 0)::bigint as value` + lateFrom +
		`(select count(*) as n, sum(d.value) as value` + lateOf + `) x where s.days > 0`
	lateDeals = `select ` + dealColumns + `null::bytea as body from
		(select x.id` + lateFrom + `(select d.id, d.stage_since` + lateOf + ` order by d.stage_since limit $1) x
			where s.days > 0 order by x.stage_since, x.id limit $1) first
		join deals d on d.id = first.id join customers c on c.id = d.customer_id join subject_keys k on k.subject_id = d.customer_id
		order by d.stage_since, d.id`
)

// ListLate gives the deals of the manager's team that have stayed for the longest too long in their
// stage, notes their customers as seen, and counts all there are.
func (tx *Tx) ListLate(ctx context.Context, limit int) (deals []Deal, all Late, err error) {
	if all, err = one(collect[Late](ctx, tx, countLate)); err != nil {
		return nil, all, err
	}
	opened, err := tx.deals(ctx, lateDeals, limit)
	for _, o := range opened {
		tx.Saw(o.Customer)
		deals = append(deals, o.Deal)
	}
	return deals, all, err
}

// Doings is what a colleague did with customers since a moment.
type Doings struct {
	Person   int32
	Happened int64 // calls, mails, meetings
	Done     int64 // tasks
	Won      int64 // deals
	Value    policy.Cents
}

// Each colleague is a walk of their own along the indexes.
const selectDoings = `select m.id as person, a.n as happened, t.n as done, w.n as won, w.value
	from team() m(id)
	cross join lateral (select count(*) as n from activities a where a.author = m.id and a.at >= $1) a
	cross join lateral (select count(*) as n from tasks t where t.assignee = m.id and t.done_at >= $1) t
	cross join lateral (select count(*) as n, coalesce(sum(d.value), 0)::bigint as value from deals d join stages s on s.id = d.stage_id
		where d.scope = m.id and d.closed_at >= $1 and s.meaning = 'won') w
	order by a.n + t.n + w.n desc, m.id limit $2`

// ListDoings counts what each colleague of the manager's team did. It shows
// nobody's data.
func (tx *Tx) ListDoings(ctx context.Context, since time.Time, limit int) ([]Doings, error) {
	rows, err := tx.Query(ctx, selectDoings, since, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[Doings])
}
