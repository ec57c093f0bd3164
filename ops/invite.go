package ops

import (
	"context"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// Invitation asks a new colleague in.
type Invitation struct {
	Login  string
	Name   text.Line
	Role   policy.Role
	Team   text.Line // made when there is none of that name; empty for none
	Reason text.Line
}

// Code is an invitation's one-time code, shown once.
type Code struct {
	Code    policy.Sealed
	Expires time.Time
	Pending bool // the role waits for a second admin
}

// Invite makes a person with one role and the code to join with.
func (o *Ops) Invite(ctx context.Context, actor policy.Actor, in Invitation) (code Code, err error) {
	err = o.act(ctx, actor, policy.PersonInvite, policy.Resource{}, func(tx *db.Tx) error {
		tx.Detail(in.Login + " as " + string(in.Role) + ": " + in.Reason.String())
		if err := checkInvitation(ctx, tx, in); err != nil {
			return err
		}
		code, err = invite(ctx, tx, in)
		return err
	})
	return code, err
}

func checkInvitation(ctx context.Context, tx *db.Tx, in Invitation) error {
	if err := policy.CheckLogin(in.Login); err != nil {
		return err
	}
	if in.Name.IsZero() {
		return policy.Errorf(policy.Invalid, "Fill in the colleague's name.").On("name")
	}
	if _, err := policy.ParseRole(string(in.Role)); err != nil {
		return err
	}
	if err := needReason(in.Reason); err != nil {
		return err
	}
	return unlike(ctx, tx, in.Login)
}

// unlike refuses a login name that is taken or looks like another one. Who has
// left may be invited again under the own.
func unlike(ctx context.Context, tx *db.Tx, login string) error {
	others, err := tx.Colleagues(ctx)
	for _, c := range others {
		if c.Login == login && c.Gone {
			return err
		}
	}
	for _, c := range others {
		if policy.LoginSkeleton(c.Login) == policy.LoginSkeleton(login) {
			return policy.Errorf(policy.Conflict, "The login name %q is taken or looks too much like %q: choose another one.", login, c.Login).On("login")
		}
	}
	return err
}

func invite(ctx context.Context, tx *db.Tx, in Invitation) (Code, error) {
	team, err := tx.Team(ctx, in.Team)
	if err != nil {
		return Code{}, err
	}
	person, err := newcomer(ctx, tx, in, team)
	if err != nil {
		return Code{}, err
	}
	tx.About(int64(person), "login", "name", "role")
	pending, err := grant(ctx, tx, Granting{Person: person, Role: in.Role, Reason: in.Reason})
	if err != nil {
		return Code{}, err
	}
	return issue(ctx, tx, person, pending)
}

// newcomer makes a person, or lets one who had left begin anew: the same in the
// log and as an owner, but with nothing of what they held.
func newcomer(ctx context.Context, tx *db.Tx, in Invitation, team int32) (int32, error) {
	left, err := tx.FindPerson(ctx, in.Login)
	if policy.KindOf(err) == policy.Absent {
		return tx.CreatePerson(ctx, in.Login, in.Name, team)
	}
	if err != nil {
		return 0, err
	}
	return left.ID, tx.ComeBack(ctx, left.ID, in.Name, team)
}

// issue makes a new code for a person; earlier ones open nothing any more.
func issue(ctx context.Context, tx *db.Tx, person int32, pending bool) (Code, error) {
	code := newCode(invitationGroups)
	expires, err := tx.Invite(ctx, person, typed(code))
	return Code{Code: code, Expires: expires, Pending: pending}, err
}

// Reset gives a new invitation for a lost phone or key. What the person has
// keeps working until it is used, but for roles of power: whoever holds the
// code could become that person, so these wait for a second admin again.
func (o *Ops) Reset(ctx context.Context, actor policy.Actor, person int32, reason text.Line) (code Code, err error) {
	err = o.act(ctx, actor, policy.PersonReset, policy.Resource{Person: person}, func(tx *db.Tx) error {
		tx.About(int64(person), "invitation")
		tx.Detail(reason.String())
		if err := needReason(reason); err != nil {
			return err
		}
		if _, err := livePerson(ctx, tx, person); err != nil {
			return err
		}
		pending, err := suspend(ctx, tx, person, reason)
		if err != nil {
			return err
		}
		code, err = issue(ctx, tx, person, pending)
		return err
	})
	return code, err
}

// livePerson reads one who is not revoked.
func livePerson(ctx context.Context, tx *db.Tx, person int32) (db.Person, error) {
	p, err := tx.GetPerson(ctx, person)
	if err == nil && p.RevokedAt != nil {
		err = policy.Errorf(policy.Conflict, "The access of %s has ended: invite them anew to let them back in.", p.Login)
	}
	return p, err
}
