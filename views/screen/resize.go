package screen

import (
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
)

// The largest window that is drawn: a window of 20000×20000 once cost 5 GB.
const (
	MaxWidth  = 500
	MaxHeight = 200
)

// resizeEvery bounds how often a program hears of a new size.
const resizeEvery = time.Second / 20

// Size is a window's size in cells.
type Size struct{ Width, Height int }

func (s Size) valid() bool { return s.Width > 0 && s.Height > 0 }

func (s Size) clamp() Size { return Size{min(s.Width, MaxWidth), min(s.Height, MaxHeight)} }

// orDefault is for clients that don't tell a size.
func (s Size) orDefault() Size {
	if s.valid() {
		return s
	}
	return Size{80, 24}
}

// resizer passes sizes on, the newest only and never more than one at a time:
// a client can send a hundred thousand a second.
type resizer struct {
	send  func(tea.Msg)
	guard func(func())

	mu           sync.Mutex
	newest, sent Size
	last         time.Time
	busy         bool // a timer is set or a send is under way
}

func (r *resizer) want(size Size) {
	if !size.valid() {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.newest = size.clamp()
	r.arm()
}

// arm sets the timer unless one is set already or there is nothing new.
func (r *resizer) arm() {
	if r.busy || r.newest == r.sent {
		return
	}
	r.busy = true
	time.AfterFunc(max(0, resizeEvery-time.Since(r.last)), func() { r.guard(r.pass) })
}

func (r *resizer) pass() {
	r.mu.Lock()
	size := r.newest
	r.sent, r.last = size, time.Now()
	r.mu.Unlock()
	r.send(tea.WindowSizeMsg{Width: size.Width, Height: size.Height})
	r.mu.Lock()
	defer r.mu.Unlock()
	r.busy = false
	r.arm()
}
