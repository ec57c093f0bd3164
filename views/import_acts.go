package views

import (
	"context"
	"sync/atomic"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// ImportActs are those on files of customers.
type ImportActs interface {
	PreviewImport(ctx context.Context, actor policy.Actor, file *ops.Spool, rows ops.Rows, corrections string) (ops.Preview, error)
	RunImport(ctx context.Context, actor policy.Actor, file *ops.Spool, in ops.Import, progress func(done, total int)) (*ops.Report, error)
	ListImports(context.Context, policy.Actor) ([]db.Import, error)
	RevertImport(ctx context.Context, actor policy.Actor, id int64) (int, error)
	RevertPastInvoices(ctx context.Context, actor policy.Actor, id int64) (int, error)
}

// progress is how far a job is; the job writes it, the screen reads it.
type progress struct{ done, total atomic.Int64 }

func (p *progress) set(done, total int) {
	p.done.Store(int64(done))
	p.total.Store(int64(total))
}
