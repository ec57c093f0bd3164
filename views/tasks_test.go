package views

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
)

// A line typed anywhere shows how it is understood, then whom it may be about,
// and only then is kept.
func TestQuick(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Sales))
	s.press(":", "do call Janneke tomorrow 10:00 about offer", "enter")
	s.wants("→ call · Janneke · monday 23 Nov 2026 10:00 · offer")
	if len(acts.todo.all) != 0 {
		t.Fatal("it was kept before it was shown")
	}
	s.press("enter").wants("Janneke de Vries", "without a customer")
	if len(acts.todo.all) != 0 {
		t.Fatal("it was kept before anybody was chosen")
	}
	s.press("enter").wants("Kept: call · Janneke de Vries · monday 23 Nov 2026 10:00")
	s.press("t").wants("[today]", "Nothing to do here")
	s.press("]").wants("[week]", "tomorrow 10:00", "call", "offer", "Janneke de Vries")
	s.press("d").wants("Done: call Janneke de Vries: offer.").wantsNot("tomorrow 10:00")
	s.press("z").wants("Take back that this is done").press("y").wants("Open again", "tomorrow 10:00")
	s.press("a", "call", "enter").wants("Type what to do")
	s.press("esc", "a", "send brochure", "enter").wants("Kept: to do")
	s.press("down", "enter").wants("2026-11-22", "without a customer")
}

func TestQuick_Dutch(t *testing.T) {
	session := sessionOf(newFakeActs(), policy.Sales)
	session.Lang = "nl"
	s := newStage(t, session).press("n", "bel Piet vrijdag over dak").wants("→ bellen · Piet · vrijdag 27 nov 2026 · dak")
	s.press("enter").wants("zonder klant", "Piet: dak").press("enter").wants("Genoteerd")
	s.press("n", "gebeld met Piet over dak", "enter").wants("Niemand past bij Piet")
}

// On a customer's screen nobody needs to be named; what happened stands in the
// timeline, what is to be done in its own tab.
func TestCustomer_Tasks(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Sales)).press("c", "enter")
	s.press("a", "called 20 min about the roof", "enter").wants("called", "the roof · 20 min")
	s.press("c", "next week about offer", "enter").wants("Tasks 1")
	s.press("]", "]").wants("[Tasks 1]", "29 Nov 2026", "offer", "▸")
	s.press("d").wants("Done: call").wants("Nothing to do: add something with a.")
	s.press("[", "[").wants("the roof", "offer")
}

func TestTask_form(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Sales)).press("n", "send brochure", "enter", "t", "enter")
	s.press("tab", " today", "tab", "ctrl+u", "31-02").wants("Give the day")
	s.press("ctrl+s").wants("Give the day").press("ctrl+u", "friday 9:00").wants("friday 27 Nov 2026 09:00").press("tab", "right", "right", "ctrl+s").wants("Saved.")
	if got := acts.todo.all[0]; got.Repeat != policy.Weekly || got.Due.Clock() != "09:00" || got.Title.String() != "send brochure today" {
		t.Errorf("%+v", got)
	}
}

// A reminder stands in the open session from the minute on at which it is due,
// whatever one types, until one looks at the tasks.
func TestReminder(t *testing.T) {
	acts := newFakeActs()
	acts.todo.now = noon
	session := sessionOf(acts, policy.Sales)
	session.Now = func() time.Time { return acts.todo.now }
	s := newStage(t, session)
	s.press("n", "call Piet about roof 15:00", "enter", "enter")
	tick := func(at time.Duration) {
		acts.todo.now = noon.Add(at)
		s.run(s.app.remind())
	}
	tick(50 * time.Minute)
	s.wantsNot("●")
	tick(58 * time.Minute) // 14:03 here when it began
	s.wants("● 15:00 call: Piet: roof").press("/", "jan").wants("● 15:00")
	tick(59 * time.Minute)
	if got := len(s.app.kit.reminders); got != 1 {
		t.Errorf("told %d times", got)
	}
	s.press("esc", ":", "tasks", "enter").wants("today 15:00").wantsNot("●")
}

// The same over PostgreSQL, whose clock it is by which a task falls due.
func TestTasks_real(t *testing.T) {
	store := dbtest.New(t)
	acts := ops.New(store, slog.New(slog.DiscardHandler))
	if err := store.RebuildSearch(t.Context(), func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	sander := dbtest.Person(t, store, "sander", policy.Sales, "bouw")
	session := sessionOf(acts, policy.Sales)
	session.Actor, session.Now = sander, nil
	s := patientStage(t, session)
	s.press("a", "down", "enter", "Bakkerij Broodnodig", "tab", "info@broodnodig.example", "ctrl+s").wants("Added")
	s.press("c", "tomorrow about offer", "enter").wants("Tasks 1")
	s.press("a", "called yesterday about the roof", "enter").wants("the roof")
	s.press("esc", ":", "tasks week", "enter").wants("tomorrow", "Bakkerij Broodnodig")
	dbtest.Exec(t, `update tasks set due_on = (now() at time zone 'Europe/Amsterdam')::date,
		due_minute = extract(hour from now() at time zone 'Europe/Amsterdam') * 60 + extract(minute from now() at time zone 'Europe/Amsterdam')`)
	s.app.kit.remindedAt = s.app.kit.remindedAt.Add(-2 * time.Minute) // the session began before
	s.run(s.app.update(minuteMsg{}))
	s.wants("●", "call Bakkerij Broodnodig: offer")
	s.press("]").wantsNot("●").press("[", "d").wants("Done: call Bakkerij Broodnodig: offer.", "Nothing to do here")
	s.press("z", "y").wants("Open again").press("o", "]", "]").wants("[Tasks 1]")
	if strings.Contains(s.shown(), "! ") {
		t.Error(s.shown())
	}
}
