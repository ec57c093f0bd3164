package server

import (
	"context"
	"errors"
	"io"

	"charm.land/ssh"

	"balie/ops"
	"balie/policy"
	"balie/views"
	"balie/views/screen"
)

// noTerminal is for who comes without a terminal and without a command.
var noTerminal = policy.Message{Key: "Sign in from a terminal, or give a command: ssh HOST help"}

// screens is the innermost handler: a terminal and no command.
func (s *Server) screens(ssh.Handler) ssh.Handler {
	return func(sess ssh.Session) {
		c, who := channelOf(sess), identityOf(sess.Permissions().Permissions)
		if !c.hasPty() {
			_, _ = io.WriteString(sess.Stderr(), c.language(who).say(noTerminal)+"\n")
			_ = sess.Exit(exitUsage)
			return
		}
		_ = sess.Exit(s.exitOf(c, s.show(c, who)))
	}
}

// show runs a program on the channel's terminal until it quits, the client
// leaves, or the channel is ended by a revocation, a limit or a restart.
func (s *Server) show(c *channel, who *identity) error {
	c.pane = s.ops.Hub.OpenPane(who.actor().ID)
	defer c.pane.Close()
	model, err := s.program(c, who)
	if err != nil {
		_, _ = io.WriteString(c, c.language(who).sentence(err)+"\r\n")
		return err
	}
	// The screen must outlive c.ctx a little: Close puts the terminal back.
	scr := screen.New(context.WithoutCancel(c.ctx), screen.Options{
		In: c, Out: c, Size: c.window(), Profile: c.profile(), Title: "balie", Mouse: true,
	}, model)
	c.hear(scr.Resize, func() { scr.Send(views.RolesChangedMsg{}) }, func(why policy.Message) { scr.Send(views.EndingMsg{Why: why}) })
	go s.guard("live", func() { c.follow(scr) })
	stop := context.AfterFunc(c.ctx, func() {
		s.guard("close screen", func() { scr.Close(c.farewell(who)) })
	})
	defer stop()
	defer s.forgetRevoked(c, who)
	return scr.Run()
}

// follow tells the screen what colleagues do, until the channel ends. A screen
// that is busy holds up nobody else.
func (c *channel) follow(scr *screen.Screen) {
	for {
		w, err := c.pane.Next(c.ctx)
		if err != nil {
			return
		}
		scr.Send(views.LiveMsg(w))
	}
}

// forgetRevoked drops what the revoked were typing, once their screen can keep
// no more of it; after a lost connection it waits for them.
func (s *Server) forgetRevoked(c *channel, who *identity) {
	if e, ok := errors.AsType[ended](context.Cause(c.ctx)); ok && ops.IsRevocation(e.why) {
		s.drafts.Forget(who.actor().ID)
	}
}

// farewell is the sentence that is left in the terminal; none for who left.
func (c *channel) farewell(who *identity) string {
	if e, ok := errors.AsType[ended](context.Cause(c.ctx)); ok {
		return c.language(who).say(e.why)
	}
	return ""
}

// exitOf is a screen's exit code: quitting and leaving are no failures.
func (s *Server) exitOf(c *channel, err error) int {
	if e, ok := errors.AsType[ended](context.Cause(c.ctx)); ok {
		return e.code
	}
	if err == nil || errors.Is(err, io.EOF) || errors.Is(err, screen.ErrClosed) || c.ctx.Err() != nil {
		return exitDone
	}
	s.log.Error("screen", "session", c.peer.id, "err", err)
	return exitFailed
}
