package screen

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
)

// probe is a program that remembers what it was told.
type probe struct {
	mu    sync.Mutex
	keys  string
	sizes []Size
	views int
}

func (m *probe) Init() tea.Cmd { return nil }

func (m *probe) Update(msg tea.Msg) (Model, tea.Cmd) {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.sizes = append(m.sizes, Size{msg.Width, msg.Height})
	case tea.KeyPressMsg:
		return m, m.key(msg.String())
	}
	return m, nil
}

func (m *probe) key(k string) tea.Cmd {
	m.keys += k
	switch k {
	case "q":
		return tea.Quit
	case "p":
		panic("in update")
	case "P":
		return func() tea.Msg { panic("in a command") }
	}
	return nil
}

func (m *probe) View() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.views++
	return fmt.Sprintf("%d keys\n%s", len(m.keys), strings.Repeat("x", m.views%7))
}

func (m *probe) seen() (keys string, sizes []Size) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.keys, append([]Size{}, m.sizes...)
}

// terminal is an emulator that notes which modes are on.
type terminal struct {
	mu    sync.Mutex
	e     *vt.Emulator
	modes map[ansi.Mode]bool
	title string
}

func newTerminal() *terminal {
	t := &terminal{e: vt.NewEmulator(80, 24), modes: map[ansi.Mode]bool{}}
	t.e.SetCallbacks(vt.Callbacks{
		EnableMode:  func(m ansi.Mode) { t.modes[m] = true },
		DisableMode: func(m ansi.Mode) { delete(t.modes, m) },
		Title:       func(s string) { t.title = s },
	})
	_, _ = t.e.WriteString("\x1b[?7h\x1b[?25hbefore\r\n")
	return t
}

func (t *terminal) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.e.Write(p)
}

func (t *terminal) shows() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.e.String()
}

// session runs a screen in the background.
type session struct {
	*Screen
	typed *io.PipeWriter
	err   chan error
}

func start(ctx context.Context, m Model, out io.Writer) *session {
	in, typed := io.Pipe()
	s := &session{typed: typed, err: make(chan error, 1)}
	s.Screen = New(ctx, Options{In: in, Out: out, Size: Size{80, 24}, Title: "balie", Mouse: true}, m)
	go func() { s.err <- s.Run() }()
	return s
}

func (s *session) types(keys string) { _, _ = io.WriteString(s.typed, keys) }

// TestRun_PutsTerminalBack ends sessions in every way there is.
func TestRun_PutsTerminalBack(t *testing.T) {
	for name, test := range map[string]struct {
		end  func(*session, context.CancelFunc)
		want error
		says string
	}{
		"quit":             {func(s *session, _ context.CancelFunc) { s.types("q") }, nil, ""},
		"hang up":          {func(s *session, _ context.CancelFunc) { s.typed.Close() }, io.EOF, ""},
		"server stops":     {func(_ *session, stop context.CancelFunc) { stop() }, context.Canceled, ""},
		"panic":            {func(s *session, _ context.CancelFunc) { s.types("p") }, ErrPanic, ""},
		"panic in command": {func(s *session, _ context.CancelFunc) { s.types("P") }, ErrPanic, ""},
		"revoked": {
			func(s *session, _ context.CancelFunc) { s.Close("Your access was withdrawn.\x1b[2J") },
			ErrClosed, "Your access was withdrawn.\uFFFD[2J",
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				term := newTerminal()
				ctx, stop := context.WithCancel(t.Context())
				defer stop()
				s := start(ctx, &probe{}, term)
				s.types("abc")
				synctest.Wait()
				checkShown(t, term)
				test.end(s, stop)
				if err := <-s.err; !errors.Is(err, test.want) || test.want == nil && err != nil {
					t.Errorf("ended with %v instead of %v", err, test.want)
				}
				_ = s.typed.Close()
				synctest.Wait()
				checkBack(t, term, strings.TrimSpace("before\n"+test.says))
			})
		})
	}
}

// checkShown sees to it that checkBack could fail.
func checkShown(t *testing.T, term *terminal) {
	t.Helper()
	if got := term.shows(); !strings.HasPrefix(got, "3 keys") || term.title != "balie" {
		t.Fatalf("title %q, shows %q", term.title, got)
	}
	for _, mode := range []ansi.Mode{ansi.ModeAltScreenSaveCursor, ansi.ModeBracketedPaste, ansi.ModeMouseNormal} {
		if !term.modes[mode] {
			t.Errorf("mode %v is off while drawing", mode)
		}
	}
}

