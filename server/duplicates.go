package server

import (
	"strings"

	"balie/db"
	"balie/policy"
)

type dupeCommands struct {
	List    dupesList    `cmd:"" help:"Pairs of customers that look like one, the likest first, and why."`
	Scan    dupesScan    `cmd:"" help:"Compare all customers now, which the clock does every week; for an admin."`
	Dismiss dupesDismiss `cmd:"" help:"Note that two customers are two."`
}

type dupesList struct {
	format
	Dismissed bool `help:"Those of which somebody said that they are two."`
	Limit     int  `help:"How many pairs at most." default:"100"`
}

func (cmd *dupesList) Run(c *call) error {
	page, err := c.ops.ListPairs(c.ctx, c.as(policy.DuplicateList), db.PairQuery{Dismissed: cmd.Dismissed, Limit: cmd.Limit})
	if err != nil {
		return err
	}
	return list(c, cmd.format, pairColumns(c), page.Rows)
}

func pairColumns(c *call) []column[db.Pair] {
	return []column[db.Pair]{
		{"a", func(p db.Pair) any { return p.A.ID }},
		{"b", func(p db.Pair) any { return p.B.ID }},
		{"likeness", func(p db.Pair) any { return p.Score }},
		{"name", func(p db.Pair) any { return p.A.Name() }},
		{"other_name", func(p db.Pair) any { return p.B.Name() }},
		{"why", func(p db.Pair) any {
			return strings.Join(each(p.Why, c.speech.say), "; ")
		}},
	}
}

type dupesScan struct {
	format
}

func (cmd *dupesScan) Run(c *call) error {
	return (&jobsRun{format: cmd.format, Name: "duplicates.find"}).Run(c)
}

type dupesDismiss struct {
	A    int64 `arg:"" help:"The number of a customer."`
	B    int64 `arg:"" help:"The number of the other."`
	Back bool  `help:"Take it back: they may be one after all."`
}

func (cmd *dupesDismiss) Run(c *call) error {
	if err := c.ops.DismissPair(c.ctx, c.as(policy.DuplicateDismiss), cmd.A, cmd.B, !cmd.Back); err != nil {
		return err
	}
	if cmd.Back {
		return c.tell("They may be one after all.")
	}
	return c.tell("They are two: this pair isn't shown again.")
}
