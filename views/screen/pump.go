package screen

import (
	"bytes"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

const (
	maxPaste    = 1 << 20
	maxSequence = 256 // no key or report is longer

	escapeWait = 50 * time.Millisecond // after it, an ESC is the Escape key
	pasteWait  = 5 * time.Second       // after it, a paste without an end is over
	quietWait  = time.Second           // this long a silence ends what is dropped
)

var pasteEnd = []byte("\x1b[201~")

// PasteCutMsg follows a tea.PasteMsg that holds only the beginning of what was
// pasted, because it was longer than 1 MiB or didn't end within 5 s.
type PasteCutMsg struct{}

type inputState int

const (
	typing inputState = iota
	pasting
	dropping // the rest of a paste that was cut: taken for keys it would act
)

// pump turns bytes into keys, pastes and clicks. It uses ultraviolet's decoder
// but not its TerminalReader: that blocks for ever when a session hangs up
// while typing, has no bound on pastes and unfinished sequences, and builds a
// table of keys per session.
type pump struct {
	send  func(tea.Msg)
	guard func(func())

	mu       sync.Mutex
	decoder  uv.EventDecoder
	state    inputState
	buf      []byte // not yet decoded
	paste    []byte
	timer    *time.Timer
	deadline time.Time
}

func (p *pump) feed(data []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.buf = append(p.buf, data...)
	was := p.state
	p.scan(false)
	p.arm(was)
}

// expire is what the timer does. The timer may have fired just before feed
// moved the deadline, hence the second look.
func (p *pump) expire() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if time.Now().Before(p.deadline) {
		return
	}
	was := p.state
	switch p.state {
	case typing:
		p.scan(true)
	case pasting:
		p.endPaste(dropping)
	case dropping:
		p.state, p.buf = typing, p.buf[:0]
	}
	p.arm(was)
}

// arm sets the timer for the state; a paste's runs from its beginning, so that
// nobody holds one open by trickling.
func (p *pump) arm(was inputState) {
	switch {
	case p.state == pasting && was == pasting:
		return
	case p.state == pasting:
		p.wait(pasteWait)
	case p.state == dropping:
		p.wait(quietWait)
	case len(p.buf) > 0:
		p.wait(escapeWait)
	default:
		p.stop()
	}
}

func (p *pump) wait(d time.Duration) {
	p.deadline = time.Now().Add(d)
	if p.timer == nil {
		p.timer = time.AfterFunc(d, func() { p.guard(p.expire) })
		return
	}
	p.timer.Reset(d)
}

func (p *pump) stop() {
	if p.timer != nil {
		p.timer.Stop()
	}
}

// scan decodes what it can; expired means that no more of a sequence comes.
func (p *pump) scan(expired bool) {
	rest := p.buf
	for more := true; more && len(rest) > 0; {
		if p.state == typing {
			rest, more = p.key(rest, expired)
		} else {
			rest, more = p.body(rest)
		}
	}
	p.buf = append(p.buf[:0], rest...)
}

func (p *pump) key(b []byte, expired bool) (rest []byte, more bool) {
	if !expired && !utf8.FullRune(b) {
		return b, false
	}
	if r, n := utf8.DecodeRune(b); r == utf8.RuneError && n == 1 {
		return b[1:], true // the decoder would take it for a control
	}
	n, event := p.decoder.Decode(b)
	if !expired && unfinished(b, n, event) {
		if len(b) <= maxSequence {
			return b, false
		}
		p.state = dropping
		return nil, false
	}
	p.pass(event)
	return b[min(max(n, 1), len(b)):], true
}

// unfinished tells whether more bytes could change what event is.
func unfinished(b []byte, n int, event uv.Event) bool {
	if n < len(b) {
		return false
	}
	_, unknown := event.(uv.UnknownEvent)
	return unknown || b[0] == '\x1b' && (n == 1 || n == 2 && strings.IndexByte("\x1bOP[]_^X", b[1]) >= 0)
}

// pass forwards what a person does. A client can send any report, so the rest
// is dropped: a window size, for one, would go round the limits.
func (p *pump) pass(event uv.Event) {
	switch e := event.(type) {
	case uv.PasteStartEvent:
		p.state = pasting
	case uv.MultiEvent:
		for _, one := range e {
			p.pass(one)
		}
	case uv.KeyPressEvent, uv.MouseClickEvent, uv.MouseReleaseEvent, uv.MouseWheelEvent:
		p.send(e)
	}
}

// body takes the inside of a paste up to its end.
func (p *pump) body(b []byte) (rest []byte, more bool) {
	end := bytes.Index(b, pasteEnd)
	if end < 0 {
		keep := partialEnd(b)
		p.collect(b[:len(b)-keep])
		return b[len(b)-keep:], false
	}
	p.collect(b[:end])
	if p.state == pasting {
		p.endPaste(typing)
	}
	p.state = typing
	return b[end+len(pasteEnd):], true
}

func (p *pump) collect(b []byte) {
	if p.state != pasting {
		return
	}
	room := min(len(b), maxPaste-len(p.paste))
	p.paste = append(p.paste, b[:room]...)
	if room < len(b) {
		p.endPaste(dropping)
	}
}

func (p *pump) endPaste(next inputState) {
	content := strings.ToValidUTF8(string(p.paste), "\uFFFD")
	p.paste, p.state = nil, next
	p.send(tea.PasteMsg{Content: content})
	if next == dropping {
		p.send(PasteCutMsg{})
	}
}

// partialEnd is how many bytes at the end of b may begin the end marker.
func partialEnd(b []byte) int {
	i := bytes.LastIndexByte(b, '\x1b')
	if i < 0 || !bytes.HasPrefix(pasteEnd, b[i:]) {
		return 0
	}
	return len(b) - i
}
