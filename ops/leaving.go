package ops

import (
	"context"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// Leaving ends a person's access, at once or on a last day.
type Leaving struct {
	Person int32
	Heir   int32       // who takes over; 0 for the manager of the team
	On     policy.Wall // zero for now
	Reason text.Line
}

// Left is what became of it.
type Left struct {
	Departure int32
	Heir      int32     // 0: there is nothing to hand over, or it is seen to when the day has come
	Customers int64     // to hand over
	Closed    int       // sessions, on all nodes
	Due       time.Time // of one that is planned
}

// Leave ends a person's access, at once or on the last day. What they own is
// handed over after that: by HandOn, while the admin looks on, and by the clock.
func (o *Ops) Leave(ctx context.Context, actor policy.Actor, l Leaving) (Left, error) {
	if l.On.IsZero() {
		return o.leaveNow(ctx, actor, l)
	}
	return o.planLeaving(ctx, actor, l)
}

func (o *Ops) planLeaving(ctx context.Context, actor policy.Actor, l Leaving) (left Left, err error) {
	err = o.act(ctx, actor, policy.PersonLeave, policy.Resource{Person: l.Person}, func(tx *db.Tx) error {
		tx.About(int64(l.Person), "departure")
		tx.Detail("on " + l.On.String() + ": " + l.Reason.String())
		if err := needReason(l.Reason); err != nil {
			return err
		}
		p, err := livePerson(ctx, tx, l.Person)
		if err != nil {
			return err
		}
		left, err = plan(ctx, tx, p, l)
		return err
	})
	return left, err
}

// plan keeps only an heir who was named: the manager of the team may be another
// by then.
func plan(ctx context.Context, tx *db.Tx, p db.Person, l Leaving) (left Left, err error) {
	if left.Due, err = tx.Instant(ctx, l.On); err != nil {
		return left, err
	}
	if !left.Due.After(tx.Now) {
		return left, policy.Errorf(policy.Invalid, "The last day must be in the future: leave it out to end the access now.").On("on")
	}
	h, err := tx.Holdings(ctx, p.ID)
	if err != nil {
		return left, err
	}
	left.Customers = h.Customers
	if _, err := heirOf(ctx, tx, p, l.Heir, h.Customers); err != nil {
		return left, err
	}
	left.Heir = l.Heir
	left.Departure, err = tx.PlanDeparture(ctx, db.Departure{Person: p.ID, Reason: l.Reason, Due: left.Due, Heir: l.Heir})
	return left, err
}

// Stay calls off what was planned for a person.
func (o *Ops) Stay(ctx context.Context, actor policy.Actor, person int32, reason text.Line) error {
	return o.act(ctx, actor, policy.PersonLeave, policy.Resource{Person: person}, func(tx *db.Tx) error {
		tx.About(int64(person), "departure")
		tx.Detail("called off: " + reason.String())
		if err := needReason(reason); err != nil {
			return err
		}
		d, err := tx.LockNewest(ctx, person)
		if policy.KindOf(err) == policy.Absent || err == nil && !d.Planned() {
			return policy.Errorf(policy.Conflict, "No departure is planned for this person.")
		}
		if err != nil {
			return err
		}
		return tx.CancelDeparture(ctx, d.ID)
	})
}

// SetHeir names who takes over from one who leaves or has left.
func (o *Ops) SetHeir(ctx context.Context, actor policy.Actor, person, heir int32) (d db.Departure, err error) {
	err = o.act(ctx, actor, policy.PersonLeave, policy.Resource{Person: person}, func(tx *db.Tx) error {
		tx.About(int64(person), "heir")
		if d, err = tx.LockNewest(ctx, person); err != nil {
			return err
		}
		if !d.Planned() && !d.Handing() {
			return policy.Errorf(policy.Conflict, "There is nothing left to hand over.")
		}
		if err := ableHeir(ctx, tx, person, heir); err != nil {
			return err
		}
		d.Heir = heir
		return tx.SetHeir(ctx, d.ID, heir)
	})
	return d, err
}

// Holdings counts what a person would leave behind: a preview.
func (o *Ops) Holdings(ctx context.Context, actor policy.Actor, person int32) (h db.Holdings, err error) {
	err = o.act(ctx, actor, policy.PersonLeave, policy.Resource{Person: person}, func(tx *db.Tx) error {
		tx.About(int64(person))
		h, err = tx.Holdings(ctx, person)
		return err
	})
	return h, err
}

// Departures gives those of one person, or all that are open for 0.
func (o *Ops) Departures(ctx context.Context, actor policy.Actor, person int32) (all []db.Departure, err error) {
	err = o.act(ctx, actor, policy.PersonList, policy.Resource{}, func(tx *db.Tx) error {
		tx.About(int64(person))
		if person == 0 {
			all, err = tx.OpenDepartures(ctx, 0)
			return err
		}
		all, err = tx.ListDepartures(ctx, person)
		return err
	})
	return all, err
}
