package views

import (
	"context"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// ViewActs are those on saved views, and on the whole of a filter.
type ViewActs interface {
	ListViews(context.Context, policy.Actor, policy.List) ([]db.View, error)
	SaveView(context.Context, policy.Actor, db.View) (db.View, error)
	PlaceViews(context.Context, policy.Actor, []int64) error
	DeleteView(context.Context, policy.Actor, int64) (db.View, error)
	LeaveOut(ctx context.Context, actor policy.Actor, ids []int64) ([]ops.LeftOut, error)
	SetStatus(ctx context.Context, actor policy.Actor, ids []int64, status policy.Status) ([]int64, error)
	UndoStatus(ctx context.Context, actor policy.Actor, was []db.StatusOf) (int, error)
}

var _ ViewActs = (*ops.Ops)(nil)
