package ops

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/robfig/cron/v3"

	"balie/db"
	"balie/policy"
)

// Job is something that the clock does by itself.
type Job struct {
	Name  string     // "review.open": area.verb
	Spec  string     // when in its period: minute hour day month weekday, as cron reads them, in the organisation's time zone
	Every db.Cadence // how long a period is, computed by the database
	// All periods that were missed while nothing ran are caught up, the oldest
	// first; without it the last one alone.
	CatchUp bool
	// Run does the work of r.Period, in batches. It may have been begun before,
	// by a node that is gone, or done by hand: what is done already it leaves.
	Run func(ctx context.Context, r *Run) error
}

// monday began a year, a quarter, a month, a week, a day, an hour and a minute.
var monday = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

// shift is when in a period the job is due, counted on the wall's clock from
// the beginning of the period.
func (j Job) shift() (time.Duration, error) {
	at, err := cron.ParseStandard("TZ=UTC " + j.Spec)
	if err != nil {
		return 0, fmt.Errorf("job %s: %w", j.Name, err)
	}
	return at.Next(monday.Add(-time.Second)).Sub(monday), nil
}

func (j Job) duty() (db.Duty, error) {
	shift, err := j.shift()
	return db.Duty{Name: j.Name, Every: j.Every, Shift: shift, Each: j.CatchUp}, err
}

// Run is one run of a job, claimed for one period by one node.
type Run struct {
	Period db.Period
	// Dry runs are rolled back as a whole. A job that does something outside the
	// database leaves that out.
	Dry bool
	// Reached is for the job's own use: how far it came, "" at first. It is kept
	// with each Batch, and what an interrupted run reached is here when it is
	// gone on with.
	Reached string

	ops    *Ops
	claim  db.Claim
	dry    *db.Tx // the one transaction of a dry run
	worked bool   // something is in the log
}

// ErrIdle is what the function of a Batch returns when it found nothing to do:
// then nothing is kept, not even a row in the log, and Batch gives nil.
var ErrIdle = errors.New("nothing to do")

// Count adds to the outcome that the history shows, such as "suspended": 3.
func (r *Run) Count(what string, n int) { r.claim.Counts[what] += n }

// Batch is one transaction of the run, as the clock. Before fn it makes sure
// that no other node has taken the run over, and holds them off until the end:
// who was overtaken gets an error and has written nothing. In a dry run all
// batches are one transaction, so that a later one sees what an earlier one did.
func (r *Run) Batch(ctx context.Context, act policy.Act, fn func(*db.Tx) error) error {
	reached, counts := r.Reached, maps.Clone(r.claim.Counts)
	err := r.batch(ctx, act, fn)
	if err == nil {
		r.worked = true
		return nil
	}
	r.Reached, r.claim.Counts = reached, counts // was rolled back
	if errors.Is(err, ErrIdle) {
		return nil
	}
	return err
}

func (r *Run) batch(ctx context.Context, act policy.Act, fn func(*db.Tx) error) error {
	clock := policy.System(policy.Clock)
	if r.Dry {
		if err := policy.Can(clock, act, policy.Resource{}); err != nil {
			return err
		}
		return fn(r.dry)
	}
	return r.ops.act(ctx, clock, act, policy.Resource{}, func(tx *db.Tx) error {
		if err := tx.HoldJob(ctx, r.claim); err != nil {
			return err
		}
		if err := fn(tx); err != nil {
			return err
		}
		r.claim.Reached = r.Reached
		return tx.KeepJob(ctx, r.claim)
	})
}
