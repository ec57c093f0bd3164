package views

import (
	"context"

	"balie/db"
	"balie/policy"
)

// LogActs are those on the log.
type LogActs interface {
	ListLog(context.Context, policy.Actor, db.LogQuery) (db.LogPage, error)
	VerifyLog(context.Context, policy.Actor) (db.Report, error)
}
