package ops

import (
	"context"
	"slices"
	"strings"
	"time"

	"balie/db"
	"balie/policy"
)

// JobStatus is how a job stands.
type JobStatus struct {
	Name  string
	Every db.Cadence
	Last  db.JobRun // zero when it never ran
	Next  time.Time
	Runs  []db.JobRun // those that did something, the latest first; of GetJob only
}

// Ran says whether it ever did.
func (s JobStatus) Ran() bool { return s.Last.Job != "" }

// Upcoming is when it is begun next: a failed run is tried again before the next
// period's.
func (s JobStatus) Upcoming() time.Time {
	if again := s.Last.RetryAt; again != nil && again.Before(s.Next) {
		return *again
	}
	return s.Next
}

// ListJobs gives all jobs: those that fail first, then by name.
func (o *Ops) ListJobs(ctx context.Context, actor policy.Actor) (all []JobStatus, err error) {
	err = o.act(ctx, actor, policy.JobList, policy.Resource{}, func(tx *db.Tx) error {
		all, err = statuses(ctx, tx, o.Jobs())
		return err
	})
	slices.SortFunc(all, func(a, b JobStatus) int {
		if a.Last.Failing() != b.Last.Failing() {
			return map[bool]int{true: -1, false: 1}[a.Last.Failing()]
		}
		return strings.Compare(a.Name, b.Name)
	})
	return all, err
}

// GetJob gives one job with its history.
func (o *Ops) GetJob(ctx context.Context, actor policy.Actor, name string) (s JobStatus, err error) {
	err = o.act(ctx, actor, policy.JobList, policy.Resource{}, func(tx *db.Tx) error {
		j, err := o.job(name)
		if err != nil {
			return err
		}
		all, err := statuses(ctx, tx, []Job{j})
		if err != nil {
			return err
		}
		s = all[0]
		s.Runs, err = tx.JobHistory(ctx, name)
		return err
	})
	return s, err
}

func statuses(ctx context.Context, tx *db.Tx, jobs []Job) ([]JobStatus, error) {
	duties := make([]db.Duty, len(jobs))
	for i, j := range jobs {
		d, err := j.duty()
		if err != nil {
			return nil, err
		}
		duties[i] = d
	}
	last, next, err := tx.ListJobs(ctx, duties)
	if err != nil {
		return nil, err
	}
	all := make([]JobStatus, len(jobs))
	for i, j := range jobs {
		all[i] = JobStatus{Name: j.Name, Every: j.Every, Last: last[j.Name], Next: next[j.Name]}
	}
	return all, nil
}
