package db_test

import (
	"context"
	"testing"

	"balie/db"
	"balie/db/dbtest"
	"balie/policy"
)

// undoFirm has a hand-over that can be taken back: sander's, to sofie.
type undoFirm struct {
	*db.Store
	sander, sofie, pieter, tom policy.Actor
}

func newUndoFirm(t *testing.T) undoFirm {
	s := searchable(t)
	return undoFirm{
		s, dbtest.Person(t, s, "sander", policy.Sales, "noord"), dbtest.Person(t, s, "sofie", policy.Sales, "noord"),
		dbtest.Person(t, s, "pieter", policy.Sales, "zuid"), dbtest.Person(t, s, "tom", policy.Sales, "zuid"),
	}
}

func (f undoFirm) handed(t *testing.T, family string) int64 {
	c := person(f.sander.ID, "Jan", "", family)
	add(t, f.Store, f.sander, c)
	as(t, f.Store, f.sander, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.HandOver(ctx, []int64{c.ID}, f.sofie.ID)
		return err
	})
	return c.ID
}

func (f undoFirm) takeBack(t *testing.T, a policy.Actor, to, holder int32, id int64) (moved int) {
	as(t, f.Store, a, func(ctx context.Context, tx *db.Tx) error {
		ids, err := tx.TakeBack(ctx, []db.Back{{ID: id, Owner: to}}, holder)
		moved = len(ids)
		return err
	})
	return moved
}

// What comes back is found by its name again, by who had it and nobody else.
func TestTakeBack(t *testing.T) {
	f := newUndoFirm(t)
	for _, c := range []struct {
		family, fault string
		found         int
	}{
		{"Terug", "select 1", 1},
		{"Zoek", function("take_tokens(bigint[],int[],bigint[],int)", "t.scope = holder", "false"), 0}, // the control
	} {
		dbtest.Exec(t, c.fault)
		id := f.handed(t, c.family)
		if n := len(find(t, f.Store, f.sander, db.Query{Text: c.family, Limit: 5})); n != 0 {
			t.Fatalf("%s: handed over, and still found", c.family)
		}
		if moved := f.takeBack(t, f.sander, f.sander.ID, f.sofie.ID, id); moved != 1 {
			t.Fatalf("%s: %d came back", c.family, moved)
		}
		if n := len(find(t, f.Store, f.sander, db.Query{Text: c.family, Limit: 5})); n != c.found {
			t.Errorf("%s: found %d times, want %d", c.family, n, c.found)
		}
		if owner := dbtest.Query[int32](t, `select scope from customers where id = $1`, id); owner != f.sander.ID {
			t.Errorf("%s: it is %d's", c.family, owner)
		}
		if n := dbtest.Query[int64](t, `select count(*) from history where customer_id = $1 and act = 'customer.handover'`, id); n != 2 {
			t.Errorf("%s: %d hand-overs in its history, want both", c.family, n)
		}
	}
}

// Each refusal with its control: the same goes through where that guard is off.
func TestTakeBack_refused(t *testing.T) {
	const takeBack = "take_back(bigint[],int[],int)"
	f := newUndoFirm(t)
	mine := func(id int64) int { return f.takeBack(t, f.sander, f.sander.ID, f.sofie.ID, id) }
	for name, c := range map[string]struct {
		spoil, guard string
		do           func(id int64) int
	}{
		"another's hand-over": {"", "and h.person_id = coalesce(me('sales'), me('manager'))", func(id int64) int {
			return f.takeBack(t, f.pieter, f.pieter.ID, f.sofie.ID, id)
		}},
		"to somebody of another team": {"", "and (b.owner = me('sales') or b.owner in (select team()))", func(id int64) int {
			return f.takeBack(t, f.sander, f.tom.ID, f.sofie.ID, id)
		}},
		"from whom it is not": {"", "and c.scope = holder", func(id int64) int {
			return f.takeBack(t, f.sander, f.sander.ID, f.tom.ID, id)
		}},
		"after ten minutes": {
			`update history set at = at - interval '10 minutes 1 second' where customer_id = $1`,
			"and h.at > now() - interval '10 minutes'", mine,
		},
		"after a note by the new owner": {
			`insert into notes (customer_id, author, private, at, request, body) select $1, scope, true, now(), gen_random_uuid(), '' from customers where id = $1`,
			"and not exists (select from notes n where n.customer_id = c.id and n.at > h.at)", mine,
		},
		"after a change by the new owner": {`update customers set version = version + 1 where id = $1`, "and h.version = c.version", mine},
	} {
		t.Run(name, func(t *testing.T) {
			id := f.handed(t, "Vast")
			if c.spoil != "" {
				dbtest.Exec(t, c.spoil, id)
			}
			if moved := c.do(id); moved != 0 {
				t.Fatal("it came back")
			}
			whole := dbtest.Query[string](t, `select pg_get_functiondef($1::regprocedure)`, takeBack)
			dbtest.Exec(t, function(takeBack, c.guard, ""))
			defer dbtest.Exec(t, whole)
			if moved := c.do(id); moved != 1 {
				t.Error("with the guard off, it did not come back either")
			}
		})
	}
}

// Search rows follow the customer only for who may see it; the control first
// tries without that guard.
func TestTakeTokens_othersCustomers(t *testing.T) {
	const takeTokens = "take_tokens(bigint[],int[],bigint[],int)"
	f := newUndoFirm(t)
	c := person(f.sander.ID, "Jan", "", "Vast")
	add(t, f.Store, f.sander, c)
	stray := func() { dbtest.Exec(t, `update search_tokens set scope = $2 where customer_id = $1`, c.ID, f.sofie.ID) }
	follows := func(a policy.Actor) bool {
		stray()
		tokens := dbtest.Query[[]int64](t, `select array_agg(token order by token, bucket) from search_tokens where customer_id = $1`, c.ID)
		buckets := dbtest.Query[[]int32](t, `select array_agg(bucket order by token, bucket) from search_tokens where customer_id = $1`, c.ID)
		ids := make([]int64, len(tokens))
		for i := range ids {
			ids[i] = c.ID
		}
		as(t, f.Store, a, func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `select take_tokens($1, $2, $3, $4)`, tokens, buckets, ids, f.sofie.ID)
			return err
		})
		return dbtest.Query[bool](t, `select bool_and(scope = $2) from search_tokens where customer_id = $1`, c.ID, f.sander.ID)
	}
	if follows(f.pieter) {
		t.Error("moved by somebody who may not see the customer")
	}
	if !follows(f.sander) {
		t.Error("not moved by its owner")
	}
	dbtest.Exec(t, function(takeTokens, "and (c.scope = me('sales') or c.scope in (select team()))", ""))
	if !follows(f.pieter) {
		t.Error("with the guard off, it was not moved either")
	}
}
