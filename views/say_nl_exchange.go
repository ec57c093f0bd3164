package views

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
}
