package views

import (
	"context"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy"
)

// Searching asks one question at a time, and the newest text wins.
func TestCustomers_NewestSearchWins(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Sales)).press("c")
	acts.hold = make(chan struct{})
	before := acts.count("find")
	var waiting []tea.Cmd
	for _, r := range "/janneke" {
		if cmd := s.app.update(tea.KeyPressMsg{Code: r, Text: string(r)}); cmd != nil {
			waiting = append(waiting, cmd)
		}
	}
	if len(waiting) != 1 {
		t.Fatalf("%d questions at once, want 1", len(waiting))
	}
	close(acts.hold)
	acts.hold = nil
	s.run(waiting[0])
	if n := acts.count("find") - before; n != 2 {
		t.Errorf("asked %d times for seven letters, want 2", n)
	}
	if last := acts.asked[len(acts.asked)-1].Text; last != "janneke" {
		t.Errorf("asked last for %q", last)
	}
	s.wants("Janneke de Vries")
	s.wantsNot("Jan Jansen")
}

// Every key draws a frame, also while its answer is under way.
func TestCustomers_DrawnMeanwhile(t *testing.T) {
	for _, keys := range []string{"s", "S", "f", "/", "g", "V", "C", "t", "h", "z", ".", "a", "e", "x"} {
		s := newStage(t, sessionOf(newFakeActs(), policy.Manager)).press("c", "jjjj")
		cmd := s.app.update(tea.KeyPressMsg{Code: rune(keys[0]), Text: keys})
		s.wants("Customers")
		s.run(cmd)
		s.wants("Customers")
	}
	s := newStage(t, sessionOf(newFakeActs(), policy.Sales)).press("c", "jjjj", "s")
	if at := s.app.top().(*customers).grid.at; at != 0 {
		t.Errorf("another order begins at row %d", at)
	}
}

// Moving the cursor, marking and choosing columns ask nothing.
func TestCustomers_NoQuestionPerKey(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Sales)).press("c")
	before := acts.count("find")
	s.press("jjj", "space", "k", "G", "g", "V", "C", "down", "space", "enter", "?", "j")
	if n := acts.count("find") - before; n != 0 {
		t.Errorf("asked %d times", n)
	}
}

// A late answer to an older question changes nothing.
func TestAsk_LateAnswer(t *testing.T) {
	k := newKit(sessionOf(newFakeActs(), policy.Sales))
	var l latest
	var got []int
	question := func(n int) tea.Cmd {
		return ask(k, &l, func(context.Context) (int, error) { return n, nil }, func(n int, _ error) tea.Cmd { got = append(got, n); return nil })
	}
	first, second := question(1), question(2)
	k.answered(second().(answerMsg))
	k.answered(first().(answerMsg))
	if len(got) != 1 || got[0] != 2 {
		t.Errorf("used the answers %v, want only 2", got)
	}
}

func TestCustomers_Bulk(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Sales)).press("c", "space", "j", "space", "t", "enter")
	s.wants("Put the tag “bouw” on 2 customers?", "Jan Jansen", "Jan-Willem Ottens")
	s.press("enter")
	if acts.count("retag") != 0 {
		t.Fatal("enter alone was taken for a yes")
	}
	s.press("y").wants("Tagged “bouw”: 2 customers.")
	s.press("j", ".").wants("Put the tag “bouw” on 1 customer?")
	s.press("y").press("V", "h", "sofie", "enter").wants("Hand over 61 customers to Sofie Bos?", "and 56 more")
	s.press("y").wants("Handed over")
}

func TestCustomers_LineOfPalette(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Manager)).press(":", "contacts tag=nl owner=sofie status=klant sort=activity /jan", "enter")
	s.wants("jan", "tag=nl owner=sofie status=customer", "sorted: activity")
	last := acts.asked[len(acts.asked)-1]
	if last.Text != "jan" || last.Where != "tag=nl owner=sofie status=customer" || last.Sort != db.ByActivity {
		t.Errorf("asked %+v", last)
	}
	// What is wrong is told, and the list is what it says that it is.
	s.press("F", "ctrl+u", "status=leed", "enter").wants("status can't be")
	s.press("ctrl+u", "colour=red", "enter").wants("There is no field", "colour")
	if last := acts.asked[len(acts.asked)-1]; last.Where != "tag=nl owner=sofie status=customer" {
		t.Errorf("after a wrong filter: asked %+v", last)
	}
}

