package db

import (
	"context"

	"balie/policy"
)

// SetStatus gives customers a status, and gives those that changed: restricted
// ones don't.
func (tx *Tx) SetStatus(ctx context.Context, ids []int64, status policy.Status) (changed []int64, err error) {
	tx.About(int64(status), "status")
	return tx.changeMany(ctx, ids, func(c *Customer) { c.Status = status })
}

// changeMany makes one change to each of several customers, except restricted
// ones (art. 18 GDPR: kept, but not used), and gives those that it changed.
func (tx *Tx) changeMany(ctx context.Context, ids []int64, change func(*Customer)) (changed []int64, err error) {
	cs, err := tx.getCustomers(ctx, selectForUpdate, ids)
	if err != nil {
		return nil, err
	}
	for _, c := range cs {
		after := c.Customer
		change(&after)
		changes := Diff(c.Customer, after)
		if c.Restricted || len(changes) == 0 {
			continue
		}
		u := Update{Customer: after, Request: newRequest(), Act: policy.CustomerUpdate}
		if _, err := tx.rewrite(ctx, c, u, changes); err != nil {
			return nil, err
		}
		changed = append(changed, c.ID)
	}
	return changed, nil
}

// StatusOf is a customer with the status that it had.
type StatusOf struct {
	ID     int64
	Status policy.Status
}

// UndoStatus takes back a SetStatus of the actor's, as far as nobody changed the
// customers since, and says of whom.
func (tx *Tx) UndoStatus(ctx context.Context, was []StatusOf) (changed []int64, err error) {
	by := map[policy.Status][]int64{}
	for _, w := range was {
		by[w.Status] = append(by[w.Status], w.ID)
	}
	for _, status := range policy.Statuses {
		if len(by[status]) == 0 {
			continue
		}
		own, err := tx.ownLatest(ctx, by[status])
		if err != nil {
			return nil, err
		}
		some, err := tx.SetStatus(ctx, own, status)
		if err != nil {
			return nil, err
		}
		changed = append(changed, some...)
	}
	return changed, nil
}
