package ops

import (
	"context"
	"slices"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// Revoke ends a person's access for good, at once and everywhere: nothing of
// theirs commits after it. closed counts the sessions that it ended, those of
// other nodes too, which hear of it with the commit.
func (o *Ops) Revoke(ctx context.Context, actor policy.Actor, person int32, reason text.Line) (closed int, err error) {
	err = o.act(ctx, actor, policy.PersonRevoke, policy.Resource{Person: person}, func(tx *db.Tx) error {
		tx.About(int64(person), "revoked")
		tx.Detail(reason.String())
		if err := needReason(reason); err != nil {
			return err
		}
		if err := mayRevoke(ctx, tx, person); err != nil {
			return err
		}
		if err := tx.StopWork(ctx, person); err != nil {
			return err
		}
		closed, err = tx.RevokePerson(ctx, person)
		return err
	})
	if err != nil {
		return 0, err
	}
	o.Hub.ClosePerson(person, whyEnded(db.EndRevoked)) // other nodes hear of it
	return closed, nil
}

func mayRevoke(ctx context.Context, tx *db.Tx, person int32) error {
	_, lasting, err := tx.Admins(ctx)
	if err != nil {
		return err
	}
	p, err := livePerson(ctx, tx, person)
	if err != nil {
		return err
	}
	res := policy.Resource{Person: person, Admins: lasting}
	if p.JoinedAt != nil && slices.ContainsFunc(p.Grants, func(g db.Grant) bool { return lastingAdmin(g, tx.Now) }) {
		res.Grant = policy.Admin
	}
	return policy.Can(tx.Actor, policy.PersonRevoke, res)
}
