package server

import (
	"time"

	"balie/db"
	"balie/policy"
	"balie/views"
)

type privacyDrill struct{ format }

// Run fails when the drill was not complete, so that a script sees it.
func (cmd *privacyDrill) Run(c *call) error {
	d, err := c.ops.RunDrill(c.ctx, c.as(policy.DrillRun), views.Say)
	if err != nil {
		return err
	}
	if err := show(c, cmd.format, drillColumns(), d); err != nil || len(d.Wrong) == 0 {
		return err
	}
	return policy.Errorf(policy.Conflict, "The drill was not complete: a real request could not be answered in full today. See what is wrong.")
}

func drillColumns() []column[db.Drill] {
	return []column[db.Drill]{
		{"at", func(d db.Drill) any { return d.At }},
		{"answer_seconds", func(d db.Drill) any { return d.Answer.Round(time.Millisecond).Seconds() }},
		{"erasure_seconds", func(d db.Drill) any { return d.Erasure.Round(time.Millisecond).Seconds() }},
		{"entries", func(d db.Drill) any { return d.Entries }},
		{"columns_looked_at", func(d db.Drill) any { return d.Columns }},
		{"wrong", func(d db.Drill) any { return d.Wrong }},
	}
}

type privacyDrills struct{ format }

func (cmd *privacyDrills) Run(c *call) error {
	all, err := c.ops.ListDrills(c.ctx, c.as(policy.DrillList))
	if err != nil {
		return err
	}
	return list(c, cmd.format, drillColumns(), all)
}
