package policy

// RecordKind is a kind of record, as a change or an open screen names it.
type RecordKind string

// The kinds that screens show.
const (
	RecordCustomer RecordKind = "customer"
	RecordDeal     RecordKind = "deal"
	RecordTask     RecordKind = "task"
	RecordInvoice  RecordKind = "invoice"
	RecordPresence RecordKind = "presence" // who has what open
)
