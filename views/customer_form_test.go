package views

import (
	"strings"
	"testing"
	"time"

	"balie/policy"
	"balie/policy/text"
)

func TestCustomerForm_Add(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Sales)).press("a", "enter", "Nora", "tab", "van", "tab", "ctrl+s")
	s.wants("A name is needed")
	s.press("Dijk").wantsNot("A name is needed")
	s.press("tab", "enter").wants("Jansen & Zn")                                              // companies are found
	s.press("zn", "enter", "tab", "directeur", "tab")                                         // the role there
	s.press("klant0@example.org", "tab").wants("There is already: Jan Jansen (", "same mail") // a twin
	s.press("up", "ctrl+u", "nora", "tab").wants("! A mail address has a name, an @ and a domain")
	if acts.count("create") != 0 {
		t.Fatal("saved what is wrong")
	}
}

func TestCustomerForm_ChecksAsOneTypes(t *testing.T) {
	s := newStage(t, sessionOf(newFakeActs(), policy.Sales)).press("a", "down", "enter", "Bakkerij", "tab", "tab", "0612345678")
	s.wants("✓ +31612345678")
	s.press("tab", "tab", "tab", "99", "tab").wants("! A Dutch postal code")
	s.press("up", "ctrl+u", "3511aa").wants("✓ 3511 AA")
	s.wantsNot("A Dutch postal code")
}

func TestCustomerForm_SaveAndUndo(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Sales)).press("c", "enter", "e", "ctrl+u", "Johan", "ctrl+s")
	s.wants("Saved: Johan Jansen.", "Johan Jansen")
	s.press("z").wants("Take back your change of Jan Jansen")
	s.press("y").wants("Jan Jansen is as before.")
	if got := acts.customers[1].Given.String(); got != "Jan" {
		t.Errorf("the first name is %q", got)
	}
	s.press("z").wants("not yet")
}

func TestUndo_Limits(t *testing.T) {
	acts := newFakeActs()
	now := noon
	session := sessionOf(acts, policy.Sales)
	session.Now = func() time.Time { return now }
	s := newStage(t, session).press("c", "enter", "e", "ctrl+u", "Johan", "ctrl+s")
	theirs := acts.customers[1]
	theirs.Version++
	acts.customers[1] = theirs // somebody else changed it
	s.press("z", "y").wants("Somebody changed it after you")
	s.press("e", "ctrl+u", "Joop", "ctrl+s")
	now = noon.Add(11 * time.Minute)
	s.press("z").wants("more than ten minutes ago")
}

// Two people edit one customer: the second sees what the first changed, chooses
// field by field, and nothing else of either is lost.
func TestMerge(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Sales)).press("c", "enter", "e", "ctrl+u", "Mine", "tab", "tab", "ctrl+u", "OnlyMine")
	theirs := acts.customers[1]
	theirs.Version++
	theirs.Given, theirs.Address.City = text.New("Theirs"), text.New("Gent")
	acts.customers[1] = theirs
	s.press("ctrl+s").wants("Two changes", "(•) Mine", "( ) Theirs", "( ) Utrecht", "(•) Gent")
	s.wantsNot("OnlyMine ")
	s.press("space", "ctrl+s").wants("Saved: Theirs OnlyMine.")
	c := acts.customers[1]
	if c.Given.String() != "Theirs" || c.Family.String() != "OnlyMine" || c.Address.City.String() != "Gent" || c.Version != 5 {
		t.Errorf("merged into %s in %s, version %d", c.Name(), c.Address.City, c.Version)
	}
}

// The request key stays one from the first try to the last.
func TestCustomerForm_OneRequest(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Sales)).press("a", "down", "enter", "Bakkerij")
	acts.fail = policy.Errorf(policy.Unavailable, "The database can't be reached just now: what you typed is kept, try again.")
	s.press("ctrl+s").wants("Bakkerij", "can't be reached")
	acts.fail = nil
	s.press("ctrl+s").wants("Added: Bakkerij.")
	if len(acts.keys) != 2 || acts.keys[0] != acts.keys[1] {
		t.Errorf("tried under the keys %v", acts.keys)
	}
}

// TestGuard_Asks: what a text seems to hold is said while one types, and saving
// it takes a reason, which is not the number again.
func TestGuard_Asks(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Sales)).press("c", "enter", "n", "bsn 123456782")
	s.wants("seems to hold a citizen service number")
	s.press("ctrl+s").wants("“123456782”", "Why must it be kept").press("enter").wants("Say in a few words").press("esc")
	s.press("ctrl+s", "bsn 123456782", "enter").wants("without the number").press("ctrl+u", "esc")
	if acts.count("note") != 0 {
		t.Fatal("kept without a reason")
	}
	s.press("ctrl+s", "the law says so", "enter").wants("The note is saved.")
	if acts.count("note") != 1 || !strings.Contains(acts.notes[1][2].Text.String(), "123456782") {
		t.Error("a reason doesn't keep the note")
	}
	s.press("n", "koffie om tien uur").wantsNot("seems to hold").press("ctrl+s").wants("The note is saved.")
}

func TestNote_Private(t *testing.T) {
	acts := newFakeActs()
	newStage(t, sessionOf(acts, policy.Sales)).press("c", "enter", "n", "eerste", "enter", "tweede", "tab", "ctrl+s")
	last := acts.notes[1][len(acts.notes[1])-1]
	if !last.Private || last.Text.String() != "eerste\ntweede" {
		t.Errorf("saved %+v", last)
	}
}
