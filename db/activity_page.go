package db

import (
	"context"

	"balie/db/seal"
	"balie/policy"
)

type pagedActivity struct {
	CustomerID int64
	activityRow
}

const pageActivities = `select a.customer_id, a.id, a.author, a.kind, a.at, a.minutes, a.body, k.kek_epoch, k.wrapped
	from activities a join subject_keys k on k.subject_id = a.customer_id where a.id > $1 order by a.id limit $2`

// PageActivities are those after one that the actor may see, the oldest first.
func (tx *Tx) PageActivities(ctx context.Context, after int64, most int) ([]Activity, error) {
	rows, err := collect[pagedActivity](ctx, tx, pageActivities, after, most)
	if err != nil {
		return nil, err
	}
	all := make([]Activity, len(rows))
	for i, r := range rows {
		key, err := tx.store.Keys.Unwrap(r.CustomerID, seal.Wrapped{Epoch: r.KekEpoch, Key: r.Wrapped})
		if err != nil {
			return nil, err
		}
		all[i] = Activity{ID: r.ID, Customer: r.CustomerID, Author: r.Author, Deed: policy.Deed(r.Kind), At: r.At, Minutes: r.Minutes}
		if err := openJSON(key, activityPlace, r.Body, &all[i].ActivityBody); err != nil {
			return nil, err
		}
		tx.Saw(r.CustomerID)
	}
	return all, nil
}
