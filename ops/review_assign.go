package ops

import (
	"context"
	"slices"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// ListReviewers gives everybody who may review others.
func (o *Ops) ListReviewers(ctx context.Context, actor policy.Actor) (all []policy.Staff, err error) {
	err = o.act(ctx, actor, policy.ReviewAssign, policy.Resource{}, func(tx *db.Tx) error {
		all, err = tx.Reviewers(ctx)
		return err
	})
	return all, err
}

// AssignReview gives a grant under review to another reviewer.
func (o *Ops) AssignReview(ctx context.Context, actor policy.Actor, review, grant, to int32, why text.Line) error {
	return o.act(ctx, actor, policy.ReviewAssign, policy.Resource{}, func(tx *db.Tx) error {
		i, err := tx.GetReviewItem(ctx, review, grant)
		if err != nil {
			return err
		}
		tx.About(int64(i.PersonID), "reviewer")
		tx.Detail(why.String())
		if err := needReason(why); err != nil {
			return err
		}
		s, err := reviewerOf(ctx, tx, to)
		if err != nil {
			return err
		}
		return move(ctx, tx, i, s, policy.Assigned, why)
	})
}

// reviewerOf is a colleague as a reviewer, with no role if he may not be one.
func reviewerOf(ctx context.Context, tx *db.Tx, id int32) (policy.Staff, error) {
	all, err := tx.Reviewers(ctx)
	return staffOf(all, id), err
}

func move(ctx context.Context, tx *db.Tx, i db.ReviewItem, to policy.Staff, by policy.ReviewBy, why text.Line) error {
	if err := policy.MayAssign(tx.Actor, i.Case(), to); err != nil {
		return err
	}
	colleagues, err := tx.Colleagues(ctx)
	if err != nil {
		return err
	}
	detail := colleagues[i.Reviewer].Login + " → " + colleagues[to.ID].Login + ": " + why.String()
	return tx.MoveItem(ctx, i, to.ID, by, detail)
}

// Deputising says who reviews in the place of one who is away.
type Deputising struct {
	Person  int32 // 0: the actor
	Deputy  int32
	LastDay string // "2027-01-31" counts whole; "" until further notice
	Reason  text.Line
}

// SetDeputy lets a colleague review in the place of one who is away: what waits
// for that one now, and what later reviews would give him. It says how many
// grants moved; one that is the deputy's own stays, for escalation to find.
func (o *Ops) SetDeputy(ctx context.Context, actor policy.Actor, d Deputising) (moved int, err error) {
	if d.Person == 0 {
		d.Person = actor.ID
	}
	err = o.act(ctx, actor, policy.ReviewAssign, policy.Resource{}, func(tx *db.Tx) error {
		tx.About(int64(d.Person), "deputy")
		tx.Detail(d.Reason.String())
		until, err := lastDay(ctx, tx, d.LastDay)
		if err != nil {
			return err
		}
		to, err := checkDeputy(ctx, tx, d, until)
		if err != nil {
			return err
		}
		if err := tx.SetDeputy(ctx, db.ReviewDeputy{PersonID: d.Person, DeputyID: d.Deputy, Until: until}); err != nil {
			return err
		}
		items, err := tx.WaitingFor(ctx, d.Person)
		for _, i := range items {
			if err != nil || i.PersonID == d.Deputy || i.PersonID == actor.ID {
				continue
			}
			err = move(ctx, tx, i, to, policy.ByDeputy, d.Reason)
			moved++
		}
		return err
	})
	return moved, err
}

func checkDeputy(ctx context.Context, tx *db.Tx, d Deputising, until *time.Time) (policy.Staff, error) {
	if err := mayDepute(tx.Actor, d.Person); err != nil {
		return policy.Staff{}, err
	}
	if until != nil && !until.After(tx.Now) {
		return policy.Staff{}, policy.Errorf(policy.Invalid, "Choose a last day that is still to come.").On("until")
	}
	if d.Person == d.Deputy {
		return policy.Staff{}, policy.Errorf(policy.Invalid, "Choose another colleague than the one who is away.").On("to")
	}
	to, err := reviewerOf(ctx, tx, d.Deputy)
	if err == nil && !to.CanReview() {
		err = policy.Errorf(policy.Invalid, "A reviewer is a manager, a privacy officer or an admin: choose another colleague.").On("to")
	}
	if err == nil {
		err = needReason(d.Reason)
	}
	return to, err
}

func mayDepute(actor policy.Actor, person int32) error {
	if actor.Role == policy.Manager && person != actor.ID {
		return policy.ErrAbsent()
	}
	return nil
}

// DropDeputy says that somebody (0: the actor) is back; what moved stays moved.
func (o *Ops) DropDeputy(ctx context.Context, actor policy.Actor, person int32) error {
	if person == 0 {
		person = actor.ID
	}
	return o.act(ctx, actor, policy.ReviewAssign, policy.Resource{}, func(tx *db.Tx) error {
		tx.About(int64(person), "deputy")
		if err := mayDepute(actor, person); err != nil {
			return err
		}
		all, err := tx.ListDeputies(ctx)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(all, func(d db.ReviewDeputy) bool { return d.PersonID == person }) {
			return policy.Errorf(policy.Conflict, "Nobody stands in for this colleague.")
		}
		return tx.DropDeputy(ctx, person)
	})
}

// ListDeputies gives who is away now, and who stands in.
func (o *Ops) ListDeputies(ctx context.Context, actor policy.Actor) (all []db.ReviewDeputy, err error) {
	err = o.act(ctx, actor, policy.ReviewList, policy.Resource{}, func(tx *db.Tx) error {
		all, err = tx.ListDeputies(ctx)
		return err
	})
	return all, err
}
