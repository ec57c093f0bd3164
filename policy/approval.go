package policy

import "time"

// An export of many customers takes a second person: who leaves with the list
// leaves with the firm. Below ExportAlone customers in a day one is trusted.
const (
	ApprovalWaits = 7 * 24 * time.Hour // how long a request can be answered
	ApprovalHolds = 24 * time.Hour     // how long the answer counts, for one export
	ExportDay     = 24 * time.Hour     // over which one's own exports add up
)

// ListMost is how many customers one list of a command gives: beyond that it is
// an export, whatever it is called.
const ListMost = 1000

// NeedsApproval says whether an export of n customers takes a second person, of
// one who exported before customers within ExportDay; alone is how many the
// organisation lets out on one person's word.
func NeedsApproval(n, before, alone int) bool { return n+before > alone }

// ApprovalSize is for how many customers one asks to export n: a little more,
// in round figures, since customers come while one waits for the answer.
func ApprovalSize(n int) int {
	step := 1
	for ; n/step >= 100; step *= 10 {
	}
	return (n/step + 1) * step
}

// ApprovalState is how a request for an export stands.
type ApprovalState string

// The states of a request.
const (
	ApprovalWaiting ApprovalState = "waiting"
	ApprovalAgreed  ApprovalState = "agreed"
	ApprovalRefused ApprovalState = "refused"
	ApprovalUsed    ApprovalState = "used"
	ApprovalLapsed  ApprovalState = "lapsed" // nobody answered in time, or it wasn't used in time
)

// Approval is a request for an export as far as its state needs it.
type Approval struct {
	Asked    time.Time
	Answered *time.Time
	Agreed   bool
	Used     bool
}

// State is how the request stands now.
func (a Approval) State(now time.Time) ApprovalState {
	switch {
	case a.Used:
		return ApprovalUsed
	case a.Answered == nil && now.Sub(a.Asked) < ApprovalWaits:
		return ApprovalWaiting
	case a.Answered != nil && !a.Agreed:
		return ApprovalRefused
	case a.Answered != nil && now.Sub(*a.Answered) < ApprovalHolds:
		return ApprovalAgreed
	}
	return ApprovalLapsed
}
