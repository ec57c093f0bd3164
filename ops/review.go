package ops

import (
	"context"
	"slices"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// ListReviews gives the access reviews that the actor has to do with.
func (o *Ops) ListReviews(ctx context.Context, actor policy.Actor) (all []db.Review, err error) {
	err = o.act(ctx, actor, policy.ReviewList, policy.Resource{}, func(tx *db.Tx) error {
		all, err = tx.ListReviews(ctx)
		return err
	})
	return all, err
}

// ReviewSheet is a review as far as the actor sees it.
type ReviewSheet struct {
	Review db.Review
	Items  []db.ReviewItem
	Steps  []db.ReviewStep
	Now    time.Time // the database's clock
}

// ShowReview gives a review with its grants: for a reviewer those under his
// review, for the officer, an admin and the auditor all.
func (o *Ops) ShowReview(ctx context.Context, actor policy.Actor, id int32) (s ReviewSheet, err error) {
	err = o.act(ctx, actor, policy.ReviewList, policy.Resource{}, func(tx *db.Tx) error {
		tx.About(int64(id))
		s.Now = tx.Now
		if s.Review, err = tx.GetReview(ctx, id); err != nil {
			return err
		}
		if s.Items, err = tx.ReviewItems(ctx, id); err != nil {
			return err
		}
		s.Steps, err = tx.ReviewSteps(ctx, id)
		return err
	})
	return s, err
}

// ViewReviewItem gives what somebody did with a grant: that look is logged.
func (o *Ops) ViewReviewItem(ctx context.Context, actor policy.Actor, review, grant int32) (i db.ReviewItem, err error) {
	err = o.act(ctx, actor, policy.ReviewView, policy.Resource{}, func(tx *db.Tx) error {
		if i, err = tx.GetReviewItem(ctx, review, grant); err != nil {
			return err
		}
		tx.About(int64(i.PersonID), "use")
		tx.Detail(string(i.Role))
		return nil
	})
	return i, err
}

// OwnReview is what a review decided about one of the actor's own grants.
type OwnReview struct {
	Review db.Review
	Item   db.ReviewItem
}

// OwnReviews gives what was decided about the actor's own access, by whom and
// why, the newest first.
func (o *Ops) OwnReviews(ctx context.Context, actor policy.Actor) (own []OwnReview, err error) {
	err = o.act(ctx, actor, policy.ProfileView, policy.Resource{Person: actor.ID}, func(tx *db.Tx) error {
		tx.About(int64(actor.ID), "reviews")
		items, err := tx.OwnReviewItems(ctx)
		if err != nil {
			return err
		}
		reviews, err := tx.ListReviews(ctx)
		for _, i := range items {
			at := slices.IndexFunc(reviews, func(r db.Review) bool { return r.ID == i.ReviewID })
			if at >= 0 {
				own = append(own, OwnReview{reviews[at], i})
			}
		}
		return err
	})
	return own, err
}

// ReviewStart is a review outside the quarters: of one person or of one role.
type ReviewStart struct {
	Person int32
	Role   policy.Role
	Reason text.Line
}

// StartReview begins one, and takes its snapshot at once. If that is
// interrupted, the clock completes it.
func (o *Ops) StartReview(ctx context.Context, actor policy.Actor, s ReviewStart) (id int32, err error) {
	err = o.act(ctx, actor, policy.ReviewStart, policy.Resource{}, func(tx *db.Tx) error {
		if err := checkStart(ctx, tx, s); err != nil {
			return err
		}
		id, err = tx.StartReview(ctx, s.Person, s.Role, s.Reason)
		tx.About(int64(id))
		tx.Detail(s.Reason.String())
		return err
	})
	if err != nil {
		return 0, err
	}
	return id, fillReviews(ctx, o.alone, func(string, int) {})
}

func checkStart(ctx context.Context, tx *db.Tx, s ReviewStart) error {
	if (s.Person == 0) == (s.Role == "") {
		return policy.Errorf(policy.Invalid, "Choose one person or one role to review.")
	}
	if s.Role != "" {
		if _, err := policy.ParseRole(string(s.Role)); err != nil {
			return err
		}
	} else if _, err := livePerson(ctx, tx, s.Person); err != nil {
		return err
	}
	return needReason(s.Reason)
}

// SignReview signs all that the actor decided on in a review. It is refused
// while anything waits for the actor; when everybody has signed, the review
// closes by itself.
func (o *Ops) SignReview(ctx context.Context, actor policy.Actor, id int32) (signed int, err error) {
	err = o.act(ctx, actor, policy.ReviewSign, policy.Resource{}, func(tx *db.Tx) error {
		tx.About(int64(id))
		r, err := tx.GetReview(ctx, id)
		if err != nil {
			return err
		}
		if waiting := r.Mine - r.MineDone; waiting > 0 {
			return policy.Errorf(policy.Invalid, "You can sign when you have decided on each grant: %d to go.", waiting)
		}
		if signed, err = tx.SignItems(ctx, id); err == nil && signed == 0 {
			err = policy.Errorf(policy.Conflict, "There is nothing of yours left to sign in this review.")
		}
		return err
	})
	return signed, err
}

// ExportReview gives the signed record of a review that has closed.
func (o *Ops) ExportReview(ctx context.Context, actor policy.Actor, id int32) (record Record, err error) {
	err = o.act(ctx, actor, policy.ReviewExport, policy.Resource{}, func(tx *db.Tx) error {
		tx.About(int64(id))
		r, err := tx.GetReview(ctx, id)
		if err != nil {
			return err
		}
		if r.Open() {
			return policy.Errorf(policy.Conflict, "This review is still open: its record is made when all have signed, or at the due minute.")
		}
		raw, err := tx.ReviewRecord(ctx, id)
		if err != nil {
			return err
		}
		record, err = ReadRecord(raw, o.Store.Keys.Public())
		tx.Detail("record sha256:" + record.Digest().String())
		return err
	})
	return record, err
}
