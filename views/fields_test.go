package views

import (
	"testing"

	"balie/policy"
	"balie/policy/text"
)

// TestOwnFields: a form says why it asks for a field of the organisation's own,
// checks it, keeps what is offered no more, and the customer shows it.
func TestOwnFields(t *testing.T) {
	acts := newFakeActs()
	c := acts.customers[1]
	c.Values = policy.FieldValues{2: text.New("#2")}
	acts.customers[1] = c
	s := newStage(t, sessionOf(acts, policy.Sales)).press("c", "enter").wants("Branche: horeca").press("e")
	s.press("up").wants("horeca", "kept 12 months after", "seen by sales, manager, privacy").wantsNot("Fax")
	s.press("up", "groot").wants("kept 24 months").press("ctrl+s").wants("Shoe size", "! Schoenmaat is a number")
	s.press("ctrl+u", "42,50", "ctrl+s").wants("Saved: Jan Jansen.", "Shoe size: 42.5 · Branche: horeca")
	if got := acts.customers[1].Values; !got.Equal(policy.FieldValues{1: text.New("42.5"), 2: text.New("#2")}) {
		t.Errorf("%v", got)
	}
	s.press("p").wants("Shoe size", "kept 24 months")
}

// TestOwnFields_merge: two who fill in the same field see both.
func TestOwnFields_merge(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Sales)).press("c", "enter", "e", "up", "up", "42")
	theirs := acts.customers[1]
	theirs.Version++
	theirs.Values = policy.FieldValues{1: text.New("43"), 2: text.New("#3")}
	acts.customers[1] = theirs
	s.press("ctrl+s").wants("Two changes", "Shoe size", "(•) 42", "( ) 43", "Branche", "(•) zorg").press("ctrl+s").wants("Saved")
	if got := acts.customers[1].Values; !got.Equal(policy.FieldValues{1: text.New("42"), 2: text.New("#3")}) {
		t.Errorf("%v", got)
	}
}

// TestFieldCatalogue: what is unused stands out, and is dropped by its name only.
func TestFieldCatalogue(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Manager)).press(":", "fields", "enter").wants("Shoe size", "12", "2 mo ago", "! nobody", "seen by sales")
	s.press("a").wants("Belongs to", "Kept for months").press("ctrl+s").wants("! A field needs a name").press("esc", "y")
	s.press("x").wants("Drop Schoenmaat? Type its name.").press("nope", "enter").wants("! Type the name of the field, Schoenmaat").press("ctrl+u", "Schoenmaat", "enter")
	s.wants("Why is it dropped?").press("unused", "enter").wants("Dropped: Schoenmaat")
	if acts.count("DropField Schoenmaat") != 1 {
		t.Error("not dropped")
	}
	s.press("c").wants("Counted.")
	s.press("r", "later", "enter").wants("Saved: Shoe size.")
	auditor := newStage(t, sessionOf(acts, policy.Auditor)).press(":", "fields", "enter").wants("Shoe size")
	auditor.press("x").wantsNot("Type its name")
}
