package views

// dutchDuplicateSays are the sentences on customers that look like one.
var dutchDuplicateSays = map[string]string{
	"same mail": "zelfde mail", "mail differs by a letter": "mail scheelt een letter", "same phone": "zelfde telefoon",
	"same company": "zelfde bedrijf", "same website": "zelfde website", "same address": "zelfde adres", "same town": "zelfde plaats",
	"same registration": "zelfde registratie", "other registration": "andere registratie",
	"same name": "zelfde naam", "name sounds the same": "naam klinkt hetzelfde", "name differs by one letter": "naam scheelt één letter",
	"name differs by two letters": "naam scheelt twee letters", "one name is part of the other": "de ene naam zit in de andere",
	"first and last name are swapped": "voor- en achternaam zijn verwisseld", "one has no first name": "één heeft geen voornaam",
	"same first name": "zelfde voornaam", "the initials fit": "de voorletters passen", "first name differs by one letter": "voornaam scheelt één letter",
	"one has a further first name": "één heeft nog een voornaam", "other first name": "andere voornaam",
	"They may be one after all.":                                                           "Ze zijn misschien toch dezelfde.",
	"They are two: this pair isn't shown again.":                                           "Het zijn er twee: dit paar wordt niet meer getoond.",
	"Nothing is merged yet. Of the other would go along: %s.":                              "Er is nog niets samengevoegd. Van de ander zou meegaan: %s.",
	"Merged; for 30 days, duplicates undo %d takes it back. Went along: %s.":               "Samengevoegd; 30 dagen lang neemt duplicates undo %d het terug. Mee ging: %s.",
	"Customers %d and %d are two again. What somebody changed since stays with %d: %s.":    "Klanten %d en %d zijn weer twee. Wat iemand sindsdien wijzigde blijft bij %d: %s.",
	"Customers %d and %d are two again.":                                                   "Klanten %d en %d zijn weer twee.",
	"One of the two was changed meanwhile: look at both again.":                            "Een van de twee is intussen gewijzigd: bekijk beide opnieuw.",
	"A person and a company can't become one.":                                             "Een persoon en een bedrijf kunnen niet één worden.",
	"There is no merge of this customer that can be undone: that is possible for 30 days.": "Er is geen samenvoeging van deze klant die terug kan: dat kan 30 dagen lang.",
	"These are one customer already: give the numbers of two.":                             "Dit is al één klant: geef de nummers van twee.",
	"Customers that look like one: %d pairs to look at.":                                   "Klanten die dezelfde lijken: %d paren om te bekijken.",
	"Customers of several teams that look like one: %d pairs to look at.":                  "Klanten van verschillende teams die dezelfde lijken: %d paren om te bekijken.",
	"An earlier row of this file is the same customer.":                                    "Een eerdere rij van dit bestand is dezelfde klant.",
	"%s is there already: number %d, %d%% alike.":                                          "%s is al bekend: nummer %d, %d%% gelijk.",
	"What %s lacked is filled in: number %d.":                                              "Wat bij %s ontbrak is aangevuld: nummer %d.",
}
