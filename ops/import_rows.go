package ops

import (
	"balie/ops/sheet"
	"balie/policy"
)

// Rows is what the rows of a file are.
type Rows string

// What can be imported. The zero Rows are contacts.
const (
	ContactRows  Rows = "contacts"
	CompanyRows  Rows = "companies"
	DealRows     Rows = "deals"
	ActivityRows Rows = "activities"
	InvoiceRows  Rows = "invoices" // of another system, kept as history
)

var schemas = map[Rows]*sheet.Schema{
	"":           sheet.Contacts,
	ContactRows:  sheet.Contacts,
	CompanyRows:  sheet.Companies,
	DealRows:     sheet.Deals,
	ActivityRows: sheet.Activities,
	InvoiceRows:  sheet.Invoices,
}

// act is what an import of these rows is to policy and to the log.
func (r Rows) act() policy.Act {
	if r == InvoiceRows {
		return policy.InvoiceImport
	}
	return policy.ImportRun
}

// RowsFor are what an actor may bring in, none of it for most roles.
func RowsFor(actor policy.Actor) (all []Rows) {
	for _, r := range []Rows{ContactRows, CompanyRows, DealRows, ActivityRows, InvoiceRows} {
		if policy.Can(actor, r.act(), policy.Resource{}) == nil {
			all = append(all, r)
		}
	}
	return all
}

// OfCustomers says whether the rows are customers themselves; others belong to
// customers who are there already, and stand on their grounds.
func (r Rows) OfCustomers() bool { return r == "" || r == ContactRows || r == CompanyRows }
