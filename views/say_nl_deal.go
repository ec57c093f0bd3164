package views

// dutchDealSays are the sentences on deals and pipelines.
var dutchDealSays = map[string]string{
	"A stage is open, won or lost.":                                                          "Een fase is open, gewonnen of verloren.",
	"A chance is from 0 to 100 percent.":                                                     "Een kans is van 0 tot 100 procent.",
	"What is won has a chance of 100 percent, and what is lost of 0.":                        "Wat gewonnen is heeft een kans van 100 procent, en wat verloren is van 0.",
	"The days after which a deal stands out are from 0, for never, to 3650.":                 "Het aantal dagen waarna een kans opvalt is van 0, voor nooit, tot 3650.",
	"A pipeline has at most %d stages.":                                                      "Een pijplijn heeft hoogstens %d fasen.",
	"A pipeline needs a stage that is open, one that means won and one that means lost.":     "Een pijplijn heeft een fase nodig die open is, een die gewonnen betekent en een die verloren betekent.",
	"Somebody else changed this deal meanwhile: look at it again.":                           "Iemand anders heeft deze kans intussen gewijzigd: kijk er opnieuw naar.",
	"Somebody else changed this meanwhile: look at it again.":                                "Iemand anders heeft dit intussen gewijzigd: kijk er opnieuw naar.",
	"There is a pipeline of this name already.":                                              "Er is al een pijplijn met deze naam.",
	"This customer's data are restricted (art. 18 GDPR): keep them, but don't use them.":     "De gegevens van deze klant zijn beperkt (art. 18 AVG): bewaar ze, maar gebruik ze niet.",
	"This stage is not used any more: choose another one.":                                   "Deze fase is buiten gebruik: kies een andere.",
	"Say why the deal is lost: the next one may be won by it.":                               "Zeg waarom de kans verloren is: de volgende win je er misschien mee.",
	"Say in a few words what the deal is about.":                                             "Zeg in een paar woorden waar de kans om gaat.",
	"A value is from 0 to a billion euro.":                                                   "Een waarde is van 0 tot een miljard euro.",
	"At most %d contacts have a part in a deal.":                                             "Hoogstens %d contacten hebben een rol in een kans.",
	"Each contact has one part in a deal, in a few words.":                                   "Elk contact heeft één rol in een kans, in een paar woorden.",
	"Give the number of a contact and the part, as 12 decides, with commas between several.": "Geef het nummer van een contact en de rol, zoals 12 beslist, met komma's tussen meer.",
	"Give a day as 2026-12-31.":                                                              "Geef een dag zoals 2026-12-31.",
	"A pipeline needs a name of at most %d characters.":                                      "Een pijplijn heeft een naam nodig van hoogstens %d tekens.",
	"A stage needs a name of its own, of at most %d characters.":                             "Een fase heeft een eigen naam nodig, van hoogstens %d tekens.",
	"There is no stage %q: pipelines list shows them.":                                       "Er is geen fase %q: pipelines list toont ze.",
	"The deal is in stage %s now.":                                                           "De kans staat nu in fase %s.",
	"The deal is as you said.":                                                               "De kans is zoals je zei.",
}
