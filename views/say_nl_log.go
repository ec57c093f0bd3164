package views

var dutchLogSentences = map[string]string{
	"%q is no time: type 2026-12-31, 2026-12-31 14:05, yesterday, 3d or 2h, or two of them with .. between.": "%q is geen tijd: typ 2026-12-31, 2026-12-31 14:05, gisteren, 3d of 2h, of twee daarvan met .. ertussen.",
	"That time ends before it begins.":                                                               "Die tijd eindigt voor hij begint.",
	"What is about you is for another privacy officer to settle.":                                    "Wat over jou gaat, handelt een andere privacyfunctionaris af.",
	"Choose explained or further.":                                                                   "Kies explained (verklaard) of further (verder opgenomen).",
	"This is settled already: look again.":                                                           "Dit is al afgehandeld: kijk opnieuw.",
	"Say what it was: the note is kept with the flag.":                                               "Zeg wat het was: de notitie wordt erbij bewaard.",
	"Colleagues saw many more customers than usual; times to look at: %d.":                           "Collega's zagen veel meer klanten dan gewoon; keren om te bekijken: %d.",
	"Fewer customers seen in an hour are never unusual, whoever sees them.":                          "Minder klanten in een uur zijn nooit ongewoon, wie ze ook ziet.",
	"Rows of the log exported: %d.":                                                                  "Regels van het logboek geëxporteerd: %d.",
	"It is settled.":                                                                                 "Het is afgehandeld.",
	"Nobody has seen these data.":                                                                    "Niemand heeft deze gegevens gezien.",
	"Who has seen the data of %s (number %d)":                                                        "Wie de gegevens van %s (nummer %d) heeft gezien",
	"Drawn up on %s, %s. Each line says when, in which role, what was done, and how often that day.": "Opgemaakt op %s, %s. Elke regel zegt wanneer, in welke rol, wat er gedaan is, en hoe vaak die dag.",
	"There is no act %q: the log names those there are, as customer.view or signin.":                 "Er is geen handeling %q: het logboek noemt die er zijn, zoals customer.view of signin.",
}
