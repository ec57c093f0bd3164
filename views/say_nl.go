package views

import "maps"

// dutchMessages are the sentences of policy, db, ops and server in Dutch, by
// their English text. A test walks those packages and finds what is missing.
var dutchMessages = together(dutchConsentSays, dutchErasureSays, dutchRequestSays, dutchDealSays, dutchInvoiceSays, dutchViewSays, dutchTaskSays, dutchReviewSays, dutchJobSays, dutchApprovalSays, dutchPolicy, dutchDB, dutchOps, dutchSheet, dutchServer, dutchSayKeys, dutchLeaving, dutchLogSentences, dutchRegisterSays, dutchDuplicateSays, dutchRetentionSays, dutchGuardSays, dutchLaw, dutchHygieneSays, dutchActivitySays, dutchFieldSays)

func together(tables ...map[string]string) map[string]string {
	all := map[string]string{}
	for _, t := range tables {
		maps.Copy(all, t)
	}
	return all
}

var dutchPolicy = map[string]string{
	"%s can't stand on %s: choose another basis.":                                                          "%s kan niet op %s staan: kies een andere grondslag.",
	"A Belgian VAT number is BE and the enterprise number, as in BE0403170701; look for a mistyped digit.": "Een Belgisch btw-nummer is BE en het ondernemingsnummer, zoals BE0403170701; zoek een typefout.",
	"A Belgian postal code is a number from 1000 to 9999; check the code and the country.":                 "Een Belgische postcode is een getal van 1000 tot 9999; controleer de code en het land.",
	"A Dutch postal code is four digits and two letters, as in 1234 AB; check the code and the country.":   "Een Nederlandse postcode is vier cijfers en twee letters, zoals 1234 AB; controleer de code en het land.",
	"A KvK number has 8 digits; a branch number has 12 and does not belong here.":                          "Een KvK-nummer heeft 8 cijfers; een vestigingsnummer heeft er 12 en hoort hier niet.",
	"A VAT number begins with the two letters of an EU country, as in NL or BE; add them.":                 "Een btw-nummer begint met de twee letters van een EU-land, zoals NL of BE; voeg ze toe.",
	"A VAT number that begins with %s has another length or other letters; compare it with an invoice.":    "Een btw-nummer dat met %s begint heeft een andere lengte of andere letters; vergelijk het met een factuur.",
	"A grant of %s needs a second admin to agree.":                                                         "De rol %s geven vraagt het akkoord van een tweede beheerder.",
	"A login name has 2 to 32 small letters a to z, digits, - or _, and begins with a letter.":             "Een inlognaam heeft 2 tot 32 kleine letters a tot z, cijfers, - of _, en begint met een letter.",
	"A mail address has a name, an @ and a domain without spaces, as in info@example.nl.":                  "Een mailadres heeft een naam, een @ en een domein zonder spaties, zoals info@example.nl.",
	"A mail address has at most 254 characters; shorten it.":                                               "Een mailadres heeft hoogstens 254 tekens; maak het korter.",
	"A postal code has 3 to 12 letters and digits; check the code and the country.":                        "Een postcode heeft 3 tot 12 letters en cijfers; controleer de code en het land.",
	"A web address has a domain, as in www.example.nl; check its spelling.":                                "Een webadres heeft een domein, zoals www.example.nl; controleer de spelling.",
	"A web address may not hold a name or password before an @; remove that part.":                         "Een webadres mag geen naam of wachtwoord voor een @ bevatten; haal dat weg.",
	"A website begins with http:// or https://; remove the other beginning.":                               "Een website begint met http:// of https://; haal het andere begin weg.",
	"An RSA key must have 3072 to 8192 bits, this one has %d: make a new one with ssh-keygen -t ed25519.":  "Een RSA-sleutel moet 3072 tot 8192 bits hebben, deze heeft er %d: maak een nieuwe met ssh-keygen -t ed25519.",
	"A certificate can't be registered: use the plain key.":                                                "Een certificaat kan niet geregistreerd worden: gebruik de gewone sleutel.",
	"An enterprise number has 10 digits and begins with 0 or 1, as in 0403.170.701.":                       "Een ondernemingsnummer heeft 10 cijfers en begint met 0 of 1, zoals 0403.170.701.",
	"First record the reason for which you look at customers.":                                             "Leg eerst de reden vast waarom je klanten inziet.",
	"Keys of the kind %q are not safe enough: make a new one with ssh-keygen -t ed25519.":                  "Sleutels van de soort %q zijn niet veilig genoeg: maak een nieuwe met ssh-keygen -t ed25519.",
	"The part after the @ of this mail address is not a domain, as in example.nl; check its spelling.":     "Wat in dit mailadres na de @ staat is geen domein zoals example.nl; controleer de spelling.",
	"The part before the @ of this mail address is not valid; look for a stray comma, bracket or dot.":     "Wat in dit mailadres voor de @ staat klopt niet; zoek een verdwaalde komma, haak of punt.",
	"There is no lawful basis %q: use contract, interest, consent or obligation.":                          "Er is geen grondslag %q: gebruik contract, interest, consent of obligation.",
	"There is no role %q: use sales, manager, finance, privacy, admin or auditor.":                         "Er is geen rol %q: gebruik sales, manager, finance, privacy, admin of auditor.",
	"There is no status %q: use lead, customer or former.":                                                 "Er is geen status %q: gebruik lead, customer of former.",
	"There is no such record, or it is not yours to see.":                                                  "Dit bestaat niet, of je mag het niet zien.",
	"This VAT number does not pass its check; look for a mistyped digit.":                                  "Dit btw-nummer klopt niet; zoek een typefout.",
	"This country isn't known: use its code of two letters, such as NL or BE.":                             "Dit land is onbekend: gebruik de code van twee letters, zoals NL of BE.",
	"This enterprise number does not pass its check; look for a mistyped digit.":                           "Dit ondernemingsnummer klopt niet; zoek een typefout.",
	"This is not a web address; type it as in www.example.nl.":                                             "Dit is geen webadres; typ het zoals www.example.nl.",
	"This is the last admin: make another one first, who has joined.":                                      "Dit is de laatste beheerder: maak eerst een andere, die al binnen is.",
	"You can't grant a role to yourself: ask another admin.":                                               "Jezelf een rol geven kan niet: vraag een andere beheerder.",
	"You can't revoke yourself: ask another admin.":                                                        "Je eigen toegang intrekken kan niet: vraag een andere beheerder.",
	"Your role does not allow this.":                                                                       "Je rol staat dit niet toe.",
}

