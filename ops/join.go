package ops

import (
	"context"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// Invited says that a key and an invitation were proven together. Only
// ProveInvitation makes one.
type Invited struct {
	invitation, person int32
	key                KeyOffer
	joiner             db.Joiner
}

// Joining is what a new colleague sees: the secret for the phone, and what it
// is for.
type Joining struct {
	Name        text.Line
	Login       string
	Secret      policy.Sealed // base32, to type
	URL         policy.Sealed // otpauth://, to show as a QR code
	Fingerprint string        // of the key that will be registered
	InviterName text.Line     // empty for the first admin
	invited     Invited
}

// errInvitation is the one answer to a code that opens nothing, whyever.
func errInvitation() error {
	return policy.Errorf(policy.Denied, "This invitation is not valid: it was used, replaced or mistyped, or is older than 72 hours. Ask for a new one; after many wrong codes, wait a few minutes.")
}

// ProveInvitation checks an invitation's code for the holder of key. It is used
// up only by ConfirmJoin.
func (o *Ops) ProveInvitation(ctx context.Context, key KeyOffer, code policy.Sealed, address string) (in Invited, err error) {
	limited, found := o.invitations.full(address), false
	in.key = key
	err = o.act(ctx, door(""), policy.Join, policy.Resource{}, func(tx *db.Tx) error {
		tx.Detail("invitation shown from " + address + " with key " + key.Fingerprint)
		if err := policy.CheckKey(key.Type, key.Bits); err != nil {
			return err
		}
		if in.invitation, in.person, err = tx.OpenInvitation(ctx, typed(code)); err != nil {
			return err
		}
		if found = in.invitation != 0 && !limited; !found {
			tx.Refuse(policy.Join)
			return nil
		}
		tx.About(int64(in.person))
		in.joiner, err = tx.Joiner(ctx, in.invitation, in.person)
		return err
	})
	if err != nil {
		return Invited{}, err
	}
	if !found {
		o.invitations.fail(address)
		return Invited{}, errInvitation()
	}
	return in, nil
}

// StartJoin makes the secret that the new colleague's phone takes; nothing is
// stored yet. A key that can't be registered is refused here, without saying
// whose it is.
func (o *Ops) StartJoin(ctx context.Context, in Invited) (j Joining, err error) {
	err = o.act(ctx, door(""), policy.Join, policy.Resource{}, func(tx *db.Tx) error {
		tx.About(int64(in.person))
		tx.Detail("secret shown to the holder of key " + in.key.Fingerprint)
		_, err := registrable(ctx, tx, in)
		return err
	})
	if err != nil {
		return Joining{}, err
	}
	secret, url, err := newSecret(in.joiner.Login)
	return Joining{
		Name: in.joiner.Name, Login: in.joiner.Login, InviterName: in.joiner.Inviter,
		Secret: secret, URL: url, Fingerprint: in.key.Fingerprint, invited: in,
	}, err
}

// registrable refuses a key that is or was somebody else's, or was removed;
// kept says that it is the person's own in use, or ended with their leaving.
func registrable(ctx context.Context, tx *db.Tx, in Invited) (kept bool, err error) {
	k, err := tx.FindKey(ctx, in.key.Fingerprint)
	if policy.KindOf(err) == policy.Absent {
		return false, nil
	}
	if err != nil || k.PersonID == in.person && k.RemovedAt == nil {
		return err == nil, err
	}
	if back, err := tx.EndedByLeaving(ctx, k); err != nil || back && k.PersonID == in.person {
		return err == nil, err
	}
	return false, errKeyTaken()
}

// ConfirmJoin takes a code of the new secret and, in one transaction, registers
// the key, keeps the secret, uses up the invitation and gives ten recovery
// codes. Who joins again loses the old keys, codes and sessions.
func (o *Ops) ConfirmJoin(ctx context.Context, j Joining, code policy.Sealed) (recovery []policy.Sealed, err error) {
	recovery = newRecoveryCodes()
	var ended []string
	err = o.act(ctx, door(""), policy.Join, policy.Resource{}, func(tx *db.Tx) error {
		tx.About(int64(j.invited.person), "key", "totp", "recovery")
		tx.Detail("joined with key " + j.Fingerprint)
		ended, err = confirm(ctx, tx, j, code, recovery)
		return err
	})
	if err != nil {
		return nil, err
	}
	o.closeAll(ended, db.EndRejoin)
	return recovery, nil
}

func confirm(ctx context.Context, tx *db.Tx, j Joining, code policy.Sealed, recovery []policy.Sealed) (ended []string, err error) {
	person := j.invited.person
	if live, err := tx.HoldPerson(ctx, person); err != nil || !live {
		return nil, orElse(err, errInvitation())
	}
	step := matchStep(j.Secret, code, tx.Now)
	if step == noStep {
		return nil, policy.Errorf(policy.Invalid, "That code does not belong to this secret: type the newest one, and let the phone set its clock by itself.").On("code")
	}
	if used, err := tx.UseInvitation(ctx, j.invited.invitation, j.Fingerprint); err != nil || !used {
		return nil, orElse(err, errInvitation())
	}
	if err := register(ctx, tx, j.invited); err != nil {
		return nil, err
	}
	if err := tx.SetFactor(ctx, person, j.Secret, step); err != nil {
		return nil, err
	}
	if err := tx.SetRecovery(ctx, person, typedAll(recovery)); err != nil {
		return nil, err
	}
	if err := tx.Joined(ctx, person); err != nil {
		return nil, err
	}
	return tx.EndSessionsOf(ctx, person, db.EndRejoin)
}

func register(ctx context.Context, tx *db.Tx, in Invited) error {
	kept, err := registrable(ctx, tx, in)
	if err != nil {
		return err
	}
	if err := tx.ReplaceKeys(ctx, in.key.row(in.person, in.key.name()), in.key.line(), kept); err != nil {
		return err
	}
	return tx.RestoreKey(ctx, in.person, in.key.Fingerprint)
}

func orElse(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}
