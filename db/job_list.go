package db

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/policy"
)

// JobRun is one run of a job as the history shows it.
type JobRun struct {
	Job       string
	Period    string
	Due       time.Time
	Node      string
	State     JobState
	Tries     int
	ClaimedAt time.Time
	EndedAt   *time.Time
	RetryAt   *time.Time
	Counts    map[string]int
	Error     string
	ErrorArgs []int64
}

// Why is the sentence with which it failed.
func (r JobRun) Why() policy.Message {
	m := policy.Message{Key: r.Error}
	for _, n := range r.ErrorArgs {
		m.Args = append(m.Args, int(n))
	}
	return m
}

// Failing says that it failed and has not been done since.
func (r JobRun) Failing() bool {
	return r.State == JobFailed || r.State == JobRunning && r.Tries > 1
}

const (
	jobRunSQL = `select job, period, due, node, state, tries, claimed_at, ended_at, retry_at, counts, error, error_args from job_runs r`
	// A clock that was wrong may have left runs of the future.
	lastRunsSQL = `select distinct on (job) job, period, due, node, state, tries, claimed_at, ended_at, retry_at, counts, error, error_args
from job_runs where job = any($1) and state <> 'skipped' order by job, due > now(), due desc`
	nextRunsSQL = `select d.name as job, p.due from unnest($1::text[], $2::text[], $3::interval[]) d(name, every, shift)
cross join org_zone($4) z cross join period_from(d.every, z, d.shift, due_wall(d.every, z, d.shift, now()) + cadence_step(d.every)) p`
	// A run that found nothing to do is left out, but for the last one.
	historySQL = jobRunSQL + ` where job = $1 and state <> 'skipped' and (state <> 'done' or counts <> '{}'
  or period = (select l.period from job_runs l where l.job = $1 order by l.due > now(), l.due desc limit 1))
order by due desc limit 100`
)

// NextRun is when a job falls due next.
type NextRun struct {
	Job string
	Due time.Time
}

// ListJobs gives the last run of each job, if any, and when it is due next.
func (tx *Tx) ListJobs(ctx context.Context, duties []Duty) (last map[string]JobRun, next map[string]time.Time, err error) {
	names, every, shift, _ := columns(duties)
	var runs []JobRun
	var nexts []NextRun
	batch := &pgx.Batch{}
	also(batch, &runs, lastRunsSQL, names)
	also(batch, &nexts, nextRunsSQL, names, every, shift, policy.DefaultZone)
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return nil, nil, err
	}
	last, next = map[string]JobRun{}, map[string]time.Time{}
	for _, r := range runs {
		last[r.Job] = r
	}
	for _, n := range nexts {
		next[n.Job] = n.Due
	}
	return last, next, nil
}

// JobHistory gives the runs of a job that did something, the latest first.
func (tx *Tx) JobHistory(ctx context.Context, name string) ([]JobRun, error) {
	return collect[JobRun](ctx, tx, historySQL, name)
}
