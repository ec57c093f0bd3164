package ops

import (
	"context"
	"strings"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// ReviewDecision is a reviewer's word on one grant, as it was read.
type ReviewDecision struct {
	Review, Grant, Version int32  // version 0: as it is now, for who did not read it before
	LastDay                string // of a change: "2027-01-31" counts whole; "" for none
	db.ReviewAnswer
}

// DecideReview confirms, changes or revokes a grant under review. A change and
// a revocation take effect at once, in open sessions too; a confirmation can be
// taken back until it is signed.
func (o *Ops) DecideReview(ctx context.Context, actor policy.Actor, d ReviewDecision) error {
	return o.act(ctx, actor, policy.ReviewDecide, policy.Resource{}, func(tx *db.Tx) error {
		// First, in the order in which everybody locks.
		if _, _, err := tx.Admins(ctx); d.Decision != policy.Confirmed && err != nil {
			return err
		}
		i, err := o.decidable(ctx, tx, d.Review, d.Grant, d.Version)
		if err != nil {
			return err
		}
		tx.Detail(strings.TrimSpace(string(d.Decision) + " " + string(i.Role) + ": " + d.Reason.String()))
		if d.Change.Until, err = lastDay(ctx, tx, d.LastDay); err != nil {
			return err
		}
		if err := checkAnswer(tx, i, d.ReviewAnswer); err != nil {
			return err
		}
		if err := tx.DecideItem(ctx, i, d.ReviewAnswer); err != nil {
			return err
		}
		return o.effect(ctx, tx, i, d.ReviewAnswer)
	})
}

// decidable reads a grant under review for an act of the actor on it.
func (o *Ops) decidable(ctx context.Context, tx *db.Tx, review, grant, version int32) (db.ReviewItem, error) {
	i, err := tx.GetReviewItem(ctx, review, grant)
	if err != nil {
		return i, err
	}
	tx.About(int64(i.PersonID), "role")
	if err := policy.MayDecide(tx.Actor, i.Case()); err != nil {
		return i, err
	}
	switch {
	case i.Decision == policy.Changed, i.Decision == policy.Revoked:
		return i, policy.Errorf(policy.Conflict, "This took effect at once and can't be taken back here: an admin can give the role again.")
	case version != 0 && i.Version != version:
		return i, policy.Errorf(policy.Conflict, "Somebody else has decided on this already: look again.")
	}
	return i, nil
}

// lastDay is the end of a day that counts whole, where the organisation is.
func lastDay(ctx context.Context, tx *db.Tx, day string) (*time.Time, error) {
	if day == "" {
		return nil, nil
	}
	last, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return nil, policy.Errorf(policy.Invalid, "Write the last day as 2027-01-31.").On("until")
	}
	midnight, err := policy.ParseLastDay(last.AddDate(0, 0, 1).Format("2006-01-02T15:04"))
	if err != nil {
		return nil, err
	}
	end, err := tx.Instant(ctx, midnight)
	return &end, err
}

func checkAnswer(tx *db.Tx, i db.ReviewItem, a db.ReviewAnswer) error {
	switch a.Decision {
	case policy.Confirmed:
		return nil
	case policy.Changed:
		if err := policy.MayChange(i.Role, i.Snapshot.Until, a.Change, tx.Now); err != nil {
			return err
		}
	case policy.Revoked:
	default:
		return policy.Errorf(policy.Invalid, "There is no decision %q: use confirm, change or revoke.", text.Clean(string(a.Decision)))
	}
	return needReason(a.Reason)
}

// effect does to the grant what was decided.
func (o *Ops) effect(ctx context.Context, tx *db.Tx, i db.ReviewItem, a db.ReviewAnswer) error {
	if a.Decision == policy.Confirmed {
		return nil
	}
	g, err := tx.GetGrant(ctx, i.GrantID)
	if err != nil {
		return err
	}
	if a.Decision == policy.Changed && a.Change.Until != nil {
		return shorten(ctx, tx, g, *a.Change.Until, a.Reason)
	}
	if err := endGrantFor(ctx, tx, policy.ReviewDecide, g, a.Reason); err != nil || a.Decision == policy.Revoked {
		return err
	}
	return otherRole(ctx, tx, i, a)
}

// shorten brings the end of a grant nearer. To the last admin's there may be none.
func shorten(ctx context.Context, tx *db.Tx, g db.Grant, until time.Time, why text.Line) error {
	_, lasting, err := tx.Admins(ctx)
	if err != nil {
		return err
	}
	if g, err = tx.LockGrant(ctx, g.ID); err != nil {
		return err
	}
	if err := mayEnd(ctx, tx, policy.ReviewDecide, g, lasting, why); err != nil {
		return err
	}
	return tx.ShortenGrant(ctx, g.ID, until)
}

// otherRole gives the role that a reviewer wants instead. An admin's counts at
// once; another reviewer's waits for an admin to agree.
func otherRole(ctx context.Context, tx *db.Tx, i db.ReviewItem, a db.ReviewAnswer) error {
	if tx.Actor.Role == policy.Admin {
		_, err := grant(ctx, tx, Granting{Person: i.PersonID, Role: a.Change.Role, Reason: a.Reason})
		return err
	}
	return tx.CreateGrant(ctx, db.Grant{PersonID: i.PersonID, Role: a.Change.Role, Reason: a.Reason, Pending: true})
}

// UndoReview takes the actor's own confirmation back.
func (o *Ops) UndoReview(ctx context.Context, actor policy.Actor, review, grant, version int32) error {
	return o.act(ctx, actor, policy.ReviewDecide, policy.Resource{}, func(tx *db.Tx) error {
		i, err := o.decidable(ctx, tx, review, grant, version)
		if err != nil {
			return err
		}
		tx.Detail("undo " + string(i.Role))
		if i.Decision != policy.Confirmed {
			return policy.Errorf(policy.Conflict, "There is no decision here to take back.")
		}
		return tx.UndoItem(ctx, i)
	})
}
