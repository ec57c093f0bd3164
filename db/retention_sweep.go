package db

import (
	"context"
	"slices"
	"time"

	"balie/db/seal"
	"balie/policy"
	"balie/policy/text"
)

// Walk is a walk along those whose term by a rule may be over, the oldest first.
type Walk struct {
	Rule   policy.RetentionRule
	Before time.Time // what began later is not over
	at     time.Time
	id     int64
}

type walked struct {
	ID int64
	At time.Time
}

const (
	// offset 0 has it asked of each who is walked by: else PostgreSQL may first
	// gather all bases of the purpose, for each batch anew.
	standsOn = `($3 = '' or exists (select from bases b where b.customer_id = c.id and b.purpose = $3 and ($4 = '' or b.basis = $4) offset 0))`

	walkContacts = `select c.id, c.last_activity as at from customers c where c.id > 0 and c.last_activity < $1 and ($2 = 0 or c.status = $2) and c.archived_at is null
		and ` + standsOn + `
		and (c.last_activity, c.id) > ($5, $6) order by c.last_activity, c.id limit $7`
	walkEvents = `select c.id, e.on_date::timestamptz as at from retention_events e join customers c on c.id = e.customer_id
		where e.event = $8 and e.replaced_at is null and e.on_date < $1::timestamptz and ($2 = 0 or c.status = $2) and c.archived_at is null
		and ` + standsOn + `
		and (e.on_date::timestamptz, c.id) > ($5, $6) order by e.on_date, c.id limit $7`
	walkArchived = `select c.id, c.archived_at as at from customers c where c.archived_at <= $1 and (c.archived_at, c.id) > ($2, $3) order by c.archived_at, c.id limit $4`
)

// Next gives the next customers of a walk, none at its end.
func (tx *Tx) Next(ctx context.Context, w *Walk, n int) (ids []int64, err error) {
	args := []any{w.Before, w.Rule.Status, w.Rule.Purpose, w.Rule.Basis, w.at, w.id, n}
	sql := walkContacts
	if w.Rule.Start != policy.FromContact {
		sql, args = walkEvents, append(args, w.Rule.Start)
	}
	return tx.step(ctx, w, sql, args...)
}

// NextArchived gives the next of those that were put away before w.Before.
func (tx *Tx) NextArchived(ctx context.Context, w *Walk, n int) (ids []int64, err error) {
	return tx.step(ctx, w, walkArchived, w.Before, w.at, w.id, n)
}

func (tx *Tx) step(ctx context.Context, w *Walk, sql string, args ...any) (ids []int64, err error) {
	rows, err := collect[walked](ctx, tx, sql, args...)
	for _, r := range rows {
		ids = append(ids, r.ID)
		w.at, w.id = r.At, r.ID
	}
	return ids, err
}

// Archive puts customers away whose term by a rule is over.
func (tx *Tx) Archive(ctx context.Context, ids []int64, rule policy.RuleKey) ([]int64, error) {
	put, err := tx.ids(ctx, `select archive_customers($1, $2)`, ids, rule)
	tx.Saw(put...)
	return put, err
}

const (
	// An invoice goes with the credit notes on it, when these may go too, and
	// nothing keeps its customer.
	expired = ` from invoices i where i.credits is null and i.issued_on is not null and i.kept_through < $1 and i.settled and not is_kept(i.customer_id)
		and not exists (select from invoices n where n.credits = i.id and (n.issued_on is null or n.kept_through >= $1))`
	selectExpired = `with old as (select i.id` + expired + ` order by i.kept_through, i.id limit $2)
		select id from old union all select n.id from invoices n join old on n.credits = old.id
		union all (select p.id from past_invoices p where p.kept_through < $1 and not is_kept(p.customer_id) order by p.kept_through, p.id limit $2)`
	countExpired = `with old as (select i.id` + expired + `) select (select count(*) from old)::int
		+ (select count(*) from invoices n join old on n.credits = old.id)::int + (select count(*) from past_invoices p where p.kept_through < $1 and not is_kept(p.customer_id))::int`
	eraseInvoices = `select erase_invoices($1, $2)`
	selectUnbared = `select ` + invoiceColumns + `i.body` + invoiceFrom + ` where i.erased_at is not null and not i.bare and i.settled order by i.id limit $1`
	bareSQL       = `select bare_invoice($1, $2)`
)

