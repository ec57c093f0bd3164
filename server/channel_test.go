package server

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"

	"balie/policy"
	"balie/views/screen"
)

// asks are requests that a session must not get (threat 11).
var asks = []struct {
	kind    string
	payload any
}{
	{"auth-agent-req@openssh.com", struct {
		Rest []byte `ssh:"rest"`
	}{}},
	{"x11-req", struct {
		Single           bool
		Protocol, Cookie string
		Screen           uint32
	}{false, "MIT-MAGIC-COOKIE-1", "00", 0}},
	{"subsystem", struct{ Name string }{"sftp"}},
	{"env", struct{ Name, Value string }{"LD_PRELOAD", "/tmp/x.so"}},
	{"env", struct{ Name, Value string }{"LC_LONG", strings.Repeat("x", maxEnvValue+1)}},
	{"exec", struct{ Line string }{strings.Repeat("x", maxCommand)}},
	{"break", struct{ Length uint32 }{1}},
	{"xon-xoff", struct{ On bool }{true}},
}

var channelKinds = []string{"direct-tcpip", "direct-streamlocal@openssh.com", "tun@openssh.com", "x11", "forwarded-tcpip", "auth-agent@openssh.com"}

var globals = []string{"tcpip-forward", "cancel-tcpip-forward", "streamlocal-forward@openssh.com", "hostkeys-prove-00@openssh.com"}

func TestChannel_SideDoors(t *testing.T) {
	h := build(t, Limits{}, probing(&sightings{}))
	c := h.enrol(t, "sofie", policy.Sales, "").dial(t)
	if got := granted(t, c); len(got) > 0 {
		t.Errorf("granted: %q", got)
	}
	for _, kind := range append([]string{"sftp", "LD_PRELOAD"}, append(channelKinds, globals...)...) {
		if kind != "sftp" && !strings.Contains(h.log.String(), "kind="+kind) {
			t.Errorf("the refusal of %s isn't in the log", kind)
		}
	}
	if got := command(t, c, "whoami", ""); got.code != 0 { // and the connection still works
		t.Errorf("%+v", got)
	}
}

// TestChannel_SideDoors_Control: the library's own handler grants some of it.
func TestChannel_SideDoors_Control(t *testing.T) {
	h := build(t, Limits{}, func(s *Server) {
		s.ssh.ChannelHandlers["session"] = ssh.DefaultSessionHandler
		s.ssh.SessionRequestCallback, s.ssh.Handler = nil, func(ssh.Session) {}
	})
	c := h.enrol(t, "sofie", policy.Sales, "").dial(t)
	if got := granted(t, c); len(got) == 0 {
		t.Error("nothing was granted without our judge: the test is blind")
	}
}

// granted is what of asks, channelKinds and globals a client gets.
func granted(t *testing.T, c *gossh.Client) (got []string) {
	t.Helper()
	for _, ask := range asks {
		s, err := c.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		if ok, _ := s.SendRequest(ask.kind, true, gossh.Marshal(ask.payload)); ok {
			got = append(got, ask.kind)
		}
		_ = s.Close()
	}
	for _, kind := range channelKinds {
		if ch, _, err := c.OpenChannel(kind, nil); err == nil {
			got = append(got, kind)
			_ = ch.Close()
		}
	}
	for _, kind := range globals {
		if ok, _, _ := c.SendRequest(kind, true, nil); ok {
			got = append(got, kind)
		}
	}
	return got
}

func TestChannel_Env(t *testing.T) {
	h := build(t, Limits{}, probing(&sightings{}))
	s, err := h.enrol(t, "sofie", policy.Sales, "").dial(t).NewSession()
	if err != nil {
		t.Fatal(err)
	}
	kept := 0
	for i := range 40 {
		if s.Setenv(fmt.Sprintf("LC_%d", i), "x") == nil {
			kept++
		}
	}
	if kept != maxEnv {
		t.Errorf("%d variables were kept, want %d", kept, maxEnv)
	}
}

func TestChannel_Limits(t *testing.T) {
	h := build(t, Limits{Channels: 4, PerPerson: 6, Sessions: 7}, probing(&sightings{}))
	sofie, tom := h.enrol(t, "sofie", policy.Sales, ""), h.enrol(t, "tom", policy.Sales, "")
	one, two := sofie.dial(t), sofie.dial(t)
	if got := openAll(one, 10); got != 4 {
		t.Errorf("one connection opened %d channels, want 4", got)
	}
	if got := openAll(two, 10); got != 2 {
		t.Errorf("a second one opened %d, want 2: a person has 6", got)
	}
	if got := openAll(tom.dial(t), 10); got != 1 {
		t.Errorf("somebody else opened %d, want 1: the house has 7", got)
	}
	_ = one.Close()
	eventually(t, "places are given back", func() bool { return openAll(two, 1) == 1 })
}

