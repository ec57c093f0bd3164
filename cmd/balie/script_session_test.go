package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/creack/pty"
	"github.com/rogpeppe/go-internal/testscript"
)

// session is somebody at a terminal.
type session struct {
	keyboard *os.File
	done     chan error

	mu  sync.Mutex
	out bytes.Buffer
}

// shown is all that came, without colours and positions.
func (s *session) shown() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return ansi.Strip(s.out.String())
}

func (s *session) read() {
	buf := make([]byte, 4096)
	for {
		n, err := s.keyboard.Read(buf)
		s.mu.Lock()
		s.out.Write(buf[:n])
		s.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// patience is far longer than anything here takes.
const patience = 20 * time.Second

// waitFor gives the part of the screen that matches.
func (s *session) waitFor(ts *testscript.TestScript, pattern string) string {
	re := regexp.MustCompile(pattern)
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if found := re.FindString(s.shown()); found != "" {
			return found
		}
	}
	ts.Fatalf("%q never came; the screen is:\n%s", pattern, s.shown())
	return ""
}

// open starts ssh on a terminal.
func (w *world) open(ts *testscript.TestScript, code string, args ...string) *session {
	cmd := exec.Command("ssh", args...)
	cmd.Env = append(os.Environ(), "CODE="+code, "SSH_ASKPASS="+askpass, "SSH_ASKPASS_REQUIRE=force", "TERM=xterm-256color", "LANG=en_US.UTF-8")
	keyboard, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 40, Cols: 150})
	ts.Check(err)
	s := &session{keyboard: keyboard, done: make(chan error, 1)}
	go s.read()
	go func() { s.done <- cmd.Wait() }()
	ts.Defer(func() {
		cmd.Process.Kill()
		keyboard.Close()
	})
	return s
}

// live opens somebody's screen and waits for what must be on it.
func (w *world) live(ts *testscript.TestScript, _ bool, args []string) {
	s := w.open(ts, w.fresh(ts, args[0]), w.sshArgs(args[0], args[0])...)
	s.waitFor(ts, args[1])
	w.sessions[args[0]] = s
}

// wantEnded checks that somebody's screen was closed, and with which words.
func (w *world) wantEnded(ts *testscript.TestScript, neg bool, args []string) {
	s := w.sessions[args[0]]
	if neg {
		select {
		case err := <-s.done:
			ts.Fatalf("ended: %v", err)
		case <-time.After(200 * time.Millisecond):
			return
		}
	}
	select {
	case <-s.done:
		s.waitFor(ts, args[1])
	case <-time.After(patience):
		ts.Fatalf("still open:\n%s", s.shown())
	}
}

const secretPattern = `(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}`

// joins takes a new colleague through joining: joins LOGIN CODEFILE.
func (w *world) joins(ts *testscript.TestScript, _ bool, args []string) {
	login := args[0]
	_, err := w.newKey(login)
	ts.Check(err)
	s := w.open(ts, strings.TrimSpace(ts.ReadFile(args[1])),
		"-F", filepath.Join(w.Data, "ssh_config"), "-i", filepath.Join(w.keyDir(), login), "join")
	secret := strings.ReplaceAll(s.waitFor(ts, secretPattern), " ", "")
	ts.Check(w.keep(login+".totp", secret))
	s.press(ts, w.code(ts, secret)+"\r")
	s.waitFor(ts, "Write them down now")
	s.press(ts, "y")
	s.press(ts, "q")
	select {
	case err := <-s.done:
		ts.Check(err)
	case <-time.After(patience):
		ts.Fatalf("joining did not end:\n%s", s.shown())
	}
	w.befriend(ts, login)
}

func (s *session) press(ts *testscript.TestScript, keys string) {
	_, err := s.keyboard.WriteString(keys)
	ts.Check(err)
}

// befriend lets the script go on with the new colleague as with the others.
func (w *world) befriend(ts *testscript.TestScript, login string) {
	path := filepath.Join(w.Data, "ssh_config")
	old, err := os.ReadFile(path)
	ts.Check(err)
	ts.Check(os.WriteFile(path, append([]byte("Host "+login+"\n  IdentityFile "+sshPath(filepath.Join(w.keyDir(), login))+"\n\n"), old...), 0o600))
}
