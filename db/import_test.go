package db_test

import (
	"context"
	"testing"

	"balie/db"
	"balie/db/dbtest"
	"balie/policy"
	"balie/policy/text"
)

// Customers come with an import that is there and one's own; in its stead there
// is no foreign key.
func TestRowSecurity_ownImport(t *testing.T) {
	store := dbtest.New(t)
	sander := dbtest.Person(t, store, "sander", policy.Sales, "noord")
	sofie := dbtest.Person(t, store, "sofie", policy.Sales, "noord")
	var made int64
	as(t, store, sander, func(ctx context.Context, tx *db.Tx) (err error) {
		made, err = tx.AddImport(ctx, "contacts", text.New("beurs"), []byte{1}, 1)
		return err
	})
	for _, c := range []struct {
		who     policy.Actor
		imports int64
		want    policy.Kind
	}{{sofie, made, policy.Absent}, {sander, made + 1, policy.Absent}, {sander, made, policy.Internal}} {
		err := store.As(t.Context(), c.who, policy.ImportRun, func(tx *db.Tx) error {
			_, err := tx.Exec(t.Context(), `insert into customers (id, kind, scope, status, last_activity, created_at, created_by, updated_at, import_id, request, head, body)
				select nextval('subject_ids'), 1, $1, 1, now(), now(), $1, now(), $2, gen_random_uuid(), '', ''`, c.who.ID, c.imports)
			return err
		})
		if policy.KindOf(err) != c.want || (err == nil) != (c.want == policy.Internal) {
			t.Errorf("%s with import %d: %v", c.who.Login, c.imports, err)
		}
	}
}

// A customer's bases go with it, whoever deletes it; nobody else's do.
func TestBases_goWithTheirCustomer(t *testing.T) {
	store := dbtest.New(t)
	sander := dbtest.Person(t, store, "sander", policy.Sales, "noord")
	crowd(t, sander, 3, "now()")
	dbtest.Exec(t, `insert into bases select n, 'quotes', 'contract', now() from generate_series(1, 3) n`)
	dbtest.Exec(t, `delete from customers where id < 3`)
	if left := dbtest.Query[string](t, `select string_agg(customer_id::text, ',') from bases`); left != "3" {
		t.Errorf("left are the bases of %q", left)
	}
}
