package server

// dutch has the server's own sentences; those of ops and policy are in views.
// TestDutch finds a gap.
var dutch = map[string]string{
	"The server is being restarted: sign in again in a moment.":  "De server wordt herstart: log zo meteen opnieuw in.",
	"You were signed out because nothing was typed for a while.": "Je bent uitgelogd, omdat er een tijd niets is getypt.",
	"You hold no role any more: ask your admin.":                 "Je hebt geen rol meer: vraag het je beheerder.",
	"Sign in from a terminal, or give a command: ssh HOST help":  "Log in vanuit een terminal, of geef een opdracht: ssh HOST help",
	"Join first, from a terminal: ssh -t join@HOST":              "Meld je eerst aan, vanuit een terminal: ssh -t join@HOST",
	"Joining took too long: sign in with the same code again.":   "Het aanmelden duurde te lang: log opnieuw in met dezelfde code.",
	"See: ssh HOST help": "Zie: ssh HOST help",
	"A quote or backslash in the command has no end: add it.":              "Een aanhalingsteken of backslash in de opdracht heeft geen einde: voeg het toe.",
	"The connection was cut before the end of the file: nothing was kept.": "De verbinding brak voor het einde van het bestand: er is niets bewaard.",
	"Nothing was done: confirm with yes, or add --yes.":                    "Er is niets gedaan: bevestig met ja, of voeg --yes toe.",
	"The role waits until a second admin agrees.":                          "De rol wacht op een tweede beheerder.",
	"%s is %s now.":                             "%s heeft nu de rol %s.",
	"The grant holds now.":                      "De toekenning geldt nu.",
	"The grant has ended.":                      "De toekenning is beëindigd.",
	"End the access of %s for good? Type yes: ": "De toegang van %s voorgoed beëindigen? Typ ja: ",
	"%s is revoked; sessions closed: %d.":       "%s is ingetrokken; gesloten sessies: %d.",
	"The session is closed.":                    "De sessie is gesloten.",
	"The log was changed. Keep the database as it is and tell the privacy officer.": "Het logboek is veranderd. Laat de database zoals hij is en vertel het de privacy officer.",
	"%d of %d": "%d van %d",
	"The import is taken back; customers removed: %d.": "De import is teruggedraaid; verwijderde klanten: %d.",
	"Customers exported: %d.":                          "Geëxporteerde klanten: %d.",
	"Give this code to nobody else. It works once, until %s: ssh join@HOST, from the colleague's own computer.": "Geef deze code aan niemand anders. Hij werkt één keer, tot %s: ssh join@HOST, vanaf de eigen computer van de collega.",
}

// heads are the words above columns and beside fields.
var heads = map[string]string{
	"name": "naam", "role": "rol", "roles": "rollen", "key": "sleutel", "session": "sessie",
	"last_signed_in": "vorige keer", "last_from": "vorige keer vanaf", "team": "team", "state": "toestand",
	"last_seen": "laatst gezien", "since": "sinds", "until": "tot", "ended": "beëindigd", "pending": "wacht",
	"reason": "reden", "fingerprint": "vingerafdruk", "added": "toegevoegd", "last_used": "laatst gebruikt",
	"removed": "verwijderd", "address": "adres", "company": "bedrijf", "companies": "bedrijven",
	"contacts": "contacten", "mail": "mail", "phone": "telefoon", "street": "straat", "postcode": "postcode",
	"city": "plaats", "country": "land", "language": "taal", "website": "website", "status": "status",
	"owner": "eigenaar", "grounds": "grondslagen", "source": "bron", "created": "gemaakt", "notes": "notities",
	"last_activity": "laatste activiteit", "kind": "soort", "retired": "buiten gebruik", "at": "wanneer",
	"who": "wie", "act": "handeling", "refused": "geweigerd", "about": "over", "subjects": "betrokkenen",
	"fields": "velden", "detail": "bijzonderheid", "line": "regel", "outcome": "uitkomst", "why": "waarom",
	"rows": "rijen", "duplicates": "dubbelen", "left_out_columns": "weggelaten kolommen",
	"unknown_tags": "onbekende labels", "perhaps_bsn": "misschien een BSN", "dry_run": "proef",
	"setting": "instelling", "value": "waarde", "unit": "eenheid", "default": "standaard", "changed": "gewijzigd",
	"days": "dagen", "minutes": "minuten", "hours": "uren",
	"faults": "fouten", "intact_rows": "ongeschonden rijen", "intact_until": "ongeschonden tot",
}
