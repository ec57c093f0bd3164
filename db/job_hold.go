package db

import (
	"context"
	"time"

	"balie/policy"
)

// ErrOvertaken is what a node gets that another one has taken the run from.
var ErrOvertaken = policy.Errorf(policy.Conflict, "Another node has taken this run over.")

const (
	// The row stays locked until the transaction ends, so that nobody can take
	// the run over in the middle of it. If the node is stopped meanwhile, the
	// database ends its transaction.
	holdJobSQL = `update job_runs set beat_at = clock_timestamp() where job = $1 and period = $2 and token = $3 and state = 'running'
returning set_config('idle_in_transaction_session_timeout', '10s', true)`
	keepJobSQL = `update job_runs set counts = $4, reached = $5, beat_at = clock_timestamp()
where job = $1 and period = $2 and token = $3 and state = 'running'`
	beatJobSQL = `update job_runs set beat_at = clock_timestamp() where job = $1 and period = $2 and token = $3 and state = 'running'`
	endJobSQL  = `update job_runs set state = $4, counts = $5, reached = $6, error = $7, error_args = $8,
  ended_at = clock_timestamp(), retry_at = now() + $9::interval
where job = $1 and period = $2 and token = $3 and state = 'running'`
	// What is older than anybody looks back to; the clock may be put back by less.
	forgetJobsSQL = `delete from job_runs where job = $1 and state <> 'running'
and due < $2::timestamptz - case when $3 < interval '1 hour' then interval '3 days' when $3 < interval '1 day' then interval '60 days' else interval '5 years' end`
)

// HoldJob keeps the run for the rest of the transaction, or fails with
// ErrOvertaken. What a job writes, it writes after this.
func (tx *Tx) HoldJob(ctx context.Context, c Claim) error {
	return tx.held(ctx, holdJobSQL, c.Job, c.Period.Key, c.Token)
}

// KeepJob writes down what was done and how far it came, in the transaction
// that did it.
func (tx *Tx) KeepJob(ctx context.Context, c Claim) error {
	return tx.held(ctx, keepJobSQL, c.Job, c.Period.Key, c.Token, c.Counts, c.Reached)
}

func (tx *Tx) held(ctx context.Context, sql string, args ...any) error {
	held, err := tx.did(ctx, sql, args...)
	if err == nil && !held {
		err = ErrOvertaken
	}
	return err
}

// BeatJob says that the holder is alive; false when the run is no longer its.
// Nobody acts here, so nothing is logged.
func (s *Store) BeatJob(ctx context.Context, c Claim) (held bool, err error) {
	pool, err := s.pool(policy.Clock)
	if err != nil {
		return false, kinded(err)
	}
	tag, err := pool.Exec(ctx, beatJobSQL, c.Job, c.Period.Key, c.Token)
	return err == nil && tag.RowsAffected() > 0, kinded(err)
}

// Ending is how a run ended.
type Ending struct {
	State JobState
	Error policy.Message // when it failed; its arguments are numbers
	Retry time.Duration  // when it didn't end well: after how long it is tried again
}

// JobState is where a run of a job stands.
type JobState string

// The states of a run. Stopped ones go on as soon as a node is there; skipped is
// the period in which the job was new.
const (
	JobRunning JobState = "running"
	JobDone    JobState = "done"
	JobFailed  JobState = "failed"
	JobStopped JobState = "stopped"
	JobSkipped JobState = "skipped"
)

// EndJob ends the run. For one that had nothing to do, EndIdleJob does the same
// without a row in the log.
func (tx *Tx) EndJob(ctx context.Context, c Claim, e Ending) error {
	if err := tx.held(ctx, endJobSQL, endArgs(c, e)...); err != nil {
		return err
	}
	return tx.forget(ctx, c)
}

func (tx *Tx) forget(ctx context.Context, c Claim) error {
	_, err := tx.Exec(ctx, forgetJobsSQL, forgetArgs(c)...)
	return err
}

// EndIdleJob ends a run that did nothing.
func (s *Store) EndIdleJob(ctx context.Context, c Claim, e Ending) error {
	pool, err := s.pool(policy.Clock)
	if err != nil {
		return kinded(err)
	}
	if _, err := pool.Exec(ctx, endJobSQL, endArgs(c, e)...); err != nil {
		return kinded(err)
	}
	_, err = pool.Exec(ctx, forgetJobsSQL, forgetArgs(c)...)
	return kinded(err)
}

func endArgs(c Claim, e Ending) []any {
	numbers := []int64{}
	for _, a := range e.Error.Args {
		if n, ok := a.(int); ok {
			numbers = append(numbers, int64(n))
		}
	}
	var retry *time.Duration
	if e.State == JobFailed || e.State == JobStopped {
		retry = &e.Retry
	}
	return []any{c.Job, c.Period.Key, c.Token, e.State, c.Counts, c.Reached, e.Error.Key, numbers, retry}
}

func forgetArgs(c Claim) []any {
	return []any{c.Job, c.Period.Due, c.Period.To.Sub(c.Period.From)}
}
