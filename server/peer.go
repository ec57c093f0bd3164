package server

import (
	"context"
	"crypto/rand"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"charm.land/ssh"

	"balie/policy"
)

// peer is one connection: from before the first byte until the record of its
// end. It holds no identity: that is in the Permissions which the finished
// authentication returned, and nowhere else.
type peer struct {
	server  *Server
	conn    net.Conn
	ctx     ssh.Context // ends with the connection
	id      string      // of the session, once there is one
	source  netip.Prefix
	address string
	grace   *time.Timer
	tries   int // codes; only the handshake's goroutine counts
	logged  atomic.Int32
	last    atomic.Int64 // when something was typed on any channel

	mu       sync.Mutex
	channels map[*channel]struct{}
	why      policy.Message // why the server closes it
	closing  bool
	begun    bool
	since    time.Time     // signed in
	warned   bool          // that the session is about to end
	limits   *time.Timer   // looks at how long it lasts
	unlist   func()        // takes it off the hub
	quiet    chan struct{} // closed when it is closing and no channel is left
}

type peerKey struct{}

func peerOf(ctx context.Context) *peer { return ctx.Value(peerKey{}).(*peer) }

// connected is called with every new connection; nil closes it.
func (s *Server) connected(ctx ssh.Context, conn net.Conn) net.Conn {
	p := &peer{
		server: s, conn: conn, ctx: ctx, id: rand.Text(),
		source: sourceOf(conn.RemoteAddr()), address: hostOf(conn.RemoteAddr()),
		channels: map[*channel]struct{}{}, quiet: make(chan struct{}),
	}
	if !s.gate.admit(p) {
		return nil
	}
	if !s.track(p) {
		s.gate.leave(p)
		return nil
	}
	ctx.SetValue(peerKey{}, p)
	// SetDeadline would not do: the library sets deadlines of its own.
	p.grace = time.AfterFunc(s.limits.Grace, p.hangUp)
	context.AfterFunc(ctx, func() { s.guard("connection's end", p.end) })
	return conn
}

// track is false when the server is stopping.
func (s *Server) track(p *peer) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopping {
		return false
	}
	s.peers[p] = struct{}{}
	s.ended.Add(1)
	return true
}

func (s *Server) untrack(p *peer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.peers, p)
	s.ended.Done()
}

func hostOf(addr net.Addr) string {
	host, _, err := net.SplitHostPort(addr.String())
	if err != nil {
		return addr.Network()
	}
	return host
}

func (p *peer) hangUp() { _ = p.conn.Close() }

// settled ends the time limit of the handshake.
func (p *peer) settled() {
	p.grace.Stop()
	p.server.gate.finished(p)
}

// listed notes that the session is written and on the hub.
func (p *peer) listed(unlist func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.begun, p.unlist, p.since = true, unlist, time.Now()
	p.last.Store(p.since.UnixNano())
	p.limits = time.AfterFunc(mostSession, func() { p.server.guard("limits of a session", p.checkLimits) })
	p.limits.Reset(0)
}

// end runs once, when the connection is over for whatever reason.
func (p *peer) end() {
	defer p.server.untrack(p)
	p.grace.Stop()
	p.hangUp()
	p.server.gate.leave(p)
	p.mu.Lock()
	begun, unlist, why, limits := p.begun, p.unlist, p.why, p.limits
	p.mu.Unlock()
	if !begun {
		return
	}
	limits.Stop()
	unlist()
	p.record(why.Key)
}

func (p *peer) record(reason string) {
	if reason == "" {
		reason = "left"
	}
	ctx, cancel := context.WithTimeout(context.Background(), recordTimeout)
	defer cancel()
	if err := p.server.ops.EndSession(ctx, p.id, reason); err != nil {
		p.server.log.Error("record a session's end", "session", p.id, "err", err)
	}
}

// close ends everything that the peer does and tells why; it returns at once.
// The connection is gone after closeGrace, even if the client doesn't read.
func (p *peer) close(why policy.Message, code int) {
	channels, first := p.startClosing(why)
	if !first {
		return
	}
	go p.server.guard("close session", func() {
		for _, c := range channels {
			c.end(why, code)
		}
		p.waitQuiet()
		p.hangUp()
	})
}

func (p *peer) startClosing(why policy.Message) (channels []*channel, first bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closing {
		return nil, false
	}
	p.closing, p.why = true, why
	for c := range p.channels {
		channels = append(channels, c)
	}
	if len(channels) == 0 {
		close(p.quiet)
	}
	return channels, true
}

// waitQuiet gives the client time to take in the last words: a channel is gone
// when the client has agreed that it is.
func (p *peer) waitQuiet() {
	timer := time.NewTimer(closeGrace)
	defer timer.Stop()
	select {
	case <-p.quiet:
	case <-p.ctx.Done():
	case <-timer.C:
	}
}

func (p *peer) add(c *channel) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closing || len(p.channels) >= p.server.limits.Channels {
		return false
	}
	p.channels[c] = struct{}{}
	return true
}

func (p *peer) remove(c *channel) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, ok := p.channels[c]; !ok {
		return
	}
	delete(p.channels, c)
	if p.closing && len(p.channels) == 0 {
		close(p.quiet)
	}
}

// refused logs what a client asked for and didn't get. A flood of requests
// doesn't become a flood of log lines.
func (p *peer) refused(what, kind string) {
	if n := p.logged.Add(1); n <= maxLogged {
		p.server.log.Info("refused", "what", what, "kind", short(kind), "session", p.id, "last_logged", n == maxLogged)
	}
}
