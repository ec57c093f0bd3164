package server

import (
	"time"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

type usersRevoke struct {
	Login    string `arg:"" help:"The login name."`
	HandOver string `help:"Who takes over the customers; without it the manager of the team." placeholder:"COLLEAGUE"`
	On       string `help:"The last day, as 2026-12-31 (until 17:00) or 2026-12-31T12:00; now without it." placeholder:"DAY"`
	Yes      bool   `help:"Don't ask."`
}

func (cmd *usersRevoke) Run(c *call) error {
	actor := c.as(policy.PersonRevoke)
	p, err := c.ops.FindPerson(c.ctx, actor, cmd.Login)
	if err != nil {
		return err
	}
	l := ops.Leaving{Person: p.ID, Reason: c.reason}
	if l.Heir, err = c.find(actor, cmd.HandOver); err != nil {
		return err
	}
	if cmd.On != "" {
		if l.On, err = policy.ParseLastDay(cmd.On); err != nil {
			return err
		}
	}
	if err := cmd.ask(c, actor, p); err != nil {
		return err
	}
	left, err := c.ops.Leave(c.ctx, actor, l)
	if err != nil {
		return err
	}
	return cmd.told(c, actor, left)
}

// find is a colleague by login name; 0 for no name.
func (c *call) find(actor policy.Actor, login string) (int32, error) {
	if login == "" {
		return 0, nil
	}
	p, err := c.ops.FindPerson(c.ctx, actor, login)
	return p.ID, err
}

// ask says first what will end.
func (cmd *usersRevoke) ask(c *call, actor policy.Actor, p db.Person) error {
	h, err := c.ops.Holdings(c.ctx, actor, p.ID)
	if err != nil {
		return err
	}
	c.note("%s", c.speech.say(policy.Message{
		Key:  "Customers to hand over: %d, with %d open deals. Keys: %d, sessions: %d, invitations: %d, recovery codes: %d. Roles they asked for others, not agreed to yet: %d. Departures they planned: %d.",
		Args: []any{h.Customers, h.Deals, h.Keys, h.Sessions, h.Invitations, h.Codes, h.Asked, h.Planned},
	}))
	switch {
	case cmd.Yes:
		return nil
	case cmd.On != "":
		return c.confirm("End the access of %s on %s? Type yes: ", p.Login, cmd.On)
	}
	return c.confirm("End the access of %s for good? Type yes: ", p.Login)
}

func (cmd *usersRevoke) told(c *call, actor policy.Actor, left ops.Left) error {
	if !left.Due.IsZero() {
		return c.tell("%s leaves on %s.", cmd.Login, when(left.Due))
	}
	if err := c.tell("%s is revoked; sessions closed: %d.", cmd.Login, left.Closed); err != nil || left.Customers == 0 {
		return err
	}
	d, err := c.ops.HandOn(c.ctx, actor, left.Departure, c.progress())
	if err != nil {
		return err
	}
	return c.tellHanded(d)
}

func (c *call) tellHanded(d db.Departure) error {
	if d.Handing() && d.Handed < d.Owned {
		return c.tell("Customers handed over: %d of %d; the rest follows by itself.", d.Handed, d.Owned)
	}
	return c.tell("Customers handed over: %d.", d.Handed)
}

type usersStay struct {
	Login string `arg:"" help:"The login name."`
}

func (cmd *usersStay) Run(c *call) error {
	actor := c.as(policy.PersonLeave)
	person, err := c.find(actor, cmd.Login)
	if err != nil {
		return err
	}
	if err := c.ops.Stay(c.ctx, actor, person, c.reason); err != nil {
		return err
	}
	return c.tell("%s stays.", cmd.Login)
}

type usersHandOver struct {
	Login string `arg:"" help:"Who leaves or has left."`
	To    string `arg:"" help:"Who takes over."`
}

func (cmd *usersHandOver) Run(c *call) error {
	actor := c.as(policy.PersonLeave)
	person, err := c.find(actor, cmd.Login)
	if err != nil {
		return err
	}
	heir, err := c.find(actor, cmd.To)
	if err != nil {
		return err
	}
	d, err := c.ops.SetHeir(c.ctx, actor, person, heir)
	if err != nil {
		return err
	}
	if d.Planned() {
		return c.tell("%s takes over when the day has come.", cmd.To)
	}
	if d, err = c.ops.HandOn(c.ctx, actor, d.ID, c.progress()); err != nil {
		return err
	}
	return c.tellHanded(d)
}

type usersTeam struct {
	Login string `arg:"" help:"The login name."`
	Team  string `arg:"" optional:"" help:"The team; it is made when there is none of that name. Without it: no team."`
}

func (cmd *usersTeam) Run(c *call) error {
	actor := c.as(policy.PersonTeam)
	person, err := c.find(actor, cmd.Login)
	if err != nil {
		return err
	}
	if err := c.ops.SetTeam(c.ctx, actor, person, text.New(cmd.Team), c.reason); err != nil {
		return err
	}
	return c.tell("%s is in another team now.", cmd.Login)
}

type usersTick struct {
	Login string `arg:"" help:"Who has left."`
	Line  int32  `arg:"" help:"The line of the checklist, from users leaving."`
	Undo  bool   `help:"It isn't done after all."`
}

func (cmd *usersTick) Run(c *call) error {
	actor := c.as(policy.PersonCheck)
	person, err := c.find(actor, cmd.Login)
	if err != nil {
		return err
	}
	if err := c.ops.TickCheck(c.ctx, actor, person, cmd.Line, !cmd.Undo); err != nil {
		return err
	}
	return c.tell("It is noted.")
}

var departureColumns = []column[db.Departure]{
	{"login", func(d db.Departure) any { return d.Login }},
	{"due", func(d db.Departure) any { return d.Due }},
	{"left", func(d db.Departure) any { return d.LeftAt }},
	{"owned", func(d db.Departure) any { return d.Owned }},
	{"handed_over", func(d db.Departure) any { return d.Handed }},
	{"reason", func(d db.Departure) any { return d.Reason }},
}

// utc is an instant for JSON; nil for none.
func utc(t *time.Time) any {
	if t == nil {
		return nil
	}
	return t.UTC()
}
