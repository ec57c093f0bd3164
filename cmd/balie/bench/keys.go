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
	var all []*terminal
	for _, p := range people {
		client, err := p.dial(h)
		if err != nil {
			return nil, fmt.Errorf("sign in %s: %w", p.login, err)
		}
		defer client.Close()
		for range channelsEach {
			t, err := openTerminal(client)
			if err != nil {
				return nil, err
			}
			all = append(all, t)
		}
	}
	each(all, (*terminal).settle)
	each(all, (*terminal).openList)
	used, start := cpuTime(), time.Now()
	waits := pressAll(all)
	cpu := (cpuTime() - used) / time.Duration(len(waits))
	return []Figure{{
		What: fmt.Sprintf("key to last byte over SSH, %d sessions", len(all)), Got: waits.String(), Target: "p99 ≤ 10 ms",
		Beside: fmt.Sprintf("%s CPU a key with the clients, %.0f keys/s", short(cpu), float64(len(waits))/time.Since(start).Seconds()),
	}}, nil
}
