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
	"They may be one after all.":                 "Ze zijn misschien toch dezelfde.",
	"They are two: this pair isn't shown again.": "Het zijn er twee: dit paar wordt niet meer getoond.",
}
