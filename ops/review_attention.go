package ops

import (
	"context"
	"time"

	"balie/db"
	"balie/policy"
)

// reviewsOfMine tells reviewers what waits for them, whichever role they wear:
// the palette puts on the one that it takes.
func reviewsOfMine() attentionFinder { return attentionFinder{policy.Roles, findMyReviews} }

// openReviews tells officers and admins what others have yet to decide.
func openReviews() attentionFinder {
	return attentionFinder{[]policy.Role{policy.Privacy, policy.Admin}, findOpenReviews}
}

// keptGrants tells who stayed though nobody confirmed it.
func keptGrants() attentionFinder {
	return attentionFinder{[]policy.Role{policy.Privacy, policy.Admin, policy.Auditor}, findKept}
}

func findMyReviews(ctx context.Context, tx *db.Tx) (all []Attention, err error) {
	reviews, err := tx.ReviewsWaiting(ctx)
	for _, r := range reviews {
		name, left := policy.ReviewName(r.Period, int(r.ID)), r.Due.Sub(tx.Now)
		switch {
		case r.Waiting > 0:
			all = append(all, Attention{
				What:  policy.Message{Key: "Access review %s: grants that wait for your decision: %d; days left: %d. What is not confirmed is suspended.", Args: []any{name, r.Waiting, days(left)}},
				Opens: "reviews", Grave: policy.ReviewGrave(left),
			})
		case r.Unsigned > 0:
			all = append(all, Attention{What: policy.Message{Key: "Access review %s: sign what you decided.", Args: []any{name}}, Opens: "reviews"})
		}
	}
	return all, err
}

// days are the whole days that are left, 0 on the last.
func days(d time.Duration) int { return max(int(d/(24*time.Hour)), 0) }

func findOpenReviews(ctx context.Context, tx *db.Tx) (all []Attention, err error) {
	reviews, err := tx.ListReviews(ctx)
	for _, r := range reviews {
		if undecided := r.Total - r.Done; r.Open() && r.ReadyAt != nil && undecided > r.Mine-r.MineDone {
			all = append(all, Attention{
				What:  policy.Message{Key: "Access review %s: undecided: %d of %d grants; days left: %d.", Args: []any{policy.ReviewName(r.Period, int(r.ID)), undecided, r.Total, days(r.Due.Sub(tx.Now))}},
				Opens: "reviews", Grave: policy.ReviewGrave(r.Due.Sub(tx.Now)),
			})
		}
	}
	return all, err
}

func findKept(ctx context.Context, tx *db.Tx) (all []Attention, err error) {
	n, err := tx.KeptGrants(ctx)
	if err == nil && n > 0 {
		all = append(all, Attention{
			What:  policy.Message{Key: "Grants that nobody confirmed and that stay, because otherwise nobody could let people in or review: %d. Make a second admin, and start a review of them.", Args: []any{n}},
			Opens: "reviews", Grave: true,
		})
	}
	return all, err
}
