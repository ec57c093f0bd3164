package ops

import (
	"context"
	"slices"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// Revoke is Leave now, with nobody named to take over.
func (o *Ops) Revoke(ctx context.Context, actor policy.Actor, person int32, reason text.Line) (closed int, err error) {
	left, err := o.Leave(ctx, actor, Leaving{Person: person, Reason: reason})
	return left.Closed, err
}

// leaveNow ends a person's access at once and everywhere: nothing of theirs
// commits after it. The sessions of other nodes end too: these hear of it with
// the commit.
func (o *Ops) leaveNow(ctx context.Context, actor policy.Actor, l Leaving) (left Left, err error) {
	err = o.act(ctx, actor, policy.PersonRevoke, policy.Resource{Person: l.Person}, func(tx *db.Tx) error {
		tx.About(int64(l.Person), "revoked")
		tx.Detail(l.Reason.String())
		if err := needReason(l.Reason); err != nil {
			return err
		}
		p, err := mayRevoke(ctx, tx, l.Person)
		if err != nil {
			return err
		}
		left, err = revokeNow(ctx, tx, p, l)
		return err
	})
	if err != nil {
		return Left{}, err
	}
	o.Hub.ClosePerson(l.Person, whyEnded(db.EndRevoked)) // other nodes hear of it
	return left, nil
}

func revokeNow(ctx context.Context, tx *db.Tx, p db.Person, l Leaving) (left Left, err error) {
	if err := tx.StopWork(ctx, p.ID); err != nil {
		return left, err
	}
	h, err := tx.Holdings(ctx, p.ID)
	if err != nil {
		return left, err
	}
	left.Customers = h.Customers
	if left.Heir, err = heirOf(ctx, tx, p, l.Heir, h.Customers); err != nil {
		return left, err
	}
	d := db.Departure{Person: p.ID, Reason: l.Reason, Heir: left.Heir, Owned: h.Customers}
	if left.Departure, err = tx.LeaveNow(ctx, d); err != nil {
		return left, err
	}
	left.Closed, err = endAll(ctx, tx, p.ID, left.Departure, tx.Actor.ID, l.Reason)
	return left, err
}

// endAll takes everything from a person, and begins the checklist of what a
// program can't take.
func endAll(ctx context.Context, tx *db.Tx, person, departure, orderedBy int32, why text.Line) (closed int, err error) {
	if closed, err = tx.RevokePerson(ctx, person, why); err != nil {
		return 0, err
	}
	if err := tx.PassOn(ctx, person, orderedBy); err != nil {
		return 0, err
	}
	list, err := tx.Setting(ctx, policy.LeavingChecklist)
	if err != nil {
		return 0, err
	}
	return closed, tx.AddChecks(ctx, departure, list.Items())
}

// mayRevoke reads a person whose access may be ended: by an admin, or by the
// clock when it is due.
func mayRevoke(ctx context.Context, tx *db.Tx, person int32) (db.Person, error) {
	_, lasting, err := tx.Admins(ctx)
	if err != nil {
		return db.Person{}, err
	}
	p, err := livePerson(ctx, tx, person)
	if err != nil {
		return p, err
	}
	res := policy.Resource{Person: person, Admins: lasting}
	if p.JoinedAt != nil && slices.ContainsFunc(p.Grants, func(g db.Grant) bool { return lastingAdmin(g, tx.Now) }) {
		res.Grant = policy.Admin
	}
	return p, policy.Can(tx.Actor, policy.PersonRevoke, res)
}
