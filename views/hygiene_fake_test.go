package views

import (
	"context"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

func (f *fakeActs) PrivacyFigures(context.Context, policy.Actor) ([]ops.Figure, error) {
	return []ops.Figure{
		{What: policy.Message{Key: "Requests that are overdue"}, N: 2, Grave: true, Opens: "requests"},
		{What: policy.Message{Key: "Records that stand on nothing"}, N: 14, Opens: "undecided"},
		{What: policy.Message{Key: "Roles that nobody used for a quarter"}, N: 1, At: noon, Opens: "idle"},
		{What: policy.Message{Key: "Customers with a dead mail address"}, At: noon, Opens: "bounced"},
	}, f.did("figures")
}

func (f *fakeActs) ListStale(context.Context, policy.Actor) ([]ops.StaleMember, error) {
	m := ops.StaleMember{Why: policy.WhyObjected}
	m.Family, m.ID, m.Audience.Name = text.New("Oudeman"), 3, text.New("spring")
	return []ops.StaleMember{m}, nil
}

func (f *fakeActs) ListDeadMails(context.Context, policy.Actor) ([]db.Row, error) {
	r := db.Row{ID: 3}
	r.Family, r.Mail = text.New("Oudeman"), text.New("oud@weg.example")
	return []db.Row{r}, nil
}

func (f *fakeActs) ListIdleGrants(context.Context, policy.Actor) ([]db.IdleGrant, error) {
	return []db.IdleGrant{{PersonID: 3, Role: policy.Finance, Since: noon.AddDate(-1, 0, 0)}}, nil
}
