package sheet

import (
	"strings"

	"github.com/emersion/go-vcard"
)

// Names of properties that vCard doesn't have.
const (
	xStatus = "X-BALIE-STATUS"
	xOwner  = "X-BALIE-OWNER"
	xKvK    = "X-BALIE-KVK"
	xVAT    = "X-BALIE-VAT"

	xLanguage  = "X-BALIE-LANG" // in version 3
	sortString = "SORT-STRING"  // in version 3
)

// plain are the properties that hold one field as they are.
var plain = []struct {
	property string
	field    Field
}{
	{vcard.FieldTitle, Role},
	{vcard.FieldRole, Role},
	{vcard.FieldEmail, Mail},
	{vcard.FieldURL, Website},
	{vcard.FieldLanguage, Language},
	{xLanguage, Language},
	{vcard.FieldNote, Note},
	{vcard.FieldUID, SourceID},
	{xStatus, Status},
	{xOwner, Owner},
	{xKvK, KvK},
	{xVAT, VAT},
}

// fromCard reads a card whose values still have their escapes.
func fromCard(card vcard.Card) Values {
	v := make(Values)
	for _, p := range plain {
		for _, f := range card[p.property] {
			v.add(p.field, unescape(strings.TrimPrefix(f.Value, "mailto:")))
		}
	}
	for _, f := range card[vcard.FieldTelephone] {
		v.addPhone(f)
	}
	for _, f := range card[vcard.FieldCategories] {
		for _, tag := range components(f.Value, ',') {
			v.add(Tags, tag)
		}
	}
	v.addName(card)
	v.addAddress(card[vcard.FieldAddress])
	return v.settle()
}

func (v Values) addPhone(f *vcard.Field) {
	if f.Params.HasType(vcard.TypeFax) || f.Params.HasType(vcard.TypePager) {
		return
	}
	number, _, _ := strings.Cut(strings.TrimPrefix(unescape(f.Value), "tel:"), ";")
	v.add(Phone, number)
}

// addName reads the parts of the name, and the whole name only when it says
// something else: most programs make it from the parts.
func (v Values) addName(card vcard.Card) {
	if org := card.Get(vcard.FieldOrganization); org != nil {
		v.add(Company, component(components(org.Value, ';'), 0))
	}
	if name := card.Get(vcard.FieldName); name != nil {
		parts := components(name.Value, ';')
		sortAs := name.Params.Get(vcard.ParamSortAs)
		if sortAs == "" {
			sortAs = unescape(card.Value(sortString))
		}
		prefix, family := cutPrefix(component(parts, 0), sortAs)
		v.add(Given, component(parts, 1))
		v.add(Given, component(parts, 2))
		v.add(Prefix, prefix)
		v.add(Family, family)
	}
	full := FullName.clean(unescape(card.Value(vcard.FieldFormattedName)))
	if card.Kind() == vcard.KindOrganization && len(v[Company]) == 0 {
		v.add(Company, full)
	}
	if full != v.displayName() {
		v.add(FullName, full)
	}
}

// cutPrefix takes "van der" off "van der Berg" when it is to be sorted as Berg.
func cutPrefix(family, sortAs string) (prefix, rest string) {
	if before, ok := strings.CutSuffix(family, " "+sortAs); ok && sortAs != "" {
		return before, sortAs
	}
	return "", family
}

// displayName is what a card is called that has no full name: the person, else
// the company, else a mail address or phone.
func (v Values) displayName() string {
	person := strings.Join(strings.Fields(strings.Join([]string{
		strings.Join(v[Given], " "), strings.Join(v[Prefix], " "), strings.Join(v[Family], " "),
	}, " ")), " ")
	for _, name := range []string{person, v.One(Company), v.One(Mail), v.One(Phone)} {
		if name != "" {
			return name
		}
	}
	return "?"
}

// addAddress takes one address, as other files do: the preferred one, else the
// one at work, else the first.
func (v Values) addAddress(all []*vcard.Field) {
	if len(all) == 0 {
		return
	}
	best := all[0]
	for _, f := range all {
		if f.Params.HasType(vcard.TypeWork) && !best.Params.HasType(vcard.TypeWork) {
			best = f
		}
	}
	for _, f := range all {
		if f.Params.HasType("pref") || f.Params.Get(vcard.ParamPreferred) == "1" {
			best = f
		}
	}
	parts := components(best.Value, ';')
	for i, f := range []Field{"", "", Street, City, "", Postcode, Country} {
		if f != "" {
			v.add(f, component(parts, i))
		}
	}
}

func component(parts []string, i int) string {
	if i < len(parts) {
		return parts[i]
	}
	return ""
}

// components splits a value at separators that aren't escaped.
func components(s string, separator byte) []string {
	var parts []string
	begin := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case separator:
			parts = append(parts, unescape(s[begin:i]))
			begin = i + 1
		}
	}
	return append(parts, unescape(s[begin:]))
}

var unescaper = strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\N`, "\n", `\,`, ",", `\;`, ";")

func unescape(s string) string { return unescaper.Replace(s) }
