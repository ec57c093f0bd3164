package server

import (
	"testing"

	"balie/db/dbtest"
	"balie/policy"
	"balie/policy/text"
)

// What a lost connection interrupted is offered again; what a revocation
// interrupted is forgotten, even if the person is let in again one day.
func TestDrafts_Revoked(t *testing.T) {
	h := build(t, Limits{}, nil)
	sofie := h.enrol(t, "sofie", policy.Sales, "")
	conn := sofie.dial(t)
	begin := func(term *terminal) {
		term.press(t, "a")
		term.waitFor(t, "a company")
		term.press(t, "\r")
		term.waitFor(t, "First name")
		term.press(t, "Nora")
		term.waitFor(t, "throw away") // there is something to throw away
	}
	term := open(t, conn, 80, 24)
	term.waitFor(t, "My customers")
	begin(term)
	_ = conn.Close()

	again := open(t, sofie.dial(t), 80, 24) // the control: it is there
	again.waitFor(t, "You were in the middle of this")
	again.press(t, "n")
	begin(again)
	if _, err := h.ops.Revoke(t.Context(), h.root, sofie.actor.ID, text.New("left")); err != nil {
		t.Fatal(err)
	}
	_ = again.Wait()

	dbtest.Exec(t, `update people set revoked_at = null where id = $1`, sofie.actor.ID)
	dbtest.Exec(t, `update grants set ended_at = null where person_id = $1`, sofie.actor.ID)
	sofie.newKey(t)
	sofie.join(t)
	last := open(t, sofie.dial(t), 80, 24)
	last.waitFor(t, "My customers")
	last.press(t, "c") // a question would stand in the way
	last.waitFor(t, "sorted:")
}

// Roles that change show on a screen that is open.
func TestRoles_Screens(t *testing.T) {
	h := build(t, Limits{}, nil)
	sofie := h.enrol(t, "sofie", policy.Sales, "noord")
	term := open(t, sofie.dial(t), 80, 24)
	term.waitFor(t, "My customers")
	dbtest.Exec(t, `update grants set role = 'manager' where person_id = $1`, sofie.actor.ID)
	term.waitFor(t, "manager")
	term.waitFor(t, "Customers, active last") // home is the new role's
}
