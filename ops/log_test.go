package ops_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// The keeper goes on after the database cut its connections, and notes every
// head; a torn line does no harm.
func TestKeepLog(t *testing.T) {
	store := dbtest.New(t)
	o := ops.New(store, slog.New(slog.DiscardHandler))
	o.Heads = filepath.Join(t.TempDir(), "heads")
	if err := os.WriteFile(o.Heads, []byte("12 abc"), 0o600); err != nil {
		t.Fatal(err)
	}
	arend := dbtest.Person(t, store, "arend", policy.Auditor, "")
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- o.KeepLog(ctx, 10*time.Millisecond) }()
	for range 3 {
		if _, err := o.ListLog(t.Context(), arend, db.LogQuery{Limit: 5}); err != nil && policy.KindOf(err) != policy.Unavailable {
			t.Fatal(err)
		}
		waitFor(t, "SELECT count(*) FROM audit a WHERE NOT EXISTS (SELECT FROM checkpoints c WHERE a.xid >= c.lo AND a.xid < c.hi)")
		dbtest.Exec(t, "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()")
	}
	stop()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	report := verified(t, o, arend)
	if !report.OK() || report.Heads == 0 || report.Heads < report.Checkpoints {
		t.Errorf("%+v", report)
	}
	dbtest.Exec(t, "delete from checkpoints where n = (select max(n) from checkpoints)")
	if report := verified(t, o, arend); report.OK() || !strings.Contains(report.Faults[0].String(), "cut off") {
		t.Errorf("a cut end was not found: %+v", report)
	}
}

// verified asks until the pool has found that its connections were cut.
func verified(t *testing.T, o *ops.Ops, actor policy.Actor) db.Report {
	t.Helper()
	for range 20 {
		report, err := o.VerifyLog(t.Context(), actor)
		if err == nil {
			return report
		}
		if policy.KindOf(err) != policy.Unavailable {
			t.Fatal(err)
		}
	}
	t.Fatal("the database stays away")
	return db.Report{}
}

// waitFor waits until a count is 0.
func waitFor(t *testing.T, sql string) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if dbtest.Query[int64](t, sql) == 0 {
			return
		}
	}
	t.Fatalf("still not 0: %s", sql)
}

func TestListLog(t *testing.T) {
	store := dbtest.New(t)
	o := ops.New(store, slog.New(slog.DiscardHandler))
	sander := dbtest.Person(t, store, "sander", policy.Sales, "noord")
	pieter := dbtest.Person(t, store, "pieter", policy.Privacy, "").For(text.New("request 12"))
	anna := dbtest.Person(t, store, "anna", policy.Admin, "")
	_, _ = o.GetCustomer(t.Context(), sander, 99) // refused
	_ = o.SetLanguage(t.Context(), sander, "nl")
	page, err := o.ListLog(t.Context(), pieter, db.LogQuery{Limit: 10, RefusedOnly: true})
	if err != nil || len(page.Rows) != 1 || page.Rows[0].Act != policy.CustomerView || page.Rows[0].Actor != sander.ID {
		t.Errorf("refusals: %+v, %v", page.Rows, err)
	}
	page, err = o.ListLog(t.Context(), pieter, db.LogQuery{Limit: 10, Person: pieter.ID})
	if err != nil || len(page.Rows) != 1 || page.Rows[0].Reason.String() != "request 12" {
		t.Errorf("the officer's own: %+v, %v", page.Rows, err)
	}
	page, err = o.ListLog(t.Context(), anna, db.LogQuery{Limit: 10})
	if err != nil || len(page.Rows) != 1 || !policy.IsAccess(page.Rows[0].Act) {
		t.Errorf("an admin sees events of access only: %+v, %v", page.Rows, err)
	}
	page, err = o.ListLog(t.Context(), sander, db.LogQuery{Limit: 1})
	if err != nil || len(page.Rows) != 1 || page.Next == (db.LogPlace{}) {
		t.Errorf("the first page: %+v, %v", page, err)
	}
	page, err = o.ListLog(t.Context(), sander, db.LogQuery{Limit: 1, After: page.Next})
	if err != nil || len(page.Rows) != 1 || page.Next == (db.LogPlace{}) && page.Rows[0].Actor != sander.ID {
		t.Errorf("the next page: %+v, %v", page, err)
	}
	if _, err := o.VerifyLog(t.Context(), sander); policy.KindOf(err) != policy.Denied {
		t.Errorf("sales verifies the log: %v", err)
	}
}
