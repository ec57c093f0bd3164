package views

import (
	"testing"

	"balie/policy"
)

// A mail is shown as it is understood before it is kept; what happened is opened
// from the timeline, put right, and that is taken back.
func TestCustomer_activities(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Sales)).press("c", "enter").press("M").wants("Paste a mail", "with its headers")
	s.press("q").wants("Paste a mail") // a terminal that sends a paste as keys does no harm
	s.paste("no mail").wants("! This is no mail")
	s.paste("From: …").wants("About", "offerte", "Eve", "! Nobody of", "From: …").wantsNot("This is no mail")
	s.press("ctrl+s").wants("Kept on the timeline", "offerte")
	s.press("o").wants("Which one?", "mailed · offerte").press("enter").wants("received", "akkoord", "What was changed", "Minutes", "0 → 20")
	s.press("e").wants("Who were there", "Outcome").wantsNot("Dag Sander")
	s.press("tab", "tab", "tab", "tab", "ctrl+u", "x", "ctrl+s").wants("! A length is a number of minutes.")
	s.press("ctrl+u", "25", "tab", "besteld", "ctrl+s").wants("Saved.")
	kept := acts.todo.kept[len(acts.todo.kept)-1]
	if kept.Minutes != 25 || kept.Outcome.String() != "akkoordbesteld" || kept.Text.String() != "Dag Sander,\n\nakkoord." || kept.Way != policy.WayIn {
		t.Errorf("%+v", kept)
	}
	s.press("z").wants("Take back your change of").press("y").wants("Taken back")
	if acts.count("undo activity") != 1 {
		t.Error("nothing was taken back")
	}
}

func TestTask_past(t *testing.T) {
	s := newStage(t, sessionOf(newFakeActs(), policy.Sales)).press("n", "send brochure", "enter", "t", "h")
	s.wants("What was changed", "send brochure", "did a task", "wrote a task", "Priority", "normal → high")
}
