package sheet

import "strings"

// googleSeparator stands between several values in one cell of Google's.
const googleSeparator = " ::: "

// Row turns the cells of a row into values: split where a cell holds several,
// joined where columns belong together, unguarded (see guard) and cleaned.
func (m Mapping) Row(cells []string) Values {
	v := make(Values)
	for i, c := range m.columns {
		if i >= len(cells) || c.Field == "" || cells[i] == "" {
			continue
		}
		for _, s := range split(c.Field, unguard(cells[i])) {
			v.add(c.Field, s)
		}
	}
	return v.settle()
}

// split takes a cell apart that holds several values. Of a field with one
// value only Google's first counts; a note is never split.
func split(f Field, cell string) []string {
	switch {
	case f == Note:
		return []string{cell}
	case !f.Many():
		first, _, _ := strings.Cut(cell, googleSeparator)
		return []string{first}
	}
	parts := strings.FieldsFunc(strings.ReplaceAll(cell, googleSeparator, "\n"), func(r rune) bool {
		return r == ';' || r == '\n' || (r == ',' && f != Phone)
	})
	if f == Tags {
		parts = googleLabels(parts)
	}
	return parts
}

// googleLabels takes off the star that Google puts before a label, and drops
// the group in which everybody is.
func googleLabels(parts []string) []string {
	var labels []string
	for _, p := range parts {
		p = strings.TrimPrefix(strings.TrimSpace(p), "* ")
		if p != "myContacts" {
			labels = append(labels, p)
		}
	}
	return labels
}

// Cells writes values as cells, in the order of fields, so that Row reads them
// back; values of one field stand behind each other with semicolons.
func (v Values) Cells(fields []Field) []string {
	cells := make([]string, len(fields))
	for i, f := range fields {
		cells[i] = strings.Join(v[f], "; ")
	}
	return cells
}

// Names are the fields as names of columns, which Recognise knows.
func Names(fields []Field) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = string(f)
	}
	return names
}
