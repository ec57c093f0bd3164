package sheet

import (
	"bytes"
	"encoding/json"
	"io"
	"iter"
	"slices"
)

// WriteJSON writes one array with an object for each customer: the fields in
// their order, a list for a field that can have several values, a string for
// the others. After an error among the rows the array stays open, so that a
// part is never taken for the whole.
func WriteJSON(w io.Writer, fields []Field, rows iter.Seq2[Values, error]) error {
	between := "[\n"
	for v, err := range rows {
		if err != nil {
			return err
		}
		object, err := v.object(fields)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, between+string(object)); err != nil {
			return err
		}
		between = ",\n"
	}
	end := "\n]\n"
	if between == "[\n" {
		end = "[]\n"
	}
	_, err := io.WriteString(w, end)
	return err
}

func (v Values) object(fields []Field) ([]byte, error) {
	members := make([][]byte, 0, len(fields))
	for _, f := range fields {
		name, err := json.Marshal(f)
		if err != nil {
			return nil, err
		}
		value, err := v.json(f)
		if err != nil {
			return nil, err
		}
		members = append(members, slices.Concat(name, []byte(":"), value))
	}
	return slices.Concat([]byte("{"), bytes.Join(members, []byte(",")), []byte("}")), nil
}

func (v Values) json(f Field) ([]byte, error) {
	if f.Many() {
		return json.Marshal(append([]string{}, v[f]...)) // [] rather than null
	}
	return json.Marshal(v.One(f))
}
