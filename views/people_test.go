package views

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
	"balie/policy/text/hostile"
)

// peopleScreens are all screens of this part, each with the keys that lead to
// one of its states.
var peopleScreens = []struct {
	name string
	view func(*kit) view
	keys []string
}{
	{"people", func(k *kit) view { return newPeople(k, "") }, nil},
	{"people, searched", func(k *kit) view { return newPeople(k, "") }, []string{"/", "bouw"}},
	{"people, nobody", func(k *kit) view { return newPeople(k, "xyzzy") }, nil},
	{"people, keys", func(k *kit) view { return newPeople(k, "") }, []string{"?"}},
	{"person", openNora, nil},
	{"person, last", openNora, []string{"end"}},
	{"person, end grant", openNora, []string{"x"}},
	{"person, agree", openNora, []string{"down", "A"}},
	{"person, remove key", openNora, []string{"down", "down", "down", "K", "lost", "enter"}},
	{"person, close session", openNora, []string{"end", "c"}},
	{"grant", openNora, []string{"g"}},
	{"reset", openNora, []string{"R"}},
	{"code", openNora, []string{"R", "lost", "enter"}},
	{"revoke", openNora, []string{"D"}},
	{"revoke, mistyped", openNora, []string{"D", "gone", "enter", "tom", "enter"}},
	{"leaving", func(k *kit) view { return newLeavers(k) }, nil},
	{"report", openReport, nil},
	{"report, last", openReport, []string{"end"}},
	{"report, heir", openReport, []string{"h"}},
	{"subjects", func(k *kit) view { return newSubjects(k, 4, "nora") }, nil},
	{"other team", openNora, []string{"T"}},
	{"one who left", func(k *kit) view { return newPerson(k, 5, "tom") }, nil},
	{"invite again", func(k *kit) view { return newPerson(k, 5, "tom") }, []string{"i"}},
	{"invite", func(k *kit) view { return newInvite(k) }, nil},
	{"invite, bad login", func(k *kit) view { return newInvite(k) }, []string{"Nora Claes!", "tab"}},
	{"sessions", func(k *kit) view { return newSessions(k) }, nil},
	{"profile", func(k *kit) view { return newProfile(k) }, nil},
	{"profile, new codes", func(k *kit) view { return newProfile(k) }, []string{"n"}},
	{"codes", func(k *kit) view { return newProfile(k) }, []string{"n", "123456", "enter"}},
	{"log", func(k *kit) view { return newLog(k, db.LogQuery{}) }, nil},
	{"log, one row", func(k *kit) view { return newLog(k, db.LogQuery{}) }, []string{"enter"}},
	{"log, which act", func(k *kit) view { return newLog(k, db.LogQuery{}) }, []string{"t"}},
	{"log, filtered", func(k *kit) view { return newLog(k, db.LogQuery{}) }, []string{"s", "77", "enter", "f", "3d", "enter", "r"}},
	{"log, export", func(k *kit) view { return newLog(k, db.LogQuery{}) }, []string{"x"}},
	{"log, following", func(k *kit) view { return newLog(k, db.LogQuery{}) }, []string{"F"}},
	{"seen", func(k *kit) view { return newExposure(k, db.Customer{ID: 77}) }, nil},
	{"seen, export", func(k *kit) view { return newExposure(k, db.Customer{ID: 77}) }, []string{"x"}},
	{"unusual", func(k *kit) view { return newUnusual(k) }, nil},
	{"unusual, settled", func(k *kit) view { return newUnusual(k) }, []string{"a", "down"}},
	{"verify", func(k *kit) view { return newVerify(k) }, nil},
}

func openNora(k *kit) view { return newPerson(k, 4, "nora") }

// terminals are what people sit at.
var terminals = []struct {
	name string
	set  func(*Session)
}{
	{"80×24 dark", func(s *Session) {}},
	{"80×24 light nl", func(s *Session) { s.Dark, s.Lang = false, "nl" }},
	{"80×24 no colour", func(s *Session) { s.NoColor = true }},
	{"80×24 ASCII nl", func(s *Session) { s.ASCII, s.Lang = true, "nl" }},
	{"200×50 dark", func(s *Session) { s.Width, s.Height = 200, 50 }},
	{"200×50 ASCII no colour", func(s *Session) { s.Width, s.Height, s.ASCII, s.NoColor = 200, 50, true, true }},
	{"119×30 nl", func(s *Session) { s.Width, s.Height, s.Lang = 119, 30, "nl" }},
	{"40×10", func(s *Session) { s.Width, s.Height = 40, 10 }},
	{"1×1", func(s *Session) { s.Width, s.Height = 1, 1 }},
}

