package ops

import (
	"context"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// Granting gives a person a role, for a reason and perhaps for a time.
type Granting struct {
	Person int32
	Role   policy.Role
	Until  *time.Time // nil for good
	Reason text.Line
}

// Grant gives a role. pending says that a second admin has yet to agree.
func (o *Ops) Grant(ctx context.Context, actor policy.Actor, g Granting) (pending bool, err error) {
	err = o.act(ctx, actor, policy.PersonGrant, policy.Resource{Person: g.Person}, func(tx *db.Tx) error {
		tx.About(int64(g.Person), "role")
		tx.Detail(string(g.Role) + ": " + g.Reason.String())
		if err := checkGranting(tx, g); err != nil {
			return err
		}
		if _, err := livePerson(ctx, tx, g.Person); err != nil {
			return err
		}
		if err := tx.ClearGrant(ctx, g.Person, g.Role); err != nil {
			return err
		}
		pending, err = grant(ctx, tx, g)
		return err
	})
	return pending, err
}

func checkGranting(tx *db.Tx, g Granting) error {
	if _, err := policy.ParseRole(string(g.Role)); err != nil {
		return err
	}
	if g.Until != nil && !g.Until.After(tx.Now) {
		return policy.Errorf(policy.Invalid, "The end of a grant must be in the future.").On("until")
	}
	return needReason(g.Reason)
}

// grant writes a grant; one of power waits for a second admin, if there is one.
func grant(ctx context.Context, tx *db.Tx, g Granting) (pending bool, err error) {
	admins, _, err := tx.Admins(ctx)
	if err != nil {
		return false, err
	}
	pending = policy.NeedsSecond(g.Role, admins)
	res := policy.Resource{Person: g.Person, Grant: g.Role, Admins: admins, Second: pending}
	if err := policy.Can(tx.Actor, policy.PersonGrant, res); err != nil {
		return false, err
	}
	err = tx.CreateGrant(ctx, db.Grant{PersonID: g.Person, Role: g.Role, Reason: g.Reason, Pending: pending, Until: g.Until})
	if err != nil {
		return false, err
	}
	return pending, tx.TellNodes(ctx)
}

// AgreeGrant is the second admin's word on a pending grant.
func (o *Ops) AgreeGrant(ctx context.Context, actor policy.Actor, grant int32) error {
	return o.act(ctx, actor, policy.PersonAgree, policy.Resource{}, func(tx *db.Tx) error {
		g, err := tx.LockGrant(ctx, grant)
		if err != nil {
			return err
		}
		tx.About(int64(g.PersonID), "role")
		tx.Detail(string(g.Role))
		if err := policy.Can(actor, policy.PersonAgree, policy.Resource{Person: g.PersonID, Granter: g.GrantedBy}); err != nil {
			return err
		}
		if !g.Pending || g.EndedAt != nil {
			return policy.Errorf(policy.Conflict, "This grant does not wait for anybody's word.")
		}
		if err := tx.AgreeGrant(ctx, grant); err != nil {
			return err
		}
		return tx.TellNodes(ctx)
	})
}

// EndGrant takes a role away, or turns a pending one down.
func (o *Ops) EndGrant(ctx context.Context, actor policy.Actor, grant int32, reason text.Line) error {
	return o.act(ctx, actor, policy.PersonDemote, policy.Resource{}, func(tx *db.Tx) error {
		g, err := tx.GetGrant(ctx, grant)
		if err != nil {
			return err
		}
		tx.About(int64(g.PersonID), "role")
		tx.Detail(string(g.Role) + ": " + reason.String())
		return endGrantFor(ctx, tx, policy.PersonDemote, g, reason)
	})
}

// endGrantFor ends a grant, as an admin's act or another that may, and lets the
// open sessions of its holder know. It locks in the order in which a revocation
// does: first the number of admins, then the grant.
func endGrantFor(ctx context.Context, tx *db.Tx, act policy.Act, g db.Grant, why text.Line) error {
	_, lasting, err := tx.Admins(ctx)
	if err != nil {
		return err
	}
	if g, err = tx.LockGrant(ctx, g.ID); err != nil {
		return err
	}
	if err := mayEnd(ctx, tx, act, g, lasting, why); err != nil {
		return err
	}
	if err := tx.EndGrant(ctx, g, why); err != nil {
		return err
	}
	return tx.TellNodes(ctx)
}

func mayEnd(ctx context.Context, tx *db.Tx, act policy.Act, g db.Grant, lasting int, reason text.Line) error {
	p, err := tx.GetPerson(ctx, g.PersonID)
	if err != nil {
		return err
	}
	res := policy.Resource{Person: g.PersonID, Admins: lasting}
	if p.JoinedAt != nil && lastingAdmin(g, tx.Now) {
		res.Grant = policy.Admin
	}
	if err := policy.Can(tx.Actor, act, res); err != nil {
		return err
	}
	if g.EndedAt != nil {
		return policy.Errorf(policy.Conflict, "This grant has ended already.")
	}
	return needReason(reason)
}

// lastingAdmin says whether a grant is one of those of which one must remain.
func lastingAdmin(g db.Grant, now time.Time) bool {
	return g.Role == policy.Admin && g.Live(now) && g.Until == nil
}
