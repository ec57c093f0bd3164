package sample

import (
	"context"
	"fmt"
	"time"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// what a firm that renovates houses sells, and for how much in euros, about.
var jobsSold = []struct {
	title string
	about int
}{
	{"Dakkapel", 8_400},
	{"Badkamer boven", 14_500},
	{"Keuken met kookeiland", 19_800},
	{"Serre aan de achterkant", 21_000},
	{"Aanbouw keuken", 38_000},
	{"Zolder met trap", 9_900},
	{"Pvc-vloer begane grond", 4_200},
	{"Kozijnen voorgevel", 11_300},
	{"Isolatie spouw en dak", 6_700},
	{"Onderhoud 12 maanden", 1_850},
	{"Gevel voegen", 5_400},
	{"Warmtepomp plaatsen", 12_600},
}

var (
	nextSteps = []string{"offerte nabellen", "opmeten", "tekening sturen", "bellen over kleur", "afspraak showroom", "vergunning navragen"}
	lostFor   = []string{"te duur", "gekozen voor een ander", "verbouwing gaat niet door", "levertijd te lang"}
	wonFor    = []string{"goede indruk showroom", "prijs en planning", "via buren"}
)

// Deals gives customers of an owner deals, for a tenth of them but no more than
// most: some in each stage, some won and lost, some too long where they are.
func (f *Firm) Deals(ctx context.Context, o *ops.Ops, owner policy.Actor, most int) error {
	pipes, err := o.ListPipelines(ctx, owner)
	if err != nil || len(pipes) == 0 {
		return err
	}
	page, err := o.FindCustomers(ctx, owner, db.Query{Sort: db.ByActivity, Limit: most})
	if err != nil {
		return fmt.Errorf("find customers for deals: %w", err)
	}
	for _, c := range page.Rows {
		if c.Restricted {
			continue
		}
		if _, err := o.CreateDeal(ctx, owner, f.deal(c.ID, pipes[0]), false, ops.NewRequestKey()); err != nil {
			return fmt.Errorf("add deals: %w", err)
		}
	}
	return nil
}

func (f *Firm) deal(customer int64, p db.Pipeline) db.Deal {
	job := jobsSold[f.r.IntN(len(jobsSold))]
	d := db.Deal{Customer: customer, Value: policy.Cents(job.about/2+f.r.IntN(job.about)) / 50 * 50 * 100}
	s := p.Stages[f.r.IntN(len(p.Stages))]
	d.Stage, d.Title = s.ID, text.New(job.title)
	d.StageSince = f.now.AddDate(0, 0, -f.r.IntN(45))
	switch s.Meaning {
	case policy.StageWon:
		d.Why = text.New(f.pick(wonFor...))
	case policy.StageLost:
		d.Why = text.New(f.pick(lostFor...))
	case policy.StageOpen:
		d.Next = text.New(f.pick(nextSteps...))
	}
	if f.chance(0.85) {
		day := f.now.AddDate(0, 0, f.r.IntN(150)-15)
		d.Expected = time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, time.UTC)
	}
	f.fillInDeal(&d)
	return d
}
