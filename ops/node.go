package ops

import (
	"context"
	"strings"
	"time"

	"balie/db"
	"balie/policy"
)

const (
	pulseEvery = 10 * time.Second
	// A session of which no node has said for so long that it serves it is
	// over: its node was killed, or could not record the end.
	lostAfter = 30 * time.Second
)

// KeepNode vouches for the sessions of this node until ctx ends, and ends
// those for which nobody does. Run it in one goroutine per node.
func (o *Ops) KeepNode(ctx context.Context) error {
	var clock steady
	tick := time.NewTicker(pulseEvery)
	defer tick.Stop()
	for {
		if err := o.pulse(ctx, &clock); err != nil && ctx.Err() == nil {
			o.Log.Warn("the node can't vouch for its sessions", "err", err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

func (o *Ops) pulse(ctx context.Context, clock *steady) error {
	ctx, cancel := context.WithTimeout(ctx, pulseEvery/2)
	defer cancel()
	live := o.Hub.List()
	ids := make([]string, len(live))
	for i, l := range live {
		ids[i] = l.Session
	}
	p, err := o.Store.Pulse(ctx, ids, lostAfter)
	if err != nil {
		return err
	}
	if clock.hear(p.Now, time.Now()) < lostAfter || !p.Lost {
		return nil
	}
	return o.endLost(ctx)
}

func (o *Ops) endLost(ctx context.Context) error {
	return o.act(ctx, door(""), policy.SignOut, policy.Resource{}, func(tx *db.Tx) error {
		ended, err := tx.EndLostSessions(ctx, lostAfter)
		tx.Detail(db.EndLost + ": " + strings.Join(ended, " "))
		return err
	})
}

// steady knows for how long the database's clock has gone as fast as ours.
// After a leap, by its administrator or to another server, the last words of
// all nodes look old: those that live must have time to speak again.
type steady struct {
	since           time.Time // by our clock
	local, database time.Time // at the last word
}

func (s *steady) hear(database, local time.Time) time.Duration {
	leap := database.Sub(s.database) - local.Sub(s.local)
	if s.since.IsZero() || leap.Abs() > pulseEvery {
		s.since = local
	}
	s.database, s.local = database, local
	return local.Sub(s.since)
}
