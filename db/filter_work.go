package db

import (
	"context"
	"slices"
	"time"

	"balie/db/seal"
	"balie/policy"
)

// What deals, tasks and invoices hold in the fields of their filters. Their
// lists are short enough to be opened and looked at.

// dealSieve also knows what stages and pipelines are called.
type dealSieve struct {
	sieve
	stages map[int32][]string
	pipes  map[int32][]string
}

func (tx *Tx) newDealSieve(ctx context.Context, line string) (d dealSieve, err error) {
	if d.sieve, err = tx.newSieve(ctx, policy.DealsList, line); err != nil || !d.asksFor("stage", "pipeline") {
		return d, err
	}
	pipes, err := tx.ListPipelines(ctx)
	d.stages, d.pipes = map[int32][]string{}, map[int32][]string{}
	for _, p := range pipes {
		for _, s := range p.Stages {
			d.stages[s.ID] = []string{s.Name.String(), s.Word}
			d.pipes[s.ID] = []string{p.Name.String()}
		}
	}
	return d, err
}

func (s sieve) asksFor(keys ...string) bool {
	return slices.ContainsFunc(s.asks, func(a ask) bool { return slices.Contains(keys, a.Field.Key) })
}

// asksOwn says that bodies must be opened, where the organisation's own fields
// stand.
func (s sieve) asksOwn() bool {
	return slices.ContainsFunc(s.asks, func(a ask) bool { return len(a.Field.Own) > 0 })
}

func (s dealSieve) lets(d Deal) bool {
	return s.fits(func(key string) fact { return s.fact(d, key) }, d.Values)
}

// fact is what a deal holds in a field of policy.DealsList.
func (s dealSieve) fact(d Deal, key string) fact {
	switch key {
	case "title":
		return lineFact(d.Title)
	case "customer":
		return lineFact(d.Name)
	case "status":
		return textFact(d.Status.String())
	case "stage":
		return textFact(slices.Clone(s.stages[d.Stage])...)
	case "pipeline":
		return textFact(slices.Clone(s.pipes[d.Stage])...)
	case "value":
		return numFact(d.Value)
	case "owner":
		return numFact(d.Owner)
	case "next":
		return lineFact(d.Next)
	case "expected":
		return dayFact(d.Expected)
	case "since":
		return s.moment(d.StageSince)
	case "created":
		return s.moment(d.CreatedAt)
	case "changed":
		return s.moment(d.UpdatedAt)
	case "closed":
		return s.moment(d.ClosedAt)
	case "restricted":
		return yesFact(d.Restricted)
	case "id":
		return numFact(d.ID)
	}
	return fact{}
}

// moment is the day on the organisation's wall; a zero moment is none.
func (s sieve) moment(at time.Time) fact {
	if at.IsZero() || s.zone == nil {
		return fact{}
	}
	return dayFact(policy.Day(at.In(s.zone)))
}

// tasks are those that the sieve lets through, in its order.
func (s sieve) tasks(all []Task) []Task {
	sought := seal.Words(s.Text)
	all = slices.DeleteFunc(all, func(t Task) bool {
		return !s.fits(func(key string) fact { return s.taskFact(t, key) }, nil) || !matches(seal.Words(t.Title.String()+" "+t.Name.String()), sought)
	})
	sorted(s, all, s.taskFact)
	return all
}

// taskFact is what a task holds in a field of policy.TasksList.
func (s sieve) taskFact(t Task, key string) fact {
	switch key {
	case "title":
		return lineFact(t.Title)
	case "customer":
		return lineFact(t.Name)
	case "kind":
		return textFact(string(t.Deed))
	case "due":
		return dayFact(t.Due.Day)
	case "priority":
		return textFact(t.Priority.String())
	case "assignee":
		return numFact(t.Assignee)
	case "repeat":
		return textFact(string(t.Repeat))
	case "done":
		if t.DoneAt == nil {
			return fact{}
		}
		return s.moment(*t.DoneAt)
	case "changed":
		return s.moment(t.UpdatedAt)
	case "id":
		return numFact(t.ID)
	}
	return fact{}
}

// invoices are those that the sieve lets through.
func (s sieve) invoices(rows []Invoice, today time.Time) []Invoice {
	if len(s.asks) == 0 {
		return rows
	}
	return slices.DeleteFunc(slices.Clone(rows), func(i Invoice) bool {
		return !s.fits(func(key string) fact { return s.invoiceFact(i, key, today) }, nil)
	})
}

// invoiceFact is what an invoice holds in a field of policy.InvoicesList.
func (s sieve) invoiceFact(i Invoice, key string, today time.Time) fact {
	switch key {
	case "number":
		return textFact(i.Name())
	case "debtor":
		return lineFact(i.Debtor)
	case "subject":
		return lineFact(i.Subject)
	case "state":
		return textFact(string(i.Facts().State(today)))
	case "date":
		return dayFact(i.IssuedOn)
	case "due":
		return dayFact(i.DueOn)
	case "created":
		return s.moment(i.CreatedAt)
	case "total":
		return numFact(i.Totals.Total)
	case "open":
		return numFact(i.Facts().Open())
	case "year":
		if i.Year == 0 {
			return fact{}
		}
		return numFact(i.Year)
	case "reminders":
		return numFact(int64(i.Reminders))
	case "id":
		return numFact(i.ID)
	}
	return fact{}
}
