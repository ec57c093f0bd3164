package views

import (
	"context"

	"balie/db"
	"balie/policy"
)

// DuplicateActs are those on customers that look like one.
type DuplicateActs interface {
	Duplicates(context.Context, policy.Actor, db.Customer) ([]db.Twin, error)
	ListPairs(context.Context, policy.Actor, db.PairQuery) (db.PairPage, error)
	DismissPair(ctx context.Context, actor policy.Actor, a, b int64, on bool) error
	GetPair(ctx context.Context, actor policy.Actor, a, b int64) (db.Pair, error)
	MergeCustomers(ctx context.Context, actor policy.Actor, m db.Merging, dry bool) (db.Merged, error)
	UnmergeCustomers(ctx context.Context, actor policy.Actor, loser int64) (db.Unmerged, error)
	ListMerges(ctx context.Context, actor policy.Actor, winner int64) ([]db.Merge, error)
}
