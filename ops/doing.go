package ops

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"balie/db"
	"balie/policy"
)

// noteEvery is how soon others see what a session does, and a node the limits
// that the organisation changed.
const noteEvery = 4 * time.Second

// Terms are the limits of a session.
type Terms struct {
	Idle    time.Duration // without a key press
	Longest time.Duration // whatever happens in it
}

// Terms are those that count now.
func (h *Hub) Terms() Terms {
	h.mu.Lock()
	defer h.mu.Unlock()
	return Terms{
		Idle:    orSetting(h.terms.Idle, policy.SessionIdleMinutes, time.Minute),
		Longest: orSetting(h.terms.Longest, policy.SessionHours, time.Hour),
	}
}

func orSetting(decided time.Duration, key policy.SettingKey, unit time.Duration) time.Duration {
	if decided > 0 {
		return decided
	}
	s, _ := policy.FindSetting(key)
	return time.Duration(s.Default.Int()) * unit
}

// byTheWay are acts that screens and commands perform beside others: to name
// colleagues and tags, to say what waits.
var byTheWay = []policy.Act{policy.ProfileView, policy.TagList, policy.AttentionList, policy.TaskRemind}

// did notes the kind of a session's act, in memory only: an act costs no more
// for being seen. Ops of a command without a server have no hub.
func (h *Hub) did(session string, act policy.Act) {
	if h == nil || slices.Contains(byTheWay, act) {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, ok := h.live[session]; ok {
		h.doing[session] = act
	}
}

// state is what was written last of a session.
type state struct {
	active time.Time
	act    policy.Act
}

// note writes what the sessions of this node do, those only of which something
// changed, until ctx ends.
func note(ctx context.Context, hub *Hub, from feed, log *slog.Logger) {
	written := map[string]state{}
	tick := time.NewTicker(noteEvery)
	defer tick.Stop()
	for {
		var err error
		if written, err = noteOnce(ctx, hub, from, written); err != nil && ctx.Err() == nil {
			log.Warn("what sessions do can't be noted", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// noteOnce gives what is written now, of the sessions that there still are.
func noteOnce(ctx context.Context, hub *Hub, from feed, written map[string]state) (map[string]state, error) {
	now, kept, changed := hub.states(), map[string]state{}, []db.Doing{}
	for id, s := range now {
		if was, ok := written[id]; ok && was == s {
			kept[id] = s
		} else {
			changed = append(changed, db.Doing{Session: id, Idle: max(time.Since(s.active), 0), Act: s.act})
		}
	}
	ctx, cancel := context.WithTimeout(ctx, noteEvery)
	defer cancel()
	noted, terms, err := from.NoteDoing(ctx, changed)
	if err != nil {
		return kept, err
	}
	for _, id := range noted {
		kept[id] = now[id]
	}
	hub.setTerms(terms)
	return kept, nil
}

func (h *Hub) states() map[string]state {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := make(map[string]state, len(h.live))
	for id, l := range h.live {
		s := state{active: l.Since, act: h.doing[id]}
		if l.Active != nil {
			s.active = l.Active()
		}
		all[id] = s
	}
	return all
}

func (h *Hub) setTerms(t db.Terms) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.terms = Terms{Idle: time.Duration(t.IdleMinutes) * time.Minute, Longest: time.Duration(t.Hours) * time.Hour}
}
