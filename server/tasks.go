package server

import (
	"strconv"
	"strings"
	"time"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

type taskCommands struct {
	List    tasksList    `cmd:"" help:"Your tasks, what is due first on top."`
	Show    tasksShow    `cmd:"" help:"One of them, with its remark."`
	Add     tasksAdd     `cmd:"" help:"Make one; prints its number. See also do."`
	History tasksHistory `cmd:"" help:"What was changed of one, by whom, and when it was done."`
	Done    tasksDone    `cmd:"" help:"Note that one is done; what repeats comes back."`
}

type tasksList struct {
	format
	Span     string `arg:"" optional:"" help:"today, week, overdue, all or done." enum:"today,week,overdue,all,done" default:"all"`
	Customer int64  `help:"Only those of this customer." placeholder:"ID"`
	Everyone bool   `help:"Those of everybody that you may see, and not only your own."`
	narrowing
}

func (cmd *tasksList) Run(c *call) error {
	where, err := cmd.where(c, policy.TasksList)
	if err != nil {
		return err
	}
	q := db.TaskQuery{Span: policy.TaskSpan(cmd.Span), Customer: cmd.Customer, Everyone: cmd.Everyone, Where: where}
	all, now, err := c.ops.ListTasks(c.ctx, c.as(policy.TaskList), q)
	if err != nil {
		return err
	}
	return list(c, cmd.format, taskColumns(now), all)
}

func taskColumns(now time.Time) []column[db.Task] {
	return []column[db.Task]{
		{"id", func(t db.Task) any { return t.ID }},
		{"due", func(t db.Task) any { return day(t.Due.Day) }},
		{"time", func(t db.Task) any { return t.Due.Clock() }},
		{"late", func(t db.Task) any { return t.DoneAt == nil && t.Due.Overdue(now) }},
		{"kind", func(t db.Task) any { return string(t.Deed) }},
		{"title", func(t db.Task) any { return t.Title }},
		{"customer", func(t db.Task) any { return t.Name }},
		{"assignee", func(t db.Task) any { return t.Assignee }},
		{"priority", func(t db.Task) any { return t.Priority.String() }},
		{"repeat", func(t db.Task) any { return string(t.Repeat) }},
		{"done", func(t db.Task) any { return t.DoneAt }},
	}
}

type tasksShow struct {
	format
	Task int64 `arg:"" help:"The number of the task, from a list."`
}

func (cmd *tasksShow) Run(c *call) error {
	t, err := c.ops.GetTask(c.ctx, c.as(policy.TaskList), cmd.Task)
	if err != nil {
		return err
	}
	now, err := c.ops.Store.Wall(c.ctx)
	if err != nil {
		return err
	}
	return show(c, cmd.format, append(taskColumns(now), column[db.Task]{"remark", func(t db.Task) any { return t.Text }}), t)
}

type tasksAdd struct {
	Title    string `arg:"" help:"What there is to do."`
	Due      string `help:"The day, and perhaps a time: 2026-12-31, 'tomorrow 10:00', vrijdag." default:"today" placeholder:"WHEN"`
	Kind     string `help:"todo, call, mail or meeting." default:"todo" enum:"todo,call,mail,meeting"`
	Customer int64  `help:"The number of the customer it is for, from a list." placeholder:"ID"`
	Repeat   string `help:"daily, weekly, monthly or yearly." enum:",daily,weekly,monthly,yearly" default:""`
	Priority string `help:"high, normal or low." default:"normal"`
	For      string `help:"The login name of a colleague; you without it." placeholder:"LOGIN"`
	Remark   string `help:"What else there is to know."`
}

func (cmd *tasksAdd) Run(c *call) error {
	now, err := c.ops.Store.Wall(c.ctx)
	if err != nil {
		return err
	}
	t := db.Task{Customer: cmd.Customer, Deed: policy.Deed(cmd.Kind), Repeat: policy.Repeat(cmd.Repeat)}
	t.Title, t.Text = text.New(cmd.Title), text.NewBlock(cmd.Remark)
	if t.Due, err = policy.ParseDue(cmd.Due, now); err != nil {
		return err
	}
	if t.Priority, err = policy.ParsePriority(cmd.Priority); err != nil {
		return err
	}
	actor := c.as(policy.TaskWrite)
	if t.Assignee, err = c.colleagueOf(actor, cmd.For); err != nil {
		return err
	}
	made, err := c.ops.CreateTask(c.ctx, actor, t, ops.NewRequestKey())
	if err != nil {
		return err
	}
	return writeLine(c.out, strconv.AppendInt(nil, made.ID, 10))
}

// colleagueOf finds a colleague by login name; nobody named is the actor.
func (c *call) colleagueOf(actor policy.Actor, login string) (int32, error) {
	if login == "" {
		return actor.ID, nil
	}
	all, err := c.ops.Colleagues(c.ctx, actor)
	if err != nil {
		return 0, err
	}
	for id, p := range all {
		if p.Login == login && !p.Gone {
			return id, nil
		}
	}
	return 0, policy.Errorf(policy.Invalid, "Whom it is for doesn't work here any more: choose somebody else.").On("assignee")
}

type tasksDone struct {
	Task int64 `arg:"" help:"The number of the task, from a list."`
}

func (cmd *tasksDone) Run(c *call) error {
	actor := c.as(policy.TaskDo)
	_, next, err := c.ops.DoTask(c.ctx, actor, cmd.Task, 0)
	if err != nil {
		return err
	}
	if !next.IsZero() {
		return c.tell("Done; it comes back on %s.", day(next))
	}
	return c.tell("Done.")
}

type doCommand struct {
	Line     []string `arg:"" help:"What to do, or what happened: call Jan Jansen tomorrow 10:00 about offer."`
	Customer *int64   `help:"The number of the customer it is about, where several fit; 0 for nobody." placeholder:"ID"`
	DryRun   bool     `help:"Only say how it is understood."`
}

func (cmd *doCommand) Run(c *call) error {
	actor := c.as(policy.TaskWrite)
	var known int64
	if cmd.Customer != nil {
		known = *cmd.Customer
	}
	u, err := c.ops.Understand(c.ctx, actor, strings.Join(cmd.Line, " "), known)
	if err != nil {
		return err
	}
	if cmd.DryRun {
		return show(c, format{}, understoodColumns, u)
	}
	if cmd.Customer == nil {
		if known, err = onlyFit(u); err != nil {
			return err
		}
	}
	kept, err := c.ops.KeepQuick(c.ctx, actor, u, known, ops.NewRequestKey())
	if err != nil {
		return err
	}
	return writeLine(c.out, strconv.AppendInt(nil, max(kept.Task.ID, kept.Activity.ID), 10))
}

// onlyFit is the one customer whom a line can be about.
func onlyFit(u ops.Understood) (int64, error) {
	switch {
	case u.Who == "":
		return 0, nil
	case len(u.Fits) == 0:
		return 0, policy.Errorf(policy.Invalid, "Nobody fits %q: say who with --customer and a number from contacts list, or 0 for a task without anybody.", text.Clean(u.Who))
	case len(u.Fits) > 1:
		return 0, policy.Errorf(policy.Invalid, "Several customers fit %q: say which with --customer and a number from contacts list, or 0 for nobody.", text.Clean(u.Who))
	}
	return u.Fits[0].ID, nil
}

var understoodColumns = []column[ops.Understood]{
	{"kind", func(u ops.Understood) any { return string(u.Deed) }},
	{"happened", func(u ops.Understood) any { return u.Happened }},
	{"who", func(u ops.Understood) any { return text.New(u.Who) }},
	{"fits", func(u ops.Understood) any {
		return each(u.Fits, func(r db.Row) string { return strconv.FormatInt(r.ID, 10) + " " + r.Name().String() })
	}},
	{"due", func(u ops.Understood) any { return day(u.Due.Day) }},
	{"time", func(u ops.Understood) any { return u.Due.Clock() }},
	{"minutes", func(u ops.Understood) any { return u.Minutes }},
	{"repeat", func(u ops.Understood) any { return string(u.Repeat) }},
	{"priority", func(u ops.Understood) any { return u.Priority.String() }},
	{"title", func(u ops.Understood) any { return text.New(u.About) }},
}
