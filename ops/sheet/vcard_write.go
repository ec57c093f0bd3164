package sheet

import (
	"bytes"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/emersion/go-vcard"
)

// WriteVCards writes a vCard 4 for each customer. go-vcard's own encoder
// escapes neither semicolons in addresses nor anything in parameters and
// doesn't fold lines, so the lines are made here.
func WriteVCards(w io.Writer, rows iter.Seq2[Values, error]) error {
	for v, err := range rows {
		if err != nil {
			return err
		}
		if _, err := w.Write(v.card()); err != nil {
			return err
		}
	}
	return nil
}

func (v Values) card() []byte {
	var c cardLines
	c.line("BEGIN", "VCARD")
	c.line("VERSION", "4.0")
	if v.One(FullName) == "" && len(v[Given])+len(v[Family]) == 0 && v.One(Company) != "" {
		c.line(vcard.FieldKind, string(vcard.KindOrganization))
	}
	c.name(v)
	c.all(vcard.FieldOrganization, v[Company], structured)
	c.all(vcard.FieldTitle, v[Role], escaped)
	c.all(vcard.FieldEmail, v[Mail], escaped)
	c.all(vcard.FieldTelephone, v[Phone], escaped)
	c.address(v)
	c.all(vcard.FieldURL, v[Website], escaped)
	c.all(vcard.FieldLanguage, v[Language], escaped)
	c.all(vcard.FieldCategories, v[Tags], escaped) // a line each, so that a tag may have a comma
	c.all(vcard.FieldNote, v[Note], escaped)
	c.all(vcard.FieldUID+";VALUE=text", v[SourceID], escaped)
	c.all(xStatus, v[Status], escaped)
	c.all(xOwner, v[Owner], escaped)
	c.all(xKvK, v[KvK], escaped)
	c.all(xVAT, v[VAT], escaped)
	c.line("END", "VCARD")
	return c.Bytes()
}

type cardLines struct{ bytes.Buffer }

func (c *cardLines) name(v Values) {
	full := v.One(FullName)
	if full == "" {
		full = v.displayName()
	}
	c.line(vcard.FieldFormattedName, escaped(full))
	family := strings.TrimSpace(v.One(Prefix) + " " + v.One(Family))
	if family == "" && v.One(Given) == "" {
		return
	}
	c.line(vcard.FieldName+sortAs(v), structured(family)+";"+structured(v.One(Given))+";;;")
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
