package ops

import (
	"context"
	"errors"

	"balie/db"
	"balie/policy"
)

// leavingJobs carry out what was planned, and hand over what is left behind,
// whatever became of the one who began it.
func (o *Ops) leavingJobs() []Job {
	return []Job{
		{Name: "leaving.revoke", Spec: "* * * * *", Every: db.EveryMinute, Run: o.revokeDue},
		{Name: "leaving.handover", Spec: "* * * * *", Every: db.EveryMinute, Run: o.handOnAll},
	}
}

// revokeDue ends the access of all whose last day is over. One who can't be
// revoked, the last admin, doesn't keep the others in.
func (o *Ops) revokeDue(ctx context.Context, r *Run) error {
	due, err := o.listFor(ctx, r, (*db.Tx).DueDepartures)
	if err != nil {
		return err
	}
	var failed []error
	for _, d := range due {
		failed = append(failed, r.Batch(ctx, policy.PersonRevoke, func(tx *db.Tx) error {
			return o.carryOut(ctx, tx, r, d.ID)
		}))
		if !r.Dry {
			o.closeRevoked(ctx, d.Person)
		}
	}
	return errors.Join(failed...)
}

// listFor looks for work, which is no act of its own.
func (o *Ops) listFor(ctx context.Context, r *Run, list func(*db.Tx, context.Context) ([]db.Departure, error)) (all []db.Departure, err error) {
	err = r.Batch(ctx, policy.SystemJob, func(tx *db.Tx) error {
		if all, err = list(tx, ctx); err != nil {
			return err
		}
		return ErrIdle
	})
	return all, err
}

// carryOut looks again at one that is due: it may have been called off.
func (o *Ops) carryOut(ctx context.Context, tx *db.Tx, r *Run, id int32) error {
	// In the order in which Revoke locks: first the number of admins.
	d, err := tx.GetDeparture(ctx, id)
	if err != nil {
		return err
	}
	tx.About(int64(d.Person), "revoked")
	tx.Detail("planned: " + d.Reason.String())
	if _, err := mayRevoke(ctx, tx, d.Person); err != nil {
		return err
	}
	if d, err = tx.LockDeparture(ctx, id); err != nil || !d.Planned() || d.Due.After(tx.Now) {
		return orElse(err, ErrIdle)
	}
	if !r.Dry { // what was stopped can't be rolled back
		if err := tx.StopWork(ctx, d.Person); err != nil {
			return err
		}
	}
	if _, err := endAll(ctx, tx, d.Person, d.ID, d.OrderedBy, d.Reason); err != nil {
		return err
	}
	r.Count("revoked", 1)
	return tx.Left(ctx, d)
}

// closeRevoked ends the sessions on this node at once, if the person was
// revoked; Watch does it on the others.
func (o *Ops) closeRevoked(ctx context.Context, person int32) {
	if _, err := o.Store.Wearer(ctx, person); policy.KindOf(err) == policy.Denied {
		o.Hub.ClosePerson(person, whyEnded(db.EndRevoked))
	}
}

// handOnAll goes on with every hand-over that is not finished.
func (o *Ops) handOnAll(ctx context.Context, r *Run) error {
	open, err := o.listFor(ctx, r, (*db.Tx).HandingDepartures)
	if err != nil {
		return err
	}
	for _, d := range open {
		if err := o.handOnOne(ctx, r, d.ID); policy.KindOf(err) == policy.Unavailable {
			return nil // search is being made anew: it goes on in a minute
		} else if err != nil {
			return err
		}
	}
	return nil
}

func (o *Ops) handOnOne(ctx context.Context, r *Run, departure int32) error {
	for moved := 1; moved > 0; {
		moved = 0 // stays so when the batch finds nothing to do
		err := r.Batch(ctx, policy.CustomerHandOver, func(tx *db.Tx) (err error) {
			moved, _, err = handOn(ctx, tx, departure)
			r.Count("customers", moved)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
