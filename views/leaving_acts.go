package views

import (
	"context"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// LeavingActs are those on people who change team or leave.
type LeavingActs interface {
	Holdings(ctx context.Context, actor policy.Actor, person int32) (db.Holdings, error)
	Leave(context.Context, policy.Actor, ops.Leaving) (ops.Left, error)
	HandOn(ctx context.Context, actor policy.Actor, departure int32, progress func(done, total int)) (db.Departure, error)
	Stay(ctx context.Context, actor policy.Actor, person int32, reason text.Line) error
	SetHeir(ctx context.Context, actor policy.Actor, person, heir int32) (db.Departure, error)
	Departures(ctx context.Context, actor policy.Actor, person int32) ([]db.Departure, error)
	LeavingReport(ctx context.Context, actor policy.Actor, person int32, days int) (ops.Leaver, error)
	LeavingSubjects(ctx context.Context, actor policy.Actor, person int32, days, offset int) ([]db.Viewed, error)
	TickCheck(ctx context.Context, actor policy.Actor, person, position int32, done bool) error
	SetTeam(ctx context.Context, actor policy.Actor, person int32, team, reason text.Line) error
}
