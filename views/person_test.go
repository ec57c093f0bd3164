package views

import (
	"slices"
	"testing"

	"balie/db"
	"balie/policy"
)

// TestPerson_acts presses what an admin presses, and looks at what was asked of
// ops: nothing before the last key.
func TestPerson_acts(t *testing.T) {
	for _, c := range []struct {
		name string
		keys []string
		last string
		want string // "" for nothing
		says string
	}{
		{"end a role", []string{"x", "no longer sells"}, "enter", "end grant no longer sells", "The role has ended."},
		{"end a role without a reason", []string{"x"}, "enter", "", "Say why"},
		{"agree", []string{"down", "A"}, "y", "agree", "Agreed"},
		{"not agree", []string{"down", "A"}, "n", "", ""},
		{"agree to what does not wait", nil, "A", "", "no role here waits"},
		{"remove a key", []string{"down", "down", "down", "K", "stolen", "enter"}, "y", "remove key stolen", "sessions closed: 1"},
		{"enter is no yes", []string{"down", "down", "down", "K", "stolen", "enter"}, "enter", "", "Remove the key"},
		{"close all sessions", []string{"C"}, "y", "close all", "Sessions closed"},
		{"close one", []string{"end", "c"}, "y", "close sess-2", "The session is closed."},
		{"new invitation", []string{"R", "lost phone"}, "enter", "reset lost phone", "ABCD-EFGH-IJKL"},
		{"revoke", []string{"D", "gone", "tab", "tab", "tab", "nora"}, "enter", "revoke gone", "sessions closed: 2"},
		{"revoke another name", []string{"D", "gone", "tab", "tab", "tab", "anna"}, "enter", "", `Type the login name "nora"`},
		{"revoke without a reason", []string{"D", "tab", "tab", "tab", "nora"}, "enter", "", "Say why"},
		{"revoke for nobody", []string{"D", "gone", "tab", "nemo", "tab", "tab", "nora"}, "enter", "", "There is no such record"},
		{"revoke on nonsense", []string{"D", "gone", "tab", "tab", "soon", "tab", "nora"}, "enter", "", "is no day"},
		{"plan", []string{"D", "gone", "tab", "bea", "tab", "2026-04-30", "tab", "nora"}, "enter", "revoke gone", "Nora Claes leaves on"},
		{"other team", []string{"T", "ctrl+u", "Zuid", "tab", "reorganised"}, "enter", "team Zuid reorganised", "is in another team now"},
		{"give a role", []string{"g", "right", "tab", "2026-12-31", "tab", "stands in"}, "enter", "grant manager", "Nora Claes is manager now."},
		{"give a role until nonsense", []string{"g", "tab", "soon", "tab", "stands in"}, "enter", "", "This is no date"},
	} {
		t.Run(c.name, func(t *testing.T) {
			acts := newFakePeople()
			st := sit(t, acts, nil, openNora).press(c.keys...)
			if begun := changes(acts); len(begun) > 0 {
				t.Fatalf("before the last key: %q", begun)
			}
			st.press(c.last)
			if got := changes(acts); c.want == "" && len(got) > 0 || c.want != "" && !slices.Equal(got, []string{c.want}) {
				t.Errorf("asked %q, want %q", got, c.want)
			}
			st.wants(c.says)
		})
	}
}

// changes are the acts asked for that change something.
func changes(f *fakePeople) []string {
	return slices.DeleteFunc(slices.Clone(f.asked), func(s string) bool { return len(s) > 4 && s[:5] == "list " })
}

func TestPerson_othersOnlyLook(t *testing.T) {
	for _, role := range []policy.Role{policy.Privacy, policy.Auditor, policy.Manager} {
		acts := newFakePeople()
		st := sit(t, acts, func(s *Session) { s.Actor.Role, s.Actor.Held, s.Actor.ID = role, []policy.Role{role}, 9 }, openNora)
		for _, key := range []string{"g", "x", "A", "K", "R", "c", "C", "D"} {
			st.press(key).wants("only an admin does this")
		}
		if slices.Contains(acts.asked, "list invitations") || slices.Contains(acts.asked, "list sessions") {
			t.Errorf("%s asked for what is refused, which the log would show: %q", role, acts.asked)
		}
	}
}

func TestPerson_notOneself(t *testing.T) {
	acts := newFakePeople()
	st := sit(t, acts, nil, func(k *kit) view { return newPerson(k, 1, "anna") })
	st.press("D").wants("another admin does this to you")
	st.press("g").wants("another admin does this to you")
}

// What ops refuses is said at its field, and what was typed stays.
func TestInvite_refused(t *testing.T) {
	acts := newFakePeople()
	acts.err = policy.Errorf(policy.Conflict, "The login name %q is taken or looks too much like %q: choose another one.", "nora", "nora").On("login")
	st := sit(t, acts, nil, func(k *kit) view { return newInvite(k) })
	st.press("nora", "tab", "Nora Claes", "tab", "right", "tab", "Bouw", "tab", "new", "enter")
	st.wants("is taken", "Nora Claes", "Bouw")
	if acts.invited.Role != policy.Manager || acts.invited.Login != "nora" || acts.invited.Reason.String() != "new" {
		t.Errorf("invited %+v", acts.invited)
	}
	acts.err = nil
	st.press("ctrl+s").wants("ssh join@crm.example.be", "ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23")
	st.press("q", "esc").wants("never shown again", "ABCD-EFGH")
	st.press("y").wantsNot("ABCD-EFGH")
}

func TestProfile(t *testing.T) {
	acts := newFakePeople()
	acts.sessions[1].PersonID = 1
	st := sit(t, acts, nil, func(k *kit) view { return newProfile(k) })
	st.press("n", "123456", "enter").wants("AAAA-EFGH", "JJJJ-EFGH")
	st.press("q").wants("AAAA-EFGH") // q would lose them
	st.press("y").wantsNot("AAAA-EFGH")
	st.press("C", "y").wants("Sessions closed: 1.")
	if got, want := changes(acts), []string{"new codes 123456", "close sess-2"}; !slices.Equal(got, want) {
		t.Errorf("asked %q, want %q: the own session stays", got, want)
	}
	st.press("home", "enter").wants("Mijn account")
	if got := changes(acts); got[len(got)-1] != "language nl" {
		t.Errorf("the language was not kept: %q", got)
	}
}

func TestLog_filters(t *testing.T) {
	acts := newFakePeople()
	st := sit(t, acts, nil, func(k *kit) view { return newLog(k, db.LogQuery{}) })
	st.press("r", "w", "nora", "enter", "t", "revoke", "enter", "n", "p")
	q := acts.queries
	if len(q) != 6 || !q[1].RefusedOnly || q[2].Person != 4 || q[3].Act != policy.PersonRevoke || q[4].After.ID != 901 || q[5].After.ID != 0 {
		t.Errorf("asked %+v", q)
	}
	st.wants("Nora Claes", "ended all access", "refused only", "page 1")
	acts.report.Found = 1
	st.press("v").wants("The log was changed")
}
