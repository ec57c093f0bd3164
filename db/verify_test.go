package db_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/db"
	"balie/db/dbtest"
	"balie/db/seal"
	"balie/policy"
)

// act writes one row of the log, as a person looking at the own profile.
func act(t *testing.T, store *db.Store, who policy.Actor) {
	t.Helper()
	if err := store.As(t.Context(), who, policy.ProfileView, func(*db.Tx) error { return nil }); err != nil {
		t.Fatal(err)
	}
}

func seals(t *testing.T, store *db.Store) (heads []string) {
	t.Helper()
	made, err := store.SealLog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range made {
		heads = append(heads, h.String())
	}
	return heads
}

// keptLog is a log of 4 checkpoints with 3 rows each and 2 rows yet unsealed.
func keptLog(t *testing.T) (*db.Store, policy.Actor, string) {
	t.Helper()
	store := dbtest.New(t)
	sander := dbtest.Person(t, store, "sander", policy.Sales, "noord")
	var heads []string
	for range 4 {
		for range 3 {
			act(t, store, sander)
		}
		heads = append(heads, seals(t, store)...)
	}
	act(t, store, sander)
	act(t, store, sander)
	return store, sander, strings.Join(heads, "\n") + "\n"
}

// forge inserts a row like an earlier one, of a transaction of the past.
const forge = `insert into audit (id, xid, at, actor, role, session, act, refused, ref, subjects, purpose, fields, detail, nonce, mac)
overriding system value select %s, %s, at, actor, role, session, 'customer.view', refused, ref, subjects, purpose, fields, detail, nonce, mac from audit where id = 5`

// Whoever is superuser of PostgreSQL can change all that is in it, but not so
// that it goes unnoticed (threat 21).
func TestVerifyLog_tampering(t *testing.T) {
	store, sander, heads := keptLog(t)
	for _, c := range []struct {
		name, sql string
		want      string // what names the first fault
		blind     bool   // not to be seen by the public key alone
	}{
		{"untouched", "", "", false},
		{"row edited", "update audit set act = 'customer.view' where id = 5", "row 5 (checkpoint 2) was edited", false},
		{"time moved", "update audit set at = at - interval '1 hour' where id = 12", "row 12 (checkpoint 4) was edited", false},
		{"subjects edited", "update audit set subjects = '{1}' where id = 4", "row 4 (checkpoint 2) was edited", false},
		{"mac edited", `update audit set mac = '\x00' where id = 5`, "row 5 (checkpoint 2) was edited", false},
		{"id edited", "insert into audit overriding system value select 99, xid, at, actor, role, session, act, refused, ref, subjects, purpose, fields, detail, nonce, mac from audit where id = 5; delete from audit where id = 5", "row 5 (checkpoint 2) is missing", false},
		{"row deleted", "delete from audit where id = 7", "row 7 (checkpoint 3) is missing", false},
		{"newest rows deleted", "delete from audit where id > 9", "row 10 (checkpoint 4) is missing", false},
		{"tail cut", "delete from audit where id > 9; delete from checkpoints where n > 3", "checkpoint 4 is missing, though its head was noted", false},
		{"all gone", "delete from audit; delete from checkpoints", "checkpoint 1 is missing, though its head was noted", false},
		{"two rows swapped", `update audit a set (at, nonce, mac, purpose, detail) = (select at, nonce, mac, purpose, detail from audit b where b.id = 11 - a.id) where id in (5, 6)`, "row 5 (checkpoint 2) holds what was written as another row", false},
		{"rows of two checkpoints swapped", `update audit a set xid = (select xid from audit b where b.id = 10 - a.id) where id in (2, 8)`, "row 2 (checkpoint 1) is missing", false},
		{"forged in the past", fmt.Sprintf(forge, "99", "(select xid from audit where id = 5)"), "row 99 (checkpoint 2) was added later", false},
		{"forged today", fmt.Sprintf(forge, "99", "pg_current_xact_id()"), "row 99 was edited or forged before it was sealed", true},
		{"unsealed row edited", "update audit set refused = true where id = 13", "row 13 was edited or forged before it was sealed", true},
		{"checkpoint deleted", "delete from checkpoints where n = 2", "checkpoint 2 is missing", false},
		{"first checkpoint deleted", "delete from checkpoints where n = 1", "checkpoint 1 is missing", false},
		{"checkpoint edited", "update checkpoints set rows = 2 where n = 2", "checkpoint 2 was edited", false},
		{"list of rows cut", "update checkpoints set leaves = substr(leaves, 41) where n = 2; delete from audit where id = 4", "checkpoint 2 was edited", false},
		{"checkpoints swapped", "update checkpoints set n = -n where n in (2, 3); update checkpoints set n = 5 + n where n < 0", "checkpoint 2 does not follow", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			undo := keep(t)
			defer undo()
			if c.sql != "" {
				runAll(t, c.sql)
			}
			report, err := store.VerifyLog(t.Context(), strings.NewReader(heads))
			if err != nil {
				t.Fatal(err)
			}
			named(t, report, c.want)
			if c.blind {
				c.want = ""
			}
			named(t, publicly(t, store, heads), strings.Replace(c.want, "holds what was written as another row", "was edited", 1))
		})
	}
	t.Run("counts", func(t *testing.T) {
		report, err := store.VerifyLog(t.Context(), strings.NewReader(heads))
		if err != nil || report.Rows != 12 || report.Unsealed != 2 || report.Checkpoints != 4 || report.Heads != 4 {
			t.Errorf("%+v, %v", report, err)
		}
		if got := ranges(report); got != "1-4: 12 rows, 1 to 12" {
			t.Errorf("intact: %s", got)
		}
	})
	t.Run("chained anew with another key", func(t *testing.T) {
		runAll(t, "delete from checkpoints; delete from audit where id = 5")
		thief := dbtest.Node(t, seal.New())
		seals(t, thief)
		report, _ := store.VerifyLog(t.Context(), strings.NewReader(heads))
		named(t, report, "checkpoint 1 was edited, or signed with another key")
	})
	// Even the firm's own key can't make the heads that were noted before.
	t.Run("chained anew with the stolen key", func(t *testing.T) {
		runAll(t, "delete from checkpoints; delete from audit where id = 5")
		seals(t, store)
		act(t, store, sander)
		seals(t, store)
		report, _ := store.VerifyLog(t.Context(), strings.NewReader(heads))
		named(t, report, "checkpoint 1 is not the one whose head was noted outside")
		without, err := store.VerifyLog(t.Context(), nil)
		if err != nil || !without.OK() {
			t.Errorf("the control: without the heads a new chain should look whole, got %v, %v", without.Faults, err)
		}
	})
}

