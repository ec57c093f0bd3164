package server

import (
	"balie/db"
	"balie/policy"
)

type sessionCommands struct {
	List  sessionsList  `cmd:"" help:"Your own open sessions; an admin sees all."`
	Close sessionsClose `cmd:"" help:"End a session."`
}

type sessionsList struct {
	format
	Mine bool `help:"Only your own."`
}

func (cmd *sessionsList) Run(c *call) error {
	actor, person := c.furthest(policy.SessionList, policy.Admin), int32(0)
	if cmd.Mine || actor.Role != policy.Admin {
		person = actor.ID
	}
	open, err := c.ops.ListSessions(c.ctx, actor, person)
	if err != nil {
		return err
	}
	return list(c, cmd.format, sessionColumns, open)
}

var sessionColumns = []column[db.Session]{
	{"id", func(s db.Session) any { return s.ID }},
	{"login", func(s db.Session) any { return s.Login }},
	{"key", func(s db.Session) any { return s.KeyName }},
	{"address", func(s db.Session) any { return s.Address }},
	{"node", func(s db.Session) any { return s.Node }},
	{"since", func(s db.Session) any { return s.StartedAt }},
}

type sessionsClose struct {
	ID string `arg:"" help:"The session, from sessions list."`
}

func (cmd *sessionsClose) Run(c *call) error {
	actor := c.furthest(policy.SessionClose, policy.Admin)
	if err := c.ops.CloseSession(c.ctx, actor, cmd.ID, c.reason); err != nil {
		return err
	}
	return c.tell("The session is closed.")
}
