package server

import (
	"flag"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"balie/policy"
)

var flood = flag.Int("flood", 50, "sockets per stage of TestGate_Flood")

// stages are how far a client goes before it stalls (threat 7). Each returns
// the socket that it holds.
var stages = []struct {
	name  string
	stall func(t *testing.T, addr string, key gossh.Signer) io.Closer
}{
	{"silent", func(t *testing.T, addr string, _ gossh.Signer) io.Closer { return socket(t, addr, "") }},
	{"half a banner", func(t *testing.T, addr string, _ gossh.Signer) io.Closer { return socket(t, addr, "SSH-2.0-x") }},
	{"a byte a second", func(t *testing.T, addr string, _ gossh.Signer) io.Closer {
		c := socket(t, addr, "S")
		go func() {
			for b := 0; ; b++ {
				time.Sleep(time.Second)
				if _, err := c.Write([]byte{"SH-2.0-slow"[b%11]}); err != nil {
					return
				}
			}
		}()
		return c
	}},
	{"half a key exchange", func(t *testing.T, addr string, _ gossh.Signer) io.Closer {
		return socket(t, addr, "SSH-2.0-half\r\n\x00\x00\x01\x00\x05")
	}},
	{"key, then silence", func(t *testing.T, addr string, key gossh.Signer) io.Closer {
		return stalled(t, addr, gossh.PublicKeys(waiting{key}))
	}},
	{"code prompt, then silence", func(t *testing.T, addr string, key gossh.Signer) io.Closer {
		return stalled(t, addr, gossh.PublicKeys(key), answering(func() string { select {} }))
	}},
}

// waiting never signs.
type waiting struct{ gossh.Signer }

func (w waiting) Sign(io.Reader, []byte) (*gossh.Signature, error) { select {} }

// sources spreads a flood over loopback addresses, or one address would be
// refused long before all are in.
func socket(t *testing.T, addr, first string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(c, first); err != nil {
		t.Fatal(err)
	}
	return c
}

func stalled(t *testing.T, addr string, auth ...gossh.AuthMethod) io.Closer {
	c := socket(t, addr, "")
	go func() {
		_, _, _, _ = gossh.NewClientConn(c, addr, &gossh.ClientConfig{
			User: "anna", HostKeyCallback: gossh.InsecureIgnoreHostKey(), Auth: auth,
		})
	}()
	return c
}

const floodGrace = 3 * time.Second

// TestGate_Flood doubles the grace until all can be opened well within it.
func TestGate_Flood(t *testing.T) {
	for grace := floodGrace; !floods(t, grace); grace *= 2 {
		if grace > time.Minute {
			t.Fatalf("opening them takes over %v", grace/2)
		}
	}
}

// floods gives false when opening took so long that the first may be gone
// before the last is in.
func floods(t *testing.T, grace time.Duration) bool {
	h := build(t, Limits{Grace: grace, Handshakes: 1 << 20, PerSource: 1 << 20, FromSource: 1 << 20}, nil)
	anna := h.enrol(t, "anna", policy.Admin, "")
	began := time.Now()
	for _, s := range stages {
		for range *flood {
			c := s.stall(t, h.addr, anna.key)
			defer c.Close()
		}
	}
	last := time.Now()
	if last.Sub(began) > grace/2 {
		return false
	}
	eventually(t, "all are in", func() bool { return h.peerCount() >= *flood*len(stages)/2 })
	good := time.Now()
	_ = anna.dial(t).Close()
	if took := time.Since(good); took > 2*time.Second {
		t.Errorf("a good sign-in took %v meanwhile", took)
	}
	time.Sleep(time.Until(last.Add(grace))) // nothing to wait for but the clock
	eventually(t, "all are gone", func() bool { return h.peerCount() == 0 })
	over := time.Since(last) - grace
	t.Logf("the last went %v after the grace", over)
	if over > time.Second {
		t.Error("too late")
	}
	return true
}

func (s *Server) peerCount() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.peers)
}

// TestGate_Grace_Control: without the timer they stay. (The library's own
// deadline is off as well, or it would do the work.)
func TestGate_Grace_Control(t *testing.T) {
	h := build(t, Limits{Grace: time.Hour}, nil)
	defer socket(t, h.addr, "").Close()
	time.Sleep(floodGrace + time.Second)
	if h.peerCount() != 1 {
		t.Error("a silent socket went by itself: the test of the grace is blind")
	}
}

// TestGate_PerSource: one address can't have more than its share, and others
// still get in.
func TestGate_PerSource(t *testing.T) {
	for name, c := range map[string]struct{ perSource, want int }{"on": {5, 5}, "off": {1 << 20, 20}} {
		h := build(t, Limits{PerSource: c.perSource}, nil)
		for range 20 {
			defer socket(t, h.addr, "").Close()
		}
		eventually(t, name+": the share", func() bool { return h.peerCount() == c.want })
		l, err := (&net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 9)}}).Dial("tcp", h.addr)
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		banner := make([]byte, 7)
		if _, err := io.ReadFull(l, banner); err != nil || string(banner) != "SSH-2.0" {
			t.Errorf("%s: another address isn't greeted: %q %v", name, banner, err)
		}
	}
}

// TestGate_Evicts: a full house makes room at the cost of the busiest address.
func TestGate_Evicts(t *testing.T) {
	h := build(t, Limits{Handshakes: 10}, nil)
	first := socket(t, h.addr, "")
	defer first.Close()
	eventually(t, "the first is in", func() bool { return h.peerCount() == 1 })
	for range 9 {
		defer socket(t, h.addr, "").Close()
	}
	eventually(t, "full", func() bool { return h.peerCount() == 10 })
	anna := h.enrol(t, "anna", policy.Admin, "")
	_ = anna.dial(t).Close()
	_ = first.SetReadDeadline(time.Now().Add(5 * time.Second))
	if _, err := io.Copy(io.Discard, first); err != nil {
		t.Error("the oldest wasn't closed:", err)
	}
}

func TestSourceOf(t *testing.T) {
	for in, want := range map[string]string{
		"192.0.2.7:22": "192.0.2.7/32", "[2001:db8:1:2:3::4]:22": "2001:db8:1:2::/64",
		"[::ffff:192.0.2.7]:1": "192.0.2.7/32", "[fe80::1%eth0]:1": "fe80::/64",
	} {
		addr, err := net.ResolveTCPAddr("tcp", in)
		if strings.Contains(in, "%") {
			addr, err = &net.TCPAddr{IP: net.ParseIP("fe80::1"), Zone: "eth0", Port: 1}, nil
		}
		if err != nil {
			t.Fatal(err)
		}
		if got := sourceOf(addr).String(); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}
