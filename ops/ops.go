// Package ops holds every act that a person or the clock performs. Each asks
// policy, goes through db's one door, and is what a screen, a command over SSH
// and a job all call.
package ops

import (
	"log/slog"

	"balie/db"
	"balie/ops/sheet"
)

// Ops is the set of acts over one store. Its zero fields are set by New; cmd
// and tests make it in the same way.
type Ops struct {
	Store *db.Store
	Log   *slog.Logger
	Hub   *Hub // who is connected to this node
	// Country is the organisation's, ISO 3166: numbers without one belong to it.
	Country string
	Limits  sheet.Limits // of imported files; zero for the defaults
	// Heads is the file in which the heads of the log are kept, outside the
	// database; "" on a node that keeps none.
	Heads string
	// HeadsLog has each head told in Log too, for who collects that elsewhere.
	HeadsLog bool
	// SweepBatch is how many customers one transaction of retention takes; 0 for
	// the default.
	SweepBatch int
	Node       string // this process's name among several

	codes, invitations throttle // wrong tries by address
	search             mending
}

// New readies the acts.
func New(store *db.Store, log *slog.Logger) *Ops {
	return &Ops{Store: store, Log: log, Hub: NewHub(), Country: "NL"}
}
