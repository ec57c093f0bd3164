package policy

import "slices"

// looks are the acts that only show something, and show it again when an open
// screen follows what colleagues change.
var looks = []Act{
	CustomerList, CustomerView, CustomerCount, NoteView, ActivityView, InvoiceList, InvoiceView, InvoiceStatus,
	TaskList, DealList, DealView, PipelineList, AttentionList,
}

// Looks says whether an act only shows what an open screen shows already.
func (a Act) Looks() bool { return slices.Contains(looks, a) }

// Looking is the actor whose screen looks again at what it shows, because a
// colleague changed something: not the person's doing. The log has a row for
// that only when somebody is shown who was not before.
func (a Actor) Looking() Actor { a.Again = true; return a }
