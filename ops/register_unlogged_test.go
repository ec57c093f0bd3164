package ops_test

import (
	"context"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// The acts on registers and documents, as rows of acts.
func init() {
	breach := func(ctx context.Context, b bench) (int64, error) {
		e := entry(policy.Breaches, "name", "key lent", "aware", "2026-04-02 16:20", "facts", "x", "login", "sander", "since", "2020-01-01 00:00")
		return b.WriteEntry(ctx, b.pieter, e, ops.NewRequestKey())
	}
	acts["WriteEntry"] = func(ctx context.Context, b bench) error { _, err := breach(ctx, b); return err }
	acts["ListRegister"] = func(ctx context.Context, b bench) error {
		_, err := b.ListRegister(ctx, b.pieter, policy.Breaches)
		return err
	}
	acts["ListDocuments"] = func(ctx context.Context, b bench) error { _, err := b.ListDocuments(ctx, b.pieter); return err }
	acts["PublishDocument"] = func(ctx context.Context, b bench) error {
		return b.PublishDocument(ctx, b.pieter, policy.Handbook)
	}
	for name, do := range map[string]func(context.Context, bench, int64) error{
		"ViewEntry": func(ctx context.Context, b bench, id int64) error {
			_, err := b.ViewEntry(ctx, b.pieter, policy.Breaches, id)
			return err
		},
		"ChangeEntry": func(ctx context.Context, b bench, id int64) error {
			set := func(e *db.RegisterEntry) error { e.Values["remedy"] = text.NewBlock("a new key"); return nil }
			return b.ChangeEntry(ctx, b.pieter, policy.Breaches, id, set, ops.NewRequestKey())
		},
		"Affected": func(ctx context.Context, b bench, id int64) error {
			_, err := b.Affected(ctx, b.pieter, id)
			return err
		},
		"BreachLetter": func(ctx context.Context, b bench, id int64) error {
			_, err := b.BreachLetter(ctx, b.pieter, id, ops.ToAuthority, "nl")
			return err
		},
	} {
		acts[name] = func(ctx context.Context, b bench) error {
			id, err := breach(ctx, b)
			if err != nil {
				return err
			}
			return do(ctx, b, id)
		}
	}
}
