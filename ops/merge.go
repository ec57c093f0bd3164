package ops

import (
	"context"
	"errors"

	"balie/db"
	"balie/policy"
)

// GetPair opens two customers side by side.
func (o *Ops) GetPair(ctx context.Context, actor policy.Actor, a, b int64) (p db.Pair, err error) {
	if a == b {
		return p, policy.Errorf(policy.Invalid, "These are one customer already: give the numbers of two.")
	}
	err = o.act(ctx, actor, policy.DuplicateList, policy.Resource{}, func(tx *db.Tx) error {
		p, err = tx.GetPair(ctx, a, b)
		return err
	})
	return p, err
}

// MergeCustomers makes one customer of two. A dry run does all of it and takes it
// back, to tell what moves.
func (o *Ops) MergeCustomers(ctx context.Context, actor policy.Actor, m db.Merging, dry bool) (done db.Merged, err error) {
	if err := CheckCustomer(&m.Winner, o.Country); err != nil {
		return done, err
	}
	err = o.act(ctx, actor, policy.CustomerMerge, policy.Resource{}, func(tx *db.Tx) error {
		if done, err = tx.Merge(ctx, m); err == nil && dry {
			err = errDry
		}
		return err
	})
	if errors.Is(err, errDry) {
		err = nil
	}
	return done, err
}

// UnmergeCustomers makes two of them again, within policy.MergeTime.
func (o *Ops) UnmergeCustomers(ctx context.Context, actor policy.Actor, loser int64) (u db.Unmerged, err error) {
	err = o.act(ctx, actor, policy.CustomerUnmerge, policy.Resource{}, func(tx *db.Tx) error {
		u, err = tx.Unmerge(ctx, loser)
		return err
	})
	return u, err
}

// ListMerges are the merges into a customer, or with 0 all, that can be undone.
func (o *Ops) ListMerges(ctx context.Context, actor policy.Actor, winner int64) (all []db.Merge, err error) {
	err = o.act(ctx, actor, policy.DuplicateList, policy.Resource{}, func(tx *db.Tx) error {
		all, err = tx.ListMerges(ctx, winner)
		return err
	})
	return all, err
}

// endMerges ends what it takes to undo merges whose time is over.
func endMerges(ctx context.Context, r *Run) error {
	for more := true; more; {
		err := r.Batch(ctx, policy.DuplicateFind, func(tx *db.Tx) error {
			n, err := tx.EndMerges(ctx)
			if more = n > 0; err == nil && !more {
				return ErrIdle
			}
			r.Count("merges that can't be undone any more", n)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
