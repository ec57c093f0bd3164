package db

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/db/seal"
	"balie/policy"
	"balie/policy/text"
)

// Kept is what is known of a customer as far as its term needs it.
type Kept struct {
	ID       int64
	Kind     policy.CustomerKind
	Archived *time.Time
	Issued   int       // invoices
	Through  time.Time // until when the last of them is kept
	Objected bool      // to direct marketing, which outlives the record
	policy.Keeping
}

type keptRow struct {
	ID           int64
	Kind         int16
	Status       policy.Status
	LastActivity time.Time
	Restricted   bool
	ArchivedAt   *time.Time
	Purposes     []string
	Bases        []string
	Hold         *time.Time
	Keep         *time.Time
	Contract     *time.Time
	Procedure    *time.Time
	Issued       int
	Through      *time.Time
	Asked        bool
	Unpaid       bool
	OpenDeal     bool
	Objected     bool
}

// selectKept asks once for all that terms depend on, by the indexes on customers:
// without the offset PostgreSQL may read all open deals for one customer.
const selectKept = `select c.id, c.kind, c.status, c.last_activity, c.restricted, c.archived_at, b.purposes, b.bases, h.hold, h.keep, e.contract, e.procedure,
	coalesce(i.issued, 0) as issued, i.through, coalesce(i.unpaid, false) as unpaid,
	exists (select from requests r where r.subject_id = c.id and r.closed_at is null offset 0) as asked,
	exists (select from deals d where d.customer_id = c.id and d.closed_at is null offset 0) as open_deal,
	exists (select from consents o where o.customer_id = c.id and o.kind = 'objected' offset 0) as objected
	from customers c
	left join lateral (select array_agg(b.purpose order by b.purpose) as purposes, array_agg(b.basis order by b.purpose) as bases from bases b where b.customer_id = c.id) b on true
	left join lateral (select max(h.until) filter (where h.sort = 'hold') as hold, max(h.until) filter (where h.sort = 'keep') as keep
		from legal_holds h where h.customer_id = c.id and h.ended_at is null) h on true
	left join lateral (select max(e.on_date) filter (where e.event = 'contract') as contract, max(e.on_date) filter (where e.event = 'procedure') as procedure
		from retention_events e where e.customer_id = c.id and e.replaced_at is null) e on true
	left join lateral (select count(*)::int as issued, max(i.kept_through) as through, bool_or(not i.settled) as unpaid
		from invoices i where i.customer_id = c.id and i.issued_on is not null) i on true
	where c.id = any($1) order by c.id`

// ListKept gives what the terms of customers depend on; times are in zone.
func (tx *Tx) ListKept(ctx context.Context, ids []int64, zone *time.Location) ([]Kept, error) {
	rows, err := collect[keptRow](ctx, tx, selectKept, ids)
	if err != nil {
		return nil, err
	}
	return openKept(rows, zone), nil
}

func openKept(rows []keptRow, zone *time.Location) []Kept {
	all := make([]Kept, len(rows))
	for i, r := range rows {
		k := Kept{ID: r.ID, Kind: policy.CustomerKind(r.Kind), Archived: r.ArchivedAt, Issued: r.Issued, Through: orZero(r.Through), Objected: r.Objected}
		k.Keeping = policy.Keeping{
			Status: r.Status, Contact: r.LastActivity.In(zone), Contract: dayIn(r.Contract, zone), Procedure: dayIn(r.Procedure, zone),
			Hold: dayIn(r.Hold, zone), Keep: dayIn(r.Keep, zone), Still: r.Restricted, Asked: r.Asked, Unpaid: r.Unpaid, OpenDeal: r.OpenDeal,
		}
		for n, p := range r.Purposes {
			k.Grounds = append(k.Grounds, policy.Ground{Purpose: policy.Purpose(p), Basis: policy.Basis(r.Bases[n])})
		}
		all[i] = k
	}
	return all
}

