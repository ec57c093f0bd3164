package views

// dutchHygieneSays are the officer's figures, and the sentences on dead addresses.
var dutchHygieneSays = map[string]string{
	"Breaches to see to":                         "Datalekken om af te handelen",
	"Breaches past their 72 hours":               "Datalekken over de 72 uur heen",
	"Records that stand on nothing":              "Gegevens die op niets berusten",
	"Erasures with recipients to tell":           "Wissingen met ontvangers om in te lichten",
	"Published texts that differ from now":       "Gepubliceerde teksten die afwijken van nu",
	"Requests of data subjects to answer":        "Verzoeken van betrokkenen om te beantwoorden",
	"Requests that are overdue":                  "Verzoeken die te laat zijn",
	"Requests due soon":                          "Verzoeken waarvan de termijn nadert",
	"Pairs of customers that look like one":      "Paren klanten die dezelfde lijken",
	"Consents to be asked again":                 "Toestemmingen om opnieuw te vragen",
	"On lists that went out, now refused":        "Op verstuurde lijsten, nu geweigerd",
	"Customers with a dead mail address":         "Klanten met een dood mailadres",
	"Roles that nobody used for a quarter":       "Rollen die niemand een kwartaal gebruikte",
	"Keys that nobody uses":                      "Sleutels die niemand gebruikt",
	"Fields of our own that nobody uses":         "Eigen velden die niemand gebruikt",
	"Sensitive texts kept for a reason, 30 days": "Gevoelige teksten met reden bewaard, 30 dagen",

	"Mail came back from the address.":                     "Mail naar het adres kwam terug.",
	"Give between 1 and %d mail addresses, one on a line.": "Geef 1 tot %d mailadressen, een per regel.",
	"Noted: %d. Of nobody whom you see: %d.":               "Genoteerd: %d. Van niemand die je ziet: %d.",
}
