package server

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	gossh "golang.org/x/crypto/ssh"

	"balie/views/screen"
)

// probe is a program that shows what it was told, in place of the real screens
// where a test is about the channel below them. q quits, p panics.
type probe struct {
	login string
	seen  *sightings
	size  tea.WindowSizeMsg
	keys  int
}

// sightings are what all probes of a test saw.
type sightings struct {
	mu    sync.Mutex
	sizes []screen.Size
}

func (s *sightings) add(w, h int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sizes = append(s.sizes, screen.Size{Width: w, Height: h})
}

func (s *sightings) all() []screen.Size {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]screen.Size(nil), s.sizes...)
}

// probing has the server show probes.
func probing(seen *sightings) func(*Server) {
	return func(s *Server) {
		s.program = func(_ *channel, who *identity) (screen.Model, error) {
			return &probe{login: who.actor().Login, seen: seen}, nil
		}
	}
}

func (p *probe) Init() tea.Cmd { return nil }

func (p *probe) Update(msg tea.Msg) (screen.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.size = msg
		p.seen.add(msg.Width, msg.Height)
	case tea.KeyPressMsg:
		p.keys++
		switch msg.String() {
		case "q":
			return p, tea.Quit
		case "p":
			panic("as asked")
		}
	}
	return p, nil
}

func (p *probe) View() string {
	return fmt.Sprintf("hello %s\n%dx%d\nkeys:%d", p.login, p.size.Width, p.size.Height, p.keys)
}

// terminal is a client's side of a session with a pty.
type terminal struct {
	*gossh.Session
	in  io.WriteCloser
	out *journal
}

// open starts the screens on a connection.
func open(t testing.TB, c *gossh.Client, width, height int) *terminal {
	t.Helper()
	s, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	term := &terminal{Session: s, out: &journal{}}
	s.Stdout, s.Stderr = term.out, term.out
	if term.in, err = s.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := s.RequestPty("xterm-256color", height, width, gossh.TerminalModes{}); err != nil {
		t.Fatal(err)
	}
	if err := s.Shell(); err != nil {
		t.Fatal(err)
	}
	return term
}

func (term *terminal) waitFor(t testing.TB, text string) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !strings.Contains(ansi.Strip(term.out.String()), text); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("the screen never shows %q: %s", text, tail(ansi.Strip(term.out.String())))
		}
	}
}

func (term *terminal) press(t testing.TB, keys string) {
	t.Helper()
	if _, err := io.WriteString(term.in, keys); err != nil {
		t.Fatal(err)
	}
}

// restored says that the terminal was given back: cursor shown, alternate
// screen left.
func (term *terminal) restored() bool {
	out := term.out.String()
	return strings.LastIndex(out, "\x1b[?1049l") > strings.LastIndex(out, "\x1b[?1049h") && strings.Contains(out, "\x1b[?25h")
}