const holdKept = `select c.id from customers c where c.id = any($1) order by c.id for update`

// HoldKept is ListKept of customers whose rows are held first: until the end of
// the transaction nothing about them changes.
func (tx *Tx) HoldKept(ctx context.Context, ids []int64, zone *time.Location) ([]Kept, error) {
	held, err := tx.ids(ctx, holdKept, ids)
	if err != nil {
		return nil, err
	}
	return tx.ListKept(ctx, held, zone)
}

// LeavingTerms are what a customer's leaving depends on.
type LeavingTerms struct {
	Rules []Rule
	Zone  *time.Location
	Kept  []Kept // none if the actor doesn't see the customer
}

// LeavingOf asks for them, as one of several questions.
func (tx *Tx) LeavingOf(customer int64, into *LeavingTerms) Read {
	return func(batch *pgx.Batch) {
		reading(&into.Rules, tx.openRules, selectRules)(batch)
		reading(&into.Zone, openZone, settingSQL, policy.TimeZone)(batch)
		reading(&into.Kept, func(rows []keptRow) ([]Kept, error) { return openKept(rows, into.Zone), nil }, selectKept, []int64{customer})(batch)
	}
}

// dayIn is a date's beginning in a zone; zero for none.
func dayIn(d *time.Time, zone *time.Location) time.Time {
	if d == nil {
		return time.Time{}
	}
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, zone)
}

// Zone is the organisation's time zone.
func (tx *Tx) Zone(ctx context.Context) (*time.Location, error) {
	name, err := tx.Setting(ctx, policy.TimeZone)
	if err != nil {
		return nil, err
	}
	return time.LoadLocation(string(name))
}

// decided is a setting as settingSQL gives it: none if nobody decided.
type decided struct{ Value string }

func openZone(rows []decided) (*time.Location, error) {
	name := string(policy.DefaultZone)
	for _, d := range rows {
		name = d.Value
	}
	return time.LoadLocation(name)
}

// Hold is what keeps a customer whose term is over.
type Hold struct {
	ID       int64
	Customer int64
	Name     text.Line
	Sort     policy.HeldBy // HeldLegally or HeldLonger
	Until    time.Time     // the last day
	Reason   text.Line
	At       time.Time
	Person   int32
	EndedAt  *time.Time
	EndedBy  int32
	Why      text.Line // it was ended
}

type holdRow struct {
	headRow
	HoldID    int64
	Sort      policy.HeldBy
	Until     time.Time
	Reason    []byte
	At        time.Time
	PersonID  int32
	EndedAt   *time.Time
	EndedBy   int32
	EndReason []byte
}

const (
	holdPlace    = "legal_holds.reason"
	holdEndPlace = "legal_holds.end_reason"

	selectHolds = `select ` + headColumns + `, h.id as hold_id, h.sort, h.until, h.reason, h.at, h.person_id, h.ended_at, coalesce(h.ended_by, 0) as ended_by, h.end_reason
		from legal_holds h join customers c on c.id = h.customer_id join subject_keys k on k.subject_id = c.id`
	listHoldsSQL = selectHolds + ` where ($1 = 0 or c.id = $1) and ($2 or h.ended_at is null) order by h.until, h.id limit 1000`
	getHoldSQL   = selectHolds + ` where h.id = $1`
	legalHoldSQL = selectHolds + ` where c.id = $1 and h.sort = 'hold' and h.ended_at is null and h.until >= current_date - 1 order by h.until desc limit 1`
	insertHold   = `insert into legal_holds (customer_id, sort, until, reason, person_id) values ($1, $2, $3, $4, $5) returning id`
	endHoldSQL   = `update legal_holds set ended_at = now(), ended_by = $2, end_reason = $3 where id = $1 and ended_at is null`
	replaceEnds  = `update retention_events set replaced_at = now() where customer_id = $1 and event = $2 and replaced_at is null`
	recordEndSQL = `insert into retention_events (customer_id, event, on_date, person_id) values ($1, $2, $3, $4)`
)

