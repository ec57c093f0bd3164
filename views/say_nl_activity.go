package views

// dutchActivitySays are the sentences on what happened and on pasted mail.
var dutchActivitySays = map[string]string{
	"The mail did not come in whole: try again.":                                           "De mail kwam niet heel binnen: probeer het opnieuw.",
	"The mail is larger than %d MB: leave out its attachments.":                            "De mail is groter dan %d MB: laat de bijlagen weg.",
	"This is no mail: paste it with its headers, From, To, Date and Subject.":              "Dit is geen mail: plak hem met kop en al, Van, Aan, Datum en Onderwerp.",
	"This mail is damaged and can't be read: paste only its headers and its text.":         "Deze mail is beschadigd en kan niet gelezen worden: plak alleen de kop en de tekst.",
	"Somebody else changed this meanwhile: look at it again.":                              "Iemand anders heeft dit intussen gewijzigd: bekijk het opnieuw.",
	"Nobody of this customer's wrote or got this mail: check the number, or say --anyway.": "Niemand van deze klant schreef of kreeg deze mail: controleer het nummer, of zeg --anyway.",
}
