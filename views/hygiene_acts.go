package views

import (
	"context"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// HygieneActs are the officer's figures and the lists behind them.
type HygieneActs interface {
	PrivacyFigures(context.Context, policy.Actor) ([]ops.Figure, error)
	ListStale(context.Context, policy.Actor) ([]ops.StaleMember, error)
	ListDeadMails(context.Context, policy.Actor) ([]db.Row, error)
	ListIdleGrants(context.Context, policy.Actor) ([]db.IdleGrant, error)
}
