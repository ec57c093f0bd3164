package db

import (
	"context"
	"fmt"
	"strings"

	"balie/policy"
)

// Permit is an export that was begun: it may take so many customers. The log
// counts them, and takes no page that goes beyond.
type Permit struct {
	ID   int64
	Size int
}

const (
	countCustomers = `select count(*)::int from customers c where ($1::smallint = 0 or c.kind = $1) and ($2::smallint = 0 or c.status = $2)
  and ($3::int = 0 or c.scope = $3) and ($4::int = 0 or exists (select from customer_tags t where t.customer_id = c.id and t.tag_id = $4))`
	insertExport = `insert into exports (person_id, role, size, approval_id) values ($1, $2, $3, nullif($4, 0)) returning id`
)

// CountCustomers says how many customers a query has for the actor. A search is
// walked, for a token holds only six letters of a word; nobody sees what that
// opens.
func (tx *Tx) CountCustomers(ctx context.Context, q Query) (n int, err error) {
	plain := q
	s, err := tx.narrow(ctx, &plain)
	if err != nil {
		return 0, err
	}
	cond := &conditions{parts: []string{"true"}, args: []any{plain.Kind, plain.Status, plain.Owner, plain.Tag}}
	if sealed := s.customerConditions(cond); len(queryWords(plain.Text)) == 0 && len(sealed.asks) == 0 {
		sql := countCustomers + " and " + strings.Join(cond.parts, " and ")
		err = tx.QueryRow(ctx, sql, append([]any{planned}, cond.args...)...).Scan(&n)
		return n, err
	}
	err = tx.WalkCustomers(ctx, q, func(ids []int64) error { n += len(ids); return nil })
	return n, err
}

// WalkCustomers goes through all that a query has for the actor, a page at a
// time. Nobody sees what that opens, so nothing is noted as seen.
func (tx *Tx) WalkCustomers(ctx context.Context, q Query, visit func([]int64) error) error {
	seen := len(tx.entry.Subjects)
	q.Limit, q.After, q.Whole = 1000, Cursor{}, true
	for more := true; more; {
		page, err := tx.FindCustomers(ctx, q)
		if err != nil {
			return err
		}
		tx.entry.Subjects = tx.entry.Subjects[:seen]
		ids := make([]int64, len(page.Rows))
		for i, r := range page.Rows {
			ids[i] = r.ID
		}
		if err := visit(ids); err != nil {
			return err
		}
		q.After, more = page.Next, page.More
	}
	return nil
}

// Selection is what of an export's query an approval holds for, as a keyed
// digest.
func (tx *Tx) Selection(q Query) []byte {
	said := fmt.Sprintf("%q %d %d %d %d", queryWords(q.Text), q.Kind, q.Status, q.Owner, q.Tag)
	if q.Where != "" {
		said += " " + q.Where
	}
	return tx.store.Keys.Digest("export.selection", said)
}

// ExportedToday is how many customers the actor let out in the last 24 hours on
// the own word.
func (tx *Tx) ExportedToday(ctx context.Context) (n int, err error) {
	err = tx.QueryRow(ctx, `select exported_today()`).Scan(&n)
	return n, err
}

// BeginExport permits an export of size customers, by an approval or, with 0,
// on the actor's own word; PostgreSQL refuses what exceeds either.
func (tx *Tx) BeginExport(ctx context.Context, size int, approval int32) (p Permit, err error) {
	p.Size = size
	err = tx.QueryRow(ctx, insertExport, tx.Actor.ID, tx.Actor.Role, size, approval).Scan(&p.ID)
	tx.About(p.ID)
	return p, err
}

// ExportPage opens the customers of one page of an export that keep lets through,
// in the order of the query, and has them counted.
func (tx *Tx) ExportPage(ctx context.Context, p Permit, q Query, keep func([]int64) ([]int64, error)) (cs []Customer, next Cursor, more bool, err error) {
	q.Whole = true
	page, err := tx.FindCustomers(ctx, q)
	if err != nil {
		return nil, next, false, err
	}
	ids := make([]int64, len(page.Rows))
	for i, r := range page.Rows {
		ids[i] = r.ID
	}
	if ids, err = keep(ids); err != nil {
		return nil, next, false, err
	}
	tx.entry.Subjects = nil // opening them whole notes them again
	cs, err = tx.ExportCustomers(ctx, ids)
	tx.About(p.ID)
	return cs, page.Next, page.More, err
}

// ErrExportGrew says that there are more customers than the export was begun
// for.
func ErrExportGrew() error {
	return policy.Errorf(policy.Conflict, "Customers were added while this was being written, so the file is not whole: export again.")
}
