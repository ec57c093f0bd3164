package server

import (
	"errors"
	"io"

	"charm.land/ssh"

	"balie/policy"
)

// Exit codes of commands.
const (
	exitDone = iota
	exitFailed
	exitUsage
	exitRefused
)

var errHungUp = errors.New("the client closed the channel")

// contained is the outermost handler: it recovers, and notes the end.
func (s *Server) contained(next ssh.Handler) ssh.Handler {
	return func(sess ssh.Session) {
		c := channelOf(sess)
		defer c.finished()
		fine := false
		s.guard("session", func() { next(sess); fine = true })
		if !fine {
			_, _ = io.WriteString(sess.Stderr(), "Something went wrong; this session has ended. Sign in again.\n")
			_ = sess.Exit(exitFailed)
		}
	}
}

// exitCode is what a script sees of err.
func exitCode(err error) int {
	if err == nil {
		return exitDone
	}
	if e, ok := errors.AsType[ended](err); ok {
		return e.code
	}
	if _, ok := errors.AsType[usageError](err); ok {
		return exitUsage
	}
	switch policy.KindOf(err) {
	case policy.Invalid:
		return exitUsage
	case policy.Denied:
		return exitRefused
	}
	return exitFailed
}
