package ops

import (
	"context"
	"errors"
	"log/slog"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"balie/db"
	"balie/policy"
)

const (
	// NOTIFY may be lost without an error, so the database is asked as well.
	pollEvery = 2 * time.Second
	// A node that knows nothing newer than this closes all its sessions.
	feedLimit = 10 * time.Second
)

// feed is what Watch hears from the database.
type feed interface {
	Standing(ctx context.Context, sessions []string) ([]db.Standing, error)
	Listen(ctx context.Context, heard func()) error
	NoteDoing(ctx context.Context, all []db.Doing) (noted []string, terms db.Terms, err error)
}

// Watch keeps the hub in step with the database until ctx ends: it closes the
// sessions that are over, tells those whose person's roles have changed and,
// when it has known nothing for ten seconds, closes all and admits nobody. Run
// it before letting anybody in.
func (o *Ops) Watch(ctx context.Context) error {
	return watch(ctx, o.Hub, o.Store, o.Log)
}

func watch(ctx context.Context, hub *Hub, from feed, log *slog.Logger) error {
	defer hub.admit(false)
	heard := make(chan struct{}, 1)
	var beside sync.WaitGroup // without these two the sessions are still polled
	defer beside.Wait()
	beside.Go(contained("the listener", log, func() { listen(ctx, from, heard, log) }))
	beside.Go(contained("the notes of what sessions do", log, func() { note(ctx, hub, from, log) }))
	look(ctx, hub, from, heard, log)
	return ctx.Err()
}

// contained turns a panic of fn into a line of the log.
func contained(what string, log *slog.Logger, fn func()) func() {
	return func() {
		defer func() {
			if p := recover(); p != nil {
				log.Error("a part of the watch panicked", "part", what, "what", policy.PanicText(p), "stack", string(debug.Stack()))
			}
		}()
		fn()
	}
}

// look asks at once when something was heard or a session was added, and every
// pollEvery. The fuse does not depend on an answer: a database that swallows
// questions can't keep it from burning down.
func look(ctx context.Context, hub *Hub, from feed, heard <-chan struct{}, log *slog.Logger) {
	fuse := time.AfterFunc(feedLimit, func() { goBlind(hub, log) })
	defer fuse.Stop()
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		asked := time.Now()
		err := check(ctx, hub, from)
		// An answer that lay waiting in a stopped process is no news.
		if left := feedLimit - time.Since(asked); err == nil && left > 0 {
			fuse.Reset(left)
			hub.admit(true)
		} else if ctx.Err() == nil {
			log.Warn("sessions can't be checked", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-heard:
		case <-hub.added:
		}
	}
}

// goBlind is for when nobody can say any more who has been revoked.
func goBlind(hub *Hub, log *slog.Logger) {
	hub.admit(false)
	n := hub.closeWhere(
		policy.Message{Key: "The database can't be reached, so that your access can't be checked: sign in again in a while."},
		func(Live) bool { return true })
	log.Error("no word from the database: all sessions closed", "sessions", n)
}

// check compares the hub with what the database says.
func check(ctx context.Context, hub *Hub, from feed) error {
	live := hub.List()
	ids := make([]string, len(live))
	for i, l := range live {
		ids[i] = l.Session
	}
	ctx, cancel := context.WithTimeout(ctx, pollEvery)
	defer cancel()
	all, err := from.Standing(ctx, ids)
	if err != nil {
		return err
	}
	hub.apply(live, all)
	return nil
}

// apply closes those of the sessions asked about that are over or unknown, and
// tells the others of changed roles.
func (h *Hub) apply(asked []Live, answer []db.Standing) {
	open := map[string]db.Standing{}
	reason := map[string]string{}
	for _, s := range answer {
		if reason[s.ID] = s.Reason; s.Open {
			open[s.ID] = s
		}
	}
	for _, l := range asked {
		s, ok := open[l.Session]
		switch {
		case !ok:
			h.CloseSession(l.Session, whyEnded(reason[l.Session]))
		case len(s.Roles) == 0:
			h.CloseSession(l.Session, policy.Message{Key: "You hold no role at present: ask an admin."})
		default:
			h.compare(l, s)
		}
	}
}

// compare tells a session when its person's roles are not those it knows, or
// reach to others than before.
func (h *Hub) compare(l Live, s db.Standing) {
	now := policy.InOrder(s.Roles)
	if slices.Equal(now, l.Actor.Held) && l.reach == s.Reach {
		return
	}
	h.mu.Lock()
	current, ok := h.live[l.Session]
	current.Actor.Held, current.reach = now, s.Reach
	if ok {
		h.live[l.Session] = current
	}
	h.mu.Unlock()
	first := l.reach == "" && slices.Equal(now, l.Actor.Held) // nothing was known yet
	if ok && !first && current.Changed != nil {
		current.Changed()
	}
}

// listen makes heard ready whenever the database tells of a change, and once
// after each new connection: what was told meanwhile is lost.
func listen(ctx context.Context, from feed, heard chan<- struct{}, log *slog.Logger) {
	for ctx.Err() == nil {
		err := from.Listen(ctx, func() {
			select {
			case heard <- struct{}{}:
			default: // not yet looked since the last word
			}
		})
		if err != nil && !errors.Is(err, context.Canceled) {
			log.Warn("the listener ended and begins anew", "err", err)
		}
		pause(ctx, pollEvery/4)
	}
}

func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
