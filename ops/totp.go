package ops

import (
	"context"

	"balie/db"
	"balie/policy"
)

// NewRecoveryCodes replaces the actor's recovery codes; code is a TOTP code or
// one of the old ones, so that a terminal left alone is not enough.
func (o *Ops) NewRecoveryCodes(ctx context.Context, actor policy.Actor, code policy.Sealed) ([]policy.Sealed, error) {
	if err := o.proveAgain(ctx, actor, code); err != nil {
		return nil, err
	}
	codes := newRecoveryCodes()
	err := o.act(ctx, actor, policy.ProfileUpdate, policy.Resource{Person: actor.ID}, func(tx *db.Tx) error {
		tx.About(int64(actor.ID), "recovery")
		return tx.SetRecovery(ctx, actor.ID, typedAll(codes))
	})
	if err != nil {
		return nil, err
	}
	return codes, nil
}

// proveAgain asks the door for the second factor of somebody who is signed in.
func (o *Ops) proveAgain(ctx context.Context, actor policy.Actor, code policy.Sealed) error {
	used := false
	err := o.act(ctx, door(actor.Session), policy.SignInCode, policy.Resource{}, func(tx *db.Tx) (err error) {
		tx.About(int64(actor.ID))
		tx.Detail("for new recovery codes")
		if used, err = tryCode(ctx, tx, actor.ID, code, false); !used {
			tx.Refuse(policy.SignInBad)
		}
		return err
	})
	if err == nil && !used {
		err = errCode()
	}
	return err
}
