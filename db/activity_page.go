package db

import "context"

type pagedActivity struct {
	CustomerID int64
	activityRow
}

const pageActivities = `select a.customer_id, ` + activityColumns + ` where a.id > $1 order by a.id limit $2`

// PageActivities are those after one that the actor may see, the oldest first.
func (tx *Tx) PageActivities(ctx context.Context, after int64, most int) ([]Activity, error) {
	rows, err := collect[pagedActivity](ctx, tx, pageActivities, after, most)
	if err != nil {
		return nil, err
	}
	all := make([]Activity, len(rows))
	for i, r := range rows {
		if all[i], _, err = tx.store.openActivity(r.CustomerID, r.activityRow); err != nil {
			return nil, err
		}
		tx.Saw(r.CustomerID)
	}
	return all, nil
}