// What is intact is named as well as what is not.
func TestVerifyLog_ranges(t *testing.T) {
	store, sander, heads := keptLog(t)
	for _, c := range []struct{ name, sql, want string }{
		{"a row of the second", "update audit set act = 'customer.view' where id = 5", "1-1: 3 rows, 1 to 3; 3-4: 6 rows, 7 to 12"},
		{"the third is gone", "delete from checkpoints where n = 3", "1-2: 6 rows, 1 to 6"},
		{"the end is cut off", "delete from audit where id > 9; delete from checkpoints where n > 3", "1-3: 9 rows, 1 to 9"},
		{"all is gone", "delete from audit; delete from checkpoints", ""},
	} {
		undo := keep(t)
		runAll(t, c.sql)
		report, err := store.VerifyLog(t.Context(), strings.NewReader(heads))
		undo()
		if got := ranges(report); err != nil || got != c.want {
			t.Errorf("%s: intact is %q, want %q (%v)", c.name, got, c.want, err)
		}
	}
	// Chained anew from the third on, with the firm's own key: each signature is
	// good, but from there on it is another chain.
	runAll(t, "delete from checkpoints where n > 2; delete from audit where id = 8")
	act(t, store, sander)
	seals(t, store)
	report, err := store.VerifyLog(t.Context(), strings.NewReader(heads))
	if got := ranges(report); err != nil || got != "1-2: 6 rows, 1 to 6" {
		t.Errorf("intact is %q (%v), faults %v", got, err, report.Faults)
	}
}

func ranges(r db.Report) string {
	var all []string
	for _, g := range r.Ranges {
		if !g.Since.Before(g.Until) {
			all = append(all, "a range without time")
		}
		all = append(all, fmt.Sprintf("%d-%d: %d rows, %d to %d", g.From, g.To, g.Rows, g.FirstRow, g.LastRow))
	}
	return strings.Join(all, "; ")
}

func publicly(t *testing.T, store *db.Store, heads string) db.Report {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dbtest.AdminURL(t))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	report, err := db.VerifyWith(t.Context(), conn, store.Keys.Public(), strings.NewReader(heads))
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func named(t *testing.T, r db.Report, want string) {
	t.Helper()
	switch {
	case want == "" && !r.OK():
		t.Errorf("an untouched log is said to be changed: %v", r.Faults)
	case want != "" && (r.OK() || !strings.HasPrefix(r.Faults[0].String(), want)):
		t.Errorf("want %q, got %v", want, r.Faults)
	}
}

// runAll runs statements as superuser.
func runAll(t *testing.T, sql string) {
	t.Helper()
	for _, one := range strings.Split(sql, "; ") {
		dbtest.Exec(t, one)
	}
}

// keep copies the log, for undo to put back.
func keep(t *testing.T) (undo func()) {
	t.Helper()
	runAll(t, "create schema kept; create table kept.audit as table audit; create table kept.checkpoints as table checkpoints")
	return func() {
		runAll(t, `delete from audit; delete from checkpoints; insert into audit overriding system value table kept.audit; insert into checkpoints table kept.checkpoints; drop schema kept cascade`)
	}
}

// An old copy of the database, put back, misses what was written since.
func TestVerifyLog_oldCopy(t *testing.T) {
	store, sander, heads := keptLog(t)
	undo := keep(t)
	act(t, store, sander)
	heads += strings.Join(seals(t, store), "\n")
	undo()
	report, err := store.VerifyLog(t.Context(), strings.NewReader(heads))
	if err != nil {
		t.Fatal(err)
	}
	named(t, report, "checkpoint 5 is missing, though its head was noted outside: the log's end was cut off, or an old copy")
}

