// Package screen draws a bubbletea program on one terminal, usually an SSH
// channel. bubbletea keeps the model, the messages and the commands; input and
// drawing are ours, because with hundreds of sessions its renderer costs too
// much time and memory, and its reader leaks when a session hangs up.
package screen

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// closeGrace is how long Close waits for a client that doesn't read.
const closeGrace = 300 * time.Millisecond

// ErrClosed is what Run returns after Close.
var ErrClosed = errors.New("the screen was closed")

// Model is what a program shows. View is the whole screen: lines separated by
// newlines, styled by SGR only; anything else in it is shown as U+FFFD.
type Model interface {
	Init() tea.Cmd
	Update(tea.Msg) (Model, tea.Cmd)
	View() string
}

// Cursored is a Model that shows the terminal's cursor.
type Cursored interface {
	Cursor() (x, y int, visible bool)
}

// Options tell a screen about its terminal. In must end (or fail) when the
// session ends: that is what ends the reading goroutine.
type Options struct {
	In      io.Reader
	Out     io.Writer
	Size    Size
	Profile colorprofile.Profile
	Title   string
	Mouse   bool
}

// Screen is one program on one terminal. Its methods may be called from any
// goroutine; Run is called once.
type Screen struct {
	opts    Options
	program *tea.Program
	ctx     context.Context // ends the program; not for passing on
	stop    context.CancelCauseFunc
	resizer resizer
	input   pump

	wake chan struct{} // something to write, or closing
	done chan struct{} // the writer has ended

	mu       sync.Mutex
	next     *frame // the newest frame not yet taken by the writer
	closing  bool
	farewell string
}

// New prepares a screen that shows model until ctx ends.
func New(ctx context.Context, opts Options, model Model) *Screen {
	s := &Screen{opts: opts, wake: make(chan struct{}, 1), done: make(chan struct{})}
	s.ctx, s.stop = context.WithCancelCause(ctx)
	s.program = tea.NewProgram(&root{screen: s, model: model},
		tea.WithContext(s.ctx),
		tea.WithoutRenderer(),
		tea.WithoutSignalHandler(),
		tea.WithInput(nil),
		tea.WithOutput(io.Discard), // else the program could write past our drawing
		tea.WithColorProfile(opts.Profile),
		tea.WithEnvironment([]string{}), // the server's own is nobody's business
		tea.WithFPS(1),                  // its ticker has nothing to do
	)
	s.resizer.send = s.Send
	s.input.send = s.Send
	s.resizer.guard, s.input.guard = s.guard, s.guard
	return s
}

// Run shows the model until it quits (nil), the client hangs up (io.EOF), ctx
// ends (its cause), Close is called (ErrClosed) or something panics. The
// terminal is as it was before when Run returns, if the client reads at all.
func (s *Screen) Run() error {
	go s.guard(s.write)
	go s.guard(s.read)
	s.Resize(s.opts.Size.orDefault())
	_, err := s.program.Run()
	if cause := context.Cause(s.ctx); err != nil && cause != nil {
		err = cause
	}
	s.Close("")
	return err
}

// Send gives msg to the program; after its end it does nothing.
func (s *Screen) Send(msg tea.Msg) { s.program.Send(msg) }

// Resize tells the program that the window changed. Sizes of zero are ignored,
// huge ones clamped, and storms coalesced.
func (s *Screen) Resize(size Size) { s.resizer.want(size) }

// Close ends the program, puts the terminal back and prints farewell there, if
// there is one. It returns after 300 ms at the latest even when the client
// doesn't read; the caller then closes the channel, which frees the writer.
func (s *Screen) Close(farewell string) {
	s.mu.Lock()
	if !s.closing {
		s.closing, s.farewell = true, farewell
	}
	s.mu.Unlock()
	s.signal()
	s.stop(ErrClosed)
	grace := time.NewTimer(closeGrace)
	defer grace.Stop()
	select {
	case <-s.done:
	case <-grace.C:
	}
}

// read passes what is typed to the program until the channel ends. Each Read
// is small, so that nothing downstream sees a large input at once.
func (s *Screen) read() {
	defer s.input.stop()
	buf := make([]byte, 1024)
	for {
		n, err := s.opts.In.Read(buf)
		s.input.feed(buf[:n])
		if err != nil {
			s.stop(err)
			return
		}
	}
}

// root is the bubbletea model around ours: it draws after every update.
type root struct {
	screen *Screen
	model  Model
	size   Size
}

func (r *root) Init() (cmd tea.Cmd) {
	r.screen.guard(func() { cmd = r.screen.contain(r.model.Init()) })
	return cmd
}

// View is never shown; bubbletea only insists on having one.
func (r *root) View() tea.View { return tea.View{} }

func (r *root) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if w, ok := msg.(tea.WindowSizeMsg); ok {
		if w.Width == 0 { // bubbletea's own, sent at start: it knows no size
			return r, nil
		}
		r.size = Size{w.Width, w.Height}
	}
	if r.screen.ctx.Err() != nil { // after a panic the model is in no state to go on
		return r, nil
	}
	var cmd tea.Cmd
	r.screen.guard(func() { cmd = r.update(msg) })
	return r, cmd
}

func (r *root) update(msg tea.Msg) (cmd tea.Cmd) {
	r.model, cmd = r.model.Update(msg)
	if r.size.Width > 0 {
		r.screen.show(r.frame())
	}
	return r.screen.contain(cmd)
}

func (r *root) frame() *frame {
	f := &frame{view: r.model.View(), size: r.size}
	if c, ok := r.model.(Cursored); ok {
		f.cursor.x, f.cursor.y, f.cursor.visible = c.Cursor()
	}
	return f
}
