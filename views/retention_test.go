package views

import (
	"context"
	"fmt"
	"testing"
	"time"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

func (f *fakeActs) Retention(context.Context, policy.Actor) ([]db.Rule, error) {
	var all []db.Rule
	for i, r := range policy.DefaultSchedule() {
		r.Approved = i > 0
		all = append(all, db.Rule{RetentionRule: r, ApprovedBy: int32(min(i, 1) * 3)})
	}
	next := all[2]
	next.Version, next.Approved, next.Term, next.ProposedBy, next.ProposedAt = 1, false, policy.RetentionTerm{N: 5, Unit: policy.Years}, 4, noon
	next.Reason = text.New("a warranty of five years" + f.evil)
	all[2].Waits, all[2].Next = &next, next.Term
	return all, nil
}

func (f *fakeActs) ProposeRule(_ context.Context, _ policy.Actor, c ops.RuleChange, why text.Line) (int, error) {
	return 1, f.did(fmt.Sprint("propose ", c.Key, " ", c.Term, " ", c.Start, " ", why))
}

func (f *fakeActs) AnswerRule(_ context.Context, _ policy.Actor, key policy.RuleKey, agreed bool) error {
	return f.did(fmt.Sprint("answer ", key, " ", agreed))
}

func (f *fakeActs) PlanRetention(context.Context, policy.Actor, time.Time, int) ([]ops.RulePlan, error) {
	rules, _ := f.Retention(context.Background(), policy.Actor{})
	plans := make([]ops.RulePlan, len(rules))
	for i, r := range rules {
		plans[i] = ops.RulePlan{Rule: r, Held: map[policy.HeldBy]int{}}
	}
	plans[0].Due, plans[0].Held[policy.HeldLegally] = 1204, 3
	plans[0].Sample = []ops.PlanRow{{Row: rowOf(f.customers[1]), Leaving: policy.Leaving{On: noon, Since: noon.AddDate(-1, 0, 0), Start: policy.FromContact}}}
	return plans, f.did("plan")
}

func (f *fakeActs) ListHolds(context.Context, policy.Actor, int64, bool) ([]db.Hold, error) {
	return []db.Hold{{ID: 1, Customer: 1, Name: f.customers[1].Name(), Sort: policy.HeldLegally, Until: noon.AddDate(1, 0, 0), Reason: text.New("claim 7" + f.evil)}}, f.did("holds")
}

func (f *fakeActs) AddHold(_ context.Context, _ policy.Actor, h db.Hold) (int64, error) {
	return 1, f.did(fmt.Sprint("hold ", h.Customer, " ", h.Sort, " ", h.Until.Format(time.DateOnly), " ", h.Reason))
}

func (f *fakeActs) EndHold(_ context.Context, _ policy.Actor, id int64, why text.Line) error {
	return f.did(fmt.Sprint("end ", id, " ", why))
}

func TestRetention(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Admin)).press(":", "retention", "enter")
	s.wants("leads", "1 year", "last contact", "! to agree", "art. 5(1)(e) GDPR")
	s.press("y").wants("Let rule leads take customers after 1 year, since last contact?")
	s.press("y").wants("Agreed")
	if acts.count("answer lead true") != 1 {
		t.Errorf("%v", acts.calls)
	}
	s.press("j", "j").wants("5 years", "a warranty of five years", "Sofie Bos")
	s.press("e", "ctrl+u", "3 jaar", "tab", "tab", "guarantee", "ctrl+s").wants("waits for another person")
	if acts.count("propose former 3 years contact guarantee") != 1 {
		t.Errorf("%v", acts.calls)
	}
}

func TestRetention_officer(t *testing.T) {
	acts := newFakeActs()
	s := newStage(t, sessionOf(acts, policy.Privacy)).press("request 12", "enter", ":", "retention", "enter", "D")
	s.wants("Leads: 1,204", "held: a legal hold 3", "Jan Jansen", "because last contact 22 Nov 2025", "… and 1,203 more")
	s.press("enter", "p").wants("rule leads, because last")
	s.press("H", "tab", "2027-03-01", "tab", "claim 8", "ctrl+s").wants("It is kept.")
	if acts.count("hold 1 keep 2027-03-01 claim 8") != 1 {
		t.Errorf("%v", acts.calls)
	}
	s.press(":", "holds", "enter", "x", "settled", "enter").wants("It has ended.")
	if acts.count("end 1 settled") != 1 {
		t.Errorf("%v", acts.calls)
	}
}

func TestRetention_Frames(t *testing.T) {
	for _, look := range looks {
		for _, keys := range [][]string{{":", "retention", "enter"}, {":", "retention", "enter", "j", "j"}, {":", "retention", "enter", "e"}, {":", "retention", "enter", "D"}, {":", "holds", "enter"}, {"H"}} {
			s := sessionOf(newFakeActs(), policy.Privacy)
			s.Dark, s.NoColor, s.ASCII, s.Lang = look.dark, look.noColor, look.ascii, look.lang
			look.check(t, newStage(t, s).press(toCustomer...).press(keys...))
		}
	}
}
