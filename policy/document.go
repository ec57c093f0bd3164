package policy

import (
	"slices"

	"balie/policy/text"
)

// Document is a text that is generated from the live configuration, so that
// paper and practice can't differ.
type Document string

// The documents: the privacy statement (art. 13 and 14 GDPR), the record of
// processing (art. 30(1) GDPR), and the page of the staff handbook.
const (
	Statement  Document = "statement"
	Processing Document = "processing"
	Handbook   Document = "handbook"
)

// Documents are all of them.
var Documents = []Document{Statement, Processing, Handbook}

// ParseDocument reads the name of one.
func ParseDocument(s string) (Document, error) {
	if d := Document(s); slices.Contains(Documents, d) {
		return d, nil
	}
	return "", Errorf(Invalid, "There are the documents statement, processing and handbook, but not %q.", text.Clean(s)).On("document")
}
