package ops

import (
	"context"

	"balie/db"
	"balie/db/seal"
	"balie/policy"
	"balie/policy/text"
)

// FirstAdmin invites the one who lets everybody else in. It works only while
// no admin has joined, and only for who can connect as the database's owner;
// run again with the same login name it makes a new code.
func FirstAdmin(ctx context.Context, ownerURL string, keys *seal.Keyring, login string, name text.Line) (code Code, err error) {
	store, err := db.Open(ownerURL, keys)
	if err != nil {
		return Code{}, err
	}
	defer store.Close()
	o := &Ops{Store: store}
	err = o.act(ctx, policy.System(policy.Founder), policy.PersonInvite, policy.Resource{}, func(tx *db.Tx) error {
		tx.Detail(login + " as the first admin")
		if err := policy.CheckLogin(login); err != nil {
			return err
		}
		if done, err := tx.Founding(ctx); err != nil || done {
			return orElse(err, policy.Errorf(policy.Conflict, "There is an admin already, who can invite others."))
		}
		person, err := found(ctx, tx, login, name)
		if err == nil {
			tx.About(int64(person))
			code, err = issue(ctx, tx, person, false)
		}
		return err
	})
	return code, err
}

// found gives the person invited before under that login name, or makes one.
func found(ctx context.Context, tx *db.Tx, login string, name text.Line) (int32, error) {
	others, err := tx.Colleagues(ctx)
	if err != nil {
		return 0, err
	}
	for _, c := range others {
		if c.Login == login && c.Gone {
			return 0, policy.Errorf(policy.Conflict, "%s was revoked, which is for good: choose another login name.", login)
		}
		if c.Login == login {
			return c.ID, nil
		}
	}
	person, err := tx.CreatePerson(ctx, login, name, 0)
	if err != nil {
		return 0, err
	}
	return person, tx.CreateGrant(ctx, db.Grant{PersonID: person, Role: policy.Admin, Reason: text.New("the first admin")})
}
