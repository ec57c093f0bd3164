package policy

import "strings"

// countries are the names that people type for the countries that occur most.
var countries = map[string]string{
	"nederland": "NL", "netherlands": "NL", "the netherlands": "NL", "holland": "NL",
	"belgië": "BE", "belgie": "BE", "belgium": "BE", "belgique": "BE",
	"duitsland": "DE", "germany": "DE", "deutschland": "DE",
	"frankrijk": "FR", "france": "FR", "luxemburg": "LU", "luxembourg": "LU",
	"verenigd koninkrijk": "GB", "united kingdom": "GB", "uk": "GB", "engeland": "GB",
	"spanje": "ES", "spain": "ES", "italië": "IT", "italie": "IT", "italy": "IT",
	"oostenrijk": "AT", "austria": "AT", "zwitserland": "CH", "switzerland": "CH",
	"polen": "PL", "poland": "PL", "denemarken": "DK", "denmark": "DK",
	"zweden": "SE", "sweden": "SE", "ierland": "IE", "ireland": "IE", "portugal": "PT",
}

// NormalCountry turns a name or code into the two letters of ISO 3166.
func NormalCountry(raw string) (string, error) {
	s := strings.TrimSpace(raw)
	if code, ok := countries[strings.ToLower(s)]; ok {
		return code, nil
	}
	if len(s) == 2 && strings.Trim(strings.ToUpper(s), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
		return strings.ToUpper(s), nil
	}
	return "", Errorf(Invalid, "This country isn't known: use its code of two letters, such as NL or BE.").On("country")
}

// eea are the countries of the European Economic Area.
const eea = " AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK "

// InEEA says that a country, as two letters, lies within the European Economic
// Area: what goes elsewhere needs a ground of chapter V GDPR.
func InEEA(country string) bool {
	return len(country) == 2 && strings.Contains(eea, " "+strings.ToUpper(country)+" ")
}
