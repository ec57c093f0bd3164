package ops_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
)

// Threat 18: what a crash empties comes back by itself, once for all nodes, and
// looking after it leaves nothing in the log.
func TestKeepSearch(t *testing.T) {
	b := newBench(t)
	other := ops.New(dbtest.Node(t, b.Store.Keys), slog.New(slog.DiscardHandler))
	found := func() (int, error) {
		page, err := b.FindCustomers(t.Context(), b.sander, db.Query{Text: "jans"})
		return len(page.Rows), err
	}
	rebuilds := func() int64 {
		return dbtest.Query[int64](t, "select count(*) from audit where detail is not null and role = 'indexer'")
	}
	dbtest.Exec(t, "truncate search_ready, search_tokens") // as a crash does
	if _, err := found(); policy.KindOf(err) != policy.Unavailable {
		t.Fatalf("control: after a crash searching gives %v", err)
	}
	before := rebuilds()
	keep(t, b.Ops, 5*time.Millisecond)
	keep(t, other, 5*time.Millisecond)
	until(t, 10*time.Second, func() bool { n, err := found(); return err == nil && n == 1 })
	after := rebuilds()
	// A rebuild reads on a connection of its own, which is a row as well.
	if after-before != 2 {
		t.Errorf("%d rows of rebuilding in the log, want the 2 of one rebuild", after-before)
	}
	if p := b.SearchProgress(); p != 1 {
		t.Errorf("when all is done, progress is %v", p)
	}
	time.Sleep(100 * time.Millisecond) // twenty looks
	if n := rebuilds(); n != after {
		t.Errorf("looking left %d rows in the log", n-after)
	}
}

func keep(t *testing.T, o *ops.Ops, every time.Duration) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); _ = o.KeepSearch(ctx, every) }()
	t.Cleanup(func() { cancel(); <-done })
}
