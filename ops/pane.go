package ops

import (
	"cmp"
	"context"
	"crypto/rand"
	"slices"
	"time"

	"balie/db"
	"balie/policy"
)

// Showing is what a screen shows, by which its node tells what it must hear of.
// It is never changed once it was given.
type Showing struct {
	// Kinds are those of which new records may belong on the screen, when they
	// are of one of Scopes; All stands for every owner.
	Kinds  []policy.RecordKind
	Scopes map[int32]bool
	All    bool
	// Records are on the screen now, as the session was let see them.
	Records map[db.Record]bool
	// Awaits is a record that is not on the screen yet, or not any more.
	Awaits db.Record
	// Open is the record that the screen is about, zero for a list; only one that
	// the session was let see.
	Open    db.Record
	Editing bool
}

// touched says whether a change may alter what is shown, and shown that it is
// of a record that is on the screen.
func (s *Showing) touched(c db.LiveChange) (touched, shown bool) {
	shows := func(r db.Record) bool { return r.ID != 0 && (s.Records[r] || s.Awaits == r) }
	if shows(db.Record{Kind: c.Kind, ID: c.ID}) {
		return true, true
	}
	if shows(db.Record{Kind: policy.RecordCustomer, ID: c.Customer}) {
		return true, false
	}
	return slices.Contains(s.Kinds, c.Kind) && (s.All || c.Scope != 0 && s.Scopes[c.Scope]), false
}

// Other is a colleague who has a record open that the screen shows.
type Other struct {
	Person  int32
	Record  db.Record
	Editing bool
}

// Word is what a screen is told.
type Word struct {
	Changed bool // look again
	// Rows are all that was changed, each of them on the screen; nil: perhaps
	// other things too.
	Rows   []db.Record
	Others []Other
}

// mostRows is how many rows a screen looks at one by one.
const mostRows = 20

// Pane is the place of one screen on the hub, from which it hears what
// colleagues do.
type Pane struct {
	hub    *Hub
	id     string
	person int32
	ready  chan struct{} // something is to be told

	// Under the hub's lock:
	showing Showing
	dirty   bool        // something was changed since told
	rows    []db.Record // which, while all of it is on the screen
	beyond  bool        // something else too
	told    time.Time
	word    Word // not fetched yet
}

// OpenPane gives a person's screen a place; the caller closes it.
func (h *Hub) OpenPane(person int32) *Pane {
	p := &Pane{hub: h, id: rand.Text(), person: person, ready: make(chan struct{}, 1)}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.panes[p.id] = p
	return p
}

// Close takes the screen off, and with it that somebody has the record open.
func (p *Pane) Close() {
	p.hub.mu.Lock()
	defer p.hub.mu.Unlock()
	delete(p.hub.panes, p.id)
}

// Show says what is on the screen now.
func (p *Pane) Show(s Showing) {
	p.hub.mu.Lock()
	defer p.hub.mu.Unlock()
	p.showing = s
	p.hear()
}

// Next waits for the next word; what came meanwhile is one.
func (p *Pane) Next(ctx context.Context) (Word, error) {
	select {
	case <-ctx.Done():
		return Word{}, ctx.Err()
	case <-p.ready:
	}
	p.hub.mu.Lock()
	defer p.hub.mu.Unlock()
	w := p.word
	p.word.Changed, p.word.Rows = false, nil
	return w, nil
}

func (p *Pane) wake() {
	select {
	case p.ready <- struct{}{}:
	default: // it has not fetched the last word yet
	}
}

// hear tells the screen of colleagues who have open what it shows. Who doesn't
// see a record never shows it, and so is not told.
func (p *Pane) hear() {
	var others []Other
	for r, all := range p.hub.there {
		if !p.showing.Records[r] {
			continue
		}
		for _, o := range all {
			if o.Person != p.person {
				others = append(others, o)
			}
		}
	}
	slices.SortFunc(others, func(a, b Other) int {
		return cmp.Or(cmp.Compare(a.Person, b.Person), cmp.Compare(a.Record.ID, b.Record.ID), cmp.Compare(a.Record.Kind, b.Record.Kind))
	})
	if others = slices.Compact(others); !slices.Equal(others, p.word.Others) {
		p.word.Others = others
		p.wake()
	}
}

func (h *Hub) panesNow() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.panes)
}

// touchAll is for when nobody knows what was changed.
func (h *Hub) touchAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, p := range h.panes {
		p.dirty, p.beyond = true, true
	}
}

func (h *Hub) touch(all []db.LiveChange) {
	if len(all) == 0 {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, p := range h.panes {
		for _, c := range all {
			p.touch(c)
		}
	}
}

func (p *Pane) touch(c db.LiveChange) {
	touched, shown := p.showing.touched(c)
	if !touched {
		return
	}
	r := db.Record{Kind: c.Kind, ID: c.ID}
	p.dirty, p.beyond = true, p.beyond || !shown || len(p.rows) >= mostRows
	if !p.beyond && !slices.Contains(p.rows, r) {
		p.rows = append(p.rows, r)
	}
}

// tell makes the word of what was changed ready; one that was not fetched yet
// counts for more.
func (p *Pane) tell(now time.Time) {
	rows := slices.Clone(p.rows)
	if p.beyond || p.word.Changed {
		rows = nil
	}
	p.word.Changed, p.word.Rows, p.told = true, rows, now
	p.dirty, p.beyond, p.rows = false, false, nil
	p.wake()
}

// tellPanes tells those whose screen was touched, each not too often.
func (h *Hub) tellPanes(now time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, p := range h.panes {
		if p.dirty && now.Sub(p.told) >= tellEvery {
			p.tell(now)
		}
	}
}

// open is what lies open on this node's screens.
func (h *Hub) open() map[string]db.Presence {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := map[string]db.Presence{}
	for id, p := range h.panes {
		if o := p.showing.Open; o.ID != 0 {
			all[id] = db.Presence{Pane: id, PersonID: p.person, Kind: o.Kind, ID: o.ID, Editing: p.showing.Editing}
		}
	}
	return all
}

// present takes what lies open on all nodes.
func (h *Hub) present(all []db.Presence) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.there = map[db.Record][]Other{}
	for _, p := range all {
		r := db.Record{Kind: p.Kind, ID: p.ID}
		h.there[r] = append(h.there[r], Other{p.PersonID, r, p.Editing})
	}
	for _, p := range h.panes {
		p.hear()
	}
}
