package db_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"balie/db"
	"balie/db/dbtest"
	"balie/policy"
)

// What one transaction sets, its connection forgets: fifty people who share a
// pool see what is theirs only, also after others were cancelled or panicked
// (threat 23).
func TestAs_interleaved(t *testing.T) {
	store := dbtest.New(t)
	who := make([]policy.Actor, 50)
	for i := range who {
		who[i] = dbtest.Person(t, store, fmt.Sprintf("p%d", i), policy.Sales, "")
		dbtest.Exec(t, `with k as (insert into subject_keys values ($1, 1, '')) insert into customers
			(id, kind, scope, status, last_activity, created_at, created_by, updated_at, request, head, body)
			select $1, 1, $2, 1, now(), now(), $2, now(), gen_random_uuid(), '', '' where false`, i+1, who[i].ID)
		dbtest.Exec(t, `insert into customers (id, kind, scope, status, last_activity, created_at, created_by, updated_at, request, head, body)
			values ($1, 1, $2, 1, now(), now(), $2, now(), gen_random_uuid(), '', '')`, i+1, who[i].ID)
	}
	var group sync.WaitGroup
	for i, a := range who {
		group.Go(func() {
			for n := range 8 {
				seesOwn(t, store, a, int64(i+1), n)
			}
		})
	}
	group.Wait()
}

func seesOwn(t *testing.T, store *db.Store, a policy.Actor, id int64, n int) {
	defer func() { _ = recover() }()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	err := store.As(ctx, a, policy.CustomerList, func(tx *db.Tx) error {
		var seen []int64
		if err := tx.QueryRow(ctx, "select array_agg(id) from customers").Scan(&seen); err != nil {
			return err
		}
		if len(seen) != 1 || seen[0] != id {
			t.Errorf("%s sees %v", a.Login, seen)
		}
		switch n % 4 {
		case 1:
			cancel()
		case 2:
			panic("as a bug would")
		case 3:
			return errors.New("as a check would")
		}
		return nil
	})
	if n%4 == 0 && err != nil {
		t.Error(err)
	}
}

// Outside of a transaction, and after one, a connection shows nothing; were the
// actor set for the session, the next borrower would see.
func TestRowSecurity_outsideTransaction(t *testing.T) {
	store := dbtest.New(t)
	sander := dbtest.Person(t, store, "sander", policy.Sales, "noord")
	config, err := pgxpool.ParseConfig(dbtest.LoginURL(t))
	if err != nil {
		t.Fatal(err)
	}
	config.MaxConns = 1
	pool, err := pgxpool.NewWithConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	count := func() (n int) {
		if err := pool.QueryRow(t.Context(), "select count(*) from people").Scan(&n); err != nil {
			t.Error(err)
		}
		return n
	}
	set := func(local bool) {
		tx, err := pool.Begin(t.Context())
		if err == nil {
			_, err = tx.Exec(t.Context(), "select set_config('app.actor', $1, $2)", fmt.Sprint(sander.ID), local)
		}
		if err = errors.Join(err, tx.Commit(t.Context())); err != nil {
			t.Fatal(err)
		}
	}
	if err := pool.QueryRow(t.Context(), "select count(*) from people").Scan(new(int)); err == nil {
		t.Error("the login can read without a role")
	}
	if _, err := pool.Exec(t.Context(), "set role balie_sales"); err != nil {
		t.Fatal(err)
	}
	before := count()
	set(true)
	if after := count(); before != 0 || after != 0 {
		t.Errorf("a connection shows %d rows before and %d after a transaction", before, after)
	}
	set(false)
	if count() == 0 {
		t.Error("the control: set for the session, the actor should leak")
	}
}

// A hidden customer answers as an absent one does (threat 24).
func TestRowSecurity_hiddenAsAbsent(t *testing.T) {
	store := dbtest.New(t)
	if err := store.RebuildSearch(t.Context(), func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	sander := dbtest.Person(t, store, "sander", policy.Sales, "noord")
	sofie := dbtest.Person(t, store, "sofie", policy.Sales, "noord")
	crowd(t, sofie, 1000, "now()")
	ways := map[string]string{
		"view":        "select from customers where id = $1",
		"update":      "update customers set status = 2 where id = $1",
		"note":        "insert into notes (customer_id, author, private, at, request, body) select $1, current_setting('app.actor')::int, true, now(), gen_random_uuid(), ''",
		"history":     "insert into history select $1, 1, now(), current_setting('app.actor')::int, '', gen_random_uuid(), '{}', ''",
		"basis":       "insert into bases values ($1, 'quotes', 'contract', now()) on conflict do nothing",
		"tag":         "insert into customer_tags values ($1, 1)",
		"membership":  "insert into memberships values ($1, $1, true, '')",
		"exposure":    "select from exposure($1, 5)",
		"hand over":   "select hand_over(array[$1::bigint], current_setting('app.actor')::int, '{}', '{}', '{}')",
		"count":       "select from (select count(*) n from customers where id <= $1) c where n > 0",
		"search rows": "select from search_tokens where customer_id = $1",
	}
	for name, sql := range ways {
		answers := map[string]int{}
		for id := int64(1); id <= 2000; id += 11 { // 91 hidden and 91 absent, for each of 11 ways
			answers[answer(t, store, sander, sql, id)]++
		}
		if len(answers) != 1 {
			t.Errorf("%s tells hidden from absent: %v", name, answers)
		}
	}
}

func answer(t *testing.T, store *db.Store, a policy.Actor, sql string, id int64) string {
	var rows int64
	err := store.As(t.Context(), a, policy.CustomerView, func(tx *db.Tx) error {
		tag, err := tx.Exec(t.Context(), sql, id)
		rows = tag.RowsAffected()
		return err
	})
	return fmt.Sprint(rows, policy.KindOf(err), err)
}
