package db

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/policy"
)

// ErasurePlan is what an erasure of one customer does: what goes, what stays and
// until when, and who else has to do with it.
type ErasurePlan struct {
	Customer   Customer
	Goes       []Hanging
	Drafts     int       // of invoices, which go
	Stays      []Invoice // issued ones
	Past       PastKept  // those of another system, which stay too
	Contacts   []Row     // of a company: people with records of their own
	Twins      []Twin    // records that look like the same one, which stay
	Recipients []Recipient
	Marks      int // entries for the suppression list
}

// Hanging is how many rows of a table hang on a customer.
type Hanging struct {
	Table string
	N     int64
}

// Recipient is one to whom data of a customer went: who took it out, and when.
// Told is when the recipient was told of the erasure (art. 19 GDPR).
type Recipient struct {
	N      int
	At     time.Time
	Person int32
	Act    policy.Act
	ToldAt *time.Time
	ToldBy int32
}

// hangingSQL finds the tables that hang on customers in the catalogue, so that
// one that is added tomorrow is in the plan. Bases have no foreign key (0011).
const hangingSQL = `select r.relname::text as name, a.attname::text as attribute
	from pg_constraint c join pg_class r on r.oid = c.conrelid join pg_attribute a on a.attrelid = r.oid and a.attnum = c.conkey[1]
	where c.contype = 'f' and c.confrelid = 'customers'::regclass and c.confdeltype = 'c' and has_column_privilege(r.oid, a.attnum, 'select')
	union select 'bases', 'customer_id' order by 1, 2`

type hangingRow struct{ Name, Attribute string }

// hanging counts what hangs on a customer, as far as the actor may see it.
func (tx *Tx) hanging(ctx context.Context, id int64) ([]Hanging, error) {
	columns, err := collect[hangingRow](ctx, tx, hangingSQL)
	if err != nil {
		return nil, err
	}
	parts := make([]string, len(columns))
	for i, c := range columns {
		parts[i] = fmt.Sprintf("(select '%s' as name, count(*) as n from %s where %s = $1)", c.Name, pgx.Identifier{c.Name}.Sanitize(), pgx.Identifier{c.Attribute}.Sanitize())
	}
	rows, err := tx.Query(ctx, `select name as "table", sum(n)::bigint as n from (`+strings.Join(parts, " union all ")+`) h group by name having sum(n) > 0 order by name`, id)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[Hanging])
}

const (
	selectOfCustomers = `select ` + invoiceColumns + `i.body` + invoiceFrom + ` where i.customer_id = any($1) order by i.issued_on, i.id`
	disclosedSQL      = `select row_number() over (order by a.id)::int as n, a.at, a.actor as person, a.act, null::timestamptz as told_at, 0 as told_by from audit a
		where a.subjects && (select known_as($1::bigint)) and not a.refused and a.act in ('customer.export', 'invoice.export') order by a.id`
)

// PlanErasure says what an erasure would do, or what it is about to do, for who
// holds the customer.
func (tx *Tx) PlanErasure(ctx context.Context, id int64) (p ErasurePlan, err error) {
	o, err := tx.lock(ctx, id)
	if err != nil {
		return p, err
	}
	p.Customer, p.Marks = o.Customer, len(tx.store.marks(o.Customer))
	if p.Goes, err = tx.hanging(ctx, id); err != nil {
		return p, err
	}
	invoices, err := tx.invoices(ctx, selectOfCustomers, []int64{id})
	for _, i := range invoices {
		if i.Number == 0 {
			p.Drafts++
		} else {
			p.Stays = append(p.Stays, i)
		}
	}
	if err != nil {
		return p, err
	}
	past, err := tx.ListPastKept(ctx, []int64{id})
	if err != nil {
		return p, err
	}
	p.Past = past[id]
	if p.Recipients, err = collect[Recipient](ctx, tx, disclosedSQL, id); err != nil {
		return p, err
	}
	if p.Twins, err = tx.Duplicates(ctx, p.Customer); err != nil || p.Customer.Kind != policy.Company {
		return p, err
	}
	p.Contacts, err = tx.ListContactsOf(ctx, id)
	return p, err
}
