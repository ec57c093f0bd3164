package views

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// homeEvery is how often a first screen follows colleagues at most: it adds up
// much, and says how things stand rather than what was done a moment ago.
const homeEvery = 2 * time.Second

// homeDueMsg tells a first screen that it may look again.
type homeDueMsg struct{}

// Refresh looks again because a colleague changed something.
func (h *home) Refresh() tea.Cmd {
	now := h.kit.Now()
	if wait := homeEvery - now.Sub(h.looked); wait > 0 && wait <= homeEvery {
		if h.waits {
			return nil
		}
		h.waits = true
		return tea.Tick(wait, func(time.Time) tea.Msg { return homeDueMsg{} })
	}
	h.looked = now
	return h.look(h.kit.Actor.Looking())
}

// Showing: a first screen adds up everything of the role.
func (h *home) Showing() ops.Showing {
	var kinds []policy.RecordKind
	switch h.kit.Actor.Role {
	case policy.Sales, policy.Manager:
		kinds = []policy.RecordKind{policy.RecordCustomer, policy.RecordDeal, policy.RecordTask}
	case policy.Finance:
		kinds = []policy.RecordKind{policy.RecordInvoice}
	case policy.Privacy:
		kinds = []policy.RecordKind{policy.RecordCustomer}
	default:
		return ops.Showing{} // nothing here follows
	}
	s := ops.Showing{Kinds: kinds, Records: map[db.Record]bool{}}
	for _, list := range [][]db.Row{h.busy, h.leaving, h.calls.Deals, h.calls.Clients} {
		for _, r := range list {
			s.Records[db.Record{Kind: policy.RecordCustomer, ID: r.ID}] = true
		}
	}
	h.kit.reach(&s)
	return s
}
