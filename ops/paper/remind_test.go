package paper

import (
	"strings"
	"testing"

	"balie/db"
	"balie/policy/text"
)

// The last reminder names the costs to who may owe them by Dutch law.
func TestReminderText(t *testing.T) {
	for _, c := range []struct {
		country, lang string
		level         int16
		want          string
	}{
		{"NL", "nl", 1, "nog € 1.000,00 open"},
		{"NL", "nl", 2, "eerste herinnering"},
		{"NL", "nl", 3, "incassokosten van € 150,00"},
		{"", "en", 3, "collection costs of € 150.00"},
		{"BE", "nl", 3, "uit handen"},
		{"NL", "en", 9, "final reminder"},
	} {
		var i db.Invoice
		i.Address.Country = text.New(c.country)
		if got := ReminderText(i, c.level, c.lang, 100_000); !strings.Contains(got, c.want) || strings.Contains(got, "%!") {
			t.Errorf("%+v: %s", c, got)
		}
	}
}
