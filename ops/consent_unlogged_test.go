package ops_test

import (
	"context"
	"time"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// The acts on purposes and consents, as rows of acts.
func init() {
	acts["ListPurposes"] = func(ctx context.Context, b bench) error { _, err := b.ListPurposes(ctx, b.sander); return err }
	acts["ViewPurpose"] = func(ctx context.Context, b bench) error {
		_, err := b.ViewPurpose(ctx, b.arend, policy.Newsletter)
		return err
	}
	acts["SetPurpose"] = func(ctx context.Context, b bench) error {
		p := policy.Purposes[0]
		p.Name = "internships"
		return b.SetPurpose(ctx, b.pieter, p, 0, text.New("we train"))
	}
	acts["RecordConsent"] = func(ctx context.Context, b bench) error {
		c, err := b.CreateCustomer(ctx, b.sander, b.client("De Wit"), ops.NewRequestKey())
		if err != nil {
			return err
		}
		_, err = b.RecordConsent(ctx, b.sander, ops.Recording{Customer: c.ID, Purpose: policy.Newsletter, Kind: policy.Given, How: policy.OnForm}, ops.NewRequestKey())
		return err
	}
	acts["AskConsent"] = func(ctx context.Context, b bench) error {
		c, err := b.CreateCustomer(ctx, b.sander, b.client("De Wit"), ops.NewRequestKey())
		if err != nil {
			return err
		}
		_, _, err = b.AskConsent(ctx, b.sander, ops.Recording{Customer: c.ID, Purpose: policy.Newsletter, How: policy.OnForm}, ops.NewRequestKey())
		return err
	}
	acts["ListConsents"] = func(ctx context.Context, b bench) error {
		_, err := b.ListConsents(ctx, b.pieter, b.customer.ID, time.Time{})
		return err
	}
	acts["ProveConsent"] = func(ctx context.Context, b bench) error {
		_, err := b.ProveConsent(ctx, b.sander, b.customer.ID, policy.Newsletter, time.Time{})
		return err
	}
	acts["ListUndecided"] = func(ctx context.Context, b bench) error { _, err := b.ListUndecided(ctx, b.sander); return err }
	acts["ListReasking"] = func(ctx context.Context, b bench) error {
		_, err := b.ListReasking(ctx, b.sander, policy.Newsletter)
		return err
	}
	acts["ListAudiences"] = func(ctx context.Context, b bench) error { _, err := b.ListAudiences(ctx, b.sander); return err }
	acts["AddAudience"] = func(ctx context.Context, b bench) error {
		a := db.Audience{Purpose: policy.Newsletter}
		a.Name = text.New("friends")
		_, err := b.AddAudience(ctx, b.sander, a)
		return err
	}
	elsewhere = append(elsewhere, "AddEvidence", "ReadEvidence", "ViewAudience", "ExportAudience", "RetireAudience")
}
