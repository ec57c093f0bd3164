package ops_test

import (
	"context"

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
		_, err := b.RecordConsent(ctx, b.sander, ops.Recording{Customer: b.customer.ID, Purpose: policy.Newsletter, Kind: policy.Given, How: policy.OnForm}, ops.NewRequestKey())
		return err
	}
	acts["AskConsent"] = func(ctx context.Context, b bench) error {
		_, _, err := b.AskConsent(ctx, b.sander, ops.Recording{Customer: b.customer.ID, Purpose: policy.Newsletter, How: policy.OnForm}, ops.NewRequestKey())
		return err
	}
}
