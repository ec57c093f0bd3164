package sample

import (
	"context"
	"fmt"
	"sync"

	"golang.org/x/sync/errgroup"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// Share is somebody who owns customers, and how many compared to the others.
type Share struct {
	Owner  policy.Actor
	Weight float64
}

const (
	batchSize    = 2000
	writers      = 2
	privateNotes = 40 // one act each, so not for all of a million
)

// Fill adds n customers through the acts of their owners, several batches at a
// time. Their search rows are left to a Store.RebuildSearch. progress is called
// by one goroutine at a time.
func (f *Firm) Fill(ctx context.Context, o *ops.Ops, shares []Share, n int, progress func(done, total int)) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(writers)
	w := &filling{ops: o, total: n, progress: progress, secrets: privateNotes}
	open := make([]batch, len(shares))
	for c := range f.Cases(n) {
		f.fillIn(c)
		i := f.share(shares)
		if open[i].add(c); open[i].size >= batchSize {
			full := open[i]
			group.Go(func() error { return w.write(ctx, shares[i].Owner, full) })
			open[i] = batch{}
		}
		if ctx.Err() != nil {
			break
		}
	}
	for i, rest := range open {
		group.Go(func() error { return w.write(ctx, shares[i].Owner, rest) })
	}
	return group.Wait()
}

// share draws an owner by weight.
func (f *Firm) share(shares []Share) int {
	sum := 0.0
	for _, s := range shares {
		sum += s.Weight
	}
	x := f.r.Float64() * sum
	for i, s := range shares {
		if x -= s.Weight; x < 0 {
			return i
		}
	}
	return len(shares) - 1
}

// batch is cases of one owner that are written together.
type batch struct {
	cases []Case
	size  int
}

func (b *batch) add(c Case) {
	b.cases = append(b.cases, c)
	b.size += c.Size()
}

type filling struct {
	ops      *ops.Ops
	total    int
	progress func(done, total int)

	mu      sync.Mutex
	done    int
	secrets int
}

// write adds the companies first: their people need their ids.
func (w *filling) write(ctx context.Context, owner policy.Actor, b batch) error {
	var companies, people []*db.New
	for _, c := range b.cases {
		if c.Company != nil {
			c.Company.Owner = owner.ID
			companies = append(companies, c.Company)
		}
		for _, p := range c.People {
			p.Owner = owner.ID
		}
		people = append(people, c.People...)
	}
	if err := w.ops.AddMany(ctx, owner, companies, true); err != nil {
		return fmt.Errorf("add companies: %w", err)
	}
	for _, c := range b.cases {
		c.employ()
	}
	if err := w.ops.AddMany(ctx, owner, people, true); err != nil {
		return fmt.Errorf("add people: %w", err)
	}
	w.wrote(b.size)
	return w.confide(ctx, owner, b.cases)
}

func (c Case) employ() {
	for _, p := range c.People {
		for i := range p.Companies {
			p.Companies[i].Company = c.Company.ID
		}
	}
}

func (w *filling) wrote(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.done += n
	w.progress(w.done, w.total)
}

// confide writes private notes, as long as there are some left to write.
func (w *filling) confide(ctx context.Context, owner policy.Actor, cases []Case) error {
	for _, c := range cases {
		if c.Private.IsZero() || len(c.People) == 0 || !w.takeSecret() {
			continue
		}
		if _, err := w.ops.AddNote(ctx, owner, c.People[0].ID, c.Private, true, ops.NewRequestKey()); err != nil {
			return fmt.Errorf("add a private note: %w", err)
		}
	}
	return nil
}

func (w *filling) takeSecret() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.secrets--
	return w.secrets >= 0
}
