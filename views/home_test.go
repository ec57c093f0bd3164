package views

import (
	"strings"
	"testing"
	"time"

	"balie/policy"
)

// Home counts what there is, not what it happens to hold.
func TestHome_Counts(t *testing.T) {
	s := newStage(t, sessionOf(newFakeActs(), policy.Sales))
	s.wants("lead           1,204", "customer          31", "former             2")
	privacy := newStage(t, sessionOf(newFakeActs(), policy.Privacy)).press("request 12", "enter")
	privacy.wants("Needs a decision").wantsNot("How they stand")
}

// Every line of a first screen leads to the rows behind it, and no more can be
// selected than is shown.
func TestHome_Leads(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Sales))
	s.wants("Needs a decision", "term over", "the first", "Quiet for long: call", "My pipeline", "My customers, active last")
	s.press("right").wants("▸ New").press("j", "enter").wants("Quote")
	if q := acts.board[len(acts.board)-1]; q.Stage != 2 || q.Closed {
		t.Errorf("the stage leads to %+v", q)
	}
	s.press("esc", "jj").wants("▸ Won this month").press("enter")
	if q := acts.board[len(acts.board)-1]; !q.Closed {
		t.Errorf("what was won leads to %+v", q)
	}
	s.press("esc", "j").wants("▸ lead").press("enter")
	if q := acts.asked[len(acts.asked)-1]; q.Status != policy.Lead {
		t.Errorf("the leads lead to %+v", q)
	}
	s = newStage(t, sessionOf(acts, policy.Sales)).press(strings.Repeat("j", 70))
	if at := strings.Index(s.shown(), "▸"); at < 0 {
		t.Errorf("the cursor is nowhere:\n%s", s.shown())
	}
	gets := acts.count("get")
	newStage(t, sessionOf(acts, policy.Sales)).wants("▸ ").press("enter").wants("[Timeline]")
	if acts.count("get") != gets+1 {
		t.Errorf("opened %d", acts.count("get")-gets)
	}

	m := newStage(t, sessionOf(acts, policy.Manager))
	m.wants("The team's pipeline", "Forecast", "Too long in their stage", "all: 14 deals, €99k", "Since Monday", "12")
	m.press("jjjj").wants("▸ Nov 2026").press("enter")
	if q := acts.board[len(acts.board)-1]; !q.Expected.Equal(noonMonth) {
		t.Errorf("the month leads to %+v", q)
	}
	m.press("esc", "right").wants("▸ all: 14").press("enter")
	if q := acts.board[len(acts.board)-1]; !q.Ageing {
		t.Errorf("what is too long leads to %+v", q)
	}
}

func TestLeaves(t *testing.T) {
	k := newKit(sessionOf(newFakeActs(), policy.Sales))
	for _, c := range []struct {
		ends     time.Time
		in, on   string
		st, when style
	}{
		{noon.AddDate(0, 0, -1), "term over", "over since 21 Nov 2026", k.st.danger, k.st.danger},
		{noon.Add(time.Hour), "last day", "leaves on 22 Nov 2026", k.st.due, k.st.due},
		{noon.AddDate(0, 0, 5), "leaves 5 d", "leaves on 27 Nov 2026", k.st.due, k.st.due},
		{noon.AddDate(0, 0, 59), "leaves 8 w", "leaves on 20 Jan 2027", k.st.due, k.st.due},
		{noon.AddDate(0, 4, 2), "leaves 4 mo", "leaves on 24 Mar 2027", k.st.faint, ""},
		{noon.AddDate(0, 8, 0), "", "leaves on 22 Jul 2027", "", ""},
	} {
		last := c.ends.AddDate(-2, 0, 0)
		if got, want := k.leavesIn(policy.Client, last), (cell{c.in, c.st}); got != want {
			t.Errorf("%s: in the list %q, want %q", c.ends, got, want)
		}
		if got, want := k.leavesOn(policy.Client, last), (cell{c.on, c.when}); got != want {
			t.Errorf("%s: on home %q, want %q", c.ends, got, want)
		}
	}
	for _, lang := range []string{"en", "nl"} { // the column has 11
		k.speak(lang)
		for days := range 182 {
			if got := k.leavesIn(policy.Client, noon.AddDate(-2, 0, days-1)).text; width(got) > 11 {
				t.Errorf("%q doesn't fit", got)
			}
		}
	}
}

// Whom restriction leaves out is said before, and nothing is done to them.
func TestCustomers_BulkRestricted(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Sales)).press("c", "space", "jj", "space", "t", "enter")
	s.wants("Put the tag “bouw” on 1 customer?", "! Left out: 1 × the data is restricted (art. 18(2) GDPR)", "Joris van den Berg", "· Jan Jansen").wantsNot("· Joris")
	s.press("y").wants("Tagged “bouw”: 1 customer.")
	s.press("G", "g", "jjj", "t", "enter").wants("Nothing to do, all are left out: 1 × the data is")
	s.press("h", "sofie", "enter").wants("Hand over 1 customer to Sofie Bos?", "restricted") // somebody must look after them
}

func TestTheme_Plain(t *testing.T) {
	session := sessionOf(newFakeActs(), policy.Sales)
	s := newStage(t, session).press("c")
	colours := func() bool { return strings.Contains(s.app.View(), "[38;") }
	if !colours() {
		t.Fatal("no colours to begin with")
	}
	s.press(":", "theme plain", "enter")
	if colours() {
		t.Error("colours are left")
	}
	s.press(":", "theme light", "enter")
	if !colours() || session.Dark {
		t.Error("the colours don't come back")
	}
	s.press(":", "theme pink", "enter").wants(":theme light, dark or plain")
}
