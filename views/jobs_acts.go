package views

import (
	"context"

	"balie/ops"
	"balie/policy"
)

// JobActs are those on the clock's jobs, and on what waits for somebody.
type JobActs interface {
	ListJobs(context.Context, policy.Actor) ([]ops.JobStatus, error)
	GetJob(ctx context.Context, actor policy.Actor, name string) (ops.JobStatus, error)
	RunJob(ctx context.Context, actor policy.Actor, name string, dry bool) (ops.JobOutcome, error)
	Attention(context.Context, policy.Actor) ([]ops.Attention, error)
}
