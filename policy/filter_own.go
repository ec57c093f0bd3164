package policy

import (
	"fmt"
	"strings"
)

// Entities are those whose own fields the list can be filtered by.
func (l List) Entities() []FieldEntity {
	switch l {
	case ContactList:
		return []FieldEntity{OfPerson, OfCompany}
	case DealsList:
		return []FieldEntity{OfDeal}
	}
	return nil
}

// OwnFields are the organisation's own fields as a filter of the list knows
// them, of those that a role may see: by a filter on another one could find out
// what stands there. Fields of people and companies that are called the same and
// hold the same are one.
func (l List) OwnFields(all []Field, r Role) (own []FilterField) {
	for _, entity := range l.Entities() {
		for _, f := range VisibleFields(all, entity, r) {
			own = addOwn(own, f.filterField(l))
		}
	}
	return own
}

func addOwn(own []FilterField, f FilterField) []FilterField {
	for i := range own {
		if own[i].Key != f.Key {
			continue
		}
		if own[i].Kind == f.Kind && f.Kind != FilterChoice {
			own[i].Own = append(own[i].Own, f.Own...)
			own[i].Also = append(own[i].Also, f.Also...)
			return own
		}
		f.Key = FieldKey(f.Own[0])
	}
	return append(own, f)
}

// filterField is called by the name in small letters, with - for a blank; one
// that is called as a field of the program's own by its number only.
func (f Field) filterField(l List) FilterField {
	own := FilterField{Key: filterName(f.Name.String()), Kind: f.filterKind(), Own: []int32{f.ID}, Also: []string{f.Key()}}
	if _, taken := findField(l.Fields(), own.Key); taken || own.Key == "" {
		own.Key = f.Key()
	}
	if english := filterName(f.English.String()); english != "" {
		own.Also = append(own.Also, english)
	}
	if f.Kind == ChoiceField {
		own.Choices = map[string]string{}
		for _, c := range f.Choices {
			own.Choices[strings.ToLower(c.Name.String())] = strings.ToLower(c.Name.String())
			own.Choices[fmt.Sprintf("#%d", c.ID)] = strings.ToLower(c.Name.String())
		}
	}
	return own
}

func (f Field) filterKind() FilterKind {
	return map[FieldKind]FilterKind{
		TextField: FilterWords, NumberField: FilterDecimal, DateField: FilterDay, ChoiceField: FilterChoice, YesNoField: FilterYesNo,
	}[f.Kind]
}

// filterName has no sign in it that means something in a filter.
func filterName(name string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(" =!<>~,'\"/", r) {
			return '-'
		}
		return r
	}, strings.ToLower(name)), "-")
}

// Decimal is a number as an own field keeps it, in millionths; what is too large
// is the largest there is.
func Decimal(s string) (int64, error) {
	s = strings.Replace(s, ",", ".", 1)
	if !decimal.MatchString(s) {
		return 0, Errorf(Invalid, "%q is no number.", s).On("filter")
	}
	whole, part, _ := strings.Cut(s, ".")
	digits := strings.TrimLeft(strings.TrimPrefix(whole, "-"), "0") + (part + "000000")[:6]
	const most = int64(1) << 62
	n := int64(0)
	for _, d := range digits {
		if n = n*10 + int64(d-'0'); n > most/10 {
			n = most
			break
		}
	}
	if s[0] == '-' {
		n = -n
	}
	return n, nil
}

// AnyField lets ParseFilter take any name for a field of the organisation's own:
// for those who don't know them, before somebody reads it who does.
var AnyField = FilterField{Key: "*", Kind: FilterAny}
