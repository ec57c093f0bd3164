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
	Where    string    // a filter of policy.DealsList
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
	Rows   []Deal // without bodies and contacts
	Next   DealCursor
	More   bool
	Looked int // at so many closed ones; with a filter or a search, there can be more after a page that isn't full
}

// maxOpenDeals bounds a board; a team has hundreds.
const maxOpenDeals = 5000

const (
	dealsOfAny = `($2 = 0 or d.customer_id = $2)`
	dealWhere  = ` where ($1 = 0 or d.owner = $1) and ` + dealsOfAny + `
		and ($3 = 0 or exists (select from stages s where s.id = d.stage_id and s.pipeline_id = $3))`
	dealTooLong = `exists (select from stages s where s.id = d.stage_id and s.days > 0 and d.stage_since <= now() - (s.days + 1) * interval '1 day')`
	openTail    = dealFrom + dealWhere + ` and (d.closed_at is null or $4 and d.closed_at >= now() - interval '30 days')
		and ($6 = 0 or d.stage_id = $6) and (not $8 or ` + dealTooLong + `)
		and ($7::date is null or d.expected >= date_trunc('month', $7::date) and d.expected < date_trunc('month', $7::date) + interval '1 month')
		order by d.stage_since, d.id limit $5`
	closedTail = dealFrom + dealWhere + ` and d.closed_at is not null
		and (d.closed_at, d.id) < (coalesce($4, 'infinity'::timestamptz), $5) order by d.closed_at desc, d.id desc limit $6`

	openDeals   = `select ` + dealColumns + `null::bytea as body` + openTail
	closedDeals = `select ` + dealColumns + `null::bytea as body` + closedTail

	openWholeDeals   = `select ` + dealColumns + `d.body` + openTail
	closedWholeDeals = `select ` + dealColumns + `d.body` + closedTail
)

// ListDeals gives those that the actor may see: all open ones, the longest in
// their stage first, or a page of closed ones.
func (tx *Tx) ListDeals(ctx context.Context, q DealQuery) (page DealPage, err error) {
	s, err := tx.newDealSieve(ctx, q.Where)
	if err != nil {
		return page, err
	}
	q.Text += " " + s.Text
	seen := len(tx.entry.Subjects)
	if q.Closed {
		page, err = tx.closedDeals(ctx, q, s)
	} else {
		page, err = tx.openDeals(ctx, q, s)
	}
	tx.entry.Subjects = tx.entry.Subjects[:seen] // those that are shown
	for _, d := range page.Rows {
		tx.Saw(d.Customer)
	}
	return page, err
}

func (tx *Tx) openDeals(ctx context.Context, q DealQuery, s dealSieve) (page DealPage, err error) {
	most := maxOpenDeals
	if q.Where != "" {
		most = filteredMost
	}
	sql := openDeals
	if s.asksOwn() {
		sql = openWholeDeals
	}
	sql, args := q.open(sql, most)
	all, err := tx.deals(ctx, sql, args...)
	if q.Where != "" && len(all) == most {
		return page, errTooMany()
	}
	page.Rows = s.fitting(all, seal.Words(q.Text))
	sorted(s.sieve, page.Rows, s.fact)
	return page, err
}

// open is the statement of a query of open deals, and what it asks for.
func (q DealQuery) open(sql string, most int) (string, []any) {
	return narrowed(sql, dealsOfAny, q.Customer), []any{q.Owner, q.Customer, q.Pipeline, q.Recent, most, q.Stage, orNull(q.Expected), q.Ageing}
}

// DealsOf asks for a customer's that are open or were closed lately, as one of
// several questions.
func (tx *Tx) DealsOf(customer int64, into *[]Deal) Read {
	sql, args := DealQuery{Customer: customer, Recent: true}.open(openDeals, maxOpenDeals)
	return reading(into, func(rows []dealRow) ([]Deal, error) {
		return openEach(rows, func(r dealRow) (Deal, error) {
			o, err := tx.store.openDeal(r)
			return o.Deal, err
		})
	}, sql, args...)
}

// closedDeals looks through so many; whoever wants more asks on from there.
func (tx *Tx) closedDeals(ctx context.Context, q DealQuery, s dealSieve) (page DealPage, err error) {
	if q.Limit <= 0 || q.Limit > invoiceChunk {
		q.Limit = 50
	}
	words, sql := seal.Words(q.Text), closedDeals
	if s.asksOwn() {
		sql = closedWholeDeals
	}
	sql = narrowed(sql, dealsOfAny, q.Customer)
	for at := q.After; ; {
		all, err := tx.deals(ctx, sql, q.Owner, q.Customer, q.Pipeline, at.closed(), at.id(), invoiceChunk)
		if err != nil {
			return page, err
		}
		page.Looked += len(all)
		if page.add(s.fitting(all, words), q.Limit); page.More || len(all) < invoiceChunk {
			return page, nil
		}
		at = all[len(all)-1].cursor()
		if page.Looked >= maxScan {
			page.More, page.Next = true, at
			return page, nil
		}
	}
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

// fitting are the deals in which each word begins one, and which the sieve lets
// through.
func (s dealSieve) fitting(all []openedDeal, words []string) (rows []Deal) {
	for _, o := range all {
		if (len(words) == 0 || matches(seal.Words(o.Title.String()+" "+o.Next.String()+" "+o.Name.String()), words)) && s.lets(o.Deal) {
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

// What is open is tallied, what was closed is walked along its index.
const sumStages = `select t.stage_id as stage, sum(t.n)::bigint as number, sum(t.value)::bigint as value from deal_tally t group by 1 having sum(t.n) > 0
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
// policy.StageRules.Weighted has it: whole euros weigh whole cents, and deals with
// the same cents are rounded alike.
const selectForecast = `select month, sum(number)::bigint as number, sum(value)::bigint as full, sum(weighted)::bigint as weighted, sum(won)::bigint as won
	from (select t.month, sum(t.n) as number, sum(t.value) as value, 0 as won,
			sum((t.value - t.n * t.cents) / 100 * s.probability + t.n * ((t.cents * s.probability + 50) / 100)) as weighted
		from deal_tally t join stages s on s.id = t.stage_id
		where ($2 = 0 or s.pipeline_id = $2) and ($3 = 0 or t.owner = $3) group by 1 having sum(t.n) > 0
	union all
		select date_trunc('month', d.closed_at at time zone $1)::date, 0, 0, sum(d.value), 0
		from deals d join stages s on s.id = d.stage_id
		where s.meaning = 'won' and ($2 = 0 or s.pipeline_id = $2) and ($3 = 0 or d.owner = $3)
			and d.closed_at >= date_trunc('month', now() at time zone $1) at time zone $1 group by 1) x
	group by 1 order by 1 nulls last`

// ForecastDeals adds up by the month in which deals are expected. It shows
// nobody's data.
func (tx *Tx) ForecastDeals(ctx context.Context, pipeline, owner int32) ([]Forecast, error) {
	zone, err := tx.Setting(ctx, policy.TimeZone)
	if err != nil {
		return nil, err
	}
	return collect[Forecast](ctx, tx, selectForecast, string(zone), pipeline, owner)
}
