package views

// dutchViewSays are the sentences on filters and views.
var dutchViewSays = map[string]string{
	"The filter is too long: keep it under %d characters.":                               "Het filter is te lang: houd het onder %d tekens.",
	"The filter asks too much at once: keep it under %d conditions.":                     "Het filter vraagt te veel tegelijk: houd het onder %d voorwaarden.",
	"A quote in the filter has no end: add it.":                                          "Een aanhalingsteken in het filter heeft geen einde: voeg het toe.",
	"%q is no condition: type a field, a sign and a value, as status=lead or city~gent.": "%q is geen voorwaarde: typ een veld, een teken en een waarde, als status=lead of plaats~gent.",
	"There is no field %q here: use %s.":                                                 "Er is hier geen veld %q: gebruik %s.",
	"This list can't be ordered by %q: use %s.":                                          "Deze lijst kan niet op volgorde van %q: gebruik %s.",
	"%s can't be compared with %s: use = or %s.":                                         "%s is niet te vergelijken met %s: gebruik = of %s.",
	"%s%s takes one value.":                                                              "%s%s neemt één waarde.",
	"%s%s lacks a value.":                                                                "%s%s mist een waarde.",
	"%q is no whole number.":                                                             "%q is geen heel getal.",
	"There is no list %q: use contacts, deals, tasks or invoices.":                       "Er is geen lijst %q: gebruik contacts, deals, tasks of invoices.",
	"%s can't be %q: use %s.":                                                            "%s kan niet %q zijn: gebruik %s.",
	"%q is no time: type 2026-12-31, 2026-05, 2026-q3, today, this-quarter, last-30d, 6mo (ago), +7d (ahead), or two with .. between.": "%q is geen tijd: typ 2026-12-31, 2026-05, 2026-k3, vandaag, dit-kwartaal, laatste-30d, 6mnd (geleden), +7d (vooruit), of twee met .. ertussen.",
	"%q has neither a beginning nor an end.":                                                  "%q heeft begin noch einde.",
	"%q ends before it begins.":                                                               "%q eindigt voor het begint.",
	"This view was changed or deleted meanwhile: look at it again.":                           "Deze weergave is intussen gewijzigd of verwijderd: kijk er opnieuw naar.",
	"There is no view %q of this list: views list names those there are.":                     "Er is geen weergave %q van deze lijst: views list noemt welke er zijn.",
	"A view needs a name of at most %d characters.":                                           "Een weergave heeft een naam nodig van hoogstens %d tekens.",
	"You are in no team to share this with: keep it as your own.":                             "Je zit in geen team om dit mee te delen: houd het als je eigen.",
	"You have a view %q of this list already: choose another name, or delete that one first.": "Je hebt al een weergave %q van deze lijst: kies een andere naam, of verwijder die eerst.",
	"You have %d views of this list: delete one first.":                                       "Je hebt %d weergaven van deze lijst: verwijder er eerst een.",
	"The view is kept.":    "De weergave is bewaard.",
	"The view is deleted.": "De weergave is verwijderd.",
	"There is no %s %q.":   "Er is geen %s %q.",
}