func (tx *Tx) holds(ctx context.Context, sql string, args ...any) ([]Hold, error) {
	rows, err := collect[holdRow](ctx, tx, sql, args...)
	if err != nil {
		return nil, err
	}
	all := make([]Hold, len(rows))
	for i, r := range rows {
		if all[i], err = tx.openHold(r); err != nil {
			return nil, err
		}
		tx.Saw(r.ID)
	}
	return all, nil
}

func (tx *Tx) openHold(r holdRow) (Hold, error) {
	h := Hold{ID: r.HoldID, Customer: r.ID, Sort: r.Sort, Until: r.Until, At: r.At, Person: r.PersonID, EndedAt: r.EndedAt, EndedBy: r.EndedBy}
	head, err := tx.store.openHead(r.headRow)
	if err != nil {
		return h, err
	}
	h.Name = head.Name()
	key, err := tx.store.unwrap(r.headRow)
	if err != nil {
		return h, err
	}
	h.Reason, err = openLine(key, holdPlace, r.Reason)
	if err == nil && r.EndReason != nil {
		h.Why, err = openLine(key, holdEndPlace, r.EndReason)
	}
	return h, err
}

func openLine(key seal.DataKey, place string, sealed []byte) (text.Line, error) {
	plain, err := key.Open(place, sealed)
	return text.New(string(plain)), err
}

// ListHolds gives the holds of a customer, or of all for 0, the first to end
// first; ended ones if asked.
func (tx *Tx) ListHolds(ctx context.Context, customer int64, ended bool) ([]Hold, error) {
	return tx.holds(ctx, listHoldsSQL, customer, ended)
}

// LegalHold is the one that keeps a customer from being erased at all (art.
// 17(3)(e) GDPR); nil for none.
func (tx *Tx) LegalHold(ctx context.Context, customer int64) (*Hold, error) {
	all, err := tx.holds(ctx, legalHoldSQL, customer)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &all[0], nil
}

// AddHold keeps a customer until a day, for a reason that is sealed with it.
func (tx *Tx) AddHold(ctx context.Context, h Hold) (id int64, err error) {
	key, err := tx.customerKey(ctx, h.Customer)
	if err != nil {
		return 0, err
	}
	tx.Saw(h.Customer)
	tx.About(h.Customer, string(h.Sort))
	err = tx.QueryRow(ctx, insertHold, h.Customer, h.Sort, h.Until, key.Seal(holdPlace, []byte(h.Reason.String())), tx.Actor.ID).Scan(&id)
	return id, err
}

// EndHold ends a hold before its day.
func (tx *Tx) EndHold(ctx context.Context, id int64, why text.Line) error {
	h, err := one(tx.holds(ctx, getHoldSQL, id))
	if err != nil {
		return err
	}
	key, err := tx.customerKey(ctx, h.Customer)
	if err != nil {
		return err
	}
	tx.About(h.Customer, string(h.Sort))
	return tx.must(ctx, endHoldSQL, id, tx.Actor.ID, key.Seal(holdEndPlace, []byte(why.String())))
}

// RecordEnd notes when a contract or procedure of a customer ended.
func (tx *Tx) RecordEnd(ctx context.Context, customer int64, event policy.StartEvent, on time.Time) error {
	tx.Saw(customer)
	tx.About(customer, string(event))
	if _, err := tx.Exec(ctx, replaceEnds, customer, event); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, recordEndSQL, customer, event, on, tx.Actor.ID)
	return err
}

// Unarchive brings customers back that were put away.
func (tx *Tx) Unarchive(ctx context.Context, ids []int64) ([]int64, error) {
	back, err := tx.ids(ctx, `select unarchive_customers($1)`, ids)
	tx.Saw(back...)
	return back, err
}
