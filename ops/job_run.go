package ops

import (
	"context"
	"errors"
	"time"

	"balie/db"
	"balie/policy"
)

// beatEvery is how often a run says that its node is alive; several may be
// lost before db.JobPatience is over.
const beatEvery = 4 * time.Second

// perform does a claimed run and writes down how it ended.
func (o *Ops) perform(ctx context.Context, j Job, c db.Claim) (*Run, error) {
	if c.Counts == nil {
		c.Counts = map[string]int{}
	}
	r := &Run{Period: c.Period, Reached: c.Reached, ops: o, claim: c}
	running, stop := context.WithCancelCause(ctx)
	beating := make(chan struct{})
	go func() {
		defer close(beating)
		_ = db.Safely(func() error { return o.beat(running, c, stop) })() // without it, another node takes over
	}()
	err := db.Safely(func() error { return j.Run(running, r) })()
	if cause := context.Cause(running); err != nil && errors.Is(cause, db.ErrOvertaken) {
		err = cause
	}
	stop(nil)
	<-beating
	return r, errors.Join(err, o.settle(ctx, r, err))
}

// beat keeps the run this node's, and stops it when it is another's.
func (o *Ops) beat(ctx context.Context, c db.Claim, stop context.CancelCauseFunc) error {
	tick := time.NewTicker(beatEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		if held, err := o.Store.BeatJob(ctx, c); err == nil && !held {
			stop(db.ErrOvertaken)
		}
	}
}

// settleTime is how long the end of a run may take to write down when the node
// is being stopped.
const settleTime = 5 * time.Second

// settle writes down how a run ended. Who was overtaken has nothing to say.
func (o *Ops) settle(ctx context.Context, r *Run, err error) error {
	if errors.Is(err, db.ErrOvertaken) {
		return nil
	}
	end := ending(ctx, r, err)
	if end.State == db.JobFailed {
		o.Log.Error("a job failed", "job", r.claim.Job, "period", r.Period.Key, "try", r.claim.Tries, "err", err, "cause", cause(err))
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()
	r.claim.Reached = r.Reached
	if end.State == db.JobDone && !r.worked && len(r.claim.Counts) == 0 {
		return o.Store.EndIdleJob(ctx, r.claim, end)
	}
	return o.act(ctx, policy.System(policy.Clock), policy.SystemJob, policy.Resource{}, func(tx *db.Tx) error {
		tx.Detail(r.claim.Job + " " + r.Period.Key + ": " + string(end.State))
		return tx.EndJob(ctx, r.claim, end)
	})
}

func cause(err error) error {
	if e, ok := errors.AsType[*policy.Error](err); ok {
		return e.Cause
	}
	return nil
}

// ending is how a run ended: a node that is being stopped leaves the rest to
// the next one, at once.
func ending(ctx context.Context, r *Run, err error) db.Ending {
	switch {
	case err == nil:
		return db.Ending{State: db.JobDone}
	case ctx.Err() != nil:
		return db.Ending{State: db.JobStopped}
	}
	return db.Ending{State: db.JobFailed, Error: policy.WhyFailed(err), Retry: policy.RetryAfter(r.claim.Tries)}
}
