package sheet

import (
	"bytes"
	"io"
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/emersion/go-vcard"
)

// The versions of vCard that are read and written: 3 is RFC 2426, which older
// phones and Outlook want, 4 is RFC 6350.
const (
	VCard3 = 3
	VCard4 = 4
)

// WriteVCards writes a vCard of that version for each customer. go-vcard's own
// encoder escapes neither semicolons in addresses nor anything in parameters
// and doesn't fold lines, so the lines are made here.
func WriteVCards(w io.Writer, version int, rows iter.Seq2[Values, error]) error {
	for v, err := range rows {
		if err != nil {
			return err
		}
		if _, err := w.Write(v.card(version)); err != nil {
			return err
		}
	}
	return nil
}

func (v Values) card(version int) []byte {
	c := cardLines{old: version == VCard3}
	c.line("BEGIN", "VCARD")
	c.line("VERSION", strconv.Itoa(version)+".0")
	if !c.old && v.One(FullName) == "" && len(v[Given])+len(v[Family]) == 0 && v.One(Company) != "" {
		c.line(vcard.FieldKind, string(vcard.KindOrganization))
	}
	c.name(v)
	c.all(vcard.FieldOrganization, v[Company], structured)
	c.all(vcard.FieldTitle, v[Role], escaped)
	c.all(vcard.FieldEmail, v[Mail], escaped)
	c.all(vcard.FieldTelephone, v[Phone], escaped)
	c.address(v)
	c.all(vcard.FieldURL, v[Website], escaped)
	c.all(c.either(xLanguage, vcard.FieldLanguage), v[Language], escaped)
	c.all(vcard.FieldCategories, v[Tags], escaped) // a line each, so that a tag may have a comma
	c.all(vcard.FieldNote, v[Note], escaped)
	c.all(c.either(vcard.FieldUID, vcard.FieldUID+";VALUE=text"), v[SourceID], escaped)
	c.all(xStatus, v[Status], escaped)
	c.all(xOwner, v[Owner], escaped)
	c.all(xKvK, v[KvK], escaped)
	c.all(xVAT, v[VAT], escaped)
	c.line("END", "VCARD")
	return c.Bytes()
}

type cardLines struct {
	bytes.Buffer
	old bool // version 3
}

// either is the name of a property that has another one in version 3, where
// what that lacks gets one of our own.
func (c *cardLines) either(three, four string) string {
	if c.old {
		return three
	}
	return four
}

func (c *cardLines) name(v Values) {
	full := v.One(FullName)
	if full == "" {
		full = v.displayName()
	}
	c.line(vcard.FieldFormattedName, escaped(full))
	family := strings.TrimSpace(v.One(Prefix) + " " + v.One(Family))
	if family == "" && v.One(Given) == "" && !c.old { // version 3 asks for it
		return
	}
	name := structured(family) + ";" + structured(v.One(Given)) + ";;;"
	if !c.old {
		c.line(vcard.FieldName+sortAs(v), name)
		return
	}
	c.line(vcard.FieldName, name)
	if v.One(Prefix) != "" && v.One(Family) != "" {
		c.line(sortString, escaped(v.One(Family)))
	}
}

// sortAs says what of "van der Berg" counts for order, which is how the prefix
// is found again. What a parameter can't hold is left out.
func sortAs(v Values) string {
	if v.One(Prefix) == "" || v.One(Family) == "" || strings.ContainsAny(v.One(Family), "\"\\,^\r\n") {
		return ""
	}
	return ";" + vcard.ParamSortAs + "=\"" + v.One(Family) + "\""
}

func (c *cardLines) address(v Values) {
	parts := []string{"", "", v.One(Street), v.One(City), "", v.One(Postcode), v.One(Country)}
	if strings.Join(parts, "") == "" {
		return
	}
	for i, p := range parts {
		parts[i] = structured(p)
	}
	c.line(vcard.FieldAddress, strings.Join(parts, ";"))
}

func (c *cardLines) all(property string, values []string, escape func(string) string) {
	for _, s := range values {
		c.line(property, escape(s))
	}
}

const foldAt = 75 // octets, without the line end

// line writes a line, folded between runes.
func (c *cardLines) line(property, value string) {
	rest := property + ":" + value
	for room := foldAt; len(rest) > room; room = foldAt - 1 {
		cut := room
		for cut > 0 && !utf8.RuneStart(rest[cut]) {
			cut--
		}
		c.WriteString(rest[:cut] + "\r\n ")
		rest = rest[cut:]
	}
	c.WriteString(rest + "\r\n")
}

var (
	escaper    = strings.NewReplacer(`\`, `\\`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`, ",", `\,`)
	structurer = strings.NewReplacer(`\`, `\\`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`, ",", `\,`, ";", `\;`)
)

func escaped(s string) string    { return escaper.Replace(s) }
func structured(s string) string { return structurer.Replace(s) }
