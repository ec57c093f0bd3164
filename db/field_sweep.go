package db

import (
	"context"
	"slices"
	"time"

	"balie/db/seal"
	"balie/policy"
)

// What stands in fields is sealed, so it is counted, and deleted, by opening all
// records, some at a time. Nobody is shown what that opens.

// Sweep is some records in a row, gone through.
type Sweep struct {
	Last    int64 // the number of the last one; 0: there were none left
	Records int
	Use     []FieldUse // of those records, if they were counted
	Deleted map[int32]int
	Kept    int // values that a restriction keeps (art. 18 GDPR)
}

// sweepRow is a record as the clock opens it.
type sweepRow struct {
	ID, CustomerID, Value int64
	Kind                  int16 // of a customer
	Since, CreatedAt      time.Time
	Expected              *time.Time
	Restricted            bool
	Head, Body            []byte
	KekEpoch              int
	Wrapped               []byte
}

const (
	sweepCustomers = `select c.id, c.id as customer_id, 0::bigint as value, c.kind, c.last_activity as since, c.created_at, null::timestamptz as expected,
		c.restricted, c.head, c.body, k.kek_epoch, k.wrapped from customers c join subject_keys k on k.subject_id = c.id `
	sweepDeals = `select d.id, d.customer_id, d.value, 0::smallint as kind, d.updated_at as since, d.created_at, d.expected::timestamptz as expected,
		c.restricted, d.head, d.body, k.kek_epoch, k.wrapped
		from deals d join customers c on c.id = d.customer_id join subject_keys k on k.subject_id = d.customer_id `

	nextCustomers = sweepCustomers + `where c.id > $1 order by c.id limit $2`
	nextDeals     = sweepDeals + `where d.id > $1 order by d.id limit $2`
	lockCustomers = sweepCustomers + `where c.id = any($1) order by c.id for update of c`
	lockDeals     = sweepDeals + `where d.id = any($1) order by d.id for update of d`

	usedCustomers = `select h.customer_id as id, f as field, max(h.at) as at from history h, unnest(h.fields) f where h.customer_id = any($1) group by 1, 2`
	usedDeals     = `select h.deal_id as id, f as field, max(h.at) as at from deal_history h, unnest(h.fields) f where h.deal_id = any($1) group by 1, 2`

	clearCustomer = `update customers set body = $2 where id = $1`
	clearDeal     = `update deals set body = $2 where id = $1`

	pastCustomers = `select customer_id as id, version, detail from history where customer_id = any($1) and fields && $2 for update`
	pastDeals     = `select deal_id as id, version, detail from deal_history where deal_id = any($1) and fields && $2 for update`
	clearHistory  = `update history set detail = $3 where customer_id = $1 and version = $2`
	clearDealPast = `update deal_history set detail = $3 where deal_id = $1 and version = $2`
)

// sweeping is how the records of one table are gone through.
type sweeping struct {
	next, lock, used, empties, past, blanked string
	body, history                            string // places
	filled                                   func(sweepRow, seal.DataKey) (policy.FieldEntity, []string, policy.FieldValues, error)
}

var (
	sweepOfCustomers = sweeping{nextCustomers, lockCustomers, usedCustomers, clearCustomer, pastCustomers, clearHistory, bodyPlace, historyPlace, filledCustomer}
	sweepOfDeals     = sweeping{nextDeals, lockDeals, usedDeals, clearDeal, pastDeals, clearDealPast, dealBodyPlace, dealHistoryPlace, filledDeal}
)

// uncounted are fields that hang on a record or are never empty.
var uncounted = []string{"status", "grounds", "tags", "companies", "stage", "owner", "parts"}

func filledCustomer(r sweepRow, key seal.DataKey) (policy.FieldEntity, []string, policy.FieldValues, error) {
	c := Customer{Kind: policy.CustomerKind(r.Kind)}
	if err := openJSON(key, headPlace, r.Head, &c.Head); err != nil {
		return "", nil, nil, err
	}
	err := openJSON(key, bodyPlace, r.Body, &c.Body)
	return policy.EntityOf(c.Kind), filledOf(AllFields(&c), c), c.Values, err
}

