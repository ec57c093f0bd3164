package paper

import (
	"fmt"
	"strings"

	"balie/policy"
)

// Letter is a letter to a data subject, as text to send by whatever way the
// request came.
type Letter struct {
	House    string // the organisation's name
	Country  string // whose authority hears complaints
	To       string
	Request  string // its number
	Kind     policy.RequestKind
	Received policy.Date
	Today    policy.Date
	Due      policy.Date // the new date of an extension
	Why      string      // in the officer's words
	Ground   policy.Message
}

// letterWords are those of letters in one language.
type letterWords struct {
	Dear, About, Extended, Until, Refused, Partly, Ground, Complain, Court, Closing string
	kinds                                                                           map[policy.RequestKind]string
	authorities                                                                     map[string]string
}

var letterNL = letterWords{
	Dear: "Geachte %s,", About: "Betreft: uw verzoek om %s van %s, ons nummer %s",
	Extended: "U deed op %s een verzoek om %s. Daarop antwoorden wij normaal binnen één maand. Dat lukt nu niet:",
	Until:    "Daarom verlengen wij de termijn zoals art. 12 lid 3 AVG dat toestaat. U hoort uiterlijk op %s van ons.",
	Refused:  "U deed op %s een verzoek om %s. Wij geven daaraan geen gevolg.",
	Partly:   "U deed op %s een verzoek om %s. Wij geven daaraan voor een deel gevolg.",
	Ground:   "De grond daarvoor:",
	Complain: "Bent u het hier niet mee eens, laat het ons dan weten. U kunt ook een klacht indienen bij %s (art. 77 AVG).",
	Court:    "Daarnaast kunt u naar de rechter (art. 79 AVG).", Closing: "Met vriendelijke groet,",
	kinds: map[policy.RequestKind]string{
		policy.Access: "inzage (art. 15 AVG)", policy.Rectification: "rectificatie (art. 16 AVG)", policy.Erasure: "wissing (art. 17 AVG)",
		policy.Restriction: "beperking van de verwerking (art. 18 AVG)", policy.Portability: "overdracht van gegevens (art. 20 AVG)", policy.Objection: "het staken van een verwerking (bezwaar, art. 21 AVG)",
	},
	authorities: map[string]string{
		"NL": "de Autoriteit Persoonsgegevens, Postbus 93374, 2509 AJ Den Haag, autoriteitpersoonsgegevens.nl",
		"BE": "de Gegevensbeschermingsautoriteit, Drukpersstraat 35, 1000 Brussel, gegevensbeschermingsautoriteit.be",
		"":   "de toezichthouder voor gegevensbescherming van uw land",
	},
}

var letterEN = letterWords{
	Dear: "Dear %s,", About: "About your request for %s of %s, our number %s",
	Extended: "On %s you made a request for %s. We normally answer within one month. This time we can't:",
	Until:    "We therefore extend the term as art. 12(3) GDPR allows. You will hear from us by %s.",
	Refused:  "On %s you made a request for %s. We do not act on it.",
	Partly:   "On %s you made a request for %s. We act on a part of it.",
	Ground:   "The ground for this:",
	Complain: "If you disagree, please tell us. You can also lodge a complaint with %s (art. 77 GDPR).",
	Court:    "You can go to court as well (art. 79 GDPR).", Closing: "Kind regards,",
	kinds: map[policy.RequestKind]string{
		policy.Access: "access (art. 15 GDPR)", policy.Rectification: "rectification (art. 16 GDPR)", policy.Erasure: "erasure (art. 17 GDPR)",
		policy.Restriction: "restriction of processing (art. 18 GDPR)", policy.Portability: "portability of data (art. 20 GDPR)", policy.Objection: "an end to a processing (objection, art. 21 GDPR)",
	},
	authorities: map[string]string{
		"NL": "the Dutch Data Protection Authority, Postbus 93374, 2509 AJ Den Haag, autoriteitpersoonsgegevens.nl",
		"BE": "the Belgian Data Protection Authority, Drukpersstraat 35, 1000 Brussels, dataprotectionauthority.be",
		"":   "the data protection authority of your country",
	},
}

func letterOf(lang string) letterWords {
	if lang == "nl" {
		return letterNL
	}
	return letterEN
}

// Authority is who hears complaints in a country, with an address.
func Authority(country, lang string) string {
	all := letterOf(lang).authorities
	if said, ok := all[country]; ok {
		return said
	}
	return all[""]
}

// Extension tells of two further months, with the reasons: art. 12(3) GDPR.
func (l Letter) Extension(lang string) string {
	w := letterOf(lang)
	return l.frame(w, lang,
		fmt.Sprintf(w.Extended, l.Received.In(lang), w.kinds[l.Kind]), l.Why, fmt.Sprintf(w.Until, l.Due.In(lang)))
}

// Refusal tells that a request is not carried out, or partly so, with the ground
// and the ways to complain: art. 12(4) GDPR. say puts the ground into words.
func (l Letter) Refusal(lang string, partly bool, say func(policy.Message) string) string {
	w := letterOf(lang)
	first := w.Refused
	if partly {
		first = w.Partly
	}
	return l.frame(w, lang,
		fmt.Sprintf(first, l.Received.In(lang), w.kinds[l.Kind]), w.Ground+"\n"+say(l.Ground), l.Why)
}

func (l Letter) frame(w letterWords, lang string, parts ...string) string {
	all := []string{
		l.House + "\n" + l.Today.In(lang), fmt.Sprintf(w.About, w.kinds[l.Kind], l.Received.In(lang), l.Request), fmt.Sprintf(w.Dear, l.To),
	}
	all = append(all, parts...)
	all = append(all, fmt.Sprintf(w.Complain, Authority(l.Country, lang))+" "+w.Court, w.Closing+"\n\n"+l.House)
	return strings.Join(all, "\n\n")
}
