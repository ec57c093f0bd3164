package policy

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"balie/policy/text"
)

// FieldValues are what stands in the fields of one record, by the number of the
// field, in the form in which it is kept: 1250.5, 2026-12-31, #3, yes.
type FieldValues map[int32]text.Line

// maxFieldText is the length of a text in bytes, as of any other field.
const maxFieldText = 1000

var decimal = regexp.MustCompile(`^-?[0-9]{1,15}([.,][0-9]{1,6})?$`)

// Parse brings a value into the form in which it is kept, or says what is wrong
// with it. Nothing stays nothing.
func (f Field) Parse(s string) (text.Line, error) {
	s = strings.TrimSpace(text.Clean(s))
	if s == "" {
		return text.Line{}, nil
	}
	kept, err := f.parse(s)
	if err != nil {
		return text.Line{}, err.On(f.Key())
	}
	return text.New(kept), nil
}

func (f Field) parse(s string) (string, *Error) {
	switch f.Kind {
	case NumberField:
		return f.parseNumber(s)
	case DateField:
		return f.parseDate(s)
	case ChoiceField:
		return f.parseChoice(s)
	case YesNoField:
		return f.parseYesNo(s)
	}
	if len(s) > maxFieldText {
		return "", Errorf(Invalid, "This is too long: keep it under %d characters.", maxFieldText)
	}
	return s, nil
}

func (f Field) parseNumber(s string) (string, *Error) {
	s = strings.ReplaceAll(s, " ", "")
	if !decimal.MatchString(s) {
		return "", Errorf(Invalid, "%s is a number: digits with at most one comma or point, as 1250,50.", f.Name.String())
	}
	whole, part, _ := strings.Cut(strings.Replace(s, ",", ".", 1), ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	if part = strings.TrimRight(part, "0"); part != "" {
		whole += "." + part
	}
	if whole == "0" {
		sign = ""
	}
	return sign + whole, nil
}

// dayForms are the ways in which a day is written, besides the kept one.
var dayForms = []string{time.DateOnly, "2-1-2006", "2/1/2006", "2.1.2006"}

func (f Field) parseDate(s string) (string, *Error) {
	for _, form := range dayForms {
		if day, err := time.Parse(form, s); err == nil && day.Year() >= 1800 && day.Year() <= 2200 {
			return day.Format(time.DateOnly), nil
		}
	}
	return "", Errorf(Invalid, "%s is a day, as 2026-12-31 or 31-12-2026.", f.Name.String())
}

func (f Field) parseChoice(s string) (string, *Error) {
	for _, c := range f.Choices {
		if kept := fmt.Sprintf("#%d", c.ID); kept == s || strings.EqualFold(c.Name.String(), s) {
			if c.Retired {
				return "", Errorf(Invalid, "%s is not offered any more: choose another one.", c.Name.String())
			}
			return kept, nil
		}
	}
	return "", Errorf(Invalid, "%s is one of: %s.", f.Name.String(), f.offered())
}

func (f Field) offered() string {
	var names []string
	for _, c := range f.Choices {
		if !c.Retired {
			names = append(names, c.Name.String())
		}
	}
	return strings.Join(names, ", ")
}

func (f Field) parseYesNo(s string) (string, *Error) {
	switch strings.ToLower(s) {
	case "yes", "y", "ja", "j", "true", "1":
		return "yes", nil
	case "no", "n", "nee", "false", "0":
		return "no", nil
	}
	return "", Errorf(Invalid, "%s is yes or no.", f.Name.String())
}

// Show is a kept value as files and commands write it, which Parse reads again.
func (f Field) Show(kept text.Line) string {
	if f.Kind != ChoiceField {
		return kept.String()
	}
	for _, c := range f.Choices {
		if fmt.Sprintf("#%d", c.ID) == kept.String() {
			return c.Name.String()
		}
	}
	return kept.String()
}

// VisibleFields are those of an entity that a role may see, in the order of
// their names.
func VisibleFields(all []Field, entity FieldEntity, r Role) []Field {
	var seen []Field
	for _, f := range all {
		if f.Entity == entity && f.SeenBy(r) {
			seen = append(seen, f)
		}
	}
	return seen
}

// Veil takes what a role may see out of all that stands in a record's fields;
// what stands in a field that is not among them is hidden, also from one who may
// not know of the field.
func Veil(all []Field, entity FieldEntity, r Role, values FieldValues) (seen, hidden FieldValues) {
	for id, v := range values {
		if f, ok := FindField(all, id); ok && f.Entity == entity && f.SeenBy(r) {
			seen = seen.with(id, v)
		} else {
			hidden = hidden.with(id, v)
		}
	}
	return seen, hidden
}

func (v FieldValues) with(id int32, value text.Line) FieldValues {
	if v == nil {
		v = FieldValues{}
	}
	v[id] = value
	return v
}

// Fill is what is going to stand in the fields that one may see, checked. A value
// that nobody touched stays, though it might not be filled in any more today; one
// of another field is left out.
func Fill(visible []Field, was, now FieldValues) (FieldValues, error) {
	var filled FieldValues
	for _, f := range visible {
		v, err := f.next(was[f.ID], now[f.ID])
		if err != nil {
			return nil, err
		}
		if !v.IsZero() {
			filled = filled.with(f.ID, v)
		}
	}
	return filled, nil
}

func (f Field) next(was, now text.Line) (text.Line, error) {
	if now == was || now.IsZero() {
		return now, nil
	}
	if f.Retired {
		return now, Errorf(Invalid, "The field %s is not filled in any more.", f.Name.String()).On(f.Key())
	}
	return f.Parse(now.String())
}

// And is what stands in both together.
func (v FieldValues) And(w FieldValues) FieldValues {
	all := maps.Clone(v)
	for id, value := range w {
		all = all.with(id, value)
	}
	return all
}

// Equal says whether the same stands in both.
func (v FieldValues) Equal(w FieldValues) bool { return maps.Equal(v, w) }

// Set gives a copy in which the field holds the value; nothing empties it.
func (v FieldValues) Set(id int32, value text.Line) FieldValues {
	next := maps.Clone(v)
	if value.IsZero() {
		delete(next, id)
		return next
	}
	return next.with(id, value)
}

// IDs are the fields in which something stands, in order.
func (v FieldValues) IDs() []int32 { return slices.Sorted(maps.Keys(v)) }
