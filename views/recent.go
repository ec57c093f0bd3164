package views

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/policy/text"
)

// recent is a customer that was opened in this session.
type recent struct {
	id   int64
	name text.Line
	at   time.Time
}

// undo is the last own change, as long as it can be taken back.
type undo struct {
	before  db.Customer
	version int // that the change made
	at      time.Time
}

func (a *app) offerDraft() tea.Cmd { return nil }