// A server that counts transactions from a lower number, as one does onto which
// a dump is restored, would leave new rows below the last checkpoint.
func TestSealLog_behind(t *testing.T) {
	store, sander, _ := keptLog(t)
	dbtest.Exec(t, "update checkpoints set hi = '21474836480' where n = 4") // 5 << 32
	act(t, store, sander)
	_, err := store.SealLog(t.Context())
	if err == nil || !strings.Contains(err.Error(), "--epoch=6") {
		t.Errorf("want a hint to raise the epoch to 6, got %v", err)
	}
}

func TestSealLog_nothingNew(t *testing.T) {
	store, _, _ := keptLog(t)
	if first, then := len(seals(t, store)), len(seals(t, store)); first != 1 || then != 0 {
		t.Errorf("sealed %d and then %d checkpoints, want 1 and 0", first, then)
	}
}

// Many rows make several checkpoints, and a huge transaction one.
func TestSealLog_batches(t *testing.T) {
	store, _, heads := keptLog(t)
	copies := strings.NewReplacer("%s, %s,", "99 + n, %s::text::xid8,", "from audit where id = 5", "from audit, generate_series(1, 12000) n where id = 5").Replace(forge)
	dbtest.Exec(t, "select pg_current_xact_id()") // the row with the first made-up xid
	base := dbtest.Query[int64](t, "select pg_current_xact_id()::text::bigint")
	for range 10 {
		dbtest.Exec(t, "select pg_current_xact_id()")
	}
	dbtest.Exec(t, fmt.Sprintf(copies, fmt.Sprintf("(%d + n %% 3)", base)))
	seals(t, store)
	if got := dbtest.Query[string](t, "select string_agg(rows::text, ' ' order by n) from checkpoints where n > 4"); got != "4002 4000 4000" {
		t.Errorf("checkpoints of %s rows", got)
	}
	named(t, publicly(t, store, heads), "")
}

// writers write rows in transactions that take their time.
func writers(t *testing.T, store *db.Store, sander policy.Actor, rows int) {
	var group sync.WaitGroup
	for range 16 {
		group.Go(func() {
			for i := range rows {
				err := store.As(t.Context(), sander, policy.ProfileView, func(tx *db.Tx) error {
					var b [1]byte
					rand.Read(b[:])
					// The row's transaction is taken early, its commit comes late.
					_, err := tx.Exec(t.Context(), "select pg_current_xact_id(), pg_sleep($1)", float64(b[0])/255/50)
					if err == nil && i%10 == 9 {
						return context.Canceled // some are rolled back
					}
					return err
				})
				if err != nil && policy.KindOf(err) != policy.Unavailable {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
}

// Every committed row ends under exactly one checkpoint. The control seals by
// id, as a first thought would, and misses rows.
func TestSealLog_concurrent(t *testing.T) {
	store := dbtest.New(t)
	other := dbtest.Node(t, store.Keys)
	sander := dbtest.Person(t, store, "sander", policy.Sales, "noord")
	dbtest.Exec(t, "create table byid (upto bigint, rows bigint)")
	// The row gets its id just before its commit, so the commit dallies.
	dbtest.Exec(t, `create function dally() returns trigger language plpgsql as $$ begin perform pg_sleep(random() / 50); return null; end $$`)
	dbtest.Exec(t, `create constraint trigger dally after insert on audit deferrable initially deferred for each row execute function dally()`)
	done := make(chan struct{})
	var sealers sync.WaitGroup
	for _, node := range []*db.Store{store, other} {
		sealers.Go(func() { until(t, done, func() error { _, err := node.SealLog(t.Context()); return err }) })
	}
	admin := superuser(t)
	sealers.Go(func() {
		until(t, done, func() error {
			_, err := admin.Exec(t.Context(), `insert into byid select max(id), count(*) from audit
				where id > (select coalesce(max(upto), 0) from byid) having count(*) > 0`)
			return err
		})
	})
	writers(t, store, sander, 100)
	close(done)
	sealers.Wait()
	seals(t, store)

	rows := dbtest.Query[int64](t, "select count(*) from audit")
	covered := dbtest.Query[int64](t, "select sum(rows)::bigint from checkpoints")
	report, err := store.VerifyLog(t.Context(), nil)
	if err != nil || !report.OK() || covered != rows || report.Unsealed != 0 {
		t.Errorf("%d of %d rows covered, %d not: %v %v", covered, rows, report.Unsealed, report.Faults, err)
	}
	missed := rows - dbtest.Query[int64](t, "select sum(rows)::bigint from byid")
	if missed <= 0 {
		t.Errorf("the control missed nothing of %d rows: the writers are no test", rows)
	}
	t.Logf("%d rows under %d checkpoints; a sealer by id missed %d", rows, report.Checkpoints, missed)
}

func superuser(t *testing.T) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dbtest.AdminURL(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

func until(t *testing.T, done chan struct{}, fn func() error) {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		if err := fn(); err != nil {
			t.Error(err)
			return
		}
		select {
		case <-done:
			return
		case <-tick.C:
		}
	}
}
