package views

// dutchFieldSays are the sentences on fields of the organisation's own.
var dutchFieldSays = map[string]string{
	"A field belongs to person, company or deal.":                                                               "Een veld hoort bij person, company of deal.",
	"A field is of the kind text, number, date, choice or yesno.":                                               "Een veld is van de soort text, number, date, choice of yesno.",
	"A field needs a name of at most %d characters.":                                                            "Een veld heeft een naam nodig van hoogstens %d tekens.",
	"The name of a field has no comma and no equals sign: files could not be told how to fill it.":              "De naam van een veld heeft geen komma en geen is-teken: anders kan een bestand niet zeggen hoe het te vullen is.",
	"Say for how many months it is kept, from 1 to %d: nothing is kept for ever (art. 5(1)(e) GDPR).":           "Zeg hoeveel maanden het bewaard wordt, van 1 tot %d: niets wordt voor altijd bewaard (art. 5 lid 1 onder e AVG).",
	"A field can be seen by sales, manager and privacy.":                                                        "Een veld kan gezien worden door sales, manager en privacy.",
	"Say who may see it: sales, manager or both. The privacy officer always may, for requests of art. 15 GDPR.": "Zeg wie het mag zien: sales, manager of beide. De privacyfunctionaris mag het altijd, voor verzoeken van art. 15 AVG.",
	"Only a field of choices has choices.":                                                                      "Alleen een keuzeveld heeft keuzes.",
	"Each choice has a name of its own, of at most %d characters.":                                              "Elke keuze heeft een eigen naam, van hoogstens %d tekens.",
	"A field of choices offers from 2 to %d of them.":                                                           "Een keuzeveld biedt van 2 tot %d keuzes.",
	"%s is a number: digits with at most one comma or point, as 1250,50.":                                       "%s is een getal: cijfers met hoogstens één komma of punt, zoals 1250,50.",
	"%s is a day, as 2026-12-31 or 31-12-2026.":                                                                 "%s is een dag, zoals 2026-12-31 of 31-12-2026.",
	"%s is not offered any more: choose another one.":                                                           "%s wordt niet meer aangeboden: kies een andere.",
	"%s is one of: %s.":                                       "%s is een van: %s.",
	"%s is yes or no.":                                        "%s is ja of nee.",
	"The field %s is not filled in any more.":                 "Het veld %s wordt niet meer ingevuld.",
	"There is a field of this name already.":                  "Er is al een veld met deze naam.",
	"There are %d fields already: drop one that nobody uses.": "Er zijn al %d velden: schrap er een dat niemand gebruikt.",
	"What a field belongs to and its kind stay as they are: add another field, and drop this one.": "Waar een veld bij hoort en zijn soort blijven zoals ze zijn: voeg een ander veld toe, en schrap dit.",
	"A choice is offered no more rather than deleted: records may hold it.":                        "Een keuze wordt niet verwijderd maar niet meer aangeboden: er kan iets mee ingevuld zijn.",
	"There is no field %q: fields list shows them.":                                                "Er is geen veld %q: fields list toont ze.",
}
