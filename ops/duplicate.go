package ops

import (
	"context"

	"balie/db"
	"balie/policy"
)

// ListPairs are the pairs of customers that look like one, both of which the
// actor may see.
func (o *Ops) ListPairs(ctx context.Context, actor policy.Actor, q db.PairQuery) (page db.PairPage, err error) {
	if q.Limit <= 0 || q.Limit > 1000 {
		q.Limit = 50
	}
	err = o.act(ctx, actor, policy.DuplicateList, policy.Resource{}, func(tx *db.Tx) error {
		page, err = tx.ListPairs(ctx, q)
		return err
	})
	return page, err
}

// DismissPair notes that two customers are two, so that they aren't shown as
// perhaps one again; with on false it takes that back.
func (o *Ops) DismissPair(ctx context.Context, actor policy.Actor, a, b int64, on bool) error {
	return o.act(ctx, actor, policy.DuplicateDismiss, policy.Resource{}, func(tx *db.Tx) error {
		return tx.DismissPair(ctx, a, b, on)
	})
}

// pairsCounted is up to how many pairs the first screen counts.
const pairsCounted = 999

// pairsWaiting are the pairs to look at: for those who may see both, and, for the
// privacy officer, how many nobody else can see.
func pairsWaiting() []attentionFinder {
	return []attentionFinder{
		{[]policy.Role{policy.Sales, policy.Manager}, func(ctx context.Context, tx *db.Tx) ([]Attention, error) {
			n, err := tx.CountPairs(ctx, pairsCounted)
			return waitingPairs(n, policy.Message{Key: "Customers that look like one: %d pairs to look at.", Args: []any{n}}), err
		}},
		{[]policy.Role{policy.Privacy}, func(ctx context.Context, tx *db.Tx) ([]Attention, error) {
			n, err := tx.CountApart(ctx, pairsCounted)
			return waitingPairs(n, policy.Message{Key: "Customers of several teams that look like one: %d pairs to look at.", Args: []any{n}}), err
		}},
	}
}

func waitingPairs(n int, what policy.Message) []Attention {
	if n == 0 {
		return nil
	}
	return []Attention{{What: what, Opens: "duplicates"}}
}
