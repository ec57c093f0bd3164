package server

import (
	"time"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

type userCommands struct {
	List     usersList     `cmd:"" help:"Colleagues and their roles."`
	Show     usersShow     `cmd:"" help:"One colleague with all roles there ever were."`
	Keys     usersKeys     `cmd:"" help:"The keys of a colleague."`
	Invite   usersInvite   `cmd:"" help:"Ask a new colleague in; prints a code that is shown once."`
	Reset    usersReset    `cmd:"" help:"A new invitation for a lost phone or key."`
	Grant    usersGrant    `cmd:"" help:"Give a role."`
	Agree    usersAgree    `cmd:"" help:"Agree to a grant that another admin made."`
	Ungrant  usersUngrant  `cmd:"" help:"Take a role away."`
	Revoke   usersRevoke   `cmd:"" help:"End a colleague's access, at once or on a last day; the customers go to a colleague."`
	Stay     usersStay     `cmd:"" help:"Call off a departure that is planned."`
	Leaving  usersLeaving  `cmd:"" help:"Who leaves; or, of one colleague, what they held, did and took out, and what is to be ticked off."`
	Tick     usersTick     `cmd:"" help:"Tick off a line of the checklist of one who left."`
	HandOver usersHandOver `cmd:"" name:"hand-over" help:"Name who takes over from one who leaves or has left."`
	Team     usersTeam     `cmd:"" help:"Move a colleague to another team."`
}

type usersList struct{ format }

func (cmd *usersList) Run(c *call) error {
	people, err := c.ops.ListPeople(c.ctx, c.as(policy.PersonList))
	if err != nil {
		return err
	}
	return list(c, cmd.format, personColumns, people)
}

var personColumns = []column[db.Person]{
	{"login", func(p db.Person) any { return p.Login }},
	{"name", func(p db.Person) any { return p.Name }},
	{"roles", func(p db.Person) any { return roleNames(p.Roles(time.Now())) }},
	{"team", func(p db.Person) any { return p.Team }},
	{"state", func(p db.Person) any { return stateOf(p) }},
	{"last_seen", func(p db.Person) any { return p.LastSeen }},
}

func stateOf(p db.Person) string {
	switch {
	case p.RevokedAt != nil:
		return "revoked"
	case p.JoinedAt == nil:
		return "invited"
	}
	return "active"
}

type usersShow struct {
	format
	Login string `arg:"" help:"The login name."`
}

func (cmd *usersShow) Run(c *call) error {
	p, err := c.ops.FindPerson(c.ctx, c.as(policy.PersonList), cmd.Login)
	if err != nil {
		return err
	}
	return list(c, cmd.format, grantColumns, p.Grants)
}

var grantColumns = []column[db.Grant]{
	{"id", func(g db.Grant) any { return g.ID }},
	{"role", func(g db.Grant) any { return string(g.Role) }},
	{"since", func(g db.Grant) any { return g.Since }},
	{"until", func(g db.Grant) any { return g.Until }},
	{"ended", func(g db.Grant) any { return g.EndedAt }},
	{"pending", func(g db.Grant) any { return g.Pending }},
	{"reason", func(g db.Grant) any { return g.Reason }},
}

type usersKeys struct {
	format
	Login   string `arg:"" optional:"" help:"The login name; without it your own."`
	All     bool   `help:"Everybody's, with what is weak, old, unused or suspended."`
	Flagged bool   `help:"Of everybody's, only those with something to look at."`
}

func (cmd *usersKeys) Run(c *call) error {
	if cmd.All || cmd.Flagged {
		return staffKeys(c, cmd.format, cmd.Flagged)
	}
	actor, person := c.as(policy.ProfileView), c.who.actor().ID
	if cmd.Login != "" && cmd.Login != c.who.actor().Login {
		actor = c.as(policy.PersonList)
		p, err := c.ops.FindPerson(c.ctx, actor, cmd.Login)
		if err != nil {
			return err
		}
		person = p.ID
	}
	keys, err := c.ops.ListKeys(c.ctx, actor, person)
	if err != nil {
		return err
	}
	return list(c, cmd.format, keyColumns, keys)
}

type usersInvite struct {
	Login string      `arg:"" help:"The login name: small letters, digits, - and _."`
	Name  string      `required:"" help:"The full name."`
	As    policy.Role `required:"" help:"The role: sales, manager, finance, privacy, admin or auditor." placeholder:"ROLE"`
	Team  string      `help:"The team; it is made when there is none of that name."`
}

func (cmd *usersInvite) Run(c *call) error {
	role, err := policy.ParseRole(string(cmd.As))
	if err != nil {
		return err
	}
	code, err := c.ops.Invite(c.ctx, c.as(policy.PersonInvite), ops.Invitation{
		Login: cmd.Login, Name: text.New(cmd.Name), Role: role, Team: text.New(cmd.Team), Reason: c.reason,
	})
	if err != nil {
		return err
	}
	return c.tellCode(code)
}

// tellCode prints the code alone to stdout, and what to do with it to people.
func (c *call) tellCode(code ops.Code) error {
	c.note("%s", c.speech.say(policy.Message{
		Key:  "Give this code to nobody else. It works once, until %s: ssh join@HOST, from the colleague's own computer.",
		Args: []any{when(code.Expires)},
	}))
	if code.Pending {
		c.note("%s", c.speech.say(policy.Message{Key: "The role waits until a second admin agrees."}))
	}
	return writeLine(c.out, []byte(code.Code.Reveal()))
}

type usersReset struct {
	Login string `arg:"" help:"The login name."`
}

func (cmd *usersReset) Run(c *call) error {
	actor := c.as(policy.PersonReset)
	p, err := c.ops.FindPerson(c.ctx, actor, cmd.Login)
	if err != nil {
		return err
	}
	code, err := c.ops.Reset(c.ctx, actor, p.ID, c.reason)
	if err != nil {
		return err
	}
	return c.tellCode(code)
}

type usersGrant struct {
	Login string      `arg:"" help:"The login name."`
	Grant policy.Role `arg:"" name:"role-to-give" help:"The role to give."`
	Until *time.Time  `help:"The last day, as 2027-01-31; for good without it." format:"2006-01-02"`
}

func (cmd *usersGrant) Run(c *call) error {
	role, err := policy.ParseRole(string(cmd.Grant))
	if err != nil {
		return err
	}
	actor := c.as(policy.PersonGrant)
	p, err := c.ops.FindPerson(c.ctx, actor, cmd.Login)
	if err != nil {
		return err
	}
	pending, err := c.ops.Grant(c.ctx, actor, ops.Granting{Person: p.ID, Role: role, Until: cmd.Until, Reason: c.reason})
	if err != nil {
		return err
	}
	if pending {
		return c.tell("The role waits until a second admin agrees.")
	}
	return c.tell("%s is %s now.", cmd.Login, string(role))
}

type usersAgree struct {
	Grant int32 `arg:"" help:"The number of the grant, from users show."`
}

func (cmd *usersAgree) Run(c *call) error {
	if err := c.ops.AgreeGrant(c.ctx, c.as(policy.PersonGrant), cmd.Grant); err != nil {
		return err
	}
	return c.tell("The grant holds now.")
}

type usersUngrant struct {
	Grant int32 `arg:"" help:"The number of the grant, from users show."`
}

func (cmd *usersUngrant) Run(c *call) error {
	if err := c.ops.EndGrant(c.ctx, c.as(policy.PersonGrant), cmd.Grant, c.reason); err != nil {
		return err
	}
	return c.tell("The grant has ended.")
}
