package db_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"balie/db"
	"balie/db/dbtest"
	"balie/policy"
)

// Threat 23: the actor of a transaction never leaks to the connection's next
// borrower, also when one was cancelled or panicked in between.
func TestAs_actorsDoNotLeak(t *testing.T) {
	store := dbtest.New(t)
	var all sync.WaitGroup
	for i := range 50 {
		p := dbtest.Person(t, store, fmt.Sprintf("p%02d", i), policy.Sales, "")
		all.Go(func() { actTenTimes(t, store, p) })
	}
	all.Wait()

	conn, err := pgx.Connect(t.Context(), dbtest.LoginURL(t))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	const count = `select count(*) from people`
	seen := func() (n int) {
		t.Helper()
		if err := conn.QueryRow(t.Context(), count).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	for _, sql := range []string{"set role balie_sales", "begin", "select set_config('app.actor', '1', true)"} {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	if seen() == 0 {
		t.Error("control: inside the transaction nothing is seen")
	}
	if _, err := conn.Exec(t.Context(), "commit"); err != nil {
		t.Fatal(err)
	}
	if n := seen(); n != 0 {
		t.Errorf("outside a transaction %d people are seen", n)
	}
}

func actTenTimes(t *testing.T, store *db.Store, p policy.Actor) {
	for i := range 10 {
		ctx, cancel := context.WithCancel(context.Background())
		func() {
			defer func() { _ = recover() }()
			err := store.As(ctx, p, policy.ProfileView, func(tx *db.Tx) error {
				var me int32
				if err := tx.QueryRow(ctx, "select coalesce(me('sales'), 0)").Scan(&me); err != nil || me != p.ID {
					t.Errorf("%d acts as %d: %v", p.ID, me, err)
				}
				switch i {
				case 3:
					cancel()
				case 6:
					panic("in the middle of an act")
				}
				return nil
			})
			if err != nil && i != 3 {
				t.Error(err)
			}
		}()
		cancel()
	}
}
