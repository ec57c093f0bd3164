package server

import (
	"balie/ops"
	"balie/policy"
)

type privacyCommands struct {
	Figures privacyFigures `cmd:"" help:"What there is to see to, as figures."`
	Drill   privacyDrill   `cmd:"" help:"Somebody by chance is answered and erased, and that is taken back: was it complete, and how long did it take?"`
	Drills  privacyDrills  `cmd:"" help:"The drills that were done."`
}

type privacyFigures struct{ format }

func (cmd *privacyFigures) Run(c *call) error {
	all, err := c.ops.PrivacyFigures(c.ctx, c.as(policy.PrivacyFigures))
	if err != nil {
		return err
	}
	return list(c, cmd.format, []column[ops.Figure]{
		{"number", func(f ops.Figure) any { return f.N }},
		{"what", func(f ops.Figure) any { return c.speech.say(f.What) }},
		{"counted", func(f ops.Figure) any { return f.At }},
		{"screen", func(f ops.Figure) any { return f.Opens }},
	}, all)
}
