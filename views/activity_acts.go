package views

import (
	"context"
	"io"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// ActivityActs are those on what happened, and on what became of tasks.
type ActivityActs interface {
	ViewActivity(ctx context.Context, actor policy.Actor, id int64) (ops.ActivitySight, error)
	UpdateActivity(context.Context, policy.Actor, db.Activity, ops.RequestKey) (ops.ActivityChange, error)
	UndoActivity(ctx context.Context, actor policy.Actor, version int32, before db.Activity, request ops.RequestKey) (db.Activity, error)
	ReadMail(ctx context.Context, actor policy.Actor, customer int64, r io.Reader) (ops.MailRead, error)
	TaskHistory(ctx context.Context, actor policy.Actor, id int64) ([]db.Past, error)
}
