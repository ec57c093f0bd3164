package ops

import (
	"cmp"
	"context"
	"errors"
	"time"

	"balie/db"
	"balie/policy"
)

// RulePlan is what one rule would do on a day.
type RulePlan struct {
	db.Rule
	Due    int                   // customers to be put away, or invoices to be erased
	Away   int                   // customers who were put away before
	Gone   int                   // of these: long enough ago, to be erased
	Held   map[policy.HeldBy]int // whose term is over and who stay
	Sample []PlanRow
}

// PlanRow is one of those who would go.
type PlanRow struct {
	db.Row
	policy.Leaving
}

// sampleOf is how many names a dry run shows of each rule, if no other number is
// asked for.
const (
	sampleOf  = 20
	sampleMax = 100_000
	planChunk = 2000
)

// PlanRetention is a dry run: exactly whom each rule would put away on a day, now
// for zero, how many are held by what, and a sample, of sampleOf for zero. Rules
// that nobody has agreed to are shown as if somebody had.
func (o *Ops) PlanRetention(ctx context.Context, actor policy.Actor, on time.Time, sample int) (plans []RulePlan, err error) {
	err = o.act(ctx, actor, policy.RetentionPlan, policy.Resource{}, func(tx *db.Tx) error {
		p, err := newPlanning(ctx, tx, on)
		if err != nil {
			return err
		}
		p.schedule, p.sample = agreed(p.schedule), min(cmp.Or(max(sample, 0), sampleOf), sampleMax)
		plans, err = p.all(ctx)
		return err
	})
	return plans, err
}

// agreed is the schedule as if somebody had agreed to all that counts.
func agreed(s policy.Schedule) policy.Schedule {
	for i := range s {
		s[i].Approved = true
	}
	return s
}

type planning struct {
	tx       *db.Tx
	rules    []db.Rule
	zone     *time.Location
	on       time.Time
	wait     int
	sample   int // names of each rule
	schedule policy.Schedule
}

func newPlanning(ctx context.Context, tx *db.Tx, on time.Time) (*planning, error) {
	p := &planning{tx: tx, on: on}
	var err error
	if p.rules, err = tx.ListRules(ctx); err != nil {
		return nil, err
	}
	if p.zone, err = tx.Zone(ctx); err != nil {
		return nil, err
	}
	if on.IsZero() {
		p.on = tx.Now
	}
	wait, err := tx.Setting(ctx, policy.RetentionWait)
	p.on, p.wait, p.schedule = p.on.In(p.zone), wait.Int(), db.Schedule(p.rules)
	return p, err
}

func (p *planning) all(ctx context.Context) (plans []RulePlan, err error) {
	away := map[policy.RuleKey]RulePlan{}
	if err := p.away(ctx, func(_ db.Kept, l policy.Leaving, goes bool) {
		plan := away[l.Rule]
		if plan.Away++; goes {
			plan.Gone++
		}
		away[l.Rule] = plan
	}); err != nil {
		return nil, err
	}
	for _, r := range p.rules {
		plan, err := p.rule(ctx, r)
		if err != nil {
			return nil, err
		}
		plan.Away, plan.Gone = away[r.Key].Away, away[r.Key].Gone
		plans = append(plans, plan)
	}
	return plans, nil
}

func (p *planning) rule(ctx context.Context, r db.Rule) (RulePlan, error) {
	plan := RulePlan{Rule: r, Held: map[policy.HeldBy]int{}}
	if r.Key == policy.RuleInvoice {
		n, err := p.tx.CountExpired(ctx, invoicesBefore(r.RetentionRule, p.on))
		plan.Due = n
		return plan, err
	}
	leaving := map[int64]policy.Leaving{}
	var sample []int64
	if err := p.over(ctx, r.RetentionRule, func(k db.Kept, l policy.Leaving) bool {
		if l.Held != "" {
			plan.Held[l.Held]++
			return true
		}
		if plan.Due++; len(sample) < p.sample {
			sample = append(sample, k.ID)
			leaving[k.ID] = l
		}
		return true
	}); err != nil {
		return plan, err
	}
	rows, err := p.tx.Heads(ctx, sample)
	for _, row := range rows {
		plan.Sample = append(plan.Sample, PlanRow{row, leaving[row.ID]})
	}
	return plan, err
}

