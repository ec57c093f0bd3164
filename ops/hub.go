package ops

import (
	"slices"
	"sync"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// Live is one session that this node serves.
type Live struct {
	Session string
	Actor   policy.Actor
	Since   time.Time
	Address string
	KeyName text.Line
	// Close ends the session and tells the person why. It must return at once
	// and may be called more than once.
	Close func(why policy.Message)
	// Active says when something was typed last; nil: nobody knows.
	Active func() time.Time
	// Changed tells the session that the person's roles are others now, or whom
	// they reach: read them with Ops.Roles, and look anew. It must return at once; nil if nobody wants to know.
	Changed func()

	reach string // as the database said last; "" before it did
}

// Hub knows who is connected to this node, and so whom to disconnect. Watch
// keeps it in step with the database.
type Hub struct {
	mu        sync.Mutex
	live      map[string]Live
	doing     map[string]policy.Act // the kind of each session's last act
	terms     Terms
	admitting bool
	added     chan struct{} // asks Watch to look at once
	panes     map[string]*Pane
	there     map[db.Record][]Other // who has what open, on all nodes
}

// NewHub makes a hub that admits nobody until Watch has heard from the
// database.
func NewHub() *Hub {
	return &Hub{live: map[string]Live{}, doing: map[string]policy.Act{}, added: make(chan struct{}, 1), panes: map[string]*Pane{}}
}

// Admitting says whether the node knows of revocations in time, and so may let
// people in.
func (h *Hub) Admitting() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.admitting
}

// Add lists a session, until remove is called; it fails when the hub admits
// nobody. Watch checks the session at once: its person may have been revoked
// while it began.
func (h *Hub) Add(l Live) (remove func(), err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.admitting {
		return nil, policy.Errorf(policy.Unavailable, "Nobody is let in just now, because the database can't be reached: try again in a minute.")
	}
	h.live[l.Session] = l
	select {
	case h.added <- struct{}{}:
	default: // Watch has not looked yet since the last one
	}
	return func() { h.remove(l.Session) }, nil
}

func (h *Hub) remove(session string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.drop(session)
}

func (h *Hub) drop(session string) {
	delete(h.live, session)
	delete(h.doing, session)
}

// List gives the sessions of this node, the oldest first.
func (h *Hub) List() []Live {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := make([]Live, 0, len(h.live))
	for _, l := range h.live {
		all = append(all, l)
	}
	slices.SortFunc(all, func(a, b Live) int { return a.Since.Compare(b.Since) })
	return all
}

// ClosePerson ends all sessions of a person on this node and counts them.
func (h *Hub) ClosePerson(person int32, why policy.Message) int {
	return h.closeWhere(why, func(l Live) bool { return l.Actor.ID == person })
}

// CloseSession ends one session, if this node serves it.
func (h *Hub) CloseSession(id string, why policy.Message) bool {
	return h.closeWhere(why, func(l Live) bool { return l.Session == id }) > 0
}

// closeWhere takes the sessions off the list before it closes them, so that
// each is closed and counted once.
func (h *Hub) closeWhere(why policy.Message, which func(Live) bool) int {
	closing := h.take(which)
	for _, l := range closing {
		l.Close(why)
	}
	return len(closing)
}

func (h *Hub) take(which func(Live) bool) []Live {
	h.mu.Lock()
	defer h.mu.Unlock()
	var taken []Live
	for id, l := range h.live {
		if which(l) {
			taken = append(taken, l)
			h.drop(id)
		}
	}
	return taken
}

func (h *Hub) admit(yes bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.admitting = yes
}