var dutchDB = map[string]string{
	"There is one like this already.":                                            "Er is er al een zoals deze.",
	"Search is being made ready: try again in a moment.":                         "Het zoeken wordt klaargemaakt: probeer het zo weer.",
	"Somebody else changed this customer meanwhile: look at both and choose.":    "Iemand anders wijzigde deze klant intussen: bekijk beide en kies.",
	"Somebody else was busy with this: try again.":                               "Iemand anders was hiermee bezig: probeer het nog eens.",
	"Something went wrong with the code: try again.":                             "Er ging iets mis met de code: probeer het nog eens.",
	"The contact belongs to this company already.":                               "Het contact hoort al bij dit bedrijf.",
	"The customer has a basis for this purpose already.":                         "De klant heeft voor dit doel al een grondslag.",
	"The customer has this tag already.":                                         "De klant heeft dit label al.",
	"The database can't be reached just now: what you typed is kept, try again.": "De database is nu niet bereikbaar: wat je typte blijft staan, probeer het nog eens.",
	"The database is full or overloaded; nothing was saved. Tell your admin.":    "De database is vol of overbelast; er is niets opgeslagen. Zeg het je beheerder.",
	"The database was made by a newer balie: start that one, or a later one.":    "De database is van een nieuwere balie: start die, of een latere.",
	"The log can't be sealed: this server counts transactions from %d, the log goes on to %d. It was restored from another server; stop PostgreSQL, run pg_resetwal --epoch=%d on its data directory, and start it again.": "Het logboek kan niet verzegeld worden: deze server telt transacties vanaf %d, het logboek gaat door tot %d. Het is van een andere server teruggezet; stop PostgreSQL, draai pg_resetwal --epoch=%d op zijn gegevensmap en start het weer.",
	"There is a tag of this name already.":                                                "Er is al een label met deze naam.",
	"There is a team of this name already.":                                               "Er is al een team met deze naam.",
	"There is no import of yours from the last day with this number.":                     "Van het laatste etmaal is er geen import van jou met dit nummer.",
	"This key can't be used here: make a new one with ssh-keygen -t ed25519.":             "Deze sleutel kan hier niet gebruikt worden: maak een nieuwe met ssh-keygen -t ed25519.",
	"This login name is taken: choose another one.":                                       "Deze inlognaam is bezet: kies een andere.",
	"This person holds that role already.":                                                "Deze persoon heeft die rol al.",
	"This was saved already.":                                                             "Dit was al opgeslagen.",
	"This was stopped before it was finished; nothing was saved.":                         "Dit is gestopt voor het klaar was; er is niets opgeslagen.",
	"Work of this person could not be stopped: try again.":                                "Het werk van deze persoon kon niet gestopt worden: probeer het nog eens.",
	"You imported this very file before with the same columns: revert that import first.": "Dit bestand importeerde je al met dezelfde kolommen: draai die import eerst terug.",
	"Your access in this role has ended.":                                                 "Je toegang in deze rol is beëindigd.",
}
