package db

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/policy"
)

// Duty is a job as far as the database has to know it to say what is due.
type Duty struct {
	Name  string
	Every Cadence
	Shift time.Duration // from the beginning of a period, on the wall's clock
	Each  bool          // every missed period is caught up, and not the last one alone
}

// Claim is a node's right to do one run of a job, for as long as no other node
// has taken it over.
type Claim struct {
	Job     string
	Period  Period
	Token   int64
	Tries   int
	Counts  map[string]int // what was done so far, by an earlier holder too
	Reached string         // how far that one came
}

// JobPatience is how long the holder of a run may be silent before another
// node takes it over.
const JobPatience = 20 * time.Second

const (
	zoneSQL    = `select org_zone($1)`
	dueJobsSQL = `select d.name from unnest($1::text[], $2::text[], $3::interval[], $4::bool[]) d(name, every, shift, each)
where exists (select from job_due(d.name, d.every, d.shift, d.each, org_zone($5), $6))`
)

// DueJobs says which of the jobs have a run to do or to go on with, and the
// organisation's time zone. Nobody acts here, so nothing is logged.
func (s *Store) DueJobs(ctx context.Context, duties []Duty) (names []string, zone string, err error) {
	pool, err := s.pool(policy.Clock)
	if err != nil {
		return nil, "", kinded(err)
	}
	all, every, shift, each := columns(duties)
	batch := &pgx.Batch{}
	batch.Queue(zoneSQL, policy.DefaultZone).QueryRow(func(row pgx.Row) error { return row.Scan(&zone) })
	batch.Queue(dueJobsSQL, all, every, shift, each, policy.DefaultZone, JobPatience).Query(func(rows pgx.Rows) (err error) {
		names, err = pgx.CollectRows(rows, pgx.RowTo[string])
		return err
	})
	return names, zone, kinded(pool.SendBatch(ctx, batch).Close())
}

func columns(duties []Duty) (names, every []string, shift []time.Duration, each []bool) {
	for _, d := range duties {
		names, every = append(names, d.Name), append(every, string(d.Every))
		shift, each = append(shift, d.Shift), append(each, d.Each)
	}
	return names, every, shift, each
}

const lastPeriodSQL = `select p.period, p.since, p.until, p.due, false as fresh, now() as now
from org_zone($3) z cross join period_from($1, z, $2, due_wall($1, z, $2, now())) p`

// LastPeriod is the period of a job that fell due last.
func (tx *Tx) LastPeriod(ctx context.Context, d Duty) (Period, error) {
	p, err := one(collect[dueRow](ctx, tx, lastPeriodSQL, d.Every, d.Shift, policy.DefaultZone))
	return p.period(), err
}