// over walks along those whose term by a rule is over, held or not, while fn says
// to go on.
func (p *planning) over(ctx context.Context, r policy.RetentionRule, fn func(db.Kept, policy.Leaving) bool) error {
	w := &db.Walk{Rule: r, Before: r.Term.Latest(p.on)}
	for {
		ids, err := p.tx.Next(ctx, w, planChunk)
		if err != nil {
			return err
		}
		kept, err := p.tx.ListKept(ctx, ids, p.zone)
		if err != nil {
			return err
		}
		for _, k := range kept {
			l := p.schedule.Leaves(k.Keeping, p.on)
			if l.Rule == r.Key && !l.On.IsZero() && !l.On.After(p.on) && !fn(k, l) {
				return nil
			}
		}
		if len(ids) < planChunk {
			return nil
		}
	}
}

// away walks along those who were put away and who would not come back; goes says
// that it was long enough ago.
func (p *planning) away(ctx context.Context, fn func(_ db.Kept, _ policy.Leaving, goes bool)) error {
	w := &db.Walk{Before: p.tx.Now}
	for {
		ids, err := p.tx.NextArchived(ctx, w, planChunk)
		if err != nil {
			return err
		}
		kept, err := p.tx.ListKept(ctx, ids, p.zone)
		if err != nil {
			return err
		}
		for _, k := range kept {
			if l := p.schedule.Leaves(k.Keeping, p.on); l.Due(p.on) {
				fn(k, l, !k.Archived.AddDate(0, 0, p.wait).After(p.on))
			}
		}
		if len(ids) < planChunk {
			return nil
		}
	}
}

// invoicesBefore is the day through which invoices must have been kept to go: the
// seven years are in the invoice, more of them the organisation's.
func invoicesBefore(r policy.RetentionRule, on time.Time) time.Time {
	years := r.Term.N
	if r.Next.N > years {
		years = r.Next.N
	}
	return on.AddDate(-(years - 7), 0, 0)
}

// Forecast is what the next sweep would do by the rules that somebody agreed to.
type Forecast struct {
	PutAway int
	Erased  int
	More    bool // than PutAway says
}

// forecastMost is how many a forecast counts: a dry run counts them all.
const forecastMost = 10_000

// NextSweep counts whom the next sweep would take. It names nobody, so it needs no
// reason, and the clock does the counting.
func (o *Ops) NextSweep(ctx context.Context, actor policy.Actor) (f Forecast, err error) {
	if err := o.act(ctx, actor, policy.RetentionFigures, policy.Resource{}, func(*db.Tx) error { return nil }); err != nil {
		return f, err
	}
	err = o.act(ctx, policy.System(policy.Clock), policy.RetentionArchive, policy.Resource{}, func(tx *db.Tx) error {
		p, err := newPlanning(ctx, tx, time.Time{})
		if err == nil {
			f, err = p.forecast(ctx)
		}
		return orElse(err, ErrIdle) // nothing was done
	})
	if errors.Is(err, ErrIdle) {
		err = nil
	}
	return f, err
}

func (p *planning) forecast(ctx context.Context) (f Forecast, err error) {
	for _, r := range p.schedule {
		if !r.Approved || r.Key == policy.RuleInvoice || f.More {
			continue
		}
		if err := p.over(ctx, r, func(_ db.Kept, l policy.Leaving) bool {
			if l.Due(p.on) {
				f.PutAway++
			}
			f.More = f.PutAway > forecastMost
			return !f.More
		}); err != nil {
			return f, err
		}
	}
	err = p.away(ctx, func(_ db.Kept, _ policy.Leaving, goes bool) {
		if goes {
			f.Erased++
		}
	})
	return f, err
}
