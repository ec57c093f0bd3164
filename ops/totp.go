package ops

import (
	"context"
	"time"

	"balie/db"
	"balie/policy"
)

// NewRecoveryCodes replaces the actor's recovery codes; code is a TOTP code or
// one of the old ones, so that a terminal left alone is not enough.
func (o *Ops) NewRecoveryCodes(ctx context.Context, actor policy.Actor, code policy.Sealed) ([]policy.Sealed, error) {
	if err := o.proveAgain(ctx, actor, code, "for new recovery codes"); err != nil {
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

// proveAgain asks the door for the second factor of somebody who is signed in;
// what it is for goes into the log.
func (o *Ops) proveAgain(ctx context.Context, actor policy.Actor, code policy.Sealed, what string) error {
	used := false
	err := o.act(ctx, door(actor.Session), policy.SignInCode, policy.Resource{}, func(tx *db.Tx) (err error) {
		tx.About(int64(actor.ID))
		tx.Detail(what)
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

// Phone is the secret of a new phone, before a code of it is proven. Only
// StartPhone makes one.
type Phone struct {
	Secret policy.Sealed // base32, to type
	URL    policy.Sealed // otpauth://, to show as a QR code
	person int32
	since  time.Time // by the database's clock
}

// phoneTime is how long a new phone may take.
const phoneTime = 15 * time.Minute

// StartPhone makes a secret for another phone; code is one of the old phone, or
// a recovery code. Nothing is stored: until ConfirmPhone the old phone counts.
func (o *Ops) StartPhone(ctx context.Context, actor policy.Actor, code policy.Sealed) (p Phone, err error) {
	if err := o.proveAgain(ctx, actor, code, "for another phone"); err != nil {
		return Phone{}, err
	}
	err = o.act(ctx, actor, policy.ProfileUpdate, policy.Resource{Person: actor.ID}, func(tx *db.Tx) error {
		tx.About(int64(actor.ID), "totp")
		tx.Detail("secret shown")
		p.person, p.since = actor.ID, tx.Now
		return nil
	})
	if err == nil {
		p.Secret, p.URL, err = newSecret(actor.Login)
	}
	return p, err
}

// ConfirmPhone takes a code of the new phone and, in one transaction, makes it
// the one that counts.
func (o *Ops) ConfirmPhone(ctx context.Context, actor policy.Actor, p Phone, code policy.Sealed) error {
	return o.act(ctx, door(actor.Session), policy.ProfilePhone, policy.Resource{}, func(tx *db.Tx) error {
		tx.About(int64(p.person), "totp")
		if err := mayReplace(ctx, tx, actor, p); err != nil {
			return err
		}
		step := matchStep(p.Secret, code, tx.Now)
		if step == noStep {
			return policy.Errorf(policy.Invalid, "That code does not belong to this secret: type the newest one, and let the phone set its clock by itself.").On("code")
		}
		return tx.SetFactor(ctx, p.person, p.Secret, step)
	})
}

// mayReplace asks again what held when the old phone was proven: the door's
// rights don't end with the person's.
func mayReplace(ctx context.Context, tx *db.Tx, actor policy.Actor, p Phone) error {
	if live, err := tx.HoldPerson(ctx, p.person); err != nil || !live {
		return orElse(err, errPhone())
	}
	open, err := tx.SessionOpen(ctx, actor.Session, p.person)
	if err != nil || !open || p.person != actor.ID {
		return orElse(err, errPhone())
	}
	set, err := tx.FactorSet(ctx, p.person)
	if err != nil || set.After(p.since) || tx.Now.Sub(p.since) > phoneTime {
		return orElse(err, errPhone())
	}
	return nil
}

func errPhone() error {
	return policy.Errorf(policy.Denied, "The new phone came too late, or your codes changed meanwhile: begin again in your profile.")
}

// RecoveryLeft counts the actor's recovery codes that were not used.
func (o *Ops) RecoveryLeft(ctx context.Context, actor policy.Actor) (n int, err error) {
	err = o.act(ctx, actor, policy.ProfileView, policy.Resource{Person: actor.ID}, func(tx *db.Tx) error {
		tx.About(int64(actor.ID))
		n, err = tx.RecoveryLeft(ctx, actor.ID)
		return err
	})
	return n, err
}
