package server

import (
	"io"
	"slices"
	"strings"

	"balie/policy"
)

// furthest is the actor in the first of roles that is held; without one of
// them, and when a role was asked for, as as. An act may reach further in one
// role than in the one that happens to be worn.
func (c *call) furthest(act policy.Act, roles ...policy.Role) policy.Actor {
	actor := c.as(act)
	for _, r := range roles {
		if c.role == "" && slices.Contains(actor.Held, r) {
			return actor.As(r)
		}
	}
	return actor
}

// confirm asks on stderr and reads a line; anything but yes is a no.
func (c *call) confirm(question string, args ...any) error {
	c.ask(policy.Message{Key: question, Args: args})
	answer := c.read(64, true)
	if c.tty {
		_, _ = io.WriteString(c.notes, "\n")
	}
	if answer != "yes" && answer != "ja" {
		return policy.Errorf(policy.Invalid, "Nothing was done: confirm with yes, or add --yes.")
	}
	return nil
}

func (c *call) ask(question policy.Message) { _, _ = io.WriteString(c.notes, c.speech.say(question)) }

// read reads a line of at most most bytes, byte by byte: what follows it isn't
// ours. A terminal sends a carriage return and needs an echo.
func (c *call) read(most int, echo bool) string {
	var b strings.Builder
	one := make([]byte, 1)
	for b.Len() < most {
		if _, err := io.ReadFull(c.in, one); err != nil || one[0] == '\n' || one[0] == '\r' || one[0] == 3 {
			break
		}
		b.WriteByte(one[0])
		if echo && c.tty && one[0] >= ' ' && one[0] <= '~' {
			_, _ = c.notes.Write(one)
		}
	}
	return strings.TrimSpace(b.String())
}