// What the database's absence leaves: what was typed, a banner, and no screen
// that pretends.
func TestUnavailable(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Sales)).press("c", "enter", "n", "belt vrijdag terug")
	acts.fail = policy.Errorf(policy.Unavailable, "The database can't be reached just now: what you typed is kept, try again.")
	s.press("ctrl+s").wants("belt vrijdag terug", "! The database can't be reached")
	s.press("x").wants("! The database can't be reached") // the banner stays after the note is gone
	acts.fail = nil
	s.press("ctrl+s").wantsNot("can't be reached")
	if len(acts.keys) != 2 || acts.keys[0] != acts.keys[1] {
		t.Errorf("the same note went under the request keys %v", acts.keys)
	}
}

// "-" goes to the screen before and back, but never to a form that is over: its
// request was carried out.
func TestLastScreen(t *testing.T) {
	s := newStage(t, sessionOf(newFakeActs(), policy.Sales)).press("c", "enter", "esc", "-")
	s.wants("[Timeline]").press("-").wants("sorted:")
	s.press("e", "ctrl+u", "Johan", "ctrl+s").wants("Saved").press("-").wantsNot("ctrl+s save")
}

func TestRoles(t *testing.T) {
	session := sessionOf(newFakeActs(), policy.Finance)
	session.Actor.Held = []policy.Role{policy.Finance, policy.Manager}
	s := newStage(t, session)
	s.press("/").wants("Your role does not allow this.")
	s.press(":", "role manager", "enter").wants("· manager", "You act as manager now.")
	s.press(":", "role privacy", "enter").wants("You don't hold this role.")
	s.press(":", "role finance", "enter").wants("· finance")
	s.press(":", "contacts", "enter").wants("· manager", "Jan Jansen") // the act says which role it needs
}

func TestPrivacyReason(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Privacy))
	if acts.count("find") != 0 {
		t.Error("customers were asked for without a reason")
	}
	s.press("x", "enter").wants("Give the reason in a few words")
	s.press(" request 12", "enter").wants("for: x request 12", "Jan Jansen")
}

func TestQuit(t *testing.T) {
	s := newStage(t, sessionOf(newFakeActs(), policy.Sales))
	if s.press("q"); !s.quit {
		t.Error("q didn't quit")
	}
	s = newStage(t, sessionOf(newFakeActs(), policy.Sales)).press("c", "enter", "n", "half", "ctrl+c")
	if s.quit {
		t.Fatal("quit with a draft, unasked")
	}
	s.wants("isn't saved yet")
	if s.press("y"); !s.quit {
		t.Error("yes didn't quit")
	}
}

// A frame per key must be cheap: 0.8 ms of CPU is the bound for all of a key,
// of which the drawing of a frame's lines is a part. Not timed here: go test
// -bench Key.
func BenchmarkKey(b *testing.B) {
	session := sessionOf(newFakeActs(), policy.Sales)
	session.Width, session.Height = 200, 50
	s := newStage(b, session).press("c")
	keys := []tea.KeyPressMsg{named["down"], named["down"], named["up"]}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		s.app.update(keys[i%3])
		if len(s.app.View()) < 100 {
			b.Fatal("nothing to see")
		}
	}
}

func TestDrafts(t *testing.T) {
	acts, drafts := newFakeActs(), NewDrafts()
	session := func(at time.Time) *Session {
		s := sessionOf(acts, policy.Sales)
		s.Drafts, s.Now = drafts, func() time.Time { return at }
		return s
	}
	newStage(t, session(noon)).press("a", "enter", "Nora") // and the connection breaks
	s := newStage(t, session(noon.Add(29*time.Minute)))
	s.wants("in the middle of this", "New person")
	s.press("y").wants("Nora", "Your draft")
	s = newStage(t, session(noon.Add(31*time.Minute)))
	s.wantsNot("in the middle of this")
	other := session(noon)
	other.Actor.ID = 4
	newStage(t, other).wantsNot("in the middle of this")
	if strings.Contains(newStage(t, session(noon.Add(31*time.Minute))).press("a", "enter").shown(), "Nora") {
		t.Error("a draft lived too long")
	}
}
