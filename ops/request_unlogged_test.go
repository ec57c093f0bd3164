package ops_test

import (
	"context"

	"balie/ops"
	"balie/policy"
)

func init() {
	acts["RequestDeadline"] = func(ctx context.Context, b bench) error {
		_, err := b.RequestDeadline(ctx, b.sander, policy.NewDate(2026, 1, 31), "")
		return err
	}
	acts["RequestToday"] = func(ctx context.Context, b bench) error {
		_, err := b.RequestToday(ctx, b.sander)
		return err
	}
	acts["ListRequests"] = func(ctx context.Context, b bench) error {
		_, err := b.ListRequests(ctx, b.pieter, ops.RequestQuery{})
		return err
	}
	acts["RecordRequest"] = func(ctx context.Context, b bench) error {
		_, err := b.RecordRequest(ctx, b.sander, asks(policy.Access, "Jansen", policy.NewDate(2026, 1, 31), b.customer.ID), ops.NewRequestKey())
		return err
	}
	// On a request that is longer to prepare; ops/request_test.go holds them.
	elsewhere = append(elsewhere, "FindRequest", "ViewRequest", "IdentifyRequest", "PauseRequest", "ResumeRequest", "ExtendRequest", "DecideRequest",
		"AnswerRequest", "CloseRequest", "LinkRequest", "AddRequestSystem", "TickRequestSystem", "RequestLetter", "WorkRequest")
}
