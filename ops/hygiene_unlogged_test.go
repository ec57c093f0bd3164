package ops_test

import "context"

// The acts of the weekly look and of the officer's figures, as rows of acts.
func init() {
	acts["PrivacyFigures"] = func(ctx context.Context, b bench) error { _, err := b.PrivacyFigures(ctx, b.pieter); return err }
	acts["ListStale"] = func(ctx context.Context, b bench) error { _, err := b.ListStale(ctx, b.pieter); return err }
	acts["ListIdleGrants"] = func(ctx context.Context, b bench) error { _, err := b.ListIdleGrants(ctx, b.pieter); return err }
	acts["ListDeadMails"] = func(ctx context.Context, b bench) error { _, err := b.ListDeadMails(ctx, b.sander); return err }
	acts["NoteBounces"] = func(ctx context.Context, b bench) error {
		_, err := b.NoteBounces(ctx, b.sander, []string{"nobody@klant.example"})
		return err
	}
}
