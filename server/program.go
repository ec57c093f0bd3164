package server

import (
	"context"
	"strings"
	"time"

	"github.com/charmbracelet/colorprofile"

	"balie/policy"
	"balie/views"
	"balie/views/screen"
)

// programFor is what a signed-in person, or one who is joining, gets to see.
func (s *Server) programFor(c *channel, who *identity) (screen.Model, error) {
	if who.invited != nil {
		return s.joining(c, who), nil
	}
	size := c.window()
	return views.New(&views.Session{
		Show: c.pane.Show,
		Ctx:  c.ctx, Actor: who.actor(), Ops: s.ops, Welcome: who.welcome, Lang: string(c.language(who)),
		Width: size.Width, Height: size.Height, Dark: true, NoColor: !c.hasColors(), ASCII: !c.hasUnicode(),
		Host: s.host, Country: s.ops.Country, Drafts: s.drafts, Log: s.log.With("session", c.peer.id),
	}), nil
}

// tooLate is for an invitation that lies open on a screen.
var tooLate = policy.Message{Key: "Joining took too long: sign in with the same code again."}

func (s *Server) joining(c *channel, who *identity) screen.Model {
	limit := time.AfterFunc(joinTime, func() { s.guard("joining", func() { c.end(tooLate, exitFailed) }) })
	context.AfterFunc(c.ctx, func() { s.guard("joining", func() { limit.Stop() }) })
	size := c.window()
	return views.NewJoin(&views.JoinSession{
		Ctx: c.ctx, Ops: s.ops, Invited: *who.invited, Lang: string(c.language(who)),
		Width: size.Width, Height: size.Height, Dark: true, NoColor: !c.hasColors(), ASCII: !c.hasUnicode(),
		Host: s.host, Log: s.log,
	})
}

// profile is how many colours the terminal has.
func (c *channel) profile() colorprofile.Profile { return colorprofile.Env(c.environ()) }

func (c *channel) hasColors() bool { return c.profile() > colorprofile.ASCII }

// hasUnicode is false only when the client says so: many send no locale at all.
func (c *channel) hasUnicode() bool {
	locale := strings.ToLower(c.locale())
	return locale == "" || strings.Contains(locale, "utf-8") || strings.Contains(locale, "utf8")
}