func TestPeopleScreens_fit(t *testing.T) {
	for _, term := range terminals {
		t.Run(term.name, func(t *testing.T) {
			for _, s := range peopleScreens {
				st := sit(t, newFakePeople(), term.set, s.view).press(s.keys...)
				wantFit(t, s.name, st.app.View(), st.app.width, st.app.height, st.app.kit.ASCII)
			}
		})
	}
}

// wantFit holds a frame to its window: so many lines, none too wide, nothing in
// it but text and SGR.
func wantFit(t *testing.T, name, view string, w, h int, ascii bool) {
	t.Helper()
	lines := strings.Split(view, "\n")
	if len(lines) != h {
		t.Errorf("%s: %d lines in a window of %d", name, len(lines), h)
	}
	for i, l := range lines {
		plain := ansi.Strip(l)
		if n := ansi.StringWidth(l); n > w {
			t.Errorf("%s: line %d is %d columns wide in %d: %q", name, i, n, w, plain)
		}
		if ascii && !isASCII(plain) {
			t.Errorf("%s: line %d is not ASCII: %q", name, i, plain)
		}
		for _, r := range plain {
			if hostile.Banned(r) {
				t.Errorf("%s: line %d has %U: %q", name, i, r, plain)
			}
		}
		for _, esc := range strings.Split(l, "\x1b")[1:] {
			if end := strings.IndexAny(esc, "m"); end < 1 || esc[0] != '[' || strings.Trim(esc[1:end], "0123456789;") != "" {
				t.Errorf("%s: line %d has a sequence that is no SGR: %q", name, i, esc)
			}
		}
	}
}

// poison puts s wherever a name, an address or a note can come from outside, as
// long as ops lets a field be.
func poison(s string) *fakePeople {
	s = s[:min(len(s), 1000)]
	f, l := newFakePeople(), text.New(s)
	for i := range f.people {
		p := &f.people[i]
		p.Name, p.Team = l, l
		for j := range p.Grants {
			p.Grants[j].Reason = l
		}
	}
	for i := range f.keys {
		f.keys[i].Name = s
	}
	for i := range f.sessions {
		f.sessions[i].KeyName, f.sessions[i].Address, f.sessions[i].Node = s, s, s
	}
	for i := range f.invitations {
		f.invitations[i].Fingerprint = s
	}
	for i := range f.log.Rows {
		r := &f.log.Rows[i]
		r.Reason, r.Detail, r.Fields, r.Session, r.Act, r.Role = l, l, []string{s}, s, policy.Act(s), policy.Role(s)
	}
	for i := range f.unusual {
		u := &f.unusual[i]
		u.Note, u.Role, u.Outcome = l, policy.Role(s), policy.UnusualOutcome(s)
	}
	return f
}

func TestPeopleScreens_hostile(t *testing.T) {
	shift := rand.IntN(3) // each text on a third of the screens, on others each time
	for i, bad := range hostile.Strings {
		for j, s := range peopleScreens {
			if (i+j+shift)%3 > 0 {
				continue
			}
			st := sit(t, poison(bad), nil, s.view).press(s.keys...)
			wantFit(t, fmt.Sprintf("%s, string %d", s.name, i), st.app.View(), 80, 24, false)
		}
	}
}

// TestPeopleTexts holds that both languages say everything, with the same
// arguments, and know every act and every fault.
func TestPeopleTexts(t *testing.T) {
	en, nl := reflect.ValueOf(englishPeople()), reflect.ValueOf(dutchPeople())
	for i := range en.NumField() {
		for j := range en.Field(i).NumField() {
			e, d := en.Field(i).Field(j), nl.Field(i).Field(j)
			name := en.Field(i).Type().Field(j).Name
			if e.Kind() != reflect.String {
				continue
			}
			if e.String() == "" || d.String() == "" {
				t.Errorf("%s is empty: %q, %q", name, e, d)
			}
			if !slices.Equal(verbs(e.String()), verbs(d.String())) {
				t.Errorf("%s takes other arguments: %q, %q", name, e, d)
			}
		}
	}
	for _, a := range policy.Acts {
		if englishLog().Acts[a] == "" || dutchLog().Acts[a] == "" {
			t.Errorf("the log has no words for %s", a)
		}
	}
}
