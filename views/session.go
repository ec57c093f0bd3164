// Package views is what people see: one screen per file, in Dutch and English.
// A screen asks the acts of ops in commands and shows the answers; it decides
// nothing.
package views

import (
	"context"
	"log/slog"
	"time"

	"balie/ops"
	"balie/policy"
	"balie/views/screen"
)

// Session is what the server knows of one signed-in person and terminal. It
// serves one program; nothing in it is shared but Ops, Drafts and Log.
type Session struct {
	Ctx     context.Context // ends with the session; commands run under it
	Actor   policy.Actor
	Ops     Acts
	Welcome ops.Welcome
	Lang    string // "nl" or "en"

	Width, Height int
	Dark          bool // the terminal's background
	NoColor       bool // the terminal has no colours, or the person wants none
	ASCII         bool // the terminal's locale is not UTF-8

	Host    string       // as people call it, in hints of commands
	Country string       // the organisation's: numbers without one belong to it
	Drafts  *Drafts      // nil: drafts end with the session
	Log     *slog.Logger // nil: none
	// Show tells the node what is on the screen, so that it answers with LiveMsg;
	// it returns at once. nil: nobody listens.
	Show func(ops.Showing)
	Zone *time.Location // nil: Europe/Amsterdam
	Now  func() time.Time
}

// RolesChangedMsg tells the program that the person's roles are others now.
type RolesChangedMsg struct{}

// EndingMsg tells the program that the session is about to end, and why.
type EndingMsg struct{ Why policy.Message }

// LiveMsg tells the program that a colleague changed something that is on the
// screen, or opened or closed it.
type LiveMsg ops.Word

// New is the program for a signed-in person.
func New(s *Session) screen.Model { return newApp(s) }

// orDefaults fills in what the server left out.
func (s *Session) orDefaults() {
	if s.Now == nil {
		s.Now = time.Now
	}
	if s.Zone == nil {
		s.Zone = amsterdam()
	}
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
	if s.Drafts == nil {
		s.Drafts = NewDrafts()
	}
	if s.Country == "" {
		s.Country = "NL"
	}
	if s.Host == "" {
		s.Host = "HOST"
	}
	if s.Width <= 0 || s.Height <= 0 {
		s.Width, s.Height = 80, 24
	}
}

// amsterdam is the organisation's zone until it can be chosen; without a zone
// database, UTC is at least the same for all.
func amsterdam() *time.Location {
	if z, err := time.LoadLocation("Europe/Amsterdam"); err == nil {
		return z
	}
	return time.UTC
}
