package views

import (
	"context"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// LogActs are those on the log.
type LogActs interface {
	ListLog(context.Context, policy.Actor, db.LogQuery) (db.LogPage, error)
	FollowLog(context.Context, policy.Actor, db.LogQuery, db.LogMark) ([]db.LogRow, db.LogMark, error)
	VerifyLog(context.Context, policy.Actor) (db.Report, error)
	WhoSaw(ctx context.Context, actor policy.Actor, customer int64, before time.Time) (db.ExposurePage, error)
	ListUnusual(ctx context.Context, actor policy.Actor, all bool) ([]db.Unusual, error)
	SettleUnusual(ctx context.Context, actor policy.Actor, id int32, outcome policy.UnusualOutcome, note text.Line) error
}
