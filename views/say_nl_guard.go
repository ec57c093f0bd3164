package views

// dutchGuardSays are the sentences of the guard.
var dutchGuardSays = map[string]string{
	"To keep it all the same, add --despite with the reason, which goes into the log.": "Om het toch te bewaren: voeg --despite toe met de reden, die in het logboek komt.",
	"This seems to hold %s (%s): leave it out, or say why it must be kept.":            "Dit lijkt %s te bevatten (%s): laat het weg, of zeg waarom het bewaard moet worden.",
	"Say in a few words why it must be kept: the reason goes into the log.":            "Zeg in een paar woorden waarom het bewaard moet worden: de reden komt in het logboek.",
	"The reason goes into the log: say it without the number.":                         "De reden komt in het logboek: zeg het zonder het nummer.",

	"a citizen service number, which only a law lets anybody keep": "een burgerservicenummer, dat alleen een wet laat bewaren",
	"the number of a payment card":                                 "het nummer van een betaalkaart",
	"something about a person's health":                            "iets over iemands gezondheid",
	"something about a person's religion":                          "iets over iemands geloof",
	"something about a person's politics":                          "iets over iemands politieke voorkeur",
	"something about a person's trade union":                       "iets over iemands vakbond",
	"something about a person's sexual life":                       "iets over iemands seksuele leven",
	"something about a person's descent":                           "iets over iemands afkomst",
	"something about a person's body that tells who it is":         "iets over iemands lichaam waaraan die te herkennen is",
	"something about crimes or punishment":                         "iets over strafbare feiten of straf",
}