func filledDeal(r sweepRow, key seal.DataKey) (policy.FieldEntity, []string, policy.FieldValues, error) {
	d := Deal{Value: policy.Cents(r.Value), Expected: orZero(r.Expected)}
	if err := openJSON(key, dealHeadPlace, r.Head, &d.DealHead); err != nil {
		return "", nil, nil, err
	}
	err := openJSON(key, dealBodyPlace, r.Body, &d.DealBody)
	names := filledOf(AllDealFields(&d), d)
	if d.Value == 0 {
		names = slices.DeleteFunc(names, func(n string) bool { return n == "value" })
	}
	return policy.OfDeal, names, d.Values, err
}

func filledOf[T any](fields []FieldOf[T], record T) (names []string) {
	for _, f := range fields {
		if !slices.Contains(uncounted, f.Name) && f.Tell(&record) != "" {
			names = append(names, f.Name)
		}
	}
	return names
}

// CountedFields are the names of the fields of an entity that come with the
// program and are counted.
func CountedFields(e policy.FieldEntity) (names []string) {
	add := func(name string, of bool) {
		if of && !slices.Contains(uncounted, name) {
			names = append(names, name)
		}
	}
	if e == policy.OfDeal {
		for _, f := range DealFields {
			add(f.Name, true)
		}
		return names
	}
	for _, f := range Fields {
		person := f.Name == "given" || f.Name == "prefix"
		add(f.Name, e == policy.OfPerson && f.Name != "kvk" && f.Name != "vat" || e == policy.OfCompany && !person)
	}
	return names
}

const (
	sweepSQL       = `select set_config('app.sweep', 'fields', true)`
	selectToClear  = `select id from fields where dropped_at is not null and cleared_at is null order by id`
	selectGone     = `select id from fields where dropped_at is not null`
	fieldsCleared  = `update fields set cleared_at = now(), cleared = cleared + $2 where id = $1`
	forgetFieldUse = `delete from field_usage`
	insertFieldUse = `insert into field_usage (entity, field, filled, used_at, total, counted_at) values ($1, $2, $3, $4, $5, $6)`
)

// FieldsToClear are those that were dropped and may still stand in records.
func (tx *Tx) FieldsToClear(ctx context.Context) ([]int64, error) { return tx.ids(ctx, selectToClear) }

// FieldCleared says that nothing stands in a dropped field any more, and how
// much did.
func (tx *Tx) FieldCleared(ctx context.Context, id int32, deleted int) error {
	return tx.must(ctx, fieldsCleared, id, deleted)
}

// KeepFieldUse replaces what was counted before.
func (tx *Tx) KeepFieldUse(ctx context.Context, all []FieldUse) error {
	batch := newBatch()
	batch.Queue(forgetFieldUse)
	for _, u := range all {
		batch.Queue(insertFieldUse, u.Entity, u.Field, u.Filled, u.UsedAt, u.Total, u.CountedAt)
	}
	return tx.SendBatch(ctx, batch).Close()
}

// SweepFields goes through at most n customers, or deals, behind after. It
// deletes what stands in fields that were dropped or that has been kept for long
// enough, and says how the fields are used.
func (tx *Tx) SweepFields(ctx context.Context, deals bool, after int64, n int) (Sweep, error) {
	s := sweepOfCustomers
	if deals {
		s = sweepOfDeals
	}
	if _, err := tx.Exec(ctx, sweepSQL); err != nil {
		return Sweep{}, err
	}
	rows, err := collect[sweepRow](ctx, tx, s.next, after, n)
	if err != nil || len(rows) == 0 {
		return Sweep{}, err
	}
	w := &sweeper{tx: tx, sweeping: s, keys: map[int64]seal.DataKey{}, use: map[string]*FieldUse{}, done: map[int64][]int32{}}
	w.Last, w.Records, w.Deleted = rows[len(rows)-1].ID, len(rows), map[int32]int{}
	if err := w.rules(ctx); err != nil {
		return w.Sweep, err
	}
	if err := w.count(ctx, rows); err != nil {
		return w.Sweep, err
	}
	return w.Sweep, w.delete(ctx)
}

