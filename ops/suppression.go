package ops

import (
	"context"
	"strconv"
	"strings"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// ListSuppressions gives the entries of the suppression list, latest first.
func (o *Ops) ListSuppressions(ctx context.Context, actor policy.Actor, lifted bool) (all []db.Suppression, err error) {
	err = o.act(ctx, actor, policy.SuppressionList, policy.Resource{}, func(tx *db.Tx) error {
		all, err = tx.ListSuppressions(ctx, lifted)
		return err
	})
	return all, err
}

// LiftSuppression lets an address or number in again, because its owner came
// back; which is its number on the list, or the address or number itself.
func (o *Ops) LiftSuppression(ctx context.Context, actor policy.Actor, which string, why text.Line) (s db.Suppression, err error) {
	if err := needReason(why); err != nil {
		return s, err
	}
	err = o.act(ctx, actor, policy.SuppressionLift, policy.Resource{}, func(tx *db.Tx) error {
		if s, err = o.findSuppression(ctx, tx, which); err != nil {
			return err
		}
		return tx.LiftSuppression(ctx, s.ID, why)
	})
	return s, err
}

func (o *Ops) findSuppression(ctx context.Context, tx *db.Tx, which string) (db.Suppression, error) {
	if id, err := strconv.ParseInt(which, 10, 64); err == nil && len(which) < 9 { // no phone number is so short
		return tx.GetSuppression(ctx, id)
	}
	if strings.Contains(which, "@") {
		address, err := policy.NormalMail(which)
		if err != nil {
			return db.Suppression{}, err
		}
		return tx.FindSuppression(ctx, policy.MailMark, address)
	}
	number, err := NormalPhone(which, o.Country)
	if err != nil {
		return db.Suppression{}, err
	}
	return tx.FindSuppression(ctx, policy.PhoneMark, number)
}
