package ops

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"balie/db"
	"balie/policy"
)

// LeftOut is a record that a use leaves out, and why.
type LeftOut struct {
	ID int64
	policy.Blocked
}

// Gate parts the records that may be used for a purpose by a means ("" for none
// in particular) from those that may not, each with why. Every use of data goes
// through it: exports, bulk acts, mailing lists, campaigns. What was left out
// stands in the log by numbers.
func (o *Ops) Gate(ctx context.Context, tx *db.Tx, purpose policy.Purpose, means policy.Means, ids []int64) (may []int64, left []LeftOut, err error) {
	p, err := tx.GetPurpose(ctx, purpose)
	if err != nil {
		return nil, nil, err
	}
	return gate(ctx, tx, p.PurposeRules, means, ids)
}

func gate(ctx context.Context, tx *db.Tx, p policy.PurposeRules, means policy.Means, ids []int64) (may []int64, left []LeftOut, err error) {
	standings, err := tx.ListStandings(ctx, ids)
	if err != nil {
		return nil, nil, err
	}
	suppressed, err := tx.SuppressedAmong(ctx, ids)
	if err != nil {
		return nil, nil, err
	}
	for _, id := range ids {
		s, seen := standings[id]
		s.Suppressed = suppressed[id]
		if !seen {
			left = append(left, LeftOut{id, policy.Blocked{Why: policy.WhyHidden}})
		} else if b := policy.MayUse(s, p, means, tx.Now); b != nil {
			left = append(left, LeftOut{id, *b})
		} else {
			may = append(may, id)
		}
	}
	return may, left, nil
}

// LeftCount is how many a use left out for one reason.
type LeftCount struct {
	Why policy.Why `json:"why"`
	N   int        `json:"number"`
}

// CountLeft counts by reason, the most frequent first.
func CountLeft(left []LeftOut) []LeftCount {
	by := map[policy.Why]int{}
	for _, l := range left {
		by[l.Why]++
	}
	return countsOf(by)
}

func countsOf(by map[policy.Why]int) (all []LeftCount) {
	for why, n := range by {
		all = append(all, LeftCount{why, n})
	}
	slices.SortFunc(all, func(a, b LeftCount) int {
		if a.N != b.N {
			return b.N - a.N
		}
		return strings.Compare(string(a.Why), string(b.Why))
	})
	return all
}

// toldLeft is what a use left out, as the log tells it.
func toldLeft(all []LeftCount) string {
	parts := make([]string, len(all))
	for i, c := range all {
		parts[i] = fmt.Sprintf("%s %d", c.Why, c.N)
	}
	return strings.Join(parts, ", ")
}
