package db

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/policy"
)

type dueRow struct {
	Period string
	Since  time.Time
	Until  time.Time
	Due    time.Time
	Fresh  bool
	Now    time.Time
}

func (p dueRow) period() Period {
	return Period{Key: p.Period, From: p.Since, To: p.Until, Due: p.Due, Now: p.Now}
}

const (
	// One node at a time looks and claims, so that no two runs of a job overlap.
	claimLockSQL = `select pg_try_advisory_xact_lock(7004, hashtext($1))`
	nextDueSQL   = `select period, since, until, due, fresh, now() as now from job_due($1, $2, $3, $4, org_zone($5), $6)`
	lastDueSQL   = lastPeriodSQL + ` where not exists (select from job_runs r where r.job = $4 and r.state = 'running'
  and r.beat_at > now() - $5::interval and r.beat_at < now() + $5::interval)`
	skipRunSQL = `insert into job_runs (job, period, since, until, due, node, state, ended_at) values ($1, $2, $3, $4, $5, $6, 'skipped', now())
on conflict do nothing`
	// Who held another period's run and was given up may not go on with it either.
	giveUpSQL = `update job_runs set state = 'stopped', ended_at = now(), token = token + 1 where job = $1 and period <> $2 and state = 'running'`
	claimSQL  = `insert into job_runs (job, period, since, until, due, node, state, beat_at) values ($1, $2, $3, $4, $5, $6, 'running', clock_timestamp())
on conflict (job, period) do update set token = job_runs.token + 1, node = excluded.node, state = 'running',
  claimed_at = now(), beat_at = clock_timestamp(), ended_at = null, retry_at = null, error = '', error_args = '{}',
  tries = case when job_runs.state in ('done', 'skipped') then 1 else job_runs.tries + 1 end,
  counts = case when job_runs.state = 'done' then '{}' else job_runs.counts end,
  reached = case when job_runs.state = 'done' then '' else job_runs.reached end
returning token, tries, counts, reached`
)

// ClaimJob takes the run of a job that is due for a node; false when there is
// none, or another node has it. A job that is new begins with its next period.
// Nobody acts here, so nothing is logged.
func (s *Store) ClaimJob(ctx context.Context, d Duty, node string) (c Claim, ok bool, err error) {
	err = s.claiming(ctx, d, func(tx pgx.Tx) error {
		p, found, err := dueOf(ctx, tx, nextDueSQL, d.Name, d.Every, d.Shift, d.Each, policy.DefaultZone, JobPatience)
		if err != nil || !found {
			return err
		}
		if p.Fresh {
			_, err := tx.Exec(ctx, skipRunSQL, d.Name, p.Period, p.Since, p.Until, p.Due, node)
			return err
		}
		c, err = take(ctx, tx, d, p, node)
		ok = err == nil
		return err
	})
	return c, ok && err == nil, err
}

// ClaimJobNow takes the run of the period that fell due last, whether it was
// done or not; that somebody else is at it is a Conflict.
func (s *Store) ClaimJobNow(ctx context.Context, d Duty, node string) (c Claim, err error) {
	taken := false
	err = s.claiming(ctx, d, func(tx pgx.Tx) error {
		p, found, err := dueOf(ctx, tx, lastDueSQL, d.Every, d.Shift, policy.DefaultZone, d.Name, JobPatience)
		if err != nil || !found {
			return err
		}
		c, err = take(ctx, tx, d, p, node)
		taken = err == nil
		return err
	})
	if err == nil && !taken {
		err = policy.Errorf(policy.Conflict, "This job is running just now: look again in a moment.")
	}
	return c, err
}

// claiming runs fn when no other node is claiming the same job.
func (s *Store) claiming(ctx context.Context, d Duty, fn func(pgx.Tx) error) error {
	pool, err := s.pool(policy.Clock)
	if err != nil {
		return kinded(err)
	}
	return kinded(pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		var free bool
		if err := tx.QueryRow(ctx, claimLockSQL, d.Name).Scan(&free); err != nil || !free {
			return err
		}
		return fn(tx)
	}))
}

func dueOf(ctx context.Context, tx pgx.Tx, sql string, args ...any) (p dueRow, found bool, err error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return p, false, err
	}
	p, err = pgx.CollectOneRow(rows, pgx.RowToStructByName[dueRow])
	if errors.Is(err, pgx.ErrNoRows) {
		return p, false, nil
	}
	return p, err == nil, err
}

func take(ctx context.Context, tx pgx.Tx, d Duty, p dueRow, node string) (Claim, error) {
	c := Claim{Job: d.Name, Period: p.period()}
	if _, err := tx.Exec(ctx, giveUpSQL, d.Name, p.Period); err != nil {
		return c, err
	}
	err := tx.QueryRow(ctx, claimSQL, d.Name, p.Period, p.Since, p.Until, p.Due, node).Scan(&c.Token, &c.Tries, &c.Counts, &c.Reached)
	return c, err
}
