package ops

import (
	"context"
	"maps"
	"slices"
	"time"

	"balie/db"
	"balie/policy"
)

const (
	// lookEvery is how soon a node hears of what was changed on any.
	lookEvery = 200 * time.Millisecond
	// Of many changes a screen is told no oftener than this.
	tellEvery = 400 * time.Millisecond
	// A record counts as open while its node has vouched for the screen during
	// presenceLease.
	vouchEvery    = 5 * time.Second
	presenceLease = 15 * time.Second
	// Changes are kept for nodes that were slow; one that was slower looks anew.
	keepChanges = time.Minute
	lookLimit   = 2 * time.Second
)

// stream is what the node hears changes from.
type stream interface {
	Snapshot(context.Context) (string, error)
	LookSince(ctx context.Context, snapshot string) ([]db.LiveChange, string, error)
	DropChanges(ctx context.Context, snapshot string) error
	PutPresence(ctx context.Context, node string, all []db.Presence) error
	DropPresence(ctx context.Context, panes []string, lease time.Duration) error
	ListPresence(ctx context.Context, lease time.Duration) ([]db.Presence, error)
}

// KeepLive tells the screens of this node what others change and open, on all
// nodes, until ctx ends. It asks the database only while there are screens.
// Run it in one goroutine per node.
func (o *Ops) KeepLive(ctx context.Context) error {
	l := &living{hub: o.Hub, from: o.Store, node: o.Node, written: map[string]db.Presence{}}
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		if err := l.turn(ctx); err != nil && ctx.Err() == nil {
			o.Log.Warn("what others change can't be told", "err", err)
			l.lost()
		}
		select {
		case <-ctx.Done():
			l.leave(context.WithoutCancel(ctx))
			return ctx.Err()
		case <-tick.C:
		}
	}
}

// living is where one node is in the stream of changes.
type living struct {
	hub  *Hub
	from stream
	node string

	at      string    // the snapshot up to which it has looked; "" it begins
	old     string    // one that is older than keepChanges when it is replaced
	oldAt   time.Time // when old was taken
	vouched time.Time
	written map[string]db.Presence // by pane, as the database has them
}

func (l *living) turn(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, lookLimit)
	defer cancel()
	if l.hub.panesNow() == 0 && len(l.written) == 0 {
		l.lost() // nobody is there to be told
		return nil
	}
	if err := l.tellOpen(ctx); err != nil {
		return err
	}
	presence, err := l.look(ctx)
	if err != nil {
		return err
	}
	if vouch := time.Since(l.vouched) > vouchEvery; vouch || presence {
		err = l.whoIsThere(ctx, vouch)
	}
	l.hub.tellPanes(time.Now())
	return err
}

// lost forgets the place in the stream: whoever looks next looks at all anew.
func (l *living) lost() { l.at, l.old = "", "" }

// look hears what was changed since the last turn, and says whether somebody
// opened or closed a record.
func (l *living) look(ctx context.Context) (presence bool, err error) {
	if l.at == "" {
		if l.at, err = l.from.Snapshot(ctx); err == nil {
			l.hub.touchAll()
		}
		return true, err
	}
	all, next, err := l.from.LookSince(ctx, l.at)
	if err != nil {
		return false, err
	}
	l.at = next
	for _, c := range all {
		presence = presence || c.Kind == policy.RecordPresence
	}
	l.hub.touch(all)
	return presence, l.clear(ctx)
}

// clear drops what all nodes have seen.
func (l *living) clear(ctx context.Context) (err error) {
	if now := time.Now(); now.Sub(l.oldAt) > keepChanges {
		if l.old != "" {
			err = l.from.DropChanges(ctx, l.old)
		}
		l.old, l.oldAt = l.at, now
	}
	return err
}

// tellOpen writes what is open on this node, as far as it changed.
func (l *living) tellOpen(ctx context.Context) error {
	open, put, gone := l.hub.open(), []db.Presence{}, []string{}
	for pane, p := range open {
		if l.written[pane] != p {
			put = append(put, p)
		}
	}
	for pane := range l.written {
		if _, still := open[pane]; !still {
			gone = append(gone, pane)
		}
	}
	if len(put) > 0 {
		if err := l.from.PutPresence(ctx, l.node, put); err != nil {
			return err
		}
	}
	if len(gone) > 0 {
		if err := l.from.DropPresence(ctx, gone, presenceLease); err != nil {
			return err
		}
	}
	l.written = open
	return nil
}

// whoIsThere reads what is open on all nodes; with vouch it says first that
// what is open here still is.
func (l *living) whoIsThere(ctx context.Context, vouch bool) error {
	if vouch {
		if err := l.vouch(ctx); err != nil {
			return err
		}
	}
	all, err := l.from.ListPresence(ctx, presenceLease)
	if err != nil {
		return err
	}
	l.hub.present(all)
	return nil
}

// vouch writes all rows anew, for after a crash of the database there are none,
// and drops those for which nobody vouches.
func (l *living) vouch(ctx context.Context) error {
	l.vouched = time.Now()
	if len(l.written) > 0 {
		if err := l.from.PutPresence(ctx, l.node, slices.Collect(maps.Values(l.written))); err != nil {
			return err
		}
	}
	return l.from.DropPresence(ctx, nil, presenceLease)
}

// leave takes back what this node has told.
func (l *living) leave(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, lookLimit)
	defer cancel()
	if panes := slices.Collect(maps.Keys(l.written)); len(panes) > 0 {
		_ = l.from.DropPresence(ctx, panes, presenceLease) // the lease ends anyway
	}
}