// TestChannel_Limits_Control: it is the limits that stop them.
func TestChannel_Limits_Control(t *testing.T) {
	h := build(t, Limits{Channels: 50, PerPerson: 50, Sessions: 50}, probing(&sightings{}))
	if got := openAll(h.enrol(t, "sofie", policy.Sales, "").dial(t), 30); got != 30 {
		t.Errorf("%d channels, want 30", got)
	}
}

func openAll(c *gossh.Client, n int) (opened int) {
	for range n {
		if _, err := c.NewSession(); err == nil {
			opened++
		}
	}
	return opened
}

// TestChannel_RefusedFlood: refusals cost nothing that stays.
func TestChannel_RefusedFlood(t *testing.T) {
	h := build(t, Limits{}, probing(&sightings{}))
	c := h.enrol(t, "sofie", policy.Sales, "").dial(t)
	openAll(c, 4)
	before := heap()
	for range 5000 {
		if _, err := c.NewSession(); err == nil {
			t.Fatal("opened")
		}
	}
	if grown := heap() - before; grown > 4<<20 {
		t.Errorf("5,000 refusals left %d KB", grown>>10)
	}
	if n := strings.Count(h.log.String(), "refused"); n > maxLogged {
		t.Errorf("%d log lines", n)
	}
}

func heap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// TestChannel_Windows: no figure of a client's decides how much is allocated
// (threat 8).
func TestChannel_Windows(t *testing.T) {
	seen := &sightings{}
	h := build(t, Limits{}, probing(seen))
	c := h.enrol(t, "sofie", policy.Sales, "").dial(t)
	for i, n := range []int{0, 1, 501, 65535, 1 << 31, 1<<32 - 1} {
		term := open(t, c, n, n)
		eventually(t, "the program hears of a size", func() bool { return len(seen.all()) > i })
		term.press(t, "q")
		if err := term.Wait(); err != nil {
			t.Errorf("%d: %v", n, err)
		}
	}
	for _, s := range seen.all() {
		if s.Width < 1 || s.Height < 1 || s.Width > screen.MaxWidth || s.Height > screen.MaxHeight {
			t.Errorf("a program heard of %v", s)
		}
	}
	if sizes := seen.all(); len(sizes) < 6 || sizes[1].Width != 1 || sizes[2] != (screen.Size{Width: screen.MaxWidth, Height: screen.MaxHeight}) {
		t.Errorf("sizes %v", sizes)
	}
}

// TestChannel_ResizeStorm: a storm of one costs a neighbour no key press.
func TestChannel_ResizeStorm(t *testing.T) {
	seen := &sightings{}
	h := build(t, Limits{}, probing(seen))
	stormy := open(t, h.enrol(t, "sofie", policy.Sales, "").dial(t), 80, 24)
	calm := open(t, h.enrol(t, "tom", policy.Sales, "").dial(t), 90, 30)
	calm.waitFor(t, "90x30")
	before := heap()
	for i := range 20_000 {
		if err := stormy.WindowChange(20+i%80, 100+i%400); err != nil {
			t.Fatal(err)
		}
	}
	began := time.Now()
	calm.press(t, "x")
	calm.waitFor(t, "1")
	if took := time.Since(began); took > time.Second {
		t.Errorf("a neighbour's key took %v", took)
	}
	if grown := heap() - before; grown > 50<<20 {
		t.Errorf("the storm left %d KB", grown>>10)
	}
	if n := len(seen.all()); n > 500 {
		t.Errorf("a program heard of %d sizes", n)
	}
}

// TestChannel_Panic: one who makes a program panic ends his own session.
func TestChannel_Panic(t *testing.T) {
	h := build(t, Limits{}, probing(&sightings{}))
	calm := open(t, h.enrol(t, "tom", policy.Sales, "").dial(t), 80, 24)
	calm.waitFor(t, "hello tom")
	unlucky := open(t, h.enrol(t, "sofie", policy.Sales, "").dial(t), 80, 24)
	unlucky.waitFor(t, "hello sofie")
	unlucky.press(t, "p")
	if err := unlucky.Wait(); err == nil {
		t.Error("a panic looks like success")
	}
	if !unlucky.restored() {
		t.Error("the terminal wasn't given back")
	}
	calm.press(t, "q")
	if err := calm.Wait(); err != nil {
		t.Error(err)
	}
}

