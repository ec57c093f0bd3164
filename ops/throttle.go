package ops

import (
	"net/netip"
	"sync"
	"time"
)

// An address may make burst wrong tries, and then one for each refill. Many
// colleagues may share one, so it is no narrower.
const (
	burst  = 20
	refill = 15 * time.Second
	// Above this many addresses those that have recovered are forgotten.
	crowd = 10_000
)

// throttle counts wrong tries by address, in this process. Its zero value is
// ready.
type throttle struct {
	mu sync.Mutex
	// clear is when an address will have recovered in full.
	clear map[netip.Prefix]time.Time
}

// full says whether an address has used up its tries.
func (t *throttle) full(address string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return time.Until(t.clear[source(address)]) > (burst-1)*refill
}

// fail counts a wrong try.
func (t *throttle) fail(address string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.clear) >= crowd {
		t.forget()
	}
	if t.clear == nil {
		t.clear = map[netip.Prefix]time.Time{}
	}
	from, now := source(address), time.Now()
	if t.clear[from].Before(now) {
		t.clear[from] = now
	}
	t.clear[from] = t.clear[from].Add(refill)
}

func (t *throttle) forget() {
	now := time.Now()
	for from, clear := range t.clear {
		if clear.Before(now) {
			delete(t.clear, from)
		}
	}
	if len(t.clear) >= crowd { // a flood: better to forget than to grow
		clear(t.clear)
	}
}

// source is whom an address counts for: with IPv6 a whole /64, which one
// person has.
func source(address string) netip.Prefix {
	addr, err := netip.ParseAddr(address)
	if ap, portErr := netip.ParseAddrPort(address); portErr == nil {
		addr, err = ap.Addr(), nil
	}
	if err != nil {
		return netip.Prefix{}
	}
	bits := 32
	if addr = addr.Unmap(); addr.Is6() {
		bits = 64
	}
	from, _ := addr.WithZone("").Prefix(bits) // bits fit
	return from
}
