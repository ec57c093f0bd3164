package views

import (
	"context"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// ReviewActs are those on access reviews.
type ReviewActs interface {
	ListReviews(context.Context, policy.Actor) ([]db.Review, error)
	ShowReview(ctx context.Context, actor policy.Actor, id int32) (ops.ReviewSheet, error)
	ViewReviewItem(ctx context.Context, actor policy.Actor, review, grant int32) (db.ReviewItem, error)
	OwnReviews(context.Context, policy.Actor) ([]ops.OwnReview, error)
	StartReview(context.Context, policy.Actor, ops.ReviewStart) (int32, error)
	DecideReview(context.Context, policy.Actor, ops.ReviewDecision) error
	UndoReview(ctx context.Context, actor policy.Actor, review, grant, version int32) error
	SignReview(ctx context.Context, actor policy.Actor, id int32) (int, error)
	ListReviewers(context.Context, policy.Actor) ([]policy.Staff, error)
	AssignReview(ctx context.Context, actor policy.Actor, review, grant, to int32, why text.Line) error
	SetDeputy(context.Context, policy.Actor, ops.Deputising) (int, error)
}
