package server

import (
	"time"

	"balie/ops"
	"balie/policy"
)

// terms are the limits of a session: the server's own, else the organisation's.
func (s *Server) terms() ops.Terms {
	t := s.ops.Hub.Terms()
	if s.limits.Idle > 0 {
		t.Idle = s.limits.Idle
	}
	if s.limits.Session > 0 {
		t.Longest = s.limits.Session
	}
	return t
}

// What one reads whose session ends, and before.
var (
	away     = policy.Message{Key: "You were signed out because nothing was typed for a while."}
	awaySoon = policy.Message{Key: "Nothing was typed for a while: press a key, or you are signed out within a minute. What you typed is kept."}
	longSoon = policy.Message{Key: "This session ends within a minute, because it has lasted as long as one may. What you typed is kept: sign in again."}
)

// due says when to look again and whether it is time to warn or to end, left
// before the end.
func due(left, limit time.Duration) (warn, end bool, next time.Duration) {
	before := min(warnBefore, limit/2)
	switch {
	case left <= 0:
		return false, true, 0
	case left <= before:
		return true, false, min(left, lookEvery)
	}
	return false, false, min(left-before, lookEvery)
}

// checkIdle ends a channel on which nobody typed for too long. It looks again
// and again: the limit may have been changed.
func (c *channel) checkIdle() {
	c.peer.server.guard("idle check", func() {
		if c.ctx.Err() != nil {
			return
		}
		limit := c.peer.server.terms().Idle
		last := c.last.Load()
		warn, end, next := due(limit-time.Since(time.Unix(0, last)), limit)
		if end {
			c.end(away, exitFailed)
			return
		}
		if warn && c.warned != last { // once for each time that somebody stops typing
			c.warned = last
			c.tell(awaySoon)
		}
		c.idle.Reset(next)
	})
}

// tell warns who looks at the channel's screen; a command has none.
func (c *channel) tell(why policy.Message) {
	c.mu.Lock()
	warn := c.warn
	c.mu.Unlock()
	if warn != nil {
		warn(why)
	}
}

// checkLimits ends a connection that has lasted too long, and one that rests
// without a channel: it could begin sessions without a code.
func (p *peer) checkLimits() {
	if p.ctx.Err() != nil {
		return
	}
	terms, now := p.server.terms(), time.Now()
	warn, end, next := due(terms.Longest-now.Sub(p.since), terms.Longest)
	idle := now.Sub(time.Unix(0, p.last.Load()))
	switch channels := p.open(); {
	case end:
		p.close(ops.TooLong, exitFailed)
		return
	case len(channels) == 0 && idle >= terms.Idle:
		p.close(away, exitFailed)
		return
	case warn && !p.warned:
		p.warned = true
		for _, c := range channels {
			c.tell(longSoon)
		}
	}
	p.limits.Reset(min(next, max(terms.Idle/2, time.Millisecond)))
}