func checkBack(t *testing.T, term *terminal, want string) {
	t.Helper()
	if got := strings.TrimRight(term.shows(), "\n"); got != want || term.title != "" {
		t.Errorf("title %q, left %q instead of %q", term.title, got, want)
	}
	for mode := range term.modes {
		if mode != ansi.ModeAutoWrap && mode != ansi.ModeTextCursorEnable {
			t.Errorf("mode %v left on", mode)
		}
	}
	if !term.modes[ansi.ModeAutoWrap] || !term.modes[ansi.ModeTextCursorEnable] {
		t.Error("autowrap or cursor left off")
	}
}

// stuck is a client that stops reading after its first bytes.
type stuck struct {
	terminal
	read chan struct{} // closed: reads again
	n    int
}

func (c *stuck) Write(p []byte) (int, error) {
	c.n++
	if c.n > 2 {
		<-c.read
	}
	return c.terminal.Write(p)
}

func newStuck() *stuck {
	t := newTerminal()
	return &stuck{terminal: terminal{e: t.e, modes: t.modes}, read: make(chan struct{})}
}

// TestRun_SlowClient: the program runs on, frames are dropped, and the newest
// one is drawn from what was really written.
func TestRun_SlowClient(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out, m := newStuck(), &probe{}
		s := start(t.Context(), m, out)
		for range 1000 {
			s.types("j")
		}
		synctest.Wait()
		if keys, _ := m.seen(); len(keys) != 1000 {
			t.Errorf("the program saw %d of 1000 keys", len(keys))
		}
		close(out.read)
		synctest.Wait()
		if got := out.shows(); !strings.HasPrefix(got, "1000 keys") || out.n > 5 {
			t.Errorf("%d writes, shows %q", out.n, got)
		}
		s.types("q")
		<-s.err
		_ = s.typed.Close()
	})
}

func TestClose_StuckClient(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := newStuck()
		s := start(t.Context(), &probe{}, out)
		s.types("abc")
		s.types("def")
		synctest.Wait()
		began := time.Now()
		s.Close("bye")
		if took := time.Since(began); took != closeGrace {
			t.Errorf("Close took %v", took)
		}
		<-s.err
		close(out.read)
		_ = s.typed.Close()
	})
}

// TestRun_NoLeaks hangs up while typing, half of them after a quit in the same
// packet, which left goroutines behind with bubbletea's own input.
func TestRun_NoLeaks(t *testing.T) {
	before := settled(0) // what other tests left for good
	var wg sync.WaitGroup
	for i := range 400 {
		wg.Go(func() {
			s := start(context.Background(), &probe{}, io.Discard)
			s.types("jjj" + strings.Repeat("q", i%2) + "kkkkkk\x1b[200~half a paste"[:1+i%24])
			_ = s.typed.Close()
			<-s.err
		})
	}
	wg.Wait()
	if left := settled(before); left > before {
		t.Errorf("%d goroutines left:\n%s", left-before, stacks())
	}
	// The control: a channel that never ends keeps its reader, and it shows.
	s := start(context.Background(), &probe{}, io.Discard)
	s.types("q")
	<-s.err
	if left := settled(before); left != before+1 {
		t.Errorf("%d goroutines left where one reads for ever:\n%s", left-before, stacks())
	}
	_ = s.typed.Close()
}

// settled waits for goroutines that are about to end, and counts the others.
func settled(before int) int {
	for end := time.Now().Add(2 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if sessions() <= before {
			break
		}
	}
	return sessions()
}

// sessions counts the goroutines that serve a program. Go's own come and go,
// and made the count of all of them fail by chance.
func sessions() int {
	return len(regexp.MustCompile(`(?m)^created by (balie/views/screen|charm\.land/bubbletea)`).FindAll(stacks(), -1))
}

func stacks() []byte {
	buf := make([]byte, 4<<20)
	return buf[:runtime.Stack(buf, true)]
}

func TestResize_Storm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := &probe{}
		s := start(t.Context(), m, io.Discard)
		for i := range 50_000 {
			s.Resize(Size{[]int{0, 1, 80, 501, 65535, 1 << 31, 1<<32 - 1, -1}[i%8], 1 + i%300})
			if i%50 == 0 {
				time.Sleep(time.Millisecond)
			}
		}
		s.Resize(Size{99, 33})
		time.Sleep(resizeEvery)
		synctest.Wait()
		checkSizes(t, m)
		s.types("q")
		<-s.err
		_ = s.typed.Close()
	})
}

func checkSizes(t *testing.T, m *probe) {
	t.Helper()
	_, sizes := m.seen()
	if n := len(sizes); n < 10 || n > 23 {
		t.Errorf("%d sizes in a second", n)
	}
	for _, size := range sizes {
		if !size.valid() || size != size.clamp() {
			t.Errorf("passed on %v", size)
		}
	}
	if last := sizes[len(sizes)-1]; last != (Size{99, 33}) {
		t.Errorf("last size %v", last)
	}
}
