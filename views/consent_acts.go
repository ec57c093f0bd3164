package views

import (
	"context"
	"time"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// ConsentActs are those on purposes, consents and mailing lists.
type ConsentActs interface {
	ListPurposes(context.Context, policy.Actor) ([]db.Purpose, error)
	ViewPurpose(context.Context, policy.Actor, policy.Purpose) (ops.PurposeSight, error)
	SetPurpose(ctx context.Context, actor policy.Actor, p policy.PurposeRules, version int32, reason text.Line) error
	ListConsents(ctx context.Context, actor policy.Actor, customer int64, on time.Time) (ops.ConsentSight, error)
	RecordConsent(context.Context, policy.Actor, ops.Recording, ops.RequestKey) (int64, error)
	StartOfDay(ctx context.Context, day string) (time.Time, error)
	ListUndecided(context.Context, policy.Actor) ([]db.Row, error)
	ListReasking(context.Context, policy.Actor, policy.Purpose) (ops.Reasking, error)
	ListAudiences(context.Context, policy.Actor) ([]db.Audience, error)
	AddAudience(context.Context, policy.Actor, db.Audience) (int32, error)
	ViewAudience(ctx context.Context, actor policy.Actor, id int32) (ops.AudienceSight, error)
	RetireAudience(ctx context.Context, actor policy.Actor, id int32) error
}
