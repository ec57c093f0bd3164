package server

import (
	"strings"
	"testing"
	"time"

	"balie/db"
	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// promised is within which a change appears on other screens; the machine of a
// test may be busy with others.
const promised = time.Second

// on is a colleague who signs in on another node.
func (m *member) on(h *house) *member {
	other := *m
	other.house = h
	return &other
}

// cursor is the line under the cursor.
func (term *terminal) cursor() string {
	for line := range strings.SplitSeq(term.screen(), "\n") {
		if strings.Contains(line, "▸") {
			return line
		}
	}
	return ""
}

func (h *house) customer(t *testing.T, owner policy.Actor, given, family string) db.Customer {
	t.Helper()
	c := db.Customer{Kind: policy.Person, Status: policy.Client, Grounds: []policy.Ground{{Purpose: policy.Delivery, Basis: policy.Contract}}}
	c.Given, c.Family, c.Source = text.New(given), text.New(family), text.New("fair")
	made, err := h.ops.CreateCustomer(t.Context(), owner, c, ops.NewRequestKey())
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// What a colleague changes on another node appears in open lists and details,
// and the cursor stays where it was.
func TestLive(t *testing.T) {
	here := build(t, Limits{}, nil)
	there := node(t, dbtest.Node(t, here.store.Keys), Limits{}, nil)
	sander, marit := here.enrol(t, "sander", policy.Sales, "noord"), here.enrol(t, "marit", policy.Manager, "noord")
	sofie := here.enrol(t, "sofie", policy.Sales, "noord")
	jan := here.customer(t, sander.actor, "Jan", "Jansen")
	here.customer(t, sander.actor, "Kees", "Kok")

	list := open(t, sander.dial(t), 120, 30)
	list.seen(t, "My customers")
	list.press(t, "c")
	list.seen(t, "sorted: name")
	list.seen(t, "Kees Kok")
	list.press(t, "j")
	list.turns(t, 10*promised, "▸  Kees Kok")

	detail := open(t, marit.on(there).dial(t), 120, 30)
	detail.seen(t, "Customers, active last")
	detail.press(t, "c")
	detail.seen(t, "Jan Jansen")
	detail.press(t, "g\r")
	detail.seen(t, "owner sander")

	t.Run("presence", func(t *testing.T) {
		list.turns(t, promised, "● marit")
		stranger := open(t, sofie.on(there).dial(t), 120, 30)
		stranger.seen(t, "My customers")
		stranger.press(t, "c")
		stranger.seen(t, "sorted: name")
		if s := stranger.screen(); strings.Contains(s, "●") {
			t.Errorf("who doesn't see the customer hears who has it open:\n%s", s)
		}
	})
	t.Run("a new row above the cursor", func(t *testing.T) {
		here.customer(t, sander.actor, "Anna", "Aarts")
		list.turns(t, promised, "Anna Aarts")
		if row := list.cursor(); !strings.Contains(row, "Kees Kok") {
			t.Errorf("the cursor is on %q", row)
		}
	})
	t.Run("a change in the detail, from the other node", func(t *testing.T) {
		c, err := there.ops.GetCustomer(t.Context(), sander.actor, jan.ID)
		if err != nil {
			t.Fatal(err)
		}
		c.Mails = []db.Labelled{{Value: text.New("nieuw@example.nl")}}
		if _, err := there.ops.UpdateCustomer(t.Context(), sander.actor, c, ops.NewRequestKey()); err != nil {
			t.Fatal(err)
		}
		detail.turns(t, promised, "nieuw@example.nl")
	})
	t.Run("out of sight", func(t *testing.T) {
		if _, err := here.ops.HandOver(t.Context(), sander.actor, []int64{jan.ID}, sofie.actor.ID); err != nil {
			t.Fatal(err)
		}
		list.turns(t, promised, "Kees Kok", "Jan Jansen", "● marit")
	})
	t.Run("leaving", func(t *testing.T) {
		back := open(t, sofie.dial(t), 120, 30)
		back.seen(t, "My customers")
		back.press(t, "c")
		back.turns(t, 10*promised, "● marit")
		if err := detail.Close(); err != nil { // hung up
			t.Fatal(err)
		}
		back.turns(t, promised, "Jan Jansen", "● marit")
	})
}
