package server

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"

	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// screen is what stands there now.
func (term *terminal) screen() string {
	e := vt.NewEmulator(120, 30)
	_, _ = e.WriteString(term.out.String())
	return e.String()
}

// turns waits until the screen has is, and not gone.
func (term *terminal) turns(t *testing.T, limit time.Duration, is string, gone ...string) {
	t.Helper()
	began := time.Now()
	for ; ; time.Sleep(5 * time.Millisecond) {
		now := term.screen()
		ok := strings.Contains(now, is)
		for _, g := range gone {
			ok = ok && !strings.Contains(now, g)
		}
		took := time.Since(began)
		if ok {
			t.Logf("%q after %v", is, took)
			return
		}
		if took > limit {
			t.Fatalf("after %v not %q without %q:\n%s", took, is, gone, now)
		}
	}
}

func (h *house) grantID(t *testing.T, m *member, role policy.Role) int32 {
	t.Helper()
	return dbtest.Query[int32](t, `select id from grants where person_id = $1 and role = $2 and ended_at is null`, m.actor.ID, string(role))
}

func (h *house) give(t *testing.T, m *member, role policy.Role, until *time.Time) {
	t.Helper()
	g := ops.Granting{Person: m.actor.ID, Role: role, Until: until, Reason: text.New("stands in")}
	if _, err := h.ops.Grant(t.Context(), h.root, g); err != nil {
		t.Fatal(err)
	}
}

func (h *house) take(t *testing.T, m *member, role policy.Role) {
	t.Helper()
	if err := h.ops.EndGrant(t.Context(), h.root, h.grantID(t, m, role), text.New("over")); err != nil {
		t.Fatal(err)
	}
}

// palette types a line of it, once it is open.
func (term *terminal) palette(t *testing.T, line string) {
	t.Helper()
	term.press(t, ":")
	term.seen(t, "Go to or do")
	term.press(t, line)
	term.seen(t, line)
	term.press(t, "\r")
}

const soon = time.Second

// A customer whose owner goes to another team leaves the manager's open list,
// detail and form, with a sentence; what is typed about others stays.
func TestTeam_Screens(t *testing.T) {
	h := build(t, Limits{}, nil)
	sander, marit := h.enrol(t, "sander", policy.Sales, "noord"), h.enrol(t, "marit", policy.Manager, "noord")
	someCustomer(t, sander.dial(t))
	list, detail, form := open(t, marit.dial(t), 120, 30), open(t, marit.dial(t), 120, 30), open(t, marit.dial(t), 120, 30)
	for _, term := range []*terminal{list, detail, form} {
		term.seen(t, "Customers, active last")
		term.press(t, "c")
		term.seen(t, "sorted: name")
		term.seen(t, "Jan Jansen")
	}
	for _, term := range []*terminal{detail, form} {
		term.press(t, "\r")
		term.seen(t, "jan@example.nl")
	}
	form.press(t, "e")
	form.seen(t, "First name")
	form.press(t, "ne")
	form.seen(t, "Janne")
	// The control: another role changes nothing here, and nothing typed is lost.
	h.give(t, marit, policy.Finance, nil)
	form.turns(t, soon, "You hold another role now")
	form.seen(t, "Janne")
	detail.seen(t, "+finance")
	detail.seen(t, "jan@example.nl")

	if err := h.ops.SetTeam(t.Context(), h.root, sander.actor.ID, text.New("zuid"), text.New("reorganised")); err != nil {
		t.Fatal(err)
	}
	list.turns(t, soon, "sorted: name", "Jan Jansen")
	detail.turns(t, soon, "not yours to see any more", "Jan Jansen", "jan@example.nl")
	form.turns(t, soon, "not yours to see any more", "Jan", "jan@example.nl")
	list.palette(t, "home")
	list.turns(t, 5*soon, "Customers, active last", "Jan Jansen")
}

// The worn role ends while a form is open: the screen goes home under another
// one, and offers what was typed as far as that one may.
func TestRoles_Demoted(t *testing.T) {
	h := build(t, Limits{}, nil)
	sander, marit := h.enrol(t, "sander", policy.Sales, "noord"), h.enrol(t, "marit", policy.Manager, "noord")
	someCustomer(t, sander.dial(t))
	h.give(t, marit, policy.Sales, nil)
	for _, c := range []struct{ open, typed, offered string }{
		{"c", "ne", ""},         // another's customer: nothing of it may come back
		{"a", "Nora", "Go on?"}, // a new one: it may
	} {
		term := open(t, marit.dial(t), 120, 30)
		term.seen(t, "sales")
		term.palette(t, "role manager")
		term.seen(t, "Customers, active last")
		if c.open == "c" {
			term.press(t, "c")
			term.seen(t, "Jan Jansen")
			term.press(t, "\r")
			term.seen(t, "jan@example.nl")
			term.press(t, "e")
		} else {
			term.press(t, "a")
			term.seen(t, "a company")
			term.press(t, "\r")
		}
		term.seen(t, "First name")
		term.press(t, c.typed)
		term.seen(t, c.typed)
		h.take(t, marit, policy.Manager)
		term.turns(t, soon, "Your role manager has ended; you act as sales now.", "First name", "Jan")
		if c.offered != "" {
			term.seen(t, c.offered)
		} else if again := open(t, marit.dial(t), 120, 30); again != nil {
			again.seen(t, "My customers") // nor after signing in again
			again.press(t, "c")
			again.turns(t, 5*soon, "sorted: name", "Jan")
		}
		h.give(t, marit, policy.Manager, nil)
	}
	h.take(t, marit, policy.Manager)
	term := open(t, marit.dial(t), 120, 30)
	term.seen(t, "sales")
	h.take(t, marit, policy.Sales)
	if _ = term.Wait(); !strings.Contains(term.out.String(), "no role") || !term.restored() {
		t.Errorf("without a role the terminal says %q", tail(term.out.String()))
	}
}

// A role for a time comes and goes by itself, by the database's clock: nobody
// tells the node that the time is over.
func TestRoles_ForATime(t *testing.T) {
	h := build(t, Limits{}, nil)
	sofie := h.enrol(t, "sofie", policy.Sales, "noord")
	term := open(t, sofie.dial(t), 120, 30)
	term.seen(t, "My customers")
	until := dbtest.Query[time.Time](t, "select now() + interval '1 hour'")
	h.give(t, sofie, policy.Finance, &until)
	term.turns(t, soon, "sales +finance")
	dbtest.Exec(t, "update grants set until = now() where person_id = $1 and role = 'finance'", sofie.actor.ID)
	term.turns(t, 4*soon, "Your role finance has ended.", "+finance")
	term.seen(t, "My customers") // the screen stays
}
