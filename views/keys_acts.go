package views

import (
	"context"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// KeyActs are those on keys, codes and what the organisation decides.
type KeyActs interface {
	AddKey(ctx context.Context, actor policy.Actor, offer ops.KeyOffer, name text.Line, code policy.Sealed) error
	RenameKey(ctx context.Context, actor policy.Actor, key int32, name text.Line) error
	StaffKeys(context.Context, policy.Actor) ([]ops.StaffKey, error)
	LiftKey(ctx context.Context, actor policy.Actor, key int32, reason text.Line) error
	StartPhone(ctx context.Context, actor policy.Actor, code policy.Sealed) (ops.Phone, error)
	ConfirmPhone(ctx context.Context, actor policy.Actor, p ops.Phone, code policy.Sealed) error
	RecoveryLeft(context.Context, policy.Actor) (int, error)
	ListSettings(context.Context, policy.Actor) ([]db.Setting, error)
	Decide(ctx context.Context, actor policy.Actor, key policy.SettingKey, value policy.SettingValue, reason text.Line) error
}
