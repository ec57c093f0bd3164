package views

// dutchErasureSays are the sentences on erasing, restricting and keeping out.
var dutchErasureSays = map[string]string{
	"The owner of this phone number was erased and is not to come back by a list: leave the number out, or, when the person came back by himself, have the privacy officer lift it (suppressions lift).":  "De eigenaar van dit telefoonnummer is gewist en hoort niet door een lijst terug te komen: laat het nummer weg, of laat de privacyfunctionaris het opheffen als de persoon zelf terugkwam (suppressions lift).",
	"The owner of this mail address was erased and is not to come back by a list: leave the address out, or, when the person came back by himself, have the privacy officer lift it (suppressions lift).": "De eigenaar van dit mailadres is gewist en hoort niet door een lijst terug te komen: laat het adres weg, of laat de privacyfunctionaris het opheffen als de persoon zelf terugkwam (suppressions lift).",
	"This customer is restricted (art. 18 GDPR): it is kept and shown, but not used or changed, until the privacy officer ends that.":                                                                     "Deze klant is beperkt (art. 18 AVG): bewaard en zichtbaar, maar niet gebruikt of gewijzigd, tot de privacyfunctionaris dat opheft.",
	"Customer %d was erased already: see erasures show.":                                          "Klant %d is al gewist: zie erasures show.",
	"Erasures of which recipients are still to be told (art. 19 GDPR): %d.":                       "Wissingen waarvan ontvangers het nog moeten horen (art. 19 AVG): %d.",
	"This is no certificate of an erasure as it was signed: it was edited, or is something else.": "Dit is geen verklaring van wissing zoals ondertekend: er is iets aan gewijzigd, of het is iets anders.",
	"Erase %s for good? This can't be taken back. Type yes: ":                                     "%s voorgoed wissen? Dit is niet terug te draaien. Typ ja: ",
	"Restricted: it is kept and shown, but not used (art. 18 GDPR).":                              "Beperkt: het blijft bewaard en zichtbaar, maar wordt niet gebruikt (art. 18 AVG).",
	"The restriction has ended.":                                                                  "De beperking is opgeheven.",
	"Nothing changed: it was so already.":                                                         "Er is niets gewijzigd: het was al zo.",
	"It may come in again.":                                                                       "Dit mag weer binnenkomen.",
}
