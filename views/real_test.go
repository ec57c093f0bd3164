package views

import (
	"io"
	"log/slog"
	"testing"

	"balie/db/dbtest"
	"balie/ops"
	"balie/policy"
)

// The screens over the real acts and PostgreSQL: what the fake may have got
// wrong, as who may ask for names and tags, shows here.
func TestReal(t *testing.T) {
	store := dbtest.New(t)
	acts := ops.New(store, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err := store.RebuildSearch(t.Context(), func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	dbtest.Person(t, store, "sofie", policy.Sales, "bouw")
	sander := dbtest.Person(t, store, "sander", policy.Sales, "bouw")
	session := func(actor policy.Actor) *Session {
		s := sessionOf(acts, actor.Role)
		s.Actor, s.Now = actor, nil
		s.Actor.Held = []policy.Role{actor.Role}
		return s
	}
	s := patientStage(t, session(sander))
	s.press("a", "down", "enter", "Bakkerij Broodnodig", "tab", "info@broodnodig.example", "ctrl+s").wants("Added: Bakkerij Broodnodig.", "stands on: contract")
	s.press("n", "belt terug", "ctrl+s").wants("belt terug")
	s.press("e", "end", " BV", "ctrl+s").wants("Saved: Bakkerij Broodnodig BV.")
	s.press("[").wants("Bakkerij Broodnodig → Bakkerij Broodnodig BV")
	s.press("z", "y").wants("is as before")
	s.press("w").wants("looked at a", "wrote a note")
	s.press("esc", "esc", "/", "brood").wants("Bakkerij Broodnodig")
	s.press("enter", "h", "sofie", "enter", "y").wants("Handed over 1 customer to")
	s.wants("Nobody fits.")
	for _, role := range policy.Roles {
		actor := dbtest.Person(t, store, "x"+string(role), role, "bouw")
		s := patientStage(t, session(actor))
		if role == policy.Privacy {
			s.press("request 12", "enter").wants("Bakkerij Brood")
		}
		if s.app.note.kind == noteBad || s.app.kit.banner != "" {
			t.Errorf("home of %s: %s", role, s.shown())
		}
	}
	manager := patientStage(t, session(dbtest.Person(t, store, "marit", policy.Manager, "bouw")))
	manager.press("c").wants("Bakkerij Broodnodig", "sofie")
}
