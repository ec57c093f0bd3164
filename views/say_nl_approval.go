package views

// dutchApprovalSays are the sentences on large exports and on taking back.
var dutchApprovalSays = map[string]string{
	"Another person has to agree to your export: not you yourself.":                                                                                   "Een ander moet akkoord gaan met je export: niet jijzelf.",
	"This request was answered already, or nobody answered it within a week.":                                                                         "Deze vraag is al beantwoord, of niemand deed het binnen een week.",
	"Customers were added while this was being written, so the file is not whole: export again.":                                                      "Er kwamen klanten bij terwijl dit geschreven werd, dus het bestand is niet heel: exporteer opnieuw.",
	"This export was refused today, as request %d: see approvals list for who and why.":                                                               "Deze export is vandaag geweigerd, als vraag %d: zie approvals list voor wie en waarom.",
	"%d customers at once take a second person, who is asked by request %d: when it is agreed to, export again within a day.":                         "%d klanten tegelijk vragen een tweede persoon, aan wie het gevraagd is als vraag %d: exporteer na het akkoord binnen een dag opnieuw.",
	"%d customers at once take a second person: say why with --reason, and one is asked.":                                                             "%d klanten tegelijk vragen een tweede persoon: zeg waarom met --reason, dan wordt het gevraagd.",
	"Exports that wait for a second person's word: %d.":                                                                                               "Exports die op het akkoord van een tweede wachten: %d.",
	"Your exports that were agreed to: %d. Export again within a day.":                                                                                "Jouw exports met akkoord: %d. Exporteer binnen een dag opnieuw.",
	"Large exports that nobody else could agree to, last month: %d.":                                                                                  "Grote exports waar niemand anders akkoord mee kon gaan, afgelopen maand: %d.",
	"A list shows at most %d customers: narrow it with --search, or use contacts export.":                                                             "Een lijst toont hoogstens %d klanten: beperk hem met --search, of gebruik contacts export.",
	"The export may go ahead, once, within a day.":                                                                                                    "De export mag, één keer, binnen een dag.",
	"The URL of the owner is not of one who may do this: it needs the database's owner, who may make roles (CREATEROLE) and grant pg_signal_backend.": "De URL van de eigenaar is van iemand die dit niet mag: nodig is de eigenaar van de database, die rollen mag maken (CREATEROLE) en pg_signal_backend mag geven.",
	"The export is refused.": "De export is geweigerd.",
	"So many customers a day one person may export on the own word; more takes a second person.":                  "Zoveel klanten per dag mag één persoon op eigen gezag exporteren; meer vraagt een tweede persoon.",
	"This change is more than ten minutes ago: change it back by hand.":                                           "Deze wijziging is langer dan tien minuten geleden: wijzig met de hand terug.",
	"Nothing was taken back: it is more than ten minutes ago, or somebody has worked with these customers since.": "Er is niets teruggenomen: het is langer dan tien minuten geleden, of iemand heeft sindsdien aan deze klanten gewerkt.",
}
