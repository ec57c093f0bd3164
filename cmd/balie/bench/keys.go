package bench

import (
	"context"
	"fmt"
	"time"
)

// channelsEach is how many sessions one connection may hold.
const channelsEach = 4

// keys measures the whole way of a key: typed in a real SSH session, through
// the customer list, to the last byte of the new screen. The clients share this
// process, so the CPU is an upper bound.
func (h *House) keys(ctx context.Context) ([]Figure, error) {
	people, err := h.invite(ctx, watchers/channelsEach)
	if err != nil {
		return nil, err
	}
	before := memory()
	all, hangUp, err := h.lists(people)
	defer hangUp()
	if err != nil {
		return nil, err
	}
	held := share(before, len(all))
	used, start := cpuTime(), time.Now()
	waits := pressAll(all)
	took := time.Since(start)
	cpu := (cpuTime() - used) / time.Duration(len(waits))
	stock, err := stockMemory()
	return []Figure{{
		What: fmt.Sprintf("key to last byte over SSH, %d sessions", len(all)), Got: waits.String(), Target: "p99 ≤ 10 ms",
		Beside: fmt.Sprintf("%s CPU a key with the clients, %.0f keys/s", short(cpu), float64(len(waits))/took.Seconds()),
	}, {
		What: "memory a session over SSH, its list and its client included", Got: fmt.Sprintf("%.2f MB", held), Target: "≤ 0.6 MB",
		Beside: fmt.Sprintf("bubbletea's renderer over SSH, without people or lists: %.2f MB", stock),
	}}, err
}
