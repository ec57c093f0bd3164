package views

import (
	"testing"

	"balie/policy"
	"balie/policy/text"
)

// Of two who change one task or draft of an invoice the second sees both, field
// by field, and what only one of them changed stays.
func TestMerge_TaskAndInvoice(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Sales)).press("n", "send brochure", "enter", "t", "enter")
	theirs := acts.todo.find(acts.todo.all[0].ID)
	theirs.Version, theirs.Title, theirs.Text = 5, text.New("call first"), text.NewBlock("by phone")
	s.press("tab", " today", "tab", "ctrl+u", "friday 9:00", "ctrl+s")
	s.wants("Two changes", "(•) send brochure today", "( ) call first", "(•) by phone")
	s.press("space", "ctrl+s").wants("Saved.")
	if got := acts.todo.find(theirs.ID); got.Title.String() != "call first" || got.Due.Clock() != "09:00" || got.Text.String() != "by phone" {
		t.Errorf("%+v", got)
	}

	books, f := financeStage(t, "en")
	f.press("i", "enter", "e", " BV")
	bill, err := books.bill(101)
	if err != nil {
		t.Fatal(err)
	}
	bill.Version, bill.Subject = bill.Version+1, text.New("roof")
	f.press("ctrl+s").wants("Two changes", "(•) roof").press("ctrl+s").wants("Saved.")
	if got, _ := books.bill(101); got.Subject.String() != "roof" || got.Debtor.String() != "Ilse Baert BV" {
		t.Errorf("%+v", got)
	}
}
