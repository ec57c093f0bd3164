package ops

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"balie/db"
	"balie/policy"
)

// line is a connection to the database that can be cut, and swallow.
type line struct {
	mu      sync.Mutex
	over    bool // the session was ended
	swallow bool // questions get no answer, as through a dead proxy
}

func (l *line) set(over, swallow bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.over, l.swallow = over, swallow
}

func (l *line) Standing(ctx context.Context, ids []string) (all []db.Standing, err error) {
	l.mu.Lock()
	over, swallow := l.over, l.swallow
	l.mu.Unlock()
	if swallow {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	for _, id := range ids {
		all = append(all, db.Standing{ID: id, Open: !over, Reason: db.EndClosed, Roles: []policy.Role{policy.Sales}})
	}
	return all, nil
}

// NoteDoing writes nothing.
func (l *line) NoteDoing(context.Context, []db.Doing) ([]string, db.Terms, error) {
	return nil, db.Terms{}, nil
}

// Listen hears nothing: every word was lost on the way.
func (l *line) Listen(ctx context.Context, _ func()) error {
	<-ctx.Done()
	return ctx.Err()
}

// in runs body beside Watch in a bubble whose clock jumps.
func in(t *testing.T, body func(h *Hub, l *line, closed chan policy.Message)) {
	synctest.Test(t, func(t *testing.T) {
		h, l, closed := NewHub(), &line{}, make(chan policy.Message, 1)
		ctx, cancel := context.WithCancel(t.Context())
		var done sync.WaitGroup
		done.Go(func() { _ = watch(ctx, h, l, slog.New(slog.DiscardHandler)) })
		synctest.Wait()
		add := Live{
			Session: "s", Actor: policy.Actor{ID: 1, Held: []policy.Role{policy.Sales}},
			Close: func(why policy.Message) { closed <- why },
		}
		if _, err := h.Add(add); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		body(h, l, closed)
		cancel()
		done.Wait()
		if h.Admitting() {
			t.Error("the hub lets people in while nobody watches")
		}
	})
}

func TestWatch_pollsWhenNothingIsHeard(t *testing.T) {
	in(t, func(_ *Hub, l *line, closed chan policy.Message) {
		l.set(true, false)
		start := time.Now()
		if why := <-closed; why.Key != whyEnded(db.EndClosed).Key {
			t.Errorf("told was %q", why.Key)
		}
		if d := time.Since(start); d > pollEvery {
			t.Errorf("closed after %v", d)
		}
	})
}

// Threat 12: a database that gives no answer closes all and lets nobody in,
// until it answers again.
func TestWatch_goesBlind(t *testing.T) {
	in(t, func(h *Hub, l *line, closed chan policy.Message) {
		l.set(false, true)
		start := time.Now()
		<-closed
		if d := time.Since(start); d < feedLimit-pollEvery || d > feedLimit {
			t.Errorf("closed after %v", d)
		}
		synctest.Wait()
		if _, err := h.Add(Live{Session: "t"}); policy.KindOf(err) != policy.Unavailable {
			t.Errorf("a blind node lets people in: %v", err)
		}
		l.set(false, false)
		time.Sleep(2 * pollEvery)
		if !h.Admitting() {
			t.Error("the node lets nobody in though the database answers again")
		}
	})
}

// A short silence closes nothing.
func TestWatch_shortSilence(t *testing.T) {
	in(t, func(h *Hub, l *line, closed chan policy.Message) {
		l.set(false, true)
		time.Sleep(feedLimit - 2*pollEvery)
		l.set(false, false)
		time.Sleep(feedLimit)
		if len(closed) > 0 || !h.Admitting() {
			t.Error("a short silence closed the session")
		}
	})
}
