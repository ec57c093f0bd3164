package views

// dutchSayKeys has the sentences on settings, keys, codes and sessions.
var dutchSayKeys = map[string]string{
	"%q is no time zone: use a name such as Europe/Amsterdam or Europe/Brussels.": "%q is geen tijdzone: gebruik een naam zoals Europe/Amsterdam of Europe/Brussels.",
	"%s is a number from %d to %d.":                                               "%s is een getal van %d tot %d.",
	"%s must stay below %s: change the other one first.":                          "%s moet onder %s blijven: wijzig eerst de andere.",
	"A key that was not used for so long is pointed out.":                         "Op een sleutel die zo lang niet gebruikt is wordt gewezen.",
	"A key that was not used for so long no longer lets anybody in.":              "Een sleutel die zo lang niet gebruikt is laat niemand meer binnen.",
	"A session ends after so long, whatever happens in it.":                       "Een sessie eindigt na zo lang, wat er ook in gebeurt.",
	"A session without a key press ends after so long.":                           "Een sessie zonder toetsaanslag eindigt na zo lang.",
	"Somebody else decided this meanwhile: look again.":                           "Iemand anders besliste dit intussen: kijk opnieuw.",
	"The time zone in which days, quarters and due times begin and end.":          "De tijdzone waarin dagen, kwartalen en termijnen beginnen en eindigen.",
	"There is no setting %q: see settings list.":                                  "Er is geen instelling %q: zie settings list.",
}
