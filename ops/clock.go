package ops

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/robfig/cron/v3"

	"balie/db"
)

const (
	// Whether something is due is for the database to say: it is asked when a
	// job's time has come by this machine's clock, and otherwise as often as this,
	// so that a clock that was put on or back on either side delays little.
	askEvery = 5 * time.Second
	// askTime ends a question that hangs on a dead connection.
	askTime = 10 * time.Second
)

// KeepTime does what falls due, and goes on with what a node that is gone left
// undone, until ctx ends. Run it in one goroutine per node. It returns when the
// runs under way have ended, which they are told to.
func (o *Ops) KeepTime(ctx context.Context) error {
	c, err := newClock(o.Jobs(), o.Log, o.Store.DueJobs, o.work)
	if err != nil {
		return err
	}
	return c.keep(ctx)
}

// RunDue does what is due now, and returns when it is done.
func (o *Ops) RunDue(ctx context.Context) error {
	return o.runDue(ctx, o.Jobs())
}

func (o *Ops) runDue(ctx context.Context, jobs []Job) error {
	c, err := newClock(jobs, o.Log, o.Store.DueJobs, o.work)
	if err != nil {
		return err
	}
	err = c.look(ctx)
	c.working.Wait()
	return err
}

// work does the runs of a job that are due, one after another, until there is
// none left, or one fails.
func (o *Ops) work(ctx context.Context, j Job, d db.Duty) error {
	for {
		c, ok, err := o.Store.ClaimJob(ctx, d, o.Node)
		if err != nil || !ok {
			return err
		}
		if _, err := o.perform(ctx, j, c); err != nil {
			return nil // was logged, and is kept where people look
		}
	}
}

// clock wakes jobs. What it asks and what it starts are given, so that a test
// needs no database.
type clock struct {
	log  *slog.Logger
	jobs map[string]Job
	due  func(context.Context, []db.Duty) (names []string, zone string, err error)
	work func(context.Context, Job, db.Duty) error

	duties  map[string]db.Duty
	specs   []cron.Schedule
	zone    *time.Location
	failing bool

	mu      sync.Mutex
	busy    map[string]bool // jobs under way on this node
	working sync.WaitGroup
}

func newClock(jobs []Job, log *slog.Logger, due func(context.Context, []db.Duty) ([]string, string, error),
	work func(context.Context, Job, db.Duty) error,
) (*clock, error) {
	c := &clock{log: log, due: due, work: work, zone: time.UTC, jobs: map[string]Job{}, duties: map[string]db.Duty{}, busy: map[string]bool{}}
	for _, j := range jobs {
		d, err := j.duty()
		if err != nil {
			return nil, err
		}
		at, err := cron.ParseStandard(j.Spec)
		if err != nil {
			return nil, err
		}
		c.jobs[j.Name], c.duties[j.Name] = j, d
		c.specs = append(c.specs, at)
	}
	return c, nil
}

func (c *clock) keep(ctx context.Context) error {
	defer c.working.Wait()
	for {
		c.report(ctx, c.look(ctx))
		timer := time.NewTimer(c.wait(time.Now()))
		select {
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		case <-timer.C:
		}
	}
}

// wait is until a job's time has come, or until it is time to ask anyway.
func (c *clock) wait(now time.Time) time.Duration {
	wait := askEvery
	for _, s := range c.specs {
		if next := s.Next(now.In(c.zone)); !next.IsZero() {
			wait = min(wait, next.Sub(now))
		}
	}
	return wait
}

// report tells once when the database can't be asked, and once when it can.
func (c *clock) report(ctx context.Context, err error) {
	switch {
	case ctx.Err() != nil: // stopped, not failed
	case err != nil && !c.failing:
		c.log.Error("the clock can't ask what is due", "err", err, "cause", cause(err))
	case err == nil && c.failing:
		c.log.Info("the clock knows what is due again")
	}
	c.failing = err != nil
}

// look starts what is due and isn't under way here.
func (c *clock) look(ctx context.Context) error {
	asking, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	duties := make([]db.Duty, 0, len(c.duties))
	for _, d := range c.duties {
		duties = append(duties, d)
	}
	names, zone, err := c.due(asking, duties)
	if err != nil {
		return err
	}
	if loaded, err := time.LoadLocation(zone); err == nil { // a machine without that zone still asks
		c.zone = loaded
	}
	for _, name := range names {
		c.start(ctx, name)
	}
	return nil
}

func (c *clock) start(ctx context.Context, name string) {
	if !c.begin(name) {
		return
	}
	c.working.Go(func() {
		defer c.end(name)
		err := db.Safely(func() error { return c.work(ctx, c.jobs[name], c.duties[name]) })()
		if err != nil && ctx.Err() == nil {
			c.log.Warn("a job can't be begun", "job", name, "err", err, "cause", cause(err))
		}
	})
}

func (c *clock) begin(name string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.busy[name] {
		return false
	}
	c.busy[name] = true
	return true
}

func (c *clock) end(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.busy, name)
}
