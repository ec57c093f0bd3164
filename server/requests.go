package server

import (
	"fmt"
	"strings"

	"balie/ops"
	"balie/policy"
)

type requestCommands struct {
	List     requestsList     `cmd:"" help:"The open ones, the first due first, or the closed ones."`
	Show     requestsShow     `cmd:"" help:"One of them, with its deadline and what happened."`
	Add      requestsAdd      `cmd:"" help:"Record one; prints its number."`
	Link     requestsLink     `cmd:"" help:"It is about this customer."`
	Identity requestsIdentity `cmd:"" help:"How it was established who asks."`
	Pause    requestsPause    `cmd:"" help:"The clock stands still for a question about identity."`
	Resume   requestsResume   `cmd:"" help:"The question is answered: the clock goes on."`
	Extend   requestsExtend   `cmd:"" help:"Take two further months; prints the letter that tells of it."`
	System   requestsSystem   `cmd:"" help:"The checklist of other systems."`
	Decide   requestsDecide   `cmd:"" help:"What it came to."`
	Refuse   requestsRefuse   `cmd:"" help:"Refuse it, with the ground; prints the letter that tells of it."`
	Gather   requestsGather   `cmd:"" help:"All that is held about who asks: where it may tell about others."`
	Mark     requestsMark     `cmd:"" help:"Leave such places out, or keep them."`
	Archive  requestsArchive  `cmd:"" help:"The archive that answers a request for access or portability, under a password."`
	Work     requestsWork     `cmd:"" help:"Do what it asks in this program: erase, restrict, or note what was done."`
	Letter   requestsLetter   `cmd:"" help:"The letter that tells of its extension or refusal."`
	Sent     requestsSent     `cmd:"" help:"What was sent, and where to."`
	Close    requestsClose    `cmd:"" help:"It is done: nothing of it changes any more."`
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

type requestsList struct {
	format
	Closed bool   `help:"Those that are closed, the latest first."`
	Search string `help:"Beginnings of words of the number, the kind or who asks." placeholder:"TEXT"`
	Limit  int    `help:"At most so many." default:"200"`
}

func (cmd *requestsList) Run(c *call) error {
	q := ops.RequestQuery{Closed: cmd.Closed, Text: cmd.Search, Limit: cmd.Limit}
	page, err := c.ops.ListRequests(c.ctx, c.as(policy.RequestList), q)
	if err != nil {
		return err
	}
	return list(c, cmd.format, requestColumns(c.speech)[:requestListed], page.Rows)
}

// requestListed is how many of the columns a list has.
const requestListed = 11

func requestColumns(l speech) []column[ops.RequestSight] {
	return []column[ops.RequestSight]{
		{"number", func(s ops.RequestSight) any { return s.Name() }},
		{"asks", func(s ops.RequestSight) any { return string(s.Kind) }},
		{"requester", func(s ops.RequestSight) any { return s.From }},
		{"channel", func(s ops.RequestSight) any { return string(s.Channel) }},
		{"received", func(s ops.RequestSight) any { return s.Received.ISO() }},
		{"legal_date", func(s ops.RequestSight) any { return s.Deadline.Due.ISO() }},
		{"days_left", func(s ops.RequestSight) any { return s.DaysLeft() }},
		{"stands_still", func(s ops.RequestSight) any { return s.Facts.Stands }},
		{"next_step", func(s ops.RequestSight) any { return string(s.Facts.Next()) }},
		{"decision", func(s ops.RequestSight) any { return string(s.Decision) }},
		{"closed", func(s ops.RequestSight) any { return s.ClosedAt }},
		{"internal_date", func(s ops.RequestSight) any { return s.Deadline.Plain.ISO() }},
		{"house_target", func(s ops.RequestSight) any { return s.Deadline.Target.ISO() }},
		{"rule", func(s ops.RequestSight) any { return l.say(s.Deadline.Rule) }},
		{"arithmetic", func(s ops.RequestSight) any { return l.all(s.Deadline.Steps) }},
		{"rests_on", func(s ops.RequestSight) any { return l.say(s.Deadline.Source) }},
		{"contact", func(s ops.RequestSight) any { return s.Contact }},
		{"customer_id", func(s ops.RequestSight) any { return s.Subject }},
		{"in_own_words", func(s ops.RequestSight) any { return s.Asks }},
		{"identity", func(s ops.RequestSight) any { return string(s.Identity) }},
		{"ground", func(s ops.RequestSight) any { return string(s.Ground) }},
		{"other_systems", func(s ops.RequestSight) any { return systemLines(s) }},
		{"happened", func(s ops.RequestSight) any { return stepLines(s) }},
	}
}

func systemLines(s ops.RequestSight) []string {
	lines := []string{}
	for i, o := range s.Systems {
		done := "[ ]"
		if !o.DoneAt.IsZero() {
			done = "[x]"
		}
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%d %s %s %s", i+1, done, o.Name, o.Outcome)))
	}
	return lines
}

func stepLines(s ops.RequestSight) []string {
	lines := []string{}
	for _, t := range s.Steps {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", when(t.At), t.Step, t.Asked, t.Said)))
	}
	return lines
}

type requestsShow struct {
	format
	Request string `arg:"" help:"The number of the request, as 2026-031."`
}

func (cmd *requestsShow) Run(c *call) error {
	actor := c.as(policy.RequestView)
	id, err := c.ops.FindRequest(c.ctx, actor, policy.RequestView, cmd.Request)
	if err != nil {
		return err
	}
	s, err := c.ops.ViewRequest(c.ctx, actor, id)
	if err != nil {
		return err
	}
	return show(c, cmd.format, requestColumns(c.speech), s)
}
