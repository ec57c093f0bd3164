package db_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/db"
	"balie/db/dbtest"
	"balie/policy"
)

// markSQL writes something of one's own, so that a commit leaves a trace.
const markSQL = `update people set language = 'nl' where id = me('sales')`

// breaks are the places at which a transaction can fail: in its first
// statements, in the work, in the entry and in the commit itself.
var breaks = map[string]struct {
	harm, mend string
	work       func(context.Context, *db.Tx)
}{
	"the first statements": {harm: `alter function me(text) rename to me2`, mend: `alter function me2(text) rename to me`},
	"the work, unnoticed":  {work: func(ctx context.Context, tx *db.Tx) { _, _ = tx.Exec(ctx, `select 1 / 0`) }},
	"the entry":            {harm: `alter table audit add constraint no check (act = '') not valid`, mend: `alter table audit drop constraint no`},
	"the commit": {
		harm: `create function no() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
			create constraint trigger no after insert on audit deferrable initially deferred for each row execute function no()`,
		mend: `drop function no() cascade`,
	},
}

// Whatever fails, nothing is committed, the act fails, and the connections that
// others use next are whole and outside of any transaction.
func TestAs_neverHalf(t *testing.T) {
	for name, f := range breaks {
		t.Run(name, func(t *testing.T) {
			store := dbtest.New(t)
			sander := dbtest.Person(t, store, "sander", policy.Sales, "")
			if f.harm != "" {
				dbtest.Exec(t, f.harm)
			}
			for range 20 { // more than the pool has connections
				if err := mark(t.Context(), store, sander, f.work); err == nil {
					t.Fatal("the act went well")
				}
			}
			if marked(t, sander) {
				t.Error("it was committed")
			}
			if n := dbtest.Query[int64](t, `select count(*) from pg_stat_activity where state like 'idle in transaction%' and datname = current_database()`); n > 0 {
				t.Errorf("%d connections were left in a transaction", n)
			}
			if f.mend != "" {
				dbtest.Exec(t, f.mend)
			}
			if err := mark(t.Context(), store, sander, nil); err != nil || !marked(t, sander) {
				t.Errorf("afterwards: %v, committed: %v", err, marked(t, sander))
			}
		})
	}
}

// The control: PostgreSQL takes a commit of what failed without a word, so only
// its answer tells.
func TestAs_neverHalf_control(t *testing.T) {
	dbtest.New(t)
	conn := superuser(t)
	for _, sql := range []string{"begin", "select 1 / 0"} {
		_, _ = conn.Exec(t.Context(), sql)
	}
	if tag, err := conn.Exec(t.Context(), "commit"); err != nil || tag.String() != "ROLLBACK" {
		t.Errorf("the commit of a failed transaction gave %q, %v", tag, err)
	}
}

func mark(ctx context.Context, store *db.Store, who policy.Actor, then func(context.Context, *db.Tx)) error {
	return store.As(ctx, who, policy.ProfileUpdate, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, markSQL)
		if then != nil {
			then(ctx, tx)
		}
		return err
	})
}

func marked(t *testing.T, who policy.Actor) bool {
	t.Helper()
	return dbtest.Query[bool](t, `select language = 'nl' from people where id = $1`, who.ID)
}

// A person who stops waiting has saved nothing, wherever that happens.
func TestAs_cancelled(t *testing.T) {
	locks := map[string]string{ // what each place waits for
		"the first statements": `lock table grants in access exclusive mode`,
		"the work":             `select from people for update`,
		"the entry":            `lock table audit in access exclusive mode`,
	}
	for name, lock := range locks {
		t.Run(name, func(t *testing.T) {
			store := dbtest.New(t)
			sander := dbtest.Person(t, store, "sander", policy.Sales, "")
			ctx, cancel := context.WithCancel(t.Context())
			done := make(chan error, 1)
			holding(t, lock, func() {
				go func() { done <- mark(ctx, store, sander, nil) }()
				somebodyWaits(t)
				cancel()
				if err := <-done; policy.KindOf(err) != policy.Unavailable {
					t.Errorf("cancelled, it gave %v", err)
				}
			})
			if err := mark(ctx, store, sander, nil); policy.KindOf(err) != policy.Unavailable || marked(t, sander) {
				t.Errorf("a context that had ended gave %v, committed: %v", err, marked(t, sander))
			}
			if err := mark(t.Context(), store, sander, nil); err != nil || !marked(t, sander) {
				t.Errorf("the control: %v, committed: %v", err, marked(t, sander))
			}
		})
	}
}

// holding runs fn while another connection holds a lock.
func holding(t *testing.T, lock string, fn func()) {
	t.Helper()
	conn := superuser(t)
	err := pgx.BeginFunc(t.Context(), conn, func(tx pgx.Tx) error {
		_, err := tx.Exec(t.Context(), lock)
		if err == nil {
			fn()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// somebodyWaits returns when a statement waits for a lock.
func somebodyWaits(t *testing.T) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for dbtest.Query[int64](t, `select count(*) from pg_locks where not granted`) == 0 {
		select {
		case <-tick.C:
		case <-t.Context().Done():
			t.Fatal("nobody waited")
		}
	}
}

// Who is revoked while waiting to begin does nothing any more.
func TestAs_revokedInBetween(t *testing.T) {
	store := dbtest.New(t)
	sander := dbtest.Person(t, store, "sander", policy.Sales, "")
	sofie := dbtest.Person(t, store, "sofie", policy.Sales, "")
	for _, c := range []struct {
		who    policy.Actor
		revoke bool
	}{{sander, true}, {sofie, false}} { // the control: who isn't revoked goes on
		done, ran := make(chan error, 1), false
		conn := superuser(t)
		err := pgx.BeginFunc(t.Context(), conn, func(tx pgx.Tx) error {
			_, err := tx.Exec(t.Context(), `select pg_advisory_xact_lock(7001, $1)`, c.who.ID)
			go func() {
				done <- store.As(t.Context(), c.who, policy.ProfileView, func(*db.Tx) error { ran = true; return nil })
			}()
			somebodyWaits(t)
			if c.revoke {
				_, err = tx.Exec(t.Context(), `update people set revoked_at = now() where id = $1`, c.who.ID)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := <-done; ran == c.revoke || (policy.KindOf(err) == policy.Denied) != c.revoke {
			t.Errorf("revoked %v: it ran %v and gave %v", c.revoke, ran, err)
		}
	}
}

// What is kept of a transaction after its end does nothing on a connection that
// is somebody else's by now.
func TestAs_endedTransaction(t *testing.T) {
	store := dbtest.New(t)
	sander := dbtest.Person(t, store, "sander", policy.Sales, "")
	for _, fail := range []error{nil, errors.New("as a check would")} {
		var kept *db.Tx
		_ = store.As(t.Context(), sander, policy.ProfileView, func(tx *db.Tx) error {
			kept = tx
			if _, err := tx.Exec(t.Context(), "select 1"); err != nil {
				t.Errorf("the control: %v", err)
			}
			return fail
		})
		if _, err := kept.Exec(t.Context(), "select 1"); !errors.Is(err, pgx.ErrTxClosed) {
			t.Errorf("after %v a transaction that had ended gave %v", fail, err)
		}
	}
}
