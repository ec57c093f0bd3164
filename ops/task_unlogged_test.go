package ops_test

import (
	"context"
	"strings"
	"time"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// The acts on tasks and activities, as rows of acts.
func init() {
	acts["ListTasks"] = func(ctx context.Context, b bench) error {
		_, _, err := b.ListTasks(ctx, b.sander, db.TaskQuery{Span: policy.TasksAll})
		return err
	}
	acts["CreateTask"] = func(ctx context.Context, b bench) error {
		_, err := b.CreateTask(ctx, b.sander, toDo("offer", b.customer.ID, "2026-01-01"), ops.NewRequestKey())
		return err
	}
	acts["ListActivities"] = func(ctx context.Context, b bench) error {
		_, err := b.ListActivities(ctx, b.sander, b.customer.ID)
		return err
	}
	acts["AddActivity"] = func(ctx context.Context, b bench) error {
		a := db.Activity{Customer: b.customer.ID, Deed: policy.DeedCall, At: time.Now().Add(-time.Hour)}
		a.Subject = text.New("offer")
		_, err := b.AddActivity(ctx, b.sander, a, ops.NewRequestKey())
		return err
	}
	acts["Understand"] = func(ctx context.Context, b bench) error {
		_, err := b.Understand(ctx, b.sander, "call Jansen tomorrow", 0)
		return err
	}
	elsewhere = append(elsewhere, "GetTask", "UpdateTask", "DoTask", "UndoTask", "Reminders", "KeepQuick")
}

const pastedMail = "From: Jan Jansen <jan@example.nl>\nTo: sander@example.org\nSubject: offer\nDate: Sun, 1 Nov 2020 08:00:00 +0100\n\nAgreed.\n"

func init() {
	acts["ReadMail"] = func(ctx context.Context, b bench) error {
		_, err := b.ReadMail(ctx, b.sander, b.customer.ID, strings.NewReader(pastedMail))
		return err
	}
	elsewhere = append(elsewhere, "ViewActivity", "UpdateActivity", "UndoActivity", "TaskHistory")
}