// TestChannel_ClosedButConnected: a client that closes its channel and keeps
// the connection, and one that ends its input, leave nothing running.
func TestChannel_ClosedButConnected(t *testing.T) {
	h := build(t, Limits{}, probing(&sightings{}))
	c := h.enrol(t, "sofie", policy.Sales, "").dial(t)
	for name, leave := range map[string]func(*terminal){
		"close": func(term *terminal) { _ = term.Close() },
		"eof":   func(term *terminal) { _ = term.in.Close() },
	} {
		term := open(t, c, 80, 24)
		term.waitFor(t, "hello")
		leave(term)
		eventually(t, name+": the place is given back", func() bool {
			h.places.mu.Lock()
			defer h.places.mu.Unlock()
			return h.places.all == 0
		})
	}
	if _, _, err := c.SendRequest("keepalive@openssh.com", true, nil); err != nil {
		t.Error("the connection is gone:", err)
	}
}

// TestChannel_NoLeak: hundreds of sessions that end in every way leave no
// goroutine.
func TestChannel_NoLeak(t *testing.T) {
	h := build(t, Limits{}, probing(&sightings{}))
	c := h.enrol(t, "sofie", policy.Sales, "").dial(t)
	session := func(i int) {
		term := open(t, c, 80, 24)
		switch i % 4 {
		case 0:
			term.press(t, "qxxxx") // keys that follow in the same packet
		case 1:
			_ = term.in.Close()
		case 2:
			_ = term.Close()
			return
		case 3:
			term.press(t, strings.Repeat("\x1b[", 50)+"q")
			_ = term.Close()
			return
		}
		_ = term.Wait()
	}
	quiet := func() bool { h.places.mu.Lock(); defer h.places.mu.Unlock(); return h.places.all == 0 }
	for i := range 8 {
		session(i)
	}
	eventually(t, "quiet", quiet)
	before := settledGoroutines()
	for i := range 300 {
		session(i)
		eventually(t, "quiet", quiet)
	}
	eventually(t, fmt.Sprintf("no more than %d goroutines", before+5), func() bool { return runtime.NumGoroutine() <= before+5 })
}

func settledGoroutines() int {
	time.Sleep(100 * time.Millisecond)
	return runtime.NumGoroutine()
}

// TestStdin_Cut: what a killed client leaves is no whole file.
func TestStdin_Cut(t *testing.T) {
	for name, c := range map[string]struct {
		leave func(*gossh.Client, *gossh.Session, io.WriteCloser)
		whole bool
	}{
		"end of file": {func(_ *gossh.Client, _ *gossh.Session, in io.WriteCloser) { _ = in.Close() }, true},
		"cut":         {func(c *gossh.Client, _ *gossh.Session, _ io.WriteCloser) { _ = c.Close() }, false},
		"closed":      {func(_ *gossh.Client, s *gossh.Session, _ io.WriteCloser) { _ = s.Close() }, false},
	} {
		t.Run(name, func(t *testing.T) {
			ended := make(chan error, 1)
			h := build(t, Limits{}, func(s *Server) {
				s.ssh.Handler = s.contained(func(sess ssh.Session) {
					_, err := io.Copy(io.Discard, stdin{channelOf(sess)})
					ended <- err
				})
			})
			conn := h.enrol(t, "sofie", policy.Sales, "").dial(t)
			s, err := conn.NewSession()
			if err != nil {
				t.Fatal(err)
			}
			in, _ := s.StdinPipe()
			if err := s.Start("contacts import"); err != nil {
				t.Fatal(err)
			}
			_, _ = io.WriteString(in, "name,mail\n")
			c.leave(conn, s, in)
			if err := <-ended; (err == nil) != c.whole {
				t.Errorf("taken for whole: %v, want %v (%v)", err == nil, c.whole, err)
			}
		})
	}
}

// TestStdin_Control: Read alone can't tell.
func TestStdin_Control(t *testing.T) {
	ended := make(chan error, 1)
	h := build(t, Limits{}, func(s *Server) {
		s.ssh.Handler = s.contained(func(sess ssh.Session) {
			_, err := io.Copy(io.Discard, sess)
			ended <- err
		})
	})
	conn := h.enrol(t, "sofie", policy.Sales, "").dial(t)
	s, _ := conn.NewSession()
	_ = s.Start("contacts import")
	_ = conn.Close()
	if err := <-ended; err != nil {
		t.Error("a cut connection is told apart without our help now:", err)
	}
}
