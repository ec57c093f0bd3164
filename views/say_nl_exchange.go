package views

import "maps"

func init() { maps.Copy(dutchMessages, dutchExchangeSays) }

// dutchExchangeSays are the sentences on files that come in and go out.
var dutchExchangeSays = map[string]string{
	"Choose the format csv, json, xlsx, vcard or vcard3.":                                                "Kies als vorm csv, json, xlsx, vcard of vcard3.",
	"This is an old Excel workbook, or one with a password; save it as .xlsx without one and send that.": "Dit is een oud Excel-bestand, of een met een wachtwoord; bewaar het als .xlsx zonder wachtwoord en stuur dat.",
	"This is a zip file and not an Excel workbook; unpack it and send the file in it.":                   "Dit is een zipbestand en geen Excel-bestand; pak het uit en stuur het bestand dat erin zit.",
	"The Excel workbook is damaged; open it, save it again as .xlsx and send that.":                      "Het Excel-bestand is beschadigd; open het, bewaar het opnieuw als .xlsx en stuur dat.",
	"The workbook unpacks to more than %d MiB; split it into smaller files.":                             "Het Excel-bestand is uitgepakt groter dan %d MiB; splits het in kleinere bestanden.",
	"The workbook has a cell of more than %d KiB; make it shorter.":                                      "Het Excel-bestand heeft een cel van meer dan %d KiB; maak die korter.",
	"A workbook holds no more than %d rows: export as CSV.":                                              "Een Excel-bestand heeft hoogstens %d rijen: exporteer als CSV.",

	"This is an Excel workbook or zip file; save it as CSV and send that.":                        "Dit is een Excel-bestand of zipbestand; bewaar het als CSV en stuur dat.",
	"This is a PDF; export the data as CSV and send that.":                                        "Dit is een PDF; exporteer de gegevens als CSV en stuur dat.",
	"This is a compressed file; unpack it and send the CSV file in it.":                           "Dit is een gecomprimeerd bestand; pak het uit en stuur het CSV-bestand dat erin zit.",
	"This is a picture; export the data as CSV and send that.":                                    "Dit is een plaatje; exporteer de gegevens als CSV en stuur dat.",
	"This is a text document; save the data as CSV and send that.":                                "Dit is een tekstdocument; bewaar de gegevens als CSV en stuur dat.",
	"This is a web page or XML file; open it in a spreadsheet, save it as CSV and send that.":     "Dit is een webpagina of XML-bestand; open het in een rekenblad, bewaar het als CSV en stuur dat.",
	"This is a vCard file and not CSV; import it as vCard.":                                       "Dit is een vCard-bestand en geen CSV; importeer het als vCard.",
	"The row has more than %d columns.":                                                           "De rij heeft meer dan %d kolommen.",
	"A cell is longer than %d KiB.":                                                               "Een cel is langer dan %d KiB.",
	"The row is longer than %d KiB.":                                                              "De rij is langer dan %d KiB.",
	"There is text after the closing quotation mark; write a quotation mark inside a cell twice.": "Er staat tekst na het sluitende aanhalingsteken; schrijf een aanhalingsteken in een cel dubbel.",
	"The row has a NUL byte in it; the file is damaged or isn't text.":                            "In de rij staat een NUL-byte; het bestand is beschadigd of geen tekst.",

	"This installation is in use: an archive goes only into one where nobody has been invited yet.":                     "Deze installatie is in gebruik: een archief kan alleen in een installatie waar nog niemand is uitgenodigd.",
	"The archive was made by another version of balie (schema %d, here %d): import it with that one, and then upgrade.": "Het archief is gemaakt door een andere versie van balie (schema %d, hier %d): importeer het met die versie en werk dan bij.",
	"A row of %s in the archive can't be read; nothing was imported.":                                                   "Een rij van %s in het archief is niet te lezen; er is niets geïmporteerd.",
	"The archive has a table %q that this balie doesn't have; nothing was imported.":                                    "Het archief heeft een tabel %q die deze balie niet heeft; er is niets geïmporteerd.",
	"The archive contradicts itself; nothing was imported.":                                                             "Het archief spreekt zichzelf tegen; er is niets geïmporteerd.",
	"The archive doesn't open: the passphrase or identity is another one, or it is no archive of balie.":                "Het archief gaat niet open: de wachtzin of identiteit is een andere, of het is geen archief van balie.",
	"The archive is damaged or cut off; nothing was imported.":                                                          "Het archief is beschadigd of afgebroken; er is niets geïmporteerd.",
	"The archive has format %d, and this balie reads %d: take the balie that made it.":                                  "Het archief heeft vorm %d, en deze balie leest %d: neem de balie die het maakte.",

	"Choose the format csv, json or xlsx.":                                        "Kies als vorm csv, json of xlsx.",
	"This is an export of %[1]s with %[2]s: give it to the command %[2]s import.": "Dit is een export van %[1]s met %[2]s: geef hem aan de opdracht %[2]s import.",
	"The import is taken back; rows removed: %d.":                                 "De import is teruggedraaid; rijen verwijderd: %d.",
	"Rows exported: %d.":        "Geëxporteerde rijen: %d.",
	"This was imported before.": "Dit is al eerder geïmporteerd.",
	"No customer of yours, or more than one, goes by this: import companies and contacts first, or add a number, a mail address or the whole name.": "Geen klant van jou, of meer dan één, heet zo: importeer eerst bedrijven en contacten, of voeg een nummer, een mailadres of de hele naam toe.",
	"The note is empty, or longer than %d characters.":                      "De notitie is leeg, of langer dan %d tekens.",
	"An old invoice needs its number and the debtor's name.":                "Een oude factuur heeft een nummer en de naam van de debiteur nodig.",
	"An old invoice needs the day on which it was issued, up to today.":     "Een oude factuur heeft de dag nodig waarop hij is uitgereikt, tot en met vandaag.",
	"Net and VAT together are not the total.":                               "Netto en btw zijn samen niet het totaal.",
	"%q is no date that can be read: write it as 2026-12-31 or 31-12-2026.": "%q is geen datum die te lezen is: schrijf 2026-12-31 of 31-12-2026.",
}
