package sample

import (
	"context"
	"fmt"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// Consents lets customers of an owner say something to the newsletter: most of
// them yes, some so long ago that they are to be asked again, some not any more.
// With it comes a mailing list.
func (f *Firm) Consents(ctx context.Context, o *ops.Ops, owner policy.Actor, most int) error {
	page, err := o.FindCustomers(ctx, owner, db.Query{Kind: policy.Person, Sort: db.ByName, Limit: most})
	if err != nil {
		return fmt.Errorf("find customers for consents: %w", err)
	}
	for i, c := range page.Rows {
		if c.Restricted {
			continue
		}
		for _, said := range f.saidTo(c.ID, i) {
			if _, err := o.RecordConsent(ctx, owner, said, ops.NewRequestKey()); err != nil {
				return fmt.Errorf("add consents: %w", err)
			}
		}
	}
	a := db.Audience{Purpose: policy.Newsletter, Means: policy.ByMail}
	a.Name = text.New("Nieuwsbrief")
	_, err = o.AddAudience(ctx, owner, a)
	return err
}

// saidTo is what the i-th said.
func (f *Firm) saidTo(customer int64, i int) []ops.Recording {
	yes := ops.Recording{Customer: customer, Purpose: policy.Newsletter, Kind: policy.Given, How: policy.OnForm, Language: "nl", At: f.now.AddDate(0, -2-i%9, 0)}
	switch i % 6 {
	case 3: // runs out soon
		yes.At = f.now.AddDate(0, -22, 0)
	case 4: // too old
		yes.At = f.now.AddDate(0, -27, 0)
	case 5:
		no := yes
		no.Kind, no.How, no.At = policy.Withdrawn, policy.InMail, f.now.AddDate(0, -1, 0)
		return []ops.Recording{yes, no}
	}
	return []ops.Recording{yes}
}
