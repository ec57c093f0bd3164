package server

import (
	"strings"

	"balie/policy"
)

type requestCommands struct {
	Deadline requestsDeadline `cmd:"" help:"When a request that came in on a day has to be answered, and why then."`
}

type requestsDeadline struct {
	format
	Received string `required:"" help:"The day on which it came in, as 2026-01-31." placeholder:"DATE"`
	Country  string `help:"Whose public holidays count: NL or BE; otherwise the organisation's." placeholder:"COUNTRY"`
}

func (cmd *requestsDeadline) Run(c *call) error {
	actor := c.as(policy.RequestList)
	received, err := policy.ParseDate(cmd.Received)
	if err != nil {
		return err
	}
	d, err := c.ops.RequestDeadline(c.ctx, actor, received, strings.ToUpper(cmd.Country))
	if err != nil {
		return err
	}
	return show(c, cmd.format, deadlineColumns(c.speech), d)
}

func deadlineColumns(l speech) []column[policy.Deadline] {
	return []column[policy.Deadline]{
		{"legal_date", func(d policy.Deadline) any { return d.Due.ISO() }},
		{"internal_date", func(d policy.Deadline) any { return d.Plain.ISO() }},
		{"house_target", func(d policy.Deadline) any { return d.Target.ISO() }},
		{"rule", func(d policy.Deadline) any { return l.say(d.Rule) }},
		{"arithmetic", func(d policy.Deadline) any { return l.all(d.Steps) }},
		{"rests_on", func(d policy.Deadline) any { return l.say(d.Source) }},
	}
}

// all says messages after each other.
func (l speech) all(ms []policy.Message) string {
	said := make([]string, len(ms))
	for i, m := range ms {
		said[i] = l.say(m)
	}
	return strings.Join(said, " ")
}
