package screen

import (
	"fmt"
	"io"
	"sync"
)

// frame is what a program wants to be seen.
type frame struct {
	view   string
	size   Size
	cursor cursor
}

type cursor struct {
	x, y    int
	visible bool
}

// buffers are shared by all sessions: a frame is built only when it can be
// written, so that there are about as many as are being written now.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

// maxKept is the largest buffer given back to the pool.
const maxKept = 64 << 10

// show makes f the newest frame, in place of any that wasn't written yet. It
// never waits: a client that doesn't read skips frames.
func (s *Screen) show(f *frame) {
	s.mu.Lock()
	s.next = f
	s.mu.Unlock()
	s.signal()
}

func (s *Screen) signal() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// write is the only goroutine that writes to the terminal. Whatever ends the
// drawing, the terminal is put back.
func (s *Screen) write() {
	defer close(s.done)
	s.guard(func() {
		if err := s.draw(); err != nil {
			s.stop(err)
		}
	})
	s.mu.Lock()
	end := s.opts.leave(s.farewell)
	s.mu.Unlock()
	_, _ = io.WriteString(s.opts.Out, end) // nobody is left to tell
}

func (s *Screen) draw() error {
	if _, err := io.WriteString(s.opts.Out, s.opts.enter()); err != nil {
		return fmt.Errorf("start drawing: %w", err)
	}
	p := painter{profile: s.opts.Profile}
	for range s.wake {
		f, closing := s.take()
		if closing {
			return nil
		}
		if err := p.writeTo(s.opts.Out, f); err != nil {
			return fmt.Errorf("draw: %w", err)
		}
	}
	return nil
}

func (s *Screen) take() (f *frame, closing bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, s.next = s.next, nil
	return f, s.closing
}

// writeTo writes what leads from the last frame to f, in one piece.
func (p *painter) writeTo(out io.Writer, f *frame) error {
	if f == nil {
		return nil
	}
	buf := buffers.Get().(*[]byte)
	*buf = p.paint((*buf)[:0], f)
	var err error
	if len(*buf) > 0 {
		_, err = out.Write(*buf)
	}
	if cap(*buf) <= maxKept {
		buffers.Put(buf)
	}
	return err
}
