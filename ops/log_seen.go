package ops

import (
	"context"
	"time"

	"balie/db"
	"balie/policy"
)

// seenLines is how many lines a page of who saw a customer has, or more when one
// day alone does.
const seenLines = 300

// WhoSaw says who has seen a customer, by day in the organisation's zone, the
// latest first. before is the Next of the page before, zero for the first.
func (o *Ops) WhoSaw(ctx context.Context, actor policy.Actor, id int64, before time.Time) (page db.ExposurePage, err error) {
	err = o.act(ctx, actor, policy.CustomerExposure, policy.Resource{}, func(tx *db.Tx) error {
		page, err = tx.ListExposure(ctx, id, before, seenLines)
		return err
	})
	return page, err
}
