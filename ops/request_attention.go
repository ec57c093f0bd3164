package ops

import (
	"context"
	"slices"

	"balie/db"
	"balie/policy"
)

// requestsDue tells which requests are overdue or soon will be.
func requestsDue() attentionFinder {
	return attentionFinder{[]policy.Role{policy.Privacy, policy.Auditor}, func(ctx context.Context, tx *db.Tx) (found []Attention, err error) {
		all, err := openSights(ctx, tx)
		if err != nil {
			return nil, err
		}
		over, first := countMarked(all, policy.StepOverdue)
		if over > 0 {
			found = append(found, Attention{
				What:  policy.Message{Key: "Requests of data subjects that are overdue: %d; the first was due on %s.", Args: []any{over, first}},
				Opens: "requests", Grave: true,
			})
		}
		soon, first := countMarked(all, policy.StepDueSoon)
		if soon > 0 {
			found = append(found, Attention{
				What: policy.Message{Key: "Requests of data subjects due soon: %d; the first on %s.", Args: []any{soon, first}}, Opens: "requests",
			})
		}
		return found, nil
	}}
}

// countMarked says how many bear a mark, and when the first is due.
func countMarked(all []markedSight, mark policy.RequestStep) (n int, first policy.Date) {
	for _, s := range all {
		if !slices.Contains(s.marks, mark) {
			continue
		}
		if n++; n == 1 {
			first = s.Deadline.Due
		}
	}
	return n, first
}
