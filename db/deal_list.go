package db

import (
	"context"
	"time"

	"balie/db/seal"
	"balie/policy"
)

// DealQuery says which deals a list shows. Zero fields don't filter.
type DealQuery struct {
	Pipeline int32
	Owner    int32
	Customer int64
	Stage    int32     // of open ones, as the next two
	Expected time.Time // in the month of this day
	Ageing   bool      // too long in their stage
	Text     string    // words of which each begins a word of title, next step or customer
	Closed   bool      // those won and lost, the latest first; else the open ones
	Recent   bool      // and, beside the open ones, those closed in the last 30 days
	After    DealCursor
	Limit    int // of closed ones
}

// DealCursor is the place after which the next page of closed ones begins.
type DealCursor struct {
	ClosedAt time.Time
	ID       int64
}

// DealPage is the open deals, or a page of closed ones.
type DealPage struct {
	Rows []Deal // without bodies and contacts
	Next DealCursor
	More bool
}

// maxOpenDeals bounds a board; a team has hundreds.
const maxOpenDeals = 5000

const (
	dealWhere = ` where ($1 = 0 or d.owner = $1) and ($2 = 0 or d.customer_id = $2)
		and ($3 = 0 or exists (select from stages s where s.id = d.stage_id and s.pipeline_id = $3))`
	dealTooLong = `exists (select from stages s where s.id = d.stage_id and s.days > 0 and d.stage_since <= now() - (s.days + 1) * interval '1 day')`
	openDeals   = `select ` + dealColumns + `null::bytea as body` + dealFrom + dealWhere + ` and (d.closed_at is null or $4 and d.closed_at >= now() - interval '30 days')
		and ($6 = 0 or d.stage_id = $6) and (not $8 or ` + dealTooLong + `)
		and ($7::date is null or d.expected >= date_trunc('month', $7::date) and d.expected < date_trunc('month', $7::date) + interval '1 month')
		order by d.stage_since, d.id limit $5`
	closedDeals = `select ` + dealColumns + `null::bytea as body` + dealFrom + dealWhere + ` and d.closed_at is not null
		and (d.closed_at, d.id) < (coalesce($4, 'infinity'::timestamptz), $5) order by d.closed_at desc, d.id desc limit $6`
)

// ListDeals gives those that the actor may see: all open ones, the longest in
// their stage first, or a page of closed ones.
func (tx *Tx) ListDeals(ctx context.Context, q DealQuery) (page DealPage, err error) {
	if q.Closed {
		page, err = tx.closedDeals(ctx, q)
	} else {
		page, err = tx.openDeals(ctx, q)
	}
	for _, d := range page.Rows {
		tx.Saw(d.Customer)
	}
	return page, err
}

func (tx *Tx) openDeals(ctx context.Context, q DealQuery) (page DealPage, err error) {
	all, err := tx.deals(ctx, openDeals, q.Owner, q.Customer, q.Pipeline, q.Recent, maxOpenDeals, q.Stage, orNull(q.Expected), q.Ageing)
	page.Rows = fitting(all, seal.Words(q.Text))
	return page, err
}

func (tx *Tx) closedDeals(ctx context.Context, q DealQuery) (page DealPage, err error) {
	if q.Limit <= 0 || q.Limit > invoiceChunk {
		q.Limit = 50
	}
	words := seal.Words(q.Text)
	for at, scanned := q.After, 0; scanned < maxScan; scanned += invoiceChunk {
		all, err := tx.deals(ctx, closedDeals, q.Owner, q.Customer, q.Pipeline, at.closed(), at.id(), invoiceChunk)
		if err != nil {
			return page, err
		}
		if page.add(fitting(all, words), q.Limit); page.More || len(all) < invoiceChunk {
			break
		}
		at = all[len(all)-1].cursor()
	}
	return page, nil
}

func (p *DealPage) add(rows []Deal, limit int) {
	p.Rows = append(p.Rows, rows...)
	if len(p.Rows) > limit {
		p.Rows, p.More = p.Rows[:limit], true
		p.Next = p.Rows[limit-1].cursor()
	}
}

func (d Deal) cursor() DealCursor { return DealCursor{d.ClosedAt, d.ID} }

func (c DealCursor) closed() *time.Time {
	if c.ClosedAt.IsZero() {
		return nil
	}
	return &c.ClosedAt
}

func (c DealCursor) id() int64 {
	if c == (DealCursor{}) {
		return 1<<63 - 1
	}
	return c.ID
}

// fitting are the deals in which each word begins one.
func fitting(all []openedDeal, words []string) (rows []Deal) {
	for _, o := range all {
		if len(words) == 0 || matches(seal.Words(o.Title.String()+" "+o.Next.String()+" "+o.Name.String()), words) {
			rows = append(rows, o.Deal)
		}
	}
	return rows
}

// StageSum is what stands in a stage, or was won or lost in it this month.
type StageSum struct {
	Stage  int32
	Number int64
	Value  policy.Cents
}

// Two walks, along the index of what is open and that of what was closed.
const sumStages = `select d.stage_id as stage, count(*) as number, sum(d.value)::bigint as value from deals d where d.closed_at is null group by 1
	union all select d.stage_id, count(*), sum(d.value)::bigint from deals d
		where d.closed_at >= date_trunc('month', now() at time zone $1) at time zone $1 group by 1
	order by 1`

// SumStages adds up the open deals by stage, and those closed this month. It
// shows nobody's data.
func (tx *Tx) SumStages(ctx context.Context) ([]StageSum, error) {
	zone, err := tx.Setting(ctx, policy.TimeZone)
	if err != nil {
		return nil, err
	}
	return collect[StageSum](ctx, tx, sumStages, string(zone))
}

// Forecast is what may be sold in a month: the whole value of the open deals,
// and that weighted by the chance of their stages; Won is what was.
type Forecast struct {
	Month    *time.Time // its first day; nil: no date is known
	Number   int64
	Full     policy.Cents
	Weighted policy.Cents
	Won      policy.Cents
}

// Per deal the weighted value is rounded to a cent, half a cent upwards, as
// policy.StageRules.Weighted has it.
const selectForecast = `select month, sum(number)::bigint as number, sum(value)::bigint as full, sum(weighted)::bigint as weighted, sum(won)::bigint as won
	from (select date_trunc('month', d.expected)::date as month, count(*) as number, sum(d.value) as value, sum(round(d.value * s.probability / 100.0)) as weighted, 0 as won
		from deals d join stages s on s.id = d.stage_id
		where d.closed_at is null and ($2 = 0 or s.pipeline_id = $2) and ($3 = 0 or d.owner = $3) group by 1
	union all
		select date_trunc('month', d.closed_at at time zone $1)::date, 0, 0, 0, sum(d.value)
		from deals d join stages s on s.id = d.stage_id
		where s.meaning = 'won' and ($2 = 0 or s.pipeline_id = $2) and ($3 = 0 or d.owner = $3)
			and d.closed_at >= date_trunc('month', now() at time zone $1) at time zone $1 group by 1) x
	group by month order by month nulls last`

// ForecastDeals adds up by the month in which deals are expected. It shows
// nobody's data.
func (tx *Tx) ForecastDeals(ctx context.Context, pipeline, owner int32) ([]Forecast, error) {
	zone, err := tx.Setting(ctx, policy.TimeZone)
	if err != nil {
		return nil, err
	}
	return collect[Forecast](ctx, tx, selectForecast, string(zone), pipeline, owner)
}
