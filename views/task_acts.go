package views

import (
	"context"
	"time"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// TaskActs are those on tasks and activities.
type TaskActs interface {
	ListTasks(context.Context, policy.Actor, db.TaskQuery) ([]db.Task, time.Time, error)
	GetTask(ctx context.Context, actor policy.Actor, id int64) (db.Task, error)
	UpdateTask(context.Context, policy.Actor, db.Task) error
	DoTask(ctx context.Context, actor policy.Actor, id int64, version int32) (db.Task, time.Time, error)
	UndoTask(ctx context.Context, actor policy.Actor, id int64, version int32) error
	Reminders(ctx context.Context, actor policy.Actor, since time.Time) ([]db.Task, time.Time, error)
	AddActivity(context.Context, policy.Actor, db.Activity, ops.RequestKey) (db.Activity, error)
	Understand(ctx context.Context, actor policy.Actor, line string, customer int64) (ops.Understood, error)
	KeepQuick(ctx context.Context, actor policy.Actor, u ops.Understood, customer int64, request ops.RequestKey) (ops.Kept, error)
}
