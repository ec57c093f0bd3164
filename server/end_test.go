package server

import (
	"context"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"balie/db/dbtest"
	"balie/policy"
	"balie/policy/text"
)

// TestRevoke_Screens: the revoked see why, have their terminal back, and are
// gone at once.
func TestRevoke_Screens(t *testing.T) {
	h := build(t, Limits{}, probing(&sightings{}))
	sofie := h.enrol(t, "sofie", policy.Sales, "")
	conn := sofie.dial(t)
	one, two := open(t, conn, 80, 24), open(t, sofie.dial(t), 80, 24)
	one.waitFor(t, "hello")
	two.waitFor(t, "hello")
	began := time.Now()
	revoke(t, h, sofie)
	for _, term := range []*terminal{one, two} {
		err := term.Wait()
		if e, ok := err.(*gossh.ExitError); !ok || e.ExitStatus() != exitRefused {
			t.Errorf("ended with %v", err)
		}
		if !term.restored() || !strings.Contains(term.out.String(), "access") {
			t.Errorf("the terminal says %q", tail(term.out.String()))
		}
	}
	_ = conn.Wait()
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("took %v", took)
	} else {
		t.Logf("from the act to the last byte %v", took)
	}
	if _, err := gossh.Dial("tcp", h.addr, sofie.client(t)); err == nil {
		t.Error("let in again")
	}
}

func tail(s string) string { return s[max(0, len(s)-300):] }

// TestRevoke_DeafClient: one who doesn't read is cut off all the same.
func TestRevoke_DeafClient(t *testing.T) {
	h := build(t, Limits{}, func(s *Server) {
		probing(&sightings{})(s)
	})
	sofie := h.enrol(t, "sofie", policy.Sales, "")
	conn := sofie.dial(t)
	ch, requests, err := conn.OpenChannel("session", nil)
	if err != nil {
		t.Fatal(err)
	}
	go gossh.DiscardRequests(requests)
	if ok, err := ch.SendRequest("exec", true, gossh.Marshal(struct{ Line string }{"contacts import"})); !ok {
		t.Fatal(err)
	}
	if _, err := h.ops.Revoke(t.Context(), h.root, sofie.actor.ID, text.New("left")); err != nil {
		t.Fatal(err)
	}
	gone := make(chan struct{})
	go func() { _ = conn.Wait(); close(gone) }()
	select {
	case <-gone:
	case <-time.After(closeGrace + 2*time.Second):
		t.Error("still connected")
	}
}

// TestRevoke_Command: a command that waits for input ends with the sentence
// and exit code 3.
func TestRevoke_Command(t *testing.T) {
	h := build(t, Limits{}, nil)
	sofie := h.enrol(t, "sofie", policy.Admin, "")
	s, err := sofie.dial(t).NewSession()
	if err != nil {
		t.Fatal(err)
	}
	notes := &journal{}
	s.Stderr = notes
	if _, err := s.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := s.Start("users revoke root --reason x"); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the question", func() bool { return strings.Contains(notes.String(), "yes") })
	if _, err := h.ops.Revoke(t.Context(), h.root, sofie.actor.ID, text.New("left")); err != nil {
		t.Fatal(err)
	}
	if e, ok := s.Wait().(*gossh.ExitError); !ok || e.ExitStatus() != exitRefused || !strings.Contains(notes.String(), "access") {
		t.Errorf("%v: %q", e, notes.String())
	}
}

func TestIdle(t *testing.T) {
	h := build(t, Limits{Idle: 700 * time.Millisecond}, probing(&sightings{}))
	term := open(t, h.enrol(t, "sofie", policy.Sales, "").dial(t), 80, 24)
	term.waitFor(t, "hello")
	began := time.Now()
	for range 5 { // typing keeps it
		time.Sleep(200 * time.Millisecond)
		term.press(t, "x")
	}
	_ = term.Wait()
	if held := time.Since(began); held < 1500*time.Millisecond || held > 5*time.Second {
		t.Errorf("ended after %v", held)
	}
	if !strings.Contains(term.out.String(), "signed out") || !term.restored() {
		t.Errorf("the terminal says %q", tail(term.out.String()))
	}
}

// TestShutdown: everybody gets the terminal back and a word, and the ends are
// recorded before Serve returns.
func TestShutdown(t *testing.T) {
	h := build(t, Limits{}, probing(&sightings{}))
	term := open(t, h.enrol(t, "sofie", policy.Sales, "").dial(t), 80, 24)
	term.waitFor(t, "hello")
	defer socket(t, h.addr, "").Close() // one who hasn't signed in doesn't hold it up
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if err := h.Shutdown(ctx); err != nil {
		t.Fatal(err)
	}
	_ = term.Wait()
	if !term.restored() || !strings.Contains(term.out.String(), "restarted") {
		t.Errorf("the terminal says %q", tail(term.out.String()))
	}
	if n := dbtest.Query[int64](t, `select count(*) from sessions where ended_at is null`); n != 0 {
		t.Errorf("%d sessions are still open in the database", n)
	}
}

// TestSession_Record: a session is written when it begins and when it ends.
func TestSession_Record(t *testing.T) {
	h := build(t, Limits{}, nil)
	conn := h.enrol(t, "sofie", policy.Sales, "").dial(t)
	if n := len(h.ops.Hub.List()); n != 1 {
		t.Errorf("%d on the hub", n)
	}
	_ = conn.Close()
	eventually(t, "the end is recorded", func() bool {
		return dbtest.Query[string](t, `select coalesce(end_reason, '') from sessions`) != "" && len(h.ops.Hub.List()) == 0
	})
}
