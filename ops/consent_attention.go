package ops

import (
	"context"

	"balie/db"
	"balie/policy"
)

// groundlessMost is up to which number first screens count.
const groundlessMost = 1000

// standingOnNothing tells who has records that stand on no basis.
func standingOnNothing() attentionFinder {
	return attentionFinder{[]policy.Role{policy.Sales, policy.Manager, policy.Privacy}, func(ctx context.Context, tx *db.Tx) ([]Attention, error) {
		n, err := tx.CountGroundless(ctx, groundlessMost)
		if err != nil || n == 0 {
			return nil, err
		}
		return []Attention{{What: policy.Message{Key: "Records that stand on nothing: %d. Give each a basis, or let it go.", Args: []any{n}}, Opens: "undecided"}}, nil
	}}
}