// CountExpired is how many invoices were kept through a day before that one.
func (tx *Tx) CountExpired(ctx context.Context, before time.Time) (n int, err error) {
	err = tx.QueryRow(ctx, countExpired, before).Scan(&n)
	return n, err
}

// EraseInvoices erases invoices that were kept through a day before today; none
// when there is none left.
func (tx *Tx) EraseInvoices(ctx context.Context, before time.Time, n int) ([]int64, error) {
	ids, err := tx.ids(ctx, selectExpired, before, n)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return tx.ids(ctx, eraseInvoices, ids, before)
}

// BareInvoices takes the mail address off invoices that were paid after their
// customer was erased, and says of how many.
func (tx *Tx) BareInvoices(ctx context.Context, n int) (int, error) {
	rows, err := collect[invoiceRow](ctx, tx, selectUnbared, n)
	for _, row := range rows {
		i, err := tx.store.openInvoice(row)
		if err != nil {
			return 0, err
		}
		key, err := tx.store.Keys.Unwrap(i.ID, seal.Wrapped{Epoch: row.KekEpoch, Key: row.Wrapped})
		if err != nil {
			return 0, err
		}
		i.Mail = text.Line{}
		if _, err := tx.Exec(ctx, bareSQL, i.ID, sealJSON(key, invoiceBodyPlace, i.InvoiceBody)); err != nil {
			return 0, err
		}
	}
	return len(rows), err
}

const (
	countDeparted = `insert into departed as d (year, kind, status, region, n)
		select $1, k, s, r, count(*)::int from unnest($2::smallint[], $3::smallint[], $4::text[]) u (k, s, r) group by k, s, r
		on conflict (year, kind, status, region) do update set n = d.n + excluded.n`
	// Of a year that is over, what is small is put together, and forgotten when
	// it is small even then.
	foldDeparted = `with small as (delete from departed where year < $1 and n < 10 returning year, n)
		insert into departed as d (year, kind, status, region, n) select year, 0, 0, '', sum(n) from small group by year having sum(n) >= 10
		on conflict (year, kind, status, region) do update set n = d.n + excluded.n`
)

// count adds those who left to the figures that are kept of them.
func (tx *Tx) count(ctx context.Context, es []Erasing, cs []opened, gone []int64) error {
	counted := map[int64]bool{}
	for _, e := range es {
		counted[e.ID] = e.Count && slices.Contains(gone, e.ID)
	}
	var kinds, statuses []int16
	var regions []string
	for _, c := range cs {
		if counted[c.ID] {
			kinds, statuses = append(kinds, int16(c.Kind)), append(statuses, int16(c.Status))
			regions = append(regions, policy.Region(c.Address.Postcode.String(), c.Address.Country.String()))
		}
	}
	if len(kinds) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, countDeparted, tx.Now.Year(), kinds, statuses, regions)
	return err
}

// FoldFigures makes the figures of the years before this one ready to be kept.
func (tx *Tx) FoldFigures(ctx context.Context) (int64, error) {
	done, err := tx.Exec(ctx, foldDeparted, tx.Now.Year())
	return done.RowsAffected(), err
}

// A fold waits until there is much to put together: an idle night writes nothing.
const (
	foldCustomers = `with old as (delete from customer_tally where (select count(*) from customer_tally) > 1000 returning *)
	insert into customer_tally (scope, status, kind, archived, n) select scope, status, kind, archived, sum(n) from old group by 1, 2, 3, 4 having sum(n) <> 0`
	foldDeals = `with old as (delete from deal_tally where (select count(*) from deal_tally) > 1000 returning *)
	insert into deal_tally (scope, owner, stage_id, month, cents, n, value) select scope, owner, stage_id, month, cents, sum(n), sum(value) from old
	group by 1, 2, 3, 4, 5 having sum(n) <> 0`
)

// FoldTallies puts together what was counted of customers and deals since it was
// last done.
func (tx *Tx) FoldTallies(ctx context.Context) (int64, error) {
	var all int64
	for _, fold := range []string{foldCustomers, foldDeals} {
		done, err := tx.Exec(ctx, fold)
		if err != nil {
			return 0, err
		}
		all += done.RowsAffected()
	}
	return all, nil
}
