package server

import (
	"strconv"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

type activitiesShow struct {
	format
	Activity int64 `arg:"" help:"The number of the activity, from a list."`
}

func (cmd *activitiesShow) Run(c *call) error {
	s, err := c.ops.ViewActivity(c.ctx, c.as(policy.ActivityView), cmd.Activity)
	if err != nil {
		return err
	}
	return show(c, cmd.format, activityColumns, s.Activity)
}

type activitiesChange struct {
	Activity int64   `arg:"" help:"The number of the activity, from a list."`
	About    *string `help:"What it was about."`
	At       *string `help:"When it was: 2026-12-31, 'yesterday 16:00'." placeholder:"WHEN"`
	Minutes  *int    `help:"How long it took."`
	People   *string `help:"Who were there."`
	Outcome  *string `help:"What came of it."`
	Remark   *string `help:"What else there is to know."`
}

func (cmd *activitiesChange) Run(c *call) error {
	actor := c.as(policy.ActivityUpdate)
	if err := policy.Can(actor, policy.ActivityUpdate, policy.Resource{}); err != nil {
		return err
	}
	s, err := c.ops.ViewActivity(c.ctx, actor, cmd.Activity)
	if err != nil {
		return err
	}
	a := s.Activity
	if err := cmd.put(c, &a); err != nil {
		return err
	}
	_, err = c.ops.UpdateActivity(c.ctx, actor, a, ops.NewRequestKey())
	return err
}

func (cmd *activitiesChange) put(c *call, a *db.Activity) error {
	for value, line := range map[*string]*text.Line{cmd.About: &a.Subject, cmd.People: &a.People, cmd.Outcome: &a.Outcome} {
		if value != nil {
			*line = text.New(*value)
		}
	}
	if cmd.Remark != nil {
		a.Text = text.NewBlock(*cmd.Remark)
	}
	if cmd.Minutes != nil {
		a.Minutes = *cmd.Minutes
	}
	if cmd.At == nil {
		return nil
	}
	now, err := c.ops.Store.Wall(c.ctx)
	if err != nil {
		return err
	}
	due, err := policy.ParseDue(*cmd.At, now)
	a.At = policy.Quick{Due: due}.At(now)
	return err
}

type activitiesHistory struct {
	format
	Activity int64 `arg:"" help:"The number of the activity, from a list."`
}

func (cmd *activitiesHistory) Run(c *call) error {
	actor := c.as(policy.ActivityView)
	s, err := c.ops.ViewActivity(c.ctx, actor, cmd.Activity)
	if err != nil {
		return err
	}
	return listPast(c, actor, cmd.format, s.History)
}

type tasksHistory struct {
	format
	Task int64 `arg:"" help:"The number of the task, from a list."`
}

func (cmd *tasksHistory) Run(c *call) error {
	actor := c.as(policy.TaskList)
	past, err := c.ops.TaskHistory(c.ctx, actor, cmd.Task)
	if err != nil {
		return err
	}
	return listPast(c, actor, cmd.format, past)
}

// pastChange is one field that somebody changed, or an act that changed none.
type pastChange struct {
	db.Past
	db.Change
	by string
}

// listPast lists what was changed, a line per field.
func listPast(c *call, actor policy.Actor, f format, past []db.Past) error {
	people, err := c.ops.Colleagues(c.ctx, actor)
	if err != nil {
		return err
	}
	var all []pastChange
	for _, p := range past {
		changes := p.Changes
		if len(changes) == 0 {
			changes = []db.Change{{}}
		}
		for _, ch := range changes {
			all = append(all, pastChange{p, ch, people[p.Person].Login})
		}
	}
	return list(c, f, pastColumns, all)
}

var pastColumns = []column[pastChange]{
	{"at", func(p pastChange) any { return p.At }},
	{"person", func(p pastChange) any { return text.New(p.by) }},
	{"act", func(p pastChange) any { return string(p.Act) }},
	{"field", func(p pastChange) any { return p.Field }},
	{"from", func(p pastChange) any { return p.From }},
	{"to", func(p pastChange) any { return p.To }},
}

type activitiesPaste struct {
	Customer int64 `arg:"" help:"The number of the customer, from a list."`
	DryRun   bool  `help:"Only say how it is understood."`
	Anyway   bool  `help:"Also if neither the customer nor anybody of theirs wrote or got it."`
	format
}

func (cmd *activitiesPaste) Run(c *call) error {
	actor := c.as(policy.ActivityAdd)
	if err := policy.Can(actor, policy.ActivityAdd, policy.Resource{}); err != nil {
		return err
	}
	m, err := c.ops.ReadMail(c.ctx, actor, cmd.Customer, c.in)
	if err != nil {
		return err
	}
	if cmd.DryRun {
		return show(c, cmd.format, activityColumns, m.Activity)
	}
	if !m.Known && !cmd.Anyway {
		return policy.Errorf(policy.Invalid, "Nobody of this customer's wrote or got this mail: check the number, or say --anyway.")
	}
	made, err := c.ops.AddActivity(c.ctx, actor, m.Activity, ops.NewRequestKey())
	if err != nil {
		return err
	}
	return writeLine(c.out, strconv.AppendInt(nil, made.ID, 10))
}
