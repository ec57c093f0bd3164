package ops

import (
	"context"
	"errors"

	"balie/db"
	"balie/policy"
)

// JobOutcome is what a run that somebody asked for did, or would do.
type JobOutcome struct {
	Job    string
	Period db.Period
	Dry    bool
	Counts map[string]int
}

// RunJob does a job now, for the period that fell due last. A dry run shows what
// would happen and changes nothing.
func (o *Ops) RunJob(ctx context.Context, actor policy.Actor, name string, dry bool) (JobOutcome, error) {
	j, err := o.allowed(ctx, actor, name, dry)
	if err != nil {
		return JobOutcome{}, err
	}
	d, err := j.duty()
	if err != nil {
		return JobOutcome{}, err
	}
	if dry {
		return o.rehearse(ctx, j, d)
	}
	c, err := o.Store.ClaimJobNow(ctx, d, o.Node)
	if err != nil {
		return JobOutcome{}, err
	}
	r, err := o.perform(ctx, j, c)
	return r.outcome(), err
}

func (r *Run) outcome() JobOutcome {
	return JobOutcome{r.claim.Job, r.Period, r.Dry, r.claim.Counts}
}

// allowed asks policy, and logs who asked for what before anything happens.
func (o *Ops) allowed(ctx context.Context, actor policy.Actor, name string, dry bool) (j Job, err error) {
	err = o.act(ctx, actor, policy.JobRun, policy.Resource{}, func(tx *db.Tx) error {
		j, err = o.job(name)
		if err != nil {
			return err
		}
		tx.Detail(name)
		if dry {
			tx.Detail(name + ", rolled back")
		}
		return nil
	})
	return j, err
}

func (o *Ops) job(name string) (Job, error) {
	for _, j := range o.Jobs() {
		if j.Name == name {
			return j, nil
		}
	}
	return Job{}, policy.Errorf(policy.Absent, "There is no such job: see jobs list.")
}

// rehearse does all batches in one transaction, and rolls that back.
func (o *Ops) rehearse(ctx context.Context, j Job, d db.Duty) (JobOutcome, error) {
	r := &Run{Dry: true, ops: o, claim: db.Claim{Job: j.Name, Counts: map[string]int{}}}
	err := o.act(ctx, policy.System(policy.Clock), policy.SystemJob, policy.Resource{}, func(tx *db.Tx) (err error) {
		if r.Period, err = tx.LastPeriod(ctx, d); err != nil {
			return err
		}
		r.dry = tx
		if err := db.Safely(func() error { return j.Run(ctx, r) })(); err != nil {
			return err
		}
		return errDry
	})
	if errors.Is(err, errDry) {
		err = nil
	}
	return r.outcome(), err
}
