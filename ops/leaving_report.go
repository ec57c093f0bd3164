package ops

import (
	"context"
	"time"

	"balie/db"
	"balie/policy"
)

// Leaver is what is known of one who leaves or has left. It is made from rows
// that stay, so that it reads the same years later.
type Leaver struct {
	Person    db.Person     // with every grant there ever was
	Departure *db.Departure // the last one; nil when none is planned
	Since     time.Time     // what is counted, up to the leaving
	Till      time.Time
	Acts      []db.Done
	Exports   []db.Export // of all times
	Checks    []db.Check
}

// reportMost is how many days a report can count back.
const reportMost = 3650

// LeavingReport tells what a person held, did and took out, and what is still
// to be ticked off. It counts back days from the leaving, or from now.
func (o *Ops) LeavingReport(ctx context.Context, actor policy.Actor, person int32, days int) (r Leaver, err error) {
	err = o.act(ctx, actor, policy.PersonReport, policy.Resource{Person: person}, func(tx *db.Tx) error {
		tx.About(int64(person))
		if r, err = reported(ctx, tx, person, days); err != nil {
			return err
		}
		if r.Acts, err = tx.ActsOf(ctx, person, r.Since, r.Till); err != nil {
			return err
		}
		r.Exports, err = tx.ExportsOf(ctx, person)
		return err
	})
	return r, err
}

func reported(ctx context.Context, tx *db.Tx, person int32, days int) (r Leaver, err error) {
	if days < 1 || days > reportMost {
		return r, policy.Errorf(policy.Invalid, "A report counts 1 to %d days.", reportMost).On("days")
	}
	if r.Person, err = tx.GetPerson(ctx, person); err != nil {
		return r, err
	}
	all, err := tx.ListDepartures(ctx, person)
	if err != nil {
		return r, err
	}
	r.Till = tx.Now
	for _, d := range all {
		if d.CancelledAt != nil {
			continue
		}
		r.Departure = &d
		if d.LeftAt != nil {
			r.Till = *d.LeftAt
		}
		r.Checks, err = tx.ListChecks(ctx, d.ID)
		break
	}
	r.Since = r.Till.AddDate(0, 0, -days)
	return r, err
}

// reportPage is how many people one page of LeavingSubjects names.
const reportPage = 500

// LeavingSubjects tells the privacy officer, for a recorded reason, whose data
// the person saw or took out, the last first.
func (o *Ops) LeavingSubjects(ctx context.Context, actor policy.Actor, person int32, days, offset int) (all []db.Viewed, err error) {
	err = o.act(ctx, actor, policy.CustomerSeenBy, policy.Resource{}, func(tx *db.Tx) error {
		tx.About(int64(person))
		r, err := reported(ctx, tx, person, days)
		if err != nil {
			return err
		}
		all, err = tx.SubjectsOf(ctx, person, r.Since, r.Till, reportPage, offset)
		return err
	})
	return all, err
}

// TickCheck says that a line of a leaver's checklist is done, or isn't after
// all.
func (o *Ops) TickCheck(ctx context.Context, actor policy.Actor, person, position int32, done bool) error {
	return o.act(ctx, actor, policy.PersonCheck, policy.Resource{Person: person}, func(tx *db.Tx) error {
		tx.About(int64(person), "checklist")
		d, err := tx.Newest(ctx, person)
		if err != nil {
			return err
		}
		item, err := checkAt(ctx, tx, d.ID, position)
		if err != nil {
			return err
		}
		tx.Detail(map[bool]string{true: "done: ", false: "open again: "}[done] + item)
		if ticked, err := tx.Tick(ctx, d.ID, position, done); err != nil || ticked {
			return err
		}
		return policy.Errorf(policy.Conflict, "Somebody else ticked this just now: look again.")
	})
}

func checkAt(ctx context.Context, tx *db.Tx, departure, position int32) (string, error) {
	checks, err := tx.ListChecks(ctx, departure)
	for _, c := range checks {
		if c.Position == position {
			return c.Item, err
		}
	}
	return "", orElse(err, policy.ErrAbsent())
}
