package server

import (
	"time"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

type dealsMove struct {
	Deal  int64  `arg:"" help:"The number of the deal, from a list."`
	Stage string `arg:"" help:"The stage, by name or by the number that pipelines list shows."`
	Why   string `help:"Why it is won or lost."`
}

func (cmd *dealsMove) Run(c *call) error {
	actor := c.as(policy.DealMove)
	s, err := findStage(c, actor, 0, cmd.Stage)
	if err != nil {
		return err
	}
	if _, err := c.ops.MoveDeal(c.ctx, actor, cmd.Deal, 0, s.ID, text.New(cmd.Why), ops.NewRequestKey()); err != nil {
		return err
	}
	return c.tell("The deal is in stage %s now.", stageWord(s))
}

type dealsWin struct {
	Deal int64  `arg:"" help:"The number of the deal, from a list."`
	Why  string `help:"Why it is won."`
}

func (cmd *dealsWin) Run(c *call) error { return closeDeal(c, cmd.Deal, policy.StageWon, cmd.Why) }

type dealsLose struct {
	Deal int64  `arg:"" help:"The number of the deal, from a list."`
	Why  string `required:"" help:"Why it is lost."`
}

func (cmd *dealsLose) Run(c *call) error { return closeDeal(c, cmd.Deal, policy.StageLost, cmd.Why) }

func closeDeal(c *call, id int64, meaning policy.StageMeaning, why string) error {
	if _, err := c.ops.CloseDeal(c.ctx, c.as(policy.DealMove), id, meaning, text.New(why), ops.NewRequestKey()); err != nil {
		return err
	}
	return c.tell("The deal is as you said.")
}

type dealsForecast struct {
	format
	Pipeline int32 `help:"Only of this pipeline, by number." placeholder:"N"`
}

func (cmd *dealsForecast) Run(c *call) error {
	months, _, err := c.ops.ForecastDeals(c.ctx, c.as(policy.DealList), cmd.Pipeline, 0)
	if err != nil {
		return err
	}
	return list(c, cmd.format, forecastColumns, months)
}

var forecastColumns = []column[db.Forecast]{
	{"month", func(f db.Forecast) any { return month(f.Month) }},
	{"deals", func(f db.Forecast) any { return f.Number }},
	{"full", func(f db.Forecast) any { return f.Full.String() }},
	{"weighted", func(f db.Forecast) any { return f.Weighted.String() }},
	{"won", func(f db.Forecast) any { return f.Won.String() }},
}

func month(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.Format("2006-01")
}

type pipelineCommands struct {
	List pipelinesList `cmd:"" help:"The pipelines with their stages."`
}

type pipelinesList struct{ format }

func (cmd *pipelinesList) Run(c *call) error {
	all, err := c.ops.ListPipelines(c.ctx, c.as(policy.PipelineList))
	if err != nil {
		return err
	}
	var stages []db.Stage
	names := map[int32]string{}
	for _, p := range all {
		names[p.ID] = p.Word
		if !p.Name.IsZero() {
			names[p.ID] = p.Name.String()
		}
		stages = append(stages, p.Stages...)
	}
	return list(c, cmd.format, []column[db.Stage]{
		{"id", func(s db.Stage) any { return s.ID }},
		{"pipeline", func(s db.Stage) any { return names[s.Pipeline] }},
		{"stage", func(s db.Stage) any { return stageWord(s) }},
		{"meaning", func(s db.Stage) any { return string(s.Meaning) }},
		{"probability", func(s db.Stage) any { return s.Probability }},
		{"stands_out_after", func(s db.Stage) any { return s.Days }},
		{"retired", func(s db.Stage) any { return s.Retired }},
	}, stages)
}
