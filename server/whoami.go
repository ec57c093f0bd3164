package server

import (
	"time"

	"balie/policy"
	"balie/policy/text"
)

type whoami struct{ format }

// Run needs no act: it tells what signing in told already.
func (cmd *whoami) Run(c *call) error {
	return show(c, cmd.format, append(whoamiColumns, column[*identity]{"notices", c.notices}), c.who)
}

var whoamiColumns = []column[*identity]{
	{"login", func(id *identity) any { return id.actor().Login }},
	{"name", func(id *identity) any { return id.actor().Name }},
	{"role", func(id *identity) any { return string(id.actor().Role) }},
	{"roles", func(id *identity) any { return roleNames(id.actor().Held) }},
	{"key", func(id *identity) any { return id.welcome.KeyName }},
	{"session", func(id *identity) any { return id.actor().Session }},
	{"last_signed_in", func(id *identity) any { return sometime(id.welcome.LastAt) }},
	{"last_from", func(id *identity) any { return text.New(id.welcome.LastFrom) }},
	{"last_key", func(id *identity) any { return id.welcome.LastKey }},
}

// notices are what stood out when the session began.
func (c *call) notices(id *identity) any {
	all := make([]string, len(id.welcome.Notices))
	for i, m := range id.welcome.Notices {
		all[i] = c.speech.say(m)
	}
	return all
}

func roleNames(roles []policy.Role) []string {
	all := make([]string, len(roles))
	for i, r := range roles {
		all[i] = string(r)
	}
	return all
}

// sometime is nil for never.
func sometime(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
