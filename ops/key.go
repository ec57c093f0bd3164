package ops

import (
	"context"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// maxKeys is how many active keys a person may have.
const maxKeys = 10

// ListKeys gives a person's keys, removed ones too.
func (o *Ops) ListKeys(ctx context.Context, actor policy.Actor, person int32) (keys []db.Key, err error) {
	err = o.about(ctx, actor, person, func(tx *db.Tx) error {
		keys, err = tx.ListKeys(ctx, person)
		return err
	})
	return keys, err
}

// AddKey registers another key of the actor's own; code is a second factor, so
// that a terminal left alone is not enough. A key that anybody has or had is
// refused in the same words, whosever it is.
func (o *Ops) AddKey(ctx context.Context, actor policy.Actor, offer KeyOffer, name text.Line, code policy.Sealed) error {
	if err := policy.CheckKey(offer.Type, offer.Bits); err != nil {
		return err
	}
	name, err := keyName(name, offer)
	if err != nil {
		return err
	}
	if err := o.proveAgain(ctx, actor, code, "for another key"); err != nil {
		return err
	}
	return o.act(ctx, actor, policy.KeyAdd, policy.Resource{Person: actor.ID}, func(tx *db.Tx) error {
		tx.About(int64(actor.ID), "key")
		tx.Detail(offer.Fingerprint + ": " + name.String())
		if err := hasRoom(ctx, tx); err != nil {
			return err
		}
		err := tx.AddKey(ctx, offer.row(actor.ID, name.String()), offer.line())
		if policy.KindOf(err) == policy.Conflict {
			err = errKeyTaken().Because(err) // denied, so that the log has who tried which key
		}
		return err
	})
}

func errKeyTaken() *policy.Error {
	return policy.Errorf(policy.Denied, "This key can't be used here: make a new one with ssh-keygen -t ed25519.").On("key")
}

func hasRoom(ctx context.Context, tx *db.Tx) error {
	all, err := tx.ListKeys(ctx, tx.Actor.ID)
	if err == nil && countActive(all) >= maxKeys {
		err = policy.Errorf(policy.Invalid, "You have %d keys: remove one that you don't use first.", maxKeys).On("key")
	}
	return err
}

func countActive(keys []db.Key) (n int) {
	for _, k := range keys {
		if k.Active() {
			n++
		}
	}
	return n
}

// keyName is the name that was given, else what kind of key it is.
func keyName(name text.Line, offer KeyOffer) (text.Line, error) {
	if name.IsZero() {
		name = text.New(offer.name())
	}
	if len(name.String()) > 40 {
		return name, policy.Errorf(policy.Invalid, "A key needs a name of at most 40 characters.").On("name")
	}
	return name, nil
}

// RenameKey gives one of the actor's own keys another name.
func (o *Ops) RenameKey(ctx context.Context, actor policy.Actor, key int32, name text.Line) error {
	if name.IsZero() || len(name.String()) > 40 {
		return policy.Errorf(policy.Invalid, "A key needs a name of at most 40 characters.").On("name")
	}
	return o.act(ctx, actor, policy.KeyRename, policy.Resource{Person: actor.ID}, func(tx *db.Tx) error {
		tx.About(int64(actor.ID), "key")
		k, err := tx.GetKey(ctx, key)
		if err != nil {
			return err
		}
		tx.Detail(k.Fingerprint + ": from " + k.Name + " to " + name.String())
		if k.SuspendedAt != nil && k.RemovedAt == nil {
			return policy.Errorf(policy.Conflict, "This key is suspended: remove it, or ask an admin to lift that.")
		}
		return tx.RenameKey(ctx, key, name.String())
	})
}

// RemoveKey ends a key's use for good and closes the sessions begun with it.
// closed counts them.
func (o *Ops) RemoveKey(ctx context.Context, actor policy.Actor, key int32, reason text.Line) (closed int, err error) {
	var ended []string
	err = o.act(ctx, actor, policy.KeyRemove, policy.Resource{}, func(tx *db.Tx) error {
		k, err := tx.GetKey(ctx, key)
		if err != nil {
			return err
		}
		tx.About(int64(k.PersonID), "key")
		tx.Detail(k.Fingerprint + ": " + reason.String())
		if err := mayRemove(ctx, tx, k, reason); err != nil {
			return err
		}
		ended, err = tx.RemoveKey(ctx, key)
		return err
	})
	if err != nil {
		return 0, err
	}
	o.closeAll(ended, db.EndKey)
	return len(ended), nil
}

// mayRemove keeps people from locking themselves out, which an admin may do to
// them on purpose; but somebody must remain who can let others in.
func mayRemove(ctx context.Context, tx *db.Tx, k db.Key, reason text.Line) error {
	if err := policy.Can(tx.Actor, policy.KeyRemove, policy.Resource{Person: k.PersonID}); err != nil {
		return err
	}
	if k.RemovedAt != nil {
		return policy.Errorf(policy.Conflict, "This key was removed already.")
	}
	all, err := tx.ListKeys(ctx, k.PersonID)
	if err != nil {
		return err
	}
	last := k.Active() && countActive(all) == 1
	if k.PersonID != tx.Actor.ID {
		return mayRemoveOf(ctx, tx, k.PersonID, last, reason)
	}
	if last {
		return policy.Errorf(policy.Denied, "This is your only key: add another one first.")
	}
	return nil
}

func mayRemoveOf(ctx context.Context, tx *db.Tx, person int32, last bool, reason text.Line) error {
	if err := needReason(reason); err != nil || !last {
		return err
	}
	only, err := onlyAdmin(ctx, tx, person)
	if err == nil && only {
		err = policy.Errorf(policy.Denied, "This is the only key of the last admin: make another admin first, who has joined.")
	}
	return err
}

// onlyAdmin says whether without this person no admin could sign in any more.
// Others who change that wait until the transaction ends.
func onlyAdmin(ctx context.Context, tx *db.Tx, person int32) (bool, error) {
	_, lasting, err := tx.Admins(ctx)
	if err != nil || lasting > 1 {
		return false, err
	}
	p, err := tx.GetPerson(ctx, person)
	for _, g := range p.Grants {
		if p.JoinedAt != nil && p.RevokedAt == nil && lastingAdmin(g, tx.Now) {
			return true, err
		}
	}
	return false, err
}

// needReason asks for what the log must tell about an act on others.
func needReason(reason text.Line) error {
	if reason.IsZero() {
		return policy.Errorf(policy.Invalid, "Say why: the reason goes into the log.").On("reason")
	}
	return nil
}
