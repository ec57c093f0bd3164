package server

import (
	"fmt"
	"strconv"
	"time"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

type dealCommands struct {
	List     dealsList     `cmd:"" help:"Open deals, or those won and lost."`
	Show     dealsShow     `cmd:"" help:"One of them, whole."`
	Add      dealsAdd      `cmd:"" help:"A deal with a customer of yours; prints its number."`
	Change   dealsChange   `cmd:"" help:"Change one."`
	Move     dealsMove     `cmd:"" help:"Put one into another stage."`
	Win      dealsWin      `cmd:"" help:"It is won; a lead is a customer then."`
	Lose     dealsLose     `cmd:"" help:"It is lost."`
	Import   dealsImport   `cmd:"" help:"Read a file of deals from stdin, as HubSpot, EspoCRM or SuiteCRM export it, or a table; CSV or XLSX."`
	Revert   importRevert  `cmd:"" help:"Take back an import of your own, within a day."`
	Export   dealsExport   `cmd:"" help:"Write those that you may see to stdout."`
	Forecast dealsForecast `cmd:"" help:"What may be sold by month: whole, and weighted by chance."`
}

type dealsList struct {
	format
	Closed   bool   `help:"Those won and lost, the latest first."`
	Search   string `help:"Beginnings of words of the title, the next step or the customer." placeholder:"TEXT"`
	Customer int64  `help:"Only with this customer, by number." placeholder:"N"`
	Pipeline int32  `help:"Only of this pipeline, by number." placeholder:"N"`
	Limit    int    `help:"At most so many." default:"500"`
	narrowing
}

func (cmd *dealsList) Run(c *call) error {
	actor := c.as(policy.DealList)
	where, err := cmd.where(c, policy.DealsList)
	if err != nil {
		return err
	}
	q := db.DealQuery{Closed: cmd.Closed, Text: cmd.Search, Customer: cmd.Customer, Pipeline: cmd.Pipeline, Where: where}
	var rows []db.Deal
	var board ops.Board
	for more := true; more && len(rows) < cmd.Limit; {
		q.Limit = min(pageSize, cmd.Limit-len(rows))
		if board, err = c.ops.DealBoard(c.ctx, actor, q); err != nil {
			return err
		}
		rows, q.After, more = append(rows, board.Deals.Rows...), board.Deals.Next, board.Deals.More
	}
	return list(c, cmd.format, dealColumns(board.Pipelines, board.Now), rows[:min(len(rows), cmd.Limit)])
}

// stageWord is the name that the manager gave, or the English word.
func stageWord(s db.Stage) string {
	if s.Name.IsZero() {
		return s.Word
	}
	return s.Name.String()
}

func dealColumns(pipes []db.Pipeline, now time.Time) []column[db.Deal] {
	stage := func(d db.Deal) db.Stage { s, _ := ops.FindStage(pipes, d.Stage); return s }
	return []column[db.Deal]{
		{"id", func(d db.Deal) any { return d.ID }},
		{"title", func(d db.Deal) any { return d.Title }},
		{"customer", func(d db.Deal) any { return d.Name }},
		{"value", func(d db.Deal) any { return d.Value.String() }},
		{"stage", func(d db.Deal) any { return stageWord(stage(d)) }},
		{"days_in_stage", func(d db.Deal) any { return policy.DaysBetween(d.StageSince, now) }},
		{"ageing", func(d db.Deal) any { return stage(d).Ageing(d.StageSince, now) }},
		{"expected", func(d db.Deal) any { return day(d.Expected) }},
		{"next_step", func(d db.Deal) any { return d.Next }},
		{"owner", func(d db.Deal) any { return d.Owner }},
		{"customer_id", func(d db.Deal) any { return d.Customer }},
	}
}

type dealsShow struct {
	format
	Deal int64 `arg:"" help:"The number of the deal, from a list."`
}

func (cmd *dealsShow) Run(c *call) error {
	s, err := c.ops.ViewDeal(c.ctx, c.as(policy.DealView), cmd.Deal)
	if err != nil {
		return err
	}
	stage, _ := ops.FindStage(s.Pipelines, s.Stage)
	columns := append(dealColumns(s.Pipelines, s.Now), []column[db.Deal]{
		{"weighted_value", func(d db.Deal) any { return stage.Weighted(d.Value).String() }},
		{"closed", func(d db.Deal) any { return d.ClosedAt }},
		{"why_closed", func(d db.Deal) any { return d.Why }},
		{"parts", func(d db.Deal) any {
			return each(d.Parts, func(p db.Part) string { return fmt.Sprintf("%d %s: %s", p.Contact, p.Name, p.Part) })
		}},
		{"remark", func(d db.Deal) any { return d.Remark }},
		{"version", func(d db.Deal) any { return d.Version }},
		{"fields", func(d db.Deal) any { return valuesOf(s.Fields, d.Values) }},
	}...)
	return show(c, cmd.format, columns, s.Deal)
}

// dealFlags are what can be said of a deal; what is left out stays.
type dealFlags struct {
	Title    string `help:"What it is about, in a few words."`
	Value    string `help:"Euros and cents, as 8400 or 8400,50."`
	Expected string `help:"The day on which it may be won, as 2026-12-31."`
	Next     string `help:"The next step."`
	Remark   string `help:"What else to know."`
	Parts    string `help:"Contacts by number, and their parts: 12 decides, 15 pays."`

	Set []string `help:"A field of the organisation's own; NAME= empties it." placeholder:"NAME=VALUE" sep:"none"`
}

func (f dealFlags) fill(d *db.Deal) (err error) {
	if f.Title != "" {
		d.Title = text.New(f.Title)
	}
	if f.Next != "" {
		d.Next = text.New(f.Next)
	}
	if f.Remark != "" {
		d.Remark = text.NewBlock(f.Remark)
	}
	if f.Value != "" {
		if d.Value, err = policy.ParseCents(f.Value); err != nil {
			return err
		}
	}
	if f.Expected != "" {
		if d.Expected, err = ops.ParseDay(f.Expected); err != nil {
			return err
		}
	}
	if f.Parts != "" {
		d.Parts, err = ops.ParseParts(f.Parts)
	}
	return err
}

// set fills in fields of the organisation's own.
func (f dealFlags) set(c *call, actor policy.Actor, d *db.Deal) error {
	if len(f.Set) == 0 {
		return nil
	}
	fields, err := c.ops.ListFields(c.ctx, actor)
	if err != nil {
		return err
	}
	d.Values, err = parseValues(fields, policy.OfDeal, d.Values, f.Set)
	return err
}

type dealsAdd struct {
	Customer int64 `arg:"" help:"The number of the customer, from a list."`
	dealFlags
	Stage   string `help:"The stage in which it begins, by name or number; the first without it." placeholder:"STAGE"`
	Convert bool   `help:"Make a lead a customer in the same act."`
}

func (cmd *dealsAdd) Run(c *call) error {
	actor := c.as(policy.DealCreate)
	d := db.Deal{Customer: cmd.Customer}
	if err := cmd.fill(&d); err != nil {
		return err
	}
	if err := cmd.set(c, actor, &d); err != nil {
		return err
	}
	if cmd.Stage != "" {
		s, err := findStage(c, actor, 0, cmd.Stage)
		if err != nil {
			return err
		}
		d.Stage = s.ID
	}
	made, err := c.ops.CreateDeal(c.ctx, actor, d, cmd.Convert, ops.NewRequestKey())
	if err != nil {
		return err
	}
	return writeLine(c.out, strconv.AppendInt(nil, made.ID, 10))
}

func findStage(c *call, actor policy.Actor, pipeline int32, name string) (db.Stage, error) {
	all, err := c.ops.ListPipelines(c.ctx, actor)
	if err != nil {
		return db.Stage{}, err
	}
	return ops.FindStageNamed(all, pipeline, name)
}

type dealsChange struct {
	Deal int64 `arg:"" help:"The number of the deal, from a list."`
	dealFlags
}

func (cmd *dealsChange) Run(c *call) error {
	actor := c.as(policy.DealUpdate)
	s, err := c.ops.ViewDeal(c.ctx, actor, cmd.Deal)
	if err != nil {
		return err
	}
	if err := cmd.fill(&s.Deal); err != nil {
		return err
	}
	if err := cmd.set(c, actor, &s.Deal); err != nil {
		return err
	}
	if _, err := c.ops.UpdateDeal(c.ctx, actor, s.Deal, ops.NewRequestKey()); err != nil {
		return err
	}
	return c.tell("The deal is as you said.")
}
