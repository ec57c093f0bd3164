package server

import (
	"net"
	"net/netip"
	"sync"
)

// gate admits connections before anything is known of them. When too many
// sign-ins are unfinished, the oldest one of the busiest address makes room, so
// that a flood harms itself and not a colleague elsewhere.
type gate struct {
	limits Limits

	mu         sync.Mutex
	sources    map[netip.Prefix]*source
	unfinished int
}

type source struct {
	connections int
	waiting     []*peer // unfinished sign-ins, the oldest first
}

// admit takes a place for p; false means that its address has had its share.
func (g *gate) admit(p *peer) bool {
	evicted, ok := g.take(p)
	if evicted != nil {
		evicted.hangUp()
	}
	return ok
}

func (g *gate) take(p *peer) (evicted *peer, ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	src := g.sources[p.source]
	if src == nil {
		src = &source{}
	}
	if len(src.waiting) >= g.limits.PerSource || src.connections >= g.limits.FromSource {
		return nil, false
	}
	if g.unfinished >= g.limits.Handshakes {
		evicted = g.oldestOfBusiest()
		g.settle(evicted)
	}
	g.sources[p.source] = src
	src.connections++
	src.waiting = append(src.waiting, p)
	g.unfinished++
	return evicted, true
}

// oldestOfBusiest is only called when there are unfinished sign-ins.
func (g *gate) oldestOfBusiest() *peer {
	var busiest *source
	for _, src := range g.sources {
		if busiest == nil || len(src.waiting) > len(busiest.waiting) {
			busiest = src
		}
	}
	return busiest.waiting[0]
}

// finished notes that p has signed in.
func (g *gate) finished(p *peer) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.settle(p)
}

// leave gives back p's place; it is called once for each admitted peer.
func (g *gate) leave(p *peer) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.settle(p)
	src := g.sources[p.source]
	if src.connections--; src.connections == 0 {
		delete(g.sources, p.source)
	}
}

func (g *gate) settle(p *peer) {
	src := g.sources[p.source]
	for i, w := range src.waiting {
		if w == p {
			src.waiting = append(src.waiting[:i], src.waiting[i+1:]...)
			g.unfinished--
			return
		}
	}
}

// sourceOf groups addresses as they are handed out: one IPv4 address, or the
// /64 that one IPv6 customer has for himself.
func sourceOf(addr net.Addr) netip.Prefix {
	ap, err := netip.ParseAddrPort(addr.String())
	if err != nil {
		return netip.Prefix{}
	}
	bits := 64
	ip := ap.Addr().Unmap()
	if ip.Is4() {
		bits = 32
	}
	prefix, err := ip.WithZone("").Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return prefix
}
