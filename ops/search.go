package ops

import (
	"context"
	"errors"
	"sync/atomic"
	"time"
)

// mending is how far the making of search is on this node. Its zero value is
// whole.
type mending struct{ left, total atomic.Int64 }

// SearchProgress is how much of search is made on this node: 1 when it is whole.
func (o *Ops) SearchProgress() float64 {
	total := o.search.total.Load()
	if total == 0 {
		return 1
	}
	return 1 - float64(o.search.left.Load())/float64(total)
}

// KeepSearch makes search whole again whenever it isn't, until ctx ends: a
// crash of PostgreSQL empties its tables, and an import that was killed leaves
// it undone. Run it in one goroutine per node.
func (o *Ops) KeepSearch(ctx context.Context, every time.Duration) error {
	tick := time.NewTicker(every)
	defer tick.Stop()
	broken := false // when last looked at: an import mends by itself, at once
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
		whole := o.searchWhole(ctx)
		if !whole && broken {
			whole = o.mendSearch(ctx)
		}
		broken = !whole
	}
}

// lookTime ends a look that waits: for a dead connection, or for another node
// that is at work.
const lookTime = 10 * time.Second

// searchWhole takes no answer for whole: Watch tells of a database that is away.
func (o *Ops) searchWhole(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	whole, err := o.Store.SearchReady(ctx)
	return whole || err != nil
}

func (o *Ops) mendSearch(ctx context.Context) bool {
	o.Log.Warn("search is being made anew")
	began := time.Now()
	err := o.Store.MendSearch(ctx, o.search.show)
	o.search.show(0, 0)
	if err != nil && ctx.Err() == nil {
		o.Log.Error("search can't be made anew", "err", err, "cause", errors.Unwrap(err))
	}
	if err == nil {
		o.Log.Info("search is whole again", "after", time.Since(began))
	}
	return err == nil
}

func (m *mending) show(done, total int64) {
	m.left.Store(total - done)
	m.total.Store(total)
}
