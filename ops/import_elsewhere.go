package ops

import (
	"strings"

	"balie/db/seal"
	"balie/policy"
)

func kindWord(k policy.CustomerKind) string {
	if k == policy.Company {
		return "company"
	}
	return "contact"
}

// elsewhere is a number in the system that a file is from, as a customer keeps
// it; one of an unknown system is told apart by the source that was given.
func (r *importRun) elsewhere(kind, id string) string { return elsewhere(r.preview, r.in, kind, id) }

func elsewhere(p Preview, in Import, kind, id string) string {
	if id == "" {
		return ""
	}
	system := strings.ToLower(p.System.Name)
	if system == "" {
		system = seal.Fold(in.Source.String())
	}
	return system + "/" + kind + "/" + id
}

// firstOf is the first of several numbers in a cell.
func firstOf(s string) string {
	first, _, _ := strings.Cut(s, ";")
	return strings.TrimSpace(first)
}
