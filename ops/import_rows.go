package ops

import "balie/ops/sheet"

// Rows is what the rows of a file are.
type Rows string

// What can be imported. The zero Rows are contacts.
const (
	ContactRows Rows = "contacts"
	CompanyRows Rows = "companies"
)

var schemas = map[Rows]*sheet.Schema{
	"":          sheet.Contacts,
	ContactRows: sheet.Contacts,
	CompanyRows: sheet.Companies,
}
