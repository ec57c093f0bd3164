package ops_test

import (
	"context"
	"testing"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
	"balie/views"
)

// asked records a request of the customer's, who was identified.
func (b *bench) asked(t *testing.T) {
	t.Helper()
	r, err := b.RecordRequest(t.Context(), b.pieter, asks(policy.Access, "Jansen", policy.NewDate(2026, 1, 31), b.customer.ID), ops.NewRequestKey())
	if err == nil {
		_, err = b.IdentifyRequest(t.Context(), b.pieter, r.ID, 0, true, text.NewBlock("order number"), text.NewBlock("12"))
	}
	if err != nil {
		t.Fatal(err)
	}
	b.request = r.ID
}

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
	acts["GatherAccess"] = func(ctx context.Context, b bench) error {
		_, err := b.GatherAccess(ctx, b.pieter, b.request, "nl", views.Say)
		return err
	}
	acts["MarkAccess"] = func(ctx context.Context, b bench) error {
		return b.MarkAccess(ctx, b.pieter, b.request, []db.Stretch{{Place: "00", End: 1}}, true)
	}
	acts["ReleaseAccess"] = func(ctx context.Context, b bench) error {
		_, err := b.ReleaseAccess(ctx, b.pieter, b.request, "nl", ops.Closing{}, views.Say)
		return err
	}
	acts["RunDrill"] = func(ctx context.Context, b bench) error {
		_, err := b.RunDrill(ctx, b.pieter, views.Say)
		return err
	}
	acts["ListDrills"] = func(ctx context.Context, b bench) error { _, err := b.ListDrills(ctx, b.arend); return err }
	// On a request that is longer to prepare; ops/request_test.go holds them.
	elsewhere = append(elsewhere, "FindRequest", "ViewRequest", "IdentifyRequest", "PauseRequest", "ResumeRequest", "ExtendRequest", "DecideRequest",
		"AnswerRequest", "CloseRequest", "LinkRequest", "AddRequestSystem", "TickRequestSystem", "RequestLetter", "WorkRequest")
}
