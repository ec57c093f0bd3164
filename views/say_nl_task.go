package views

// dutchTaskSays are the sentences on tasks and activities.
var dutchTaskSays = map[string]string{
	"There is no %q: use todo, call, mail or meeting.":                                                          "Er is geen %q: kies todo, call, mail of meeting.",
	"There is no priority %q: use high, normal or low.":                                                         "Er is geen prioriteit %q: kies hoog, gewoon of laag.",
	"A task repeats daily, weekly, monthly or yearly, or not at all.":                                           "Een taak herhaalt dagelijks, wekelijks, maandelijks of jaarlijks, of niet.",
	"Type what to do, as: call Jan Jansen tomorrow 10:00 about offer.":                                          "Typ wat er te doen is, als: bel Jan Jansen morgen 10:00 over offerte.",
	"What is still to come can't have happened: give an earlier day, or write it as something to do.":           "Wat nog komt kan niet gebeurd zijn: geef een eerdere dag, of schrijf het als iets om te doen.",
	"Give the day on which it is due, as 2026-12-31 or tomorrow.":                                               "Geef de dag waarop het af moet zijn, als 2026-12-31 of morgen.",
	"Say what there is to do.":                                                                                  "Zeg wat er te doen is.",
	"Whom it is for doesn't work here any more: choose somebody else.":                                          "Voor wie het is werkt hier niet meer: kies iemand anders.",
	"Somebody else changed or did this task meanwhile: look at it again.":                                       "Iemand anders heeft deze taak intussen gewijzigd of gedaan: kijk er opnieuw naar.",
	"This can't be taken back any more: it is more than ten minutes ago, or somebody went on with it.":          "Dit kan niet meer teruggenomen worden: het is langer dan tien minuten geleden, of iemand ging ermee verder.",
	"Tasks that should have been done before today: %d.":                                                        "Taken die vóór vandaag gedaan hadden moeten zijn: %d.",
	"Done; it comes back on %s.":                                                                                "Gedaan; het komt terug op %s.",
	"Tasks for today: %d.":                                                                                      "Taken voor vandaag: %d.",
	"What happened is kept with a customer: name one who can be found.":                                         "Wat gebeurd is hoort bij een klant: noem een klant die te vinden is.",
	"What happened is a call, a mail or a meeting.":                                                             "Wat gebeurd is, is een telefoontje, een mail of een afspraak.",
	"A length is in minutes, from 0 to a week.":                                                                 "Een duur is in minuten, van 0 tot een week.",
	"Several customers fit %q: say which with --customer and a number from contacts list, or 0 for nobody.":     "Meer klanten passen bij %q: zeg welke met --customer en een nummer uit contacts list, of 0 voor niemand.",
	"Nobody fits %q: say who with --customer and a number from contacts list, or 0 for a task without anybody.": "Niemand past bij %q: zeg wie met --customer en een nummer uit contacts list, of 0 voor een taak zonder klant.",
}
