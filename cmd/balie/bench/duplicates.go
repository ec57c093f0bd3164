package bench

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"time"
)

// duplicates measures the weekly walk over all customers.
func (h *House) duplicates(ctx context.Context) ([]Figure, error) {
	runtime.GC()
	peak, stop := peakMemory()
	before := memory()
	start := time.Now()
	done, err := h.Ops.RunJob(ctx, h.Admin, "duplicates.find", false)
	took := time.Since(start)
	stop()
	if err != nil {
		return nil, err
	}
	return []Figure{
		{What: "all customers compared", Got: fmt.Sprintf("%.1f s, %d pairs met", took.Seconds(), done.Counts["pairs met"]), Target: "minutes at 1,000,000"},
		{What: "memory it took at its peak", Got: fmt.Sprintf("%.0f MB", float64(max(peak(), before)-before)/1e6), Target: "bounded"},
	}, nil
}

// peakMemory looks at what the heap holds, every 50 ms until stop.
func peakMemory() (peak func() uint64, stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var looking sync.WaitGroup
	most := uint64(0)
	looking.Go(func() {
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for ctx.Err() == nil {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapInuse+m.StackInuse)
			select {
			case <-ctx.Done():
			case <-tick.C:
			}
		}
	})
	return func() uint64 { looking.Wait(); return most }, cancel
}
