package sheet

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// Column is one column of a file and what it means; no Field means that it is
// left out.
type Column struct {
	Name  string // clean and unique in the file
	Field Field
}

// Mapping says what the columns of a file mean. Recognise makes one, a person
// may correct it.
type Mapping struct {
	columns []Column
	schema  *Schema
}

// Schema is what the rows of the file are.
func (m Mapping) Schema() *Schema { return m.schema }

// Columns lists the columns in the order of the file.
func (m Mapping) Columns() []Column { return slices.Clone(m.columns) }

// Unmapped names the columns that are left out.
func (m Mapping) Unmapped() []string {
	var names []string
	for _, c := range m.columns {
		if c.Field == "" {
			names = append(names, c.Name)
		}
	}
	return names
}

// Has says whether any column is mapped to f.
func (m Mapping) Has(f Field) bool {
	return slices.ContainsFunc(m.columns, func(c Column) bool { return c.Field == f })
}

// Set maps a column; no field leaves it out.
func (m *Mapping) Set(column int, f Field) error {
	if column < 0 || column >= len(m.columns) {
		return invalid("There is no column %d in the file.", column+1)
	}
	if f != "" && !m.schema.has(f) {
		return m.unknownField(string(f))
	}
	m.columns = slices.Clone(m.columns)
	m.columns[column].Field = f
	return nil
}

func (m Mapping) unknownField(name string) error {
	return invalid("There is no field %q; use one of %s, or - to leave the column out.", name, m.schema.list())
}

// String writes the whole mapping as "Column=field,Column=-", which Apply
// reads. No name of a column contains "=", so commas in names do no harm.
func (m Mapping) String() string {
	var b strings.Builder
	for i, c := range m.columns {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(c.Name + "=")
		if c.Field == "" {
			b.WriteByte('-')
		}
		b.WriteString(string(c.Field))
	}
	return b.String()
}

// Apply corrects the columns named in s, written as String does. It changes
// all of them or, with an error, none.
func (m *Mapping) Apply(s string) error {
	changed := Mapping{slices.Clone(m.columns), m.schema}
	for strings.TrimSpace(s) != "" {
		name, rest, ok := strings.Cut(s, "=")
		if !ok {
			return invalid("%q isn't of the form Column=field,Column=field.", s)
		}
		var field string
		field, s, _ = strings.Cut(rest, ",")
		if err := changed.correct(strings.TrimSpace(name), strings.TrimSpace(field)); err != nil {
			return err
		}
	}
	*m = changed
	return nil
}

func (m *Mapping) correct(name, field string) error {
	i := slices.IndexFunc(m.columns, func(c Column) bool { return strings.EqualFold(c.Name, name) })
	if i < 0 {
		return invalid("There is no column %q in the file.", name)
	}
	switch field {
	case "":
		return m.unknownField("")
	case "-":
		field = ""
	}
	return m.Set(i, Field(field))
}

// Hash is the same for the same mapping of the same columns, and belongs with
// the hash of the file in what makes an import known.
func (m Mapping) Hash() string {
	sum := sha256.Sum256([]byte(m.String()))
	return hex.EncodeToString(sum[:])
}
