package ops

import (
	"context"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// suspend turns a person's grants of power into pending ones of the actor's.
// Where there aren't two other admins nobody could agree to them: there they
// stay as they are, as do one's own.
func suspend(ctx context.Context, tx *db.Tx, person int32, reason text.Line) (pending bool, err error) {
	admins, lasting, err := tx.Admins(ctx)
	if err != nil || person == tx.Actor.ID {
		return false, err
	}
	p, err := tx.GetPerson(ctx, person)
	if err != nil {
		return false, err
	}
	others := admins - adminsAmong(tx, p)
	for _, g := range p.Grants {
		if !g.Live(tx.Now) || !policy.NeedsSecond(g.Role, others) {
			continue
		}
		if err := mayEnd(ctx, tx, policy.PersonDemote, g, lasting, reason); err != nil {
			return false, err
		}
		if err := regrant(ctx, tx, g, reason); err != nil {
			return false, err
		}
		pending = true
	}
	if pending {
		err = tx.TellNodes(ctx)
	}
	return pending, err
}

// adminsAmong is 1 for one of the live admins, else 0.
func adminsAmong(tx *db.Tx, p db.Person) int {
	for _, g := range p.Grants {
		if p.JoinedAt != nil && g.Role == policy.Admin && g.Live(tx.Now) {
			return 1
		}
	}
	return 0
}

// regrant ends a grant and makes the same one anew, pending.
func regrant(ctx context.Context, tx *db.Tx, g db.Grant, reason text.Line) error {
	if err := tx.EndGrant(ctx, g, reason); err != nil {
		return err
	}
	g.Pending = true
	return tx.CreateGrant(ctx, g)
}
