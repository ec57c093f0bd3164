package views

// dutchRetentionSays are the sentences on how long what is kept.
var dutchRetentionSays = map[string]string{
	"Version %d of %s waits for another person to agree: retention approve.":           "Versie %d van %s wacht op het akkoord van een ander: retention approve.",
	"The rule counts from the next night on; see retention dry-run for whom it takes.": "De regel telt vanaf de komende nacht; zie retention dry-run voor wie erdoor weggaat.",
	"The change is taken back.":             "De wijziging is teruggenomen.",
	"It is kept through %s.":                "Het blijft bewaard tot en met %s.",
	"The hold has ended.":                   "De bewaarreden is beëindigd.",
	"It is noted: the term counts from %s.": "Genoteerd: de termijn telt vanaf %s.",
	"A legal hold keeps customer %d through %s (art. 17(3)(e) GDPR): end it first, see retention holds.":    "Een claim houdt klant %d vast tot en met %s (art. 17 lid 3 e AVG): beëindig die eerst, zie retention holds.",
	"A change of this rule waits already: have it agreed to or taken back first.":                           "Er wacht al een wijziging van deze regel: laat er eerst akkoord op geven of neem hem terug.",
	"A new rule needs a term and a start: --term \"4 weeks\" --start contact.":                              "Een nieuwe regel heeft een termijn en een begin nodig: --term \"4 weeks\" --start contact.",
	"Nothing of this rule waits for an answer: see retention list.":                                         "Van deze regel wacht niets op antwoord: zie retention list.",
	"Retention rules that nobody has agreed to: %d. Until then they erase nothing.":                         "Bewaarregels waar niemand akkoord op gaf: %d. Tot dan wissen ze niets.",
	"There are holds for a claim (hold) and for a documented reason (keep).":                                "Er zijn bewaarredenen voor een claim (hold) en met vastgelegde reden (keep).",
	"A hold ends on a day from today on, within ten years: give it as 2027-03-01.":                          "Een bewaarreden eindigt op een dag vanaf vandaag, binnen tien jaar: geef hem als 2027-03-01.",
	"What ends is a contract or a procedure.":                                                               "Wat eindigt is een contract of een procedure.",
	"Give the day on which it ended, as 2026-03-01; one to come is noted when it has come.":                 "Geef de dag waarop het eindigde, als 2026-03-01; een die nog komt noteer je als het zover is.",
	"%q is no term: write a number and weeks, months or years, as in 2 years.":                              "%q is geen termijn: schrijf een getal en weken, maanden of jaren, zoals 2 jaar.",
	"There is no start %q: use contact, contract or procedure.":                                             "Er is geen begin %q: gebruik contact, contract of procedure.",
	"A rule has a name of small letters, digits and hyphens, as lead; see retention list.":                  "Een regel heeft een naam van kleine letters, cijfers en streepjes, zoals lead; zie retention list.",
	"Invoices are kept seven years at least from the end of the book year (art. 52(4) AWR).":                "Facturen blijven minstens zeven jaar na het einde van het boekjaar bewaard (art. 52 lid 4 AWR).",
	"A rule of your own is for a purpose: name it with --purpose.":                                          "Een eigen regel is voor een doel: noem het met --purpose.",
	"Another person has to agree to this change: not who proposed it.":                                      "Een ander moet akkoord gaan met deze wijziging: niet wie hem voorstelde.",
	"So long a customer whose term is over is put away, for the privacy officer only, before it is erased.": "Zo lang is een klant waarvan de termijn om is weggezet, alleen voor de privacyfunctionaris, voor hij gewist wordt.",
}
