package bench

import (
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/crypto/ssh"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

const (
	// A colleague changes so many customers, one every changeEvery.
	changes     = 20
	changeEvery = time.Second
	quietFor    = 5 * time.Second
)

// live measures how soon a change is on every screen that shows the row, and
// what that costs, with 200 real sessions that have the list of customers open.
// The clients share this process, so the CPU is an upper bound.
func (h *House) live(ctx context.Context) ([]Figure, error) {
	people, err := h.invite(ctx, watchers/channelsEach)
	if err != nil {
		return nil, err
	}
	all, hangUp, err := h.lists(people)
	defer hangUp()
	if err != nil {
		return nil, err
	}
	used, start := cpuTime(), time.Now()
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-time.After(quietFor):
	}
	idle := float64(cpuTime()-used) / float64(time.Since(start))
	first, err := h.Ops.FindCustomers(ctx, h.Manager, db.Query{Sort: db.ByName, Limit: 20})
	if err != nil {
		return nil, err
	}
	used, start = cpuTime(), time.Now()
	var waits times
	tick := time.NewTicker(changeEvery)
	defer tick.Stop()
	for n := range changes {
		<-tick.C
		w, err := h.change(ctx, all, first.Rows[n%len(first.Rows)].ID)
		if err != nil {
			return nil, err
		}
		waits = append(waits, w...)
	}
	took := time.Since(start)
	cpu := (cpuTime() - used - time.Duration(idle*float64(took))) / time.Duration(max(len(waits), 1))
	return []Figure{
		{What: fmt.Sprintf("a colleague's change to last byte on %d open lists", len(all)), Got: waits.String(), Target: "p99 ≤ 1 s", Beside: fmt.Sprintf("%d of %d lists followed", len(waits), changes*len(all))},
		{What: "CPU of that a screen, with the clients", Got: short(cpu), Beside: fmt.Sprintf("idle, %d sessions: %.1f%% of a core", len(all), 100*idle)},
	}, nil
}

// lists are sessions of these people, each with the list of customers open.
func (h *House) lists(people []*colleague) (all []*terminal, hangUp func(), err error) {
	var clients []*ssh.Client
	hangUp = func() {
		for _, c := range clients {
			_ = c.Close()
		}
	}
	for _, p := range people {
		client, err := p.dial(h)
		if err != nil {
			return nil, hangUp, fmt.Errorf("sign in %s: %w", p.login, err)
		}
		clients = append(clients, client)
		for range channelsEach {
			t, err := openTerminal(client)
			if err != nil {
				return nil, hangUp, err
			}
			all = append(all, t)
		}
	}
	each(all, (*terminal).settle)
	each(all, (*terminal).openList)
	return all, hangUp, nil
}

// change changes one customer, and says how long each screen took to show it.
func (h *House) change(ctx context.Context, all []*terminal, id int64) (waits times, err error) {
	c, err := h.Ops.GetCustomer(ctx, h.Manager, id)
	if err != nil {
		return nil, err
	}
	if c.Status++; c.Status > policy.Former {
		c.Status = policy.Lead
	}
	for _, t := range all {
		t.drain()
	}
	if _, err := h.Ops.UpdateCustomer(ctx, h.Manager, c, ops.NewRequestKey()); err != nil {
		return nil, err
	}
	committed := time.Now()
	var mu sync.Mutex
	each(all, func(t *terminal) {
		select {
		case <-t.frames:
		case <-time.After(3 * changeEvery):
			return // never: it is not counted, and the number says so
		}
		mu.Lock()
		defer mu.Unlock()
		waits = append(waits, time.Since(committed))
	})
	return waits, nil
}

// drain forgets the frames of before.
func (t *terminal) drain() {
	for {
		select {
		case <-t.frames:
		default:
			return
		}
	}
}
