package server

import (
	"strings"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

type dupeCommands struct {
	List    dupesList    `cmd:"" help:"Pairs of customers that look like one, the likest first, and why."`
	Scan    dupesScan    `cmd:"" help:"Compare all customers now, which the clock does every week; for an admin."`
	Dismiss dupesDismiss `cmd:"" help:"Note that two customers are two."`
	Merge   dupesMerge   `cmd:"" help:"Make one customer of two; the first stays."`
	Undo    dupesUndo    `cmd:"" help:"Make two of them again, within 30 days."`
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

type dupesMerge struct {
	format
	A      int64 `arg:"" help:"The number of the customer that stays; where both say something, it is right."`
	B      int64 `arg:"" help:"The number of the one that becomes part of it."`
	DryRun bool  `help:"Only say what would become of them."`
}

func (cmd *dupesMerge) Run(c *call) error {
	actor := c.as(policy.CustomerMerge)
	p, err := c.ops.GetPair(c.ctx, actor, cmd.A, cmd.B)
	if err != nil {
		return err
	}
	m := db.Merging{Winner: db.Joined(p.A, p.B), Loser: p.B.ID, Version: p.B.Version, Request: ops.NewRequestKey()}
	done, err := c.ops.MergeCustomers(c.ctx, actor, m, cmd.DryRun)
	if err != nil {
		return err
	}
	if err := list(c, cmd.format, mergeColumns(), mergedFields(p, done.Customer)); err != nil || cmd.JSON || cmd.CSV {
		return err
	}
	if cmd.DryRun {
		return c.tell("Nothing is merged yet. Of the other would go along: %s.", tallyOf(done.Moved))
	}
	return c.tell("Merged; for 30 days, duplicates undo %d takes it back. Went along: %s.", p.B.ID, tallyOf(done.Moved))
}

// mergedField is one field of the two and of what becomes of them.
type mergedField struct{ name, a, b, becomes string }

func mergedFields(p db.Pair, after db.Customer) (all []mergedField) {
	for _, f := range db.AllFields(&p.A, &p.B, &after) {
		if a, b := f.Tell(&p.A), f.Tell(&p.B); a != b {
			all = append(all, mergedField{f.Name, a, b, f.Tell(&after)})
		}
	}
	return all
}

func mergeColumns() []column[mergedField] {
	return []column[mergedField]{
		{"field", func(f mergedField) any { return f.name }},
		{"a", func(f mergedField) any { return text.New(f.a) }},
		{"b", func(f mergedField) any { return text.New(f.b) }},
		{"becomes", func(f mergedField) any { return text.New(f.becomes) }},
	}
}

type dupesUndo struct {
	format
	B int64 `arg:"" help:"The number of the customer that became part of another one."`
}

func (cmd *dupesUndo) Run(c *call) error {
	u, err := c.ops.UnmergeCustomers(c.ctx, c.as(policy.CustomerUnmerge), cmd.B)
	if err != nil {
		return err
	}
	if len(u.Stayed) > 0 {
		return c.tell("Customers %d and %d are two again. What somebody changed since stays with %d: %s.", u.Winner.ID, u.Loser.ID, u.Winner.ID, strings.Join(u.Stayed, ", "))
	}
	return c.tell("Customers %d and %d are two again.", u.Winner.ID, u.Loser.ID)
}
