package views

import (
	"context"
	"time"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

func (f *fakeActs) ListPurposes(context.Context, policy.Actor) ([]db.Purpose, error) {
	all := make([]db.Purpose, len(policy.Purposes))
	for i, p := range policy.Purposes {
		all[i].PurposeRules = p
	}
	return all, nil
}

// fakeConsents are what was said in the fake firm, and what it decided.
type fakeConsents struct {
	said      []ops.Recording
	purposes  []policy.PurposeRules
	reasons   []string
	audiences []db.Audience
}

func (f *fakeActs) ViewPurpose(_ context.Context, _ policy.Actor, name policy.Purpose) (s ops.PurposeSight, err error) {
	s.PurposeRules, err = policy.FindPurpose(policy.Purposes, name)
	s.History = []db.Purpose{s.Purpose}
	s.Wordings = []db.Wording{{Hash: policy.WordingHash(s.Wording.In("nl")), Purpose: name, Language: "nl", Body: s.Wording.In("nl")}}
	return s, err
}

func (f *fakeActs) SetPurpose(_ context.Context, _ policy.Actor, p policy.PurposeRules, _ int32, why text.Line) error {
	if err := p.Check(); err != nil {
		return err
	}
	f.consents.purposes, f.consents.reasons = append(f.consents.purposes, p), append(f.consents.reasons, why.String())
	return nil
}

func (f *fakeActs) ListConsents(_ context.Context, _ policy.Actor, customer int64, _ time.Time) (s ops.ConsentSight, err error) {
	standing := policy.Standing{ID: customer, Grounds: []policy.Ground{{Purpose: policy.Delivery, Basis: policy.Contract}, {Purpose: policy.Newsletter, Basis: policy.Consent}}}
	for i, r := range f.consents.said {
		p, _ := policy.FindPurpose(policy.Purposes, r.Purpose)
		e := policy.ConsentEvent{ID: int64(i + 1), Purpose: r.Purpose, Kind: r.Kind, At: noon, Marketing: p.Marketing, Wording: policy.WordingHash("yes")}
		standing.Events = append(standing.Events, e)
		s.Events = append(s.Events, db.Consent{ConsentEvent: e, Customer: customer, How: r.How, Recorded: noon, Person: 3})
	}
	for _, p := range policy.Purposes {
		st := ops.PurposeStanding{Purpose: db.Purpose{PurposeRules: p}, State: policy.StateOn(standing.Events, p.Name, p.Marketing, noon), Blocked: policy.MayUse(standing, p, "", noon)}
		for _, g := range standing.Grounds {
			if g.Purpose == p.Name {
				st.Basis = g.Basis
			}
		}
		s.Purposes = append(s.Purposes, st)
	}
	return s, nil
}

func (f *fakeActs) RecordConsent(_ context.Context, _ policy.Actor, r ops.Recording, _ ops.RequestKey) (int64, error) {
	if r.How == "" {
		_, err := policy.ParseChannel("")
		return 0, err
	}
	f.consents.said = append(f.consents.said, r)
	return int64(len(f.consents.said)), nil
}

func (f *fakeActs) StartOfDay(context.Context, string) (time.Time, error) { return time.Time{}, nil }

func (f *fakeActs) ListUndecided(context.Context, policy.Actor) ([]db.Row, error) {
	r := db.Row{ID: 7, Status: policy.Lead}
	r.Family = text.New("Niemand")
	return []db.Row{r}, nil
}

func (f *fakeActs) ListReasking(context.Context, policy.Actor, policy.Purpose) (ops.Reasking, error) {
	r := ops.ReaskRow{Row: db.Row{ID: 8}, Why: policy.WhyTooOld, Since: noon.AddDate(-3, 0, 0)}
	r.Family = text.New("Oudeman")
	return ops.Reasking{Rows: []ops.ReaskRow{r}, Left: []ops.LeftCount{{Why: policy.WhyUnproven, N: 12}}}, nil
}

func (f *fakeActs) ListAudiences(context.Context, policy.Actor) ([]db.Audience, error) {
	return f.consents.audiences, nil
}

func (f *fakeActs) AddAudience(_ context.Context, a policy.Actor, n db.Audience) (int32, error) {
	if n.Name.IsZero() {
		return 0, policy.Errorf(policy.Invalid, "A mailing list needs a name of at most %d characters.", 80).On("name")
	}
	n.ID, n.By = int32(len(f.consents.audiences)+1), a.ID
	f.consents.audiences = append(f.consents.audiences, n)
	return n.ID, nil
}

func (f *fakeActs) ViewAudience(_ context.Context, _ policy.Actor, id int32) (ops.AudienceSight, error) {
	return ops.AudienceSight{Audience: f.consents.audiences[id-1], May: 1180, Left: []ops.LeftCount{{Why: policy.WhyTooOld, N: 31}, {Why: policy.WhyObjected, N: 4}}}, nil
}

func (f *fakeActs) RetireAudience(context.Context, policy.Actor, int32) error { return nil }
