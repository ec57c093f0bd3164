package server

import (
	"time"

	"balie/policy"
	"balie/policy/text"
)

type whoami struct{ format }

// Run needs no act: it tells what signing in told already.
func (cmd *whoami) Run(c *call) error {
	return show(c, cmd.format, whoamiColumns, c.who)
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
