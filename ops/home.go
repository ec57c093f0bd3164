package ops

import (
	"context"

	"balie/db"
	"balie/policy"
)

// CountOwn counts by status the customers that are the actor's, or the team's
// for a manager.
func (o *Ops) CountOwn(ctx context.Context, actor policy.Actor) (counts map[policy.Status]int64, err error) {
	err = o.act(ctx, actor, policy.CustomerList, policy.Resource{}, func(tx *db.Tx) error {
		counts, err = tx.CountOwn(ctx)
		return err
	})
	return counts, err
}

// leavingAtOnce is how many a home screen shows.
const leavingAtOnce = 8

// ListLeaving gives the customers whose term is over or nearly so, the
// first to leave first: somebody has to decide on them (art. 5(1)(e) GDPR).
func (o *Ops) ListLeaving(ctx context.Context, actor policy.Actor) (rows []db.Row, err error) {
	err = o.act(ctx, actor, policy.CustomerList, policy.Resource{}, func(tx *db.Tx) error {
		rules, err := tx.ListRules(ctx)
		if err != nil {
			return err
		}
		rows, err = tx.ListLeaving(ctx, db.Schedule(rules), tx.Now.Add(policy.LeavingSoon), leavingAtOnce)
		return err
	})
	return rows, err
}
