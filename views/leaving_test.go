package views

import (
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

func leaving() db.Departure {
	return db.Departure{ID: 31, Person: 4, Login: "nora", Reason: text.New("contract ends"), OrderedBy: 2, Due: *daysAgo(-30)}
}

func openReport(k *kit) view { return newReport(k, 4, "nora") }

// Revoking says first what is left behind, and then shows the hand-over.
func TestLeaving_preview(t *testing.T) {
	acts := newFakePeople()
	acts.customers = 1100
	st := sit(t, acts, nil, openNora).press("D")
	st.wants("customers to hand over: 1,100, with 0 open deals", "recovery codes: 9", "1 roles, which fall")
	st.press("gone", "tab", "bea", "tab", "tab", "nora", "enter").wants("Customers handed over: 1,100.")
	if acts.left.Heir != 2 || !acts.left.On.IsZero() {
		t.Errorf("asked for %+v", acts.left)
	}
}

func TestLeaving_report(t *testing.T) {
	acts := newFakePeople()
	acts.departures = []db.Departure{leaving()}
	st := sit(t, acts, nil, openReport)
	st.wants("leaves on", "contract ends", "Local copies", "[x] Shared passwords", "Badge 17", "412 times", "88 customers", "csv", "341 customers")
	st.press("space")
	st.press("down", "space")
	st.press("h", "bea", "enter").wants("bea takes over")
	st.press("h", "nemo", "enter").wants("There is no such record")
	st.press("esc", "s", "prolonged", "enter").wants("nora stays.")
	if got, want := changes(acts), []string{"tick 1 true", "tick 2 false", "heir 2", "stay prolonged"}; !slices.Equal(got, want) {
		t.Errorf("asked %q, want %q", got, want)
	}
	st.press("w").wants("only the privacy officer")
}

// The officer reads whose data it was, for a reason; and ticks nothing.
func TestLeaving_subjects(t *testing.T) {
	acts := newFakePeople()
	st := sit(t, acts, func(s *Session) {
		s.Actor.Role, s.Actor.Held, s.Actor.ID = policy.Privacy, []policy.Role{policy.Privacy}, 9
	}, openReport)
	st.press("space").wants("only an admin does this")
	st.press("w")
	if slices.Contains(acts.asked, "list subjects") {
		t.Error("asked without a reason")
	}
	st.press("he took a list", "enter").wants("Jan Jansen", "3 times", "there no more")
}

func TestLeaving_list(t *testing.T) {
	acts := newFakePeople()
	st := sit(t, acts, nil, func(k *kit) view { return newLeavers(k) })
	st.wants("Nobody is leaving")
	gone := leaving()
	gone.LeftAt, gone.Owned = daysAgo(3), 12
	acts.departures = []db.Departure{leaving(), gone}
	settle(st.app, tea.KeyPressMsg{Code: 'r', Mod: tea.ModCtrl})
	st.wants("leaves on", "ordered by Bea Willems", "nobody takes over 12 customers")
	st.press("enter").wants("Leaving of nora")
}

// Who left is invited again from their own screen.
func TestLeaving_return(t *testing.T) {
	acts := newFakePeople()
	st := sit(t, acts, nil, func(k *kit) view { return newPerson(k, 5, "tom") })
	st.press("T").wants("access has ended")
	st.press("i").wants("Tom Aerts", "Bouw")
	st.press("tab", "tab", "tab", "tab", "comes back", "enter")
	if acts.invited.Login != "tom" || acts.invited.Reason.String() != "comes back" {
		t.Errorf("invited %+v", acts.invited)
	}
}
