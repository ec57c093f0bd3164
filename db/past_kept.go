package db

import (
	"context"
	"time"
)

// PastKept is how many invoices of another system a customer has, and until when
// the last of them is kept.
type PastKept struct {
	CustomerID int64
	N          int
	Through    time.Time
}

const selectPastKept = `select customer_id, count(*)::int as n, max(kept_through) as through from past_invoices where customer_id = any($1) group by customer_id`

// ListPastKept gives this of customers who have some.
func (tx *Tx) ListPastKept(ctx context.Context, ids []int64) (map[int64]PastKept, error) {
	rows, err := collect[PastKept](ctx, tx, selectPastKept, ids)
	all := map[int64]PastKept{}
	for _, r := range rows {
		all[r.CustomerID] = r
	}
	return all, err
}
