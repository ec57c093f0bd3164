package server

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"balie/policy"
)

// The last minute is said before, and what was being typed is there again.
func TestEnding_warned(t *testing.T) {
	h := build(t, Limits{Session: 8 * time.Second}, nil)
	sofie := h.enrol(t, "sofie", policy.Sales, "")
	term := open(t, sofie.dial(t), 80, 24)
	term.waitFor(t, "My customers")
	term.press(t, "a")
	term.waitFor(t, "a company")
	term.press(t, "\r")
	term.waitFor(t, "First name")
	term.press(t, "Nora")
	term.waitFor(t, "This session ends within a minute")
	began := time.Now()
	_ = term.Wait()
	if took := time.Since(began); took < time.Second {
		t.Errorf("only %v from the warning to the end", took)
	}
	if !strings.Contains(term.out.String(), "as long as one may") || !term.restored() {
		t.Errorf("the terminal says %q", tail(term.out.String()))
	}
	again := open(t, sofie.dial(t), 80, 24)
	again.waitFor(t, "You were in the middle of this")
}

// Who doesn't type is warned; who then types stays, and is warned anew.
func TestEnding_idle(t *testing.T) {
	h := build(t, Limits{Idle: 4 * time.Second}, nil)
	term := open(t, h.enrol(t, "sofie", policy.Sales, "").dial(t), 80, 24)
	term.waitFor(t, "My customers")
	term.waitFor(t, "Nothing was typed for a while")
	term.press(t, "?")
	term.waitFor(t, "any key closes this")
	began := time.Now()
	_ = term.Wait()
	if held := time.Since(began); held < 3*time.Second {
		t.Errorf("ended %v after a key press", held)
	}
	if !strings.Contains(term.out.String(), "signed out") {
		t.Errorf("the terminal says %q", tail(term.out.String()))
	}
}

// A connection without a channel could begin sessions without a code: it ends
// like any other.
func TestEnding_resting(t *testing.T) {
	h := build(t, Limits{Idle: time.Second}, nil)
	conn := h.enrol(t, "sofie", policy.Sales, "").dial(t)
	gone := make(chan struct{})
	go func() { _ = conn.Wait(); close(gone) }()
	select {
	case <-gone:
	case <-time.After(10 * time.Second):
		t.Error("it goes on resting")
	}
}

// The organisation's limits reach sessions that are open.
func TestEnding_decided(t *testing.T) {
	h := build(t, Limits{}, nil)
	if got := h.terms(); got.Idle != 30*time.Minute || got.Longest != 12*time.Hour {
		t.Errorf("at first %+v", got)
	}
	anna := h.enrol(t, "anna", policy.Admin, "").dial(t)
	if got := command(t, anna, "settings set session.idle_minutes 5 --reason stricter", ""); got.code != exitDone {
		t.Fatalf("%+v", got)
	}
	eventually(t, "the node knows", func() bool { return h.terms().Idle == 5*time.Minute })
	if got := command(t, anna, "settings set session.idle_minutes 1 --reason x", ""); got.code != exitUsage {
		t.Errorf("out of bounds: %+v", got)
	}
}

// Who is on, doing what kind of thing; and all of a colleague's closed.
func TestSessions(t *testing.T) {
	h := build(t, Limits{}, nil)
	anna, sofie := h.enrol(t, "anna", policy.Admin, "").dial(t), h.enrol(t, "sofie", policy.Sales, "")
	one, two := sofie.dial(t), sofie.dial(t)
	if got := command(t, one, "contacts list", ""); got.code != exitDone {
		t.Fatalf("%+v", got)
	}
	type row struct {
		Login, Address, Key, Node, Doing string
		Idle                             *int `json:"idle_minutes"`
	}
	var rows []row
	eventually(t, "what sofie does is seen", func() bool {
		rows = nil
		got := command(t, anna, "sessions list --json", "")
		if err := json.Unmarshal([]byte(got.out), &rows); err != nil {
			t.Fatal(err, got)
		}
		for _, r := range rows {
			if r.Login == "sofie" && r.Doing == "customer.list" {
				return r.Address == "127.0.0.1" && r.Key == "ed25519" && r.Node == "test" && *r.Idle == 0
			}
		}
		return false
	})
	if len(rows) != 3 {
		t.Errorf("%+v", rows)
	}
	if got := command(t, two, "sessions close --user anna", ""); got.code == exitDone {
		t.Errorf("a salesperson closes an admin's: %+v", got)
	}
	if got := command(t, anna, "sessions close --user sofie", ""); got.code != exitDone || !strings.Contains(got.out+got.notes, ": 2.") {
		t.Errorf("%+v", got)
	}
	_, _ = one.Wait(), two.Wait()
	if got := command(t, anna, "whoami", ""); got.code != exitDone { // the control
		t.Errorf("%+v", got)
	}
}
