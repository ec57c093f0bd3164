package ops

import (
	"context"
	"time"

	"balie/db"
	"balie/policy"
)

// RulePlan is what one rule would do on a day.
type RulePlan struct {
	db.Rule
	Due    int                   // customers, or invoices
	Held   map[policy.HeldBy]int // whose term is over and who stay
	Sample []PlanRow
}

// PlanRow is one of those who would go.
type PlanRow struct {
	db.Row
	policy.Leaving
}

// sampleOf is how many names a dry run shows of each rule.
const (
	sampleOf  = 20
	planChunk = 2000
)

// PlanRetention is a dry run: exactly whom each rule would put away on a day, now
// for zero, how many are held by what, and a sample. Rules that nobody has agreed
// to are shown as if somebody had.
func (o *Ops) PlanRetention(ctx context.Context, actor policy.Actor, on time.Time) (plans []RulePlan, err error) {
	err = o.act(ctx, actor, policy.RetentionPlan, policy.Resource{}, func(tx *db.Tx) error {
		rules, err := tx.ListRules(ctx)
		if err != nil {
			return err
		}
		zone, err := tx.Zone(ctx)
		if err != nil {
			return err
		}
		if on.IsZero() {
			on = tx.Now
		}
		p := planning{tx: tx, zone: zone, on: on.In(zone), schedule: agreed(db.Schedule(rules))}
		for _, r := range rules {
			plan, err := p.rule(ctx, r)
			if err != nil {
				return err
			}
			plans = append(plans, plan)
		}
		return nil
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
	zone     *time.Location
	on       time.Time
	schedule policy.Schedule
}

func (p planning) rule(ctx context.Context, r db.Rule) (RulePlan, error) {
	plan := RulePlan{Rule: r, Held: map[policy.HeldBy]int{}}
	if r.Key == policy.RuleInvoice {
		n, err := p.tx.CountExpired(ctx, invoicesBefore(r.RetentionRule, p.on))
		plan.Due = n
		return plan, err
	}
	leaving := map[int64]policy.Leaving{}
	var sample []int64
	w := &db.Walk{Rule: r.RetentionRule, Before: r.Term.Latest(p.on)}
	for {
		ids, err := p.tx.Next(ctx, w, planChunk)
		if err != nil {
			return plan, err
		}
		kept, err := p.tx.ListKept(ctx, ids, p.zone)
		if err != nil {
			return plan, err
		}
		for _, k := range kept {
			l := p.schedule.Leaves(k.Keeping, p.on)
			if l.Rule != r.Key || l.On.IsZero() || l.On.After(p.on) {
				continue
			}
			if l.Held != "" {
				plan.Held[l.Held]++
				continue
			}
			if plan.Due++; len(sample) < sampleOf {
				sample = append(sample, k.ID)
				leaving[k.ID] = l
			}
		}
		if len(ids) < planChunk {
			break
		}
	}
	rows, err := p.tx.Heads(ctx, sample)
	for _, row := range rows {
		plan.Sample = append(plan.Sample, PlanRow{row, leaving[row.ID]})
	}
	return plan, err
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
