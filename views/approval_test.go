package views

import (
	"context"
	"fmt"
	"testing"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

func (f *fakeActs) ListApprovals(context.Context, policy.Actor) ([]db.Approval, error) {
	at, why := noon.AddDate(0, 0, -1), text.New("moving to another system"+f.evil)
	return []db.Approval{
		{ID: 4, Person: 4, Team: 1, Role: policy.Sales, Size: 1300, Whole: true, Raw: true, Reason: why, AskedAt: noon, State: policy.ApprovalWaiting},
		{ID: 3, Person: 3, Team: 1, Role: policy.Manager, Size: 2100, Reason: why, AskedAt: noon, State: policy.ApprovalWaiting},
		{ID: 2, Person: 4, Team: 1, Role: policy.Sales, Size: 120_000, Reason: why, AskedAt: at, AnsweredAt: &at, AnsweredBy: 2, Answer: text.New("no need" + f.evil), State: policy.ApprovalRefused},
		{ID: 1, Person: 4, Team: 1, Role: policy.Sales, Size: 1500, Whole: true, Reason: why, AskedAt: at, AnsweredAt: &at, Alone: true, Agreed: true, UsedAt: &at, State: policy.ApprovalUsed},
	}, f.did("approvals")
}

func (f *fakeActs) AnswerApproval(_ context.Context, _ policy.Actor, id int32, agreed bool, why text.Line) error {
	return f.did(fmt.Sprint("answer ", id, " ", agreed, " ", why))
}

func TestApprovals(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Manager)).press(":", "approvals", "enter")
	s.wants("up to 1,300 customers, all that this person sees, raw", "nobody yet", "yesterday 14:02")
	s.press("y").wants("Let Sofie Bos take 1,300 customers out", "moving to another system", "not safe to open in a spreadsheet")
	s.press("enter")
	if acts.count("answer 4 true ") != 0 {
		t.Fatal("enter alone was taken for a yes")
	}
	s.press("y").wants("Agreed: it may be exported once")
	if acts.count("answer 4 true ") != 1 {
		t.Errorf("the answer given: %v", acts.calls)
	}
	s.press("x", "enter").wants("Say why")
	s.press("too many", "enter").wants("Refused.")
	if acts.count("answer 4 false too many") != 1 {
		t.Errorf("the answer given: %v", acts.calls)
	}
	before := len(acts.calls)
	s.press("j", "y", "x", "j", "y").wants("refused by Marit Smit")
	if s.app.dialog != nil || len(acts.calls) != before {
		t.Error("one's own request, or one that was answered, can be answered")
	}
}

func TestApprovals_Frames(t *testing.T) {
	for _, look := range looks {
		for _, keys := range [][]string{nil, {"y"}, {"x"}, {"end"}} {
			s := sessionOf(newFakeActs(), policy.Admin)
			s.Dark, s.NoColor, s.ASCII, s.Lang = look.dark, look.noColor, look.ascii, look.lang
			look.check(t, newStage(t, s).press(":", "approvals", "enter").press(keys...))
		}
	}
}

func TestCustomers_BulkUndo(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Sales)).press("c", "space", "space", "t", "enter", "y").wants("Tagged “bouw”: 2 customers.")
	s.press("z").wants("Tagged “bouw”: 2 customers.", "Within ten minutes").press("y").wants("Taken back: 2 customers, of 2.")
	if acts.count("unretag 1 true: [1 2]") != 1 {
		t.Errorf("what was taken back: %v", acts.calls)
	}
	s.press("z").wants("not yet")
	s.press("V", "h", "sofie", "enter").wants("! 6 of these restricted").press("y", "z", "y").wants("Taken back: 61 customers, of 61.")
}
