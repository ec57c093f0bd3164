package views

import (
	"context"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

func (f *fakeActs) AddKey(context.Context, policy.Actor, ops.KeyOffer, text.Line, policy.Sealed) error {
	return nil
}

func (f *fakeActs) RenameKey(context.Context, policy.Actor, int32, text.Line) error { return nil }

func (f *fakeActs) StaffKeys(context.Context, policy.Actor) ([]ops.StaffKey, error) {
	return nil, nil
}

func (f *fakeActs) LiftKey(context.Context, policy.Actor, int32, text.Line) error { return nil }

func (f *fakeActs) StartPhone(context.Context, policy.Actor, policy.Sealed) (ops.Phone, error) {
	return ops.Phone{Secret: policy.Seal("ABCDEFGHABCDEFGHABCDEFGHABCDEFGH"), URL: policy.Seal("otpauth://totp/balie:nora?issuer=balie&secret=ABCDEFGHABCDEFGHABCDEFGHABCDEFGH")}, nil
}

func (f *fakeActs) ConfirmPhone(context.Context, policy.Actor, ops.Phone, policy.Sealed) error {
	return nil
}

func (f *fakeActs) RecoveryLeft(context.Context, policy.Actor) (int, error) { return 3, nil }

func (f *fakeActs) ListSettings(context.Context, policy.Actor) ([]db.Setting, error) {
	return nil, nil
}

func (f *fakeActs) Decide(context.Context, policy.Actor, policy.SettingKey, policy.SettingValue, text.Line) error {
	return nil
}