// sweeper is one Sweep under way.
type sweeper struct {
	Sweep
	sweeping
	tx    *Tx
	keys  map[int64]seal.DataKey // by record
	live  []policy.Field
	gone  []int64 // fields that were dropped
	use   map[string]*FieldUse
	clear []int64           // records in which something is to be deleted
	asked []int64           // records whose history may hold something of a dropped field
	done  map[int64][]int32 // what was deleted, by record
}

func (w *sweeper) rules(ctx context.Context) (err error) {
	if w.live, err = w.tx.ListFields(ctx); err != nil {
		return err
	}
	w.gone, err = w.tx.ids(ctx, selectGone)
	return err
}

// toGo are the fields of a record that are to be emptied.
func (w *sweeper) toGo(r sweepRow, values policy.FieldValues) (ids []int32) {
	for _, id := range values.IDs() {
		f, live := policy.FindField(w.live, id)
		if slices.Contains(w.gone, int64(id)) || live && f.Over(r.Since, w.tx.Now) {
			ids = append(ids, id)
		}
	}
	return ids
}

type usedRow struct {
	ID    int64
	Field string
	At    time.Time
}

func (w *sweeper) count(ctx context.Context, rows []sweepRow) error {
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	changed, err := w.changed(ctx, ids)
	if err != nil {
		return err
	}
	for _, r := range rows {
		key, err := w.tx.store.Keys.Unwrap(r.CustomerID, seal.Wrapped{Epoch: r.KekEpoch, Key: r.Wrapped})
		if err != nil {
			return err
		}
		entity, names, values, err := w.filled(r, key)
		if err != nil {
			return err
		}
		w.keys[r.ID] = key
		for _, name := range names {
			w.uses(entity, name, r.CreatedAt, 1)
		}
		w.uses(entity, "", r.CreatedAt, 1)
		for field, at := range changed[r.ID] {
			w.uses(entity, field, at, 0)
		}
		w.mark(r, values)
	}
	for _, u := range w.use {
		w.Use = append(w.Use, *u)
	}
	return nil
}

// changed says when somebody last changed which fields of the records.
func (w *sweeper) changed(ctx context.Context, ids []int64) (map[int64]map[string]time.Time, error) {
	used, err := collect[usedRow](ctx, w.tx, w.used, ids)
	changed := map[int64]map[string]time.Time{}
	for _, u := range used {
		if changed[u.ID] == nil {
			changed[u.ID] = map[string]time.Time{}
		}
		changed[u.ID][u.Field] = u.At
	}
	return changed, err
}

// uses counts one that is filled, or that was changed. The empty name is the
// record itself.
func (w *sweeper) uses(entity policy.FieldEntity, field string, at time.Time, n int64) {
	u := w.use[string(entity)+"/"+field]
	if u == nil {
		u = &FieldUse{Entity: entity, Field: field}
		w.use[string(entity)+"/"+field] = u
	}
	u.Filled += n
	if u.UsedAt == nil || u.UsedAt.Before(at) {
		u.UsedAt = &at
	}
}

// mark notes a record of which something is to go. Of one whose data are
// restricted nothing may be deleted.
func (w *sweeper) mark(r sweepRow, values policy.FieldValues) {
	ids := w.toGo(r, values)
	switch {
	case r.Restricted:
		w.Kept += len(ids)
		return
	case len(ids) > 0:
		w.clear = append(w.clear, r.ID)
	}
	w.asked = append(w.asked, r.ID)
}
