package server

import (
	"time"

	"balie/db"
	"balie/policy"
)

type sessionCommands struct {
	List  sessionsList  `cmd:"" help:"Your own open sessions; an admin sees all."`
	Close sessionsClose `cmd:"" help:"End a session, or all of a colleague."`
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
	return list(c, cmd.format, sessionColumns(c.speech), open)
}

func sessionColumns(l speech) []column[db.Session] {
	return []column[db.Session]{
		{"id", func(s db.Session) any { return s.ID }},
		{"login", func(s db.Session) any { return s.Login }},
		{"key", func(s db.Session) any { return s.KeyName }},
		{"address", func(s db.Session) any { return s.Address }},
		{"node", func(s db.Session) any { return s.Node }},
		{"since", func(s db.Session) any { return s.StartedAt }},
		{"active", func(s db.Session) any { return s.LastActive }},
		{"idle_minutes", func(s db.Session) any { return int(max(time.Since(s.LastActive), 0).Minutes()) }},
		{"doing", func(s db.Session) any { return string(s.Doing) }},
		{"marks", func(s db.Session) any { return sessionMarks(l, s) }},
	}
}

// sessionMarks are what stands out in how somebody signed in.
func sessionMarks(l speech, s db.Session) (marks []string) {
	for _, m := range []struct {
		is   bool
		name string
	}{{s.Recovery, "recovery_code"}, {s.NewAddress, "new_address"}, {s.NewKey, "new_key"}} {
		if m.is {
			marks = append(marks, l.head(m.name))
		}
	}
	return marks
}

type sessionsClose struct {
	ID   string `arg:"" optional:"" help:"The session, from sessions list."`
	User string `help:"All sessions of this colleague instead." placeholder:"LOGIN"`
}

func (cmd *sessionsClose) Run(c *call) error {
	if (cmd.ID == "") == (cmd.User == "") {
		return policy.Errorf(policy.Invalid, "Give the number of a session, or --user with a login name.")
	}
	actor := c.furthest(policy.SessionClose, policy.Admin)
	if cmd.User != "" {
		return closeSessionsOf(c, actor, cmd.User)
	}
	if err := c.ops.CloseSession(c.ctx, actor, cmd.ID, c.reason); err != nil {
		return err
	}
	return c.tell("The session is closed.")
}

func closeSessionsOf(c *call, actor policy.Actor, login string) error {
	p, err := c.ops.FindPerson(c.ctx, actor, login)
	if err != nil {
		return err
	}
	closed, err := c.ops.CloseSessions(c.ctx, actor, p.ID, c.reason)
	if err != nil {
		return err
	}
	return c.tell("Sessions closed: %d.", closed)
}
