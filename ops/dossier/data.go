package dossier

import (
	"encoding/json"
	"io"
	"iter"

	"balie/ops/sheet"
)

// file is a section as JSON has it: what each field means, then the entries.
type file struct {
	Title   string              `json:"title"`
	Fields  []meaning           `json:"fields"`
	Entries []map[string]string `json:"entries"`
}

type meaning struct {
	Name    string `json:"name"`
	Meaning string `json:"meaning"`
}

// writeJSON writes sections as one object by their names.
func (d Dossier) writeJSON(w io.Writer, sections []Section) error {
	all := map[string]file{}
	for _, s := range sections {
		f := file{Title: d.Say(s.Title), Entries: []map[string]string{}}
		for _, fd := range s.Fields {
			f.Fields = append(f.Fields, meaning{fd.Name, d.Say(fd.Meaning)})
		}
		for _, r := range s.Rows {
			f.Entries = append(f.Entries, s.entry(r))
		}
		all[s.Name] = f
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(map[string]any{"person": d.Name, "controller": d.House, "drawn_up": d.On.ISO(), "sections": all})
}

// entry leaves out what is empty.
func (s Section) entry(r Row) map[string]string {
	e := map[string]string{}
	for i, c := range r.Cells {
		if c != "" {
			e[s.Fields[i].Name] = c
		}
	}
	return e
}

// writeCSV writes the entries of a section, with the names of fields above.
// Formulas are disarmed: a person opens it in a spreadsheet.
func (s Section) writeCSV(w io.Writer) error {
	names := make([]string, len(s.Fields))
	for i, f := range s.Fields {
		names[i] = f.Name
	}
	return sheet.WriteCSV(w, names, func(yield func([]string, error) bool) {
		for _, r := range s.Rows {
			if !yield(r.Cells, nil) {
				return
			}
		}
	}, sheet.CSV{})
}

// writeMeanings writes what the fields of all sections mean.
func (d Dossier) writeMeanings(w io.Writer, sections []Section) error {
	return sheet.WriteCSV(w, []string{"file", "field", "meaning"}, d.meanings(sections), sheet.CSV{})
}

func (d Dossier) meanings(sections []Section) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		for _, s := range sections {
			for _, f := range s.Fields {
				if !yield([]string{s.Name + ".csv", f.Name, d.Say(f.Meaning)}, nil) {
					return
				}
			}
		}
	}
}
