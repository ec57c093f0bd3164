// Package dossier writes what is held about a person for that person: a page to
// read as HTML and PDF, and the data as JSON and CSV with what each field means,
// in one archive that only its receiver can open.
package dossier

import (
	"io"

	"balie/policy"
)

// Dossier is what is given to a person.
type Dossier struct {
	House    string // the organisation
	Name     string // the person
	Request  string // the number of the request
	On       policy.Date
	Info     []Item    // art. 15(1) and (2) GDPR
	Sections []Section // the copy, art. 15(3)
	Files    []File    // what is kept as files
	Portable string    // why there is nothing to take along; "" when there is: art. 20(1)
	Say      func(policy.Message) string
	Lang     string // nl or en
}

// Item is one thing that the person is told, with its article.
type Item struct {
	Title   policy.Message
	Article string
	Lines   []string
}

// Section is all of one kind that is held.
type Section struct {
	Name   string // as files are called
	Title  policy.Message
	Fields []Field
	Rows   []Row
}

// Field is a column of a section.
type Field struct {
	Name     string
	Meaning  policy.Message
	Free     bool // typed freely: it may tell about others
	Portable bool // provided or observed: art. 20(1) GDPR
}

// Row is one entry.
type Row struct{ Cells []string }

// File is one that is kept about the person. Write is nil for one that is left
// out.
type File struct {
	Name  string
	Write func(io.Writer) error
}

// Count is how many entries there are.
func (d Dossier) Count() (n int) {
	for _, s := range d.Sections {
		n += len(s.Rows)
	}
	return n
}

// filled are the sections in which something stands.
func (d Dossier) filled() (all []Section) {
	for _, s := range d.Sections {
		if len(s.Rows) > 0 {
			all = append(all, s)
		}
	}
	return all
}

// take is the part of a section that can be taken along.
func (s Section) take() Section {
	out := Section{Name: s.Name, Title: s.Title}
	var at []int
	for i, f := range s.Fields {
		if f.Portable {
			at, out.Fields = append(at, i), append(out.Fields, f)
		}
	}
	if len(at) == 0 {
		return out
	}
	for _, r := range s.Rows {
		cells := make([]string, len(at))
		for i, n := range at {
			cells[i] = r.Cells[n]
		}
		out.Rows = append(out.Rows, Row{cells})
	}
	return out
}
