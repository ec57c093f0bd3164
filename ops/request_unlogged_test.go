package ops_test

import (
	"context"

	"balie/policy"
)

func init() {
	acts["RequestDeadline"] = func(ctx context.Context, b bench) error {
		_, err := b.RequestDeadline(ctx, b.sander, policy.NewDate(2026, 1, 31), "")
		return err
	}
}
