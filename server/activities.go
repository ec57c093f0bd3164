package server

import (
	"strconv"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

type activityCommands struct {
	List    activitiesList    `cmd:"" help:"Calls, mails and meetings with a customer, latest first."`
	Add     activitiesAdd     `cmd:"" help:"Note one that happened; prints its number."`
	Show    activitiesShow    `cmd:"" help:"One of them, whole."`
	Change  activitiesChange  `cmd:"" help:"Put one right: what came of it, who were there, how long it took."`
	History activitiesHistory `cmd:"" help:"What was changed of one, and by whom."`
	Paste   activitiesPaste   `cmd:"" help:"Note a mail: reads it from stdin, headers and all; prints the number of the activity."`
	Import  activitiesImport  `cmd:"" help:"Read a file of calls, mails, meetings or notes from stdin, as HubSpot, EspoCRM or SuiteCRM export it, or a table; CSV or XLSX."`
	Revert  importRevert      `cmd:"" help:"Take back an import of your own, within a day."`
	Export  activitiesExport  `cmd:"" help:"Write those that you may see to stdout."`
}

type activitiesList struct {
	format
	Customer int64 `arg:"" help:"The number of the customer, from a list."`
}

func (cmd *activitiesList) Run(c *call) error {
	all, err := c.ops.ListActivities(c.ctx, c.as(policy.ActivityView), cmd.Customer)
	if err != nil {
		return err
	}
	return list(c, cmd.format, activityColumns, all)
}

var activityColumns = []column[db.Activity]{
	{"id", func(a db.Activity) any { return a.ID }},
	{"at", func(a db.Activity) any { return a.At }},
	{"kind", func(a db.Activity) any { return string(a.Deed) }},
	{"way", func(a db.Activity) any { return string(a.Way) }},
	{"minutes", func(a db.Activity) any { return a.Minutes }},
	{"subject", func(a db.Activity) any { return a.Subject }},
	{"people", func(a db.Activity) any { return a.People }},
	{"outcome", func(a db.Activity) any { return a.Outcome }},
	{"remark", func(a db.Activity) any { return a.Text }},
}

type activitiesAdd struct {
	Customer int64  `arg:"" help:"The number of the customer, from a list."`
	Kind     string `arg:"" help:"call, mail or meeting." enum:"call,mail,meeting"`
	About    string `required:"" help:"What it was about."`
	At       string `help:"When it was: 2026-12-31, 'yesterday 16:00'; now without it." placeholder:"WHEN"`
	Minutes  int    `help:"How long it took."`
	People   string `help:"Who were there."`
	Outcome  string `help:"What came of it."`
	Remark   string `help:"What else there is to know."`
}

func (cmd *activitiesAdd) Run(c *call) error {
	now, err := c.ops.Store.Wall(c.ctx)
	if err != nil {
		return err
	}
	due, err := policy.ParseDue(cmd.At, now)
	if err != nil {
		return err
	}
	a := db.Activity{Customer: cmd.Customer, Deed: policy.Deed(cmd.Kind), At: policy.Quick{Due: due}.At(now), Minutes: cmd.Minutes}
	a.Subject, a.People, a.Outcome, a.Text = text.New(cmd.About), text.New(cmd.People), text.New(cmd.Outcome), text.NewBlock(cmd.Remark)
	made, err := c.ops.AddActivity(c.ctx, c.as(policy.ActivityAdd), a, ops.NewRequestKey())
	if err != nil {
		return err
	}
	return writeLine(c.out, strconv.AppendInt(nil, made.ID, 10))
}
