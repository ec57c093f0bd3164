package views

import "balie/policy"

// activityTexts are those of what happened with a customer, and of pasted mail.
type activityTexts struct {
	Title, KeyOpen, KeyPast, KeyMail, None, Choose, When, About, People, Outcome, Length, LengthHint, Text, By, History string
	FormTitle, Saved, UndoWhat, Undone, Minutes                                                                         string
	MailTitle, MailHelp, MailKeep, Kept, Unknown, Undated, Cut, OffPaste, Past, NoPast                                  string
	Ways                                                                                                                map[policy.Direction]string
	Fields                                                                                                              map[string]string
}

func englishActivities() activityTexts {
	return activityTexts{
		Title: "What happened", KeyOpen: "open what happened", KeyPast: "what was changed", KeyMail: "paste a mail", None: "Nothing happened yet.", Choose: "Which one?",
		When: "When", About: "About", People: "Who were there", Outcome: "Outcome", Length: "Minutes", LengthHint: "how long it took", Text: "Remark", By: "Noted by", History: "What was changed",
		FormTitle: "Put right", Saved: "Saved.", UndoWhat: "Take back your change of %s (%s)?", Undone: "Taken back: %s.", Minutes: "A length is a number of minutes.",
		MailTitle: "Paste a mail", MailHelp: "Paste it here with its headers: the source of the mail (in most mail programs “show original”), or From, To, Date, Subject and the text. Attachments are left out.",
		MailKeep: "keep", Kept: "Kept on the timeline: %s.", Unknown: "Nobody of %s's wrote or got this mail: is it the right customer?", Undated: "When it was sent is not understood: it stands under now.",
		Cut: "The text is longer than what is kept: the end is left out.", OffPaste: "paste a mail first", Past: "What was changed", NoPast: "Nothing was changed since it was made.",
		Ways:   map[policy.Direction]string{policy.WayIn: "received", policy.WayOut: "sent"},
		Fields: map[string]string{"kind": "Kind", "at": "When", "subject": "About", "people": "Who were there", "minutes": "Minutes", "outcome": "Outcome", "text": "Remark", "done": "Done"},
	}
}

func dutchActivities() activityTexts {
	return activityTexts{
		Title: "Wat gebeurde", KeyOpen: "open wat gebeurde", KeyPast: "wat gewijzigd is", KeyMail: "plak een mail", None: "Er is nog niets gebeurd.", Choose: "Welke?",
		When: "Wanneer", About: "Over", People: "Wie erbij waren", Outcome: "Uitkomst", Length: "Minuten", LengthHint: "hoe lang het duurde", Text: "Opmerking", By: "Genoteerd door", History: "Wat gewijzigd is",
		FormTitle: "Verbeteren", Saved: "Bewaard.", UndoWhat: "Je wijziging van %s terugnemen (%s)?", Undone: "Teruggenomen: %s.", Minutes: "Een duur is een aantal minuten.",
		MailTitle: "Plak een mail", MailHelp: "Plak hem hier met kop en al: de bron van de mail (in de meeste mailprogramma's “origineel weergeven”), of Van, Aan, Datum, Onderwerp en de tekst. Bijlagen blijven weg.",
		MailKeep: "bewaar", Kept: "Op de tijdlijn gezet: %s.", Unknown: "Niemand van %s schreef of kreeg deze mail: is het de goede klant?", Undated: "Wanneer hij verstuurd is, is niet begrepen: hij staat onder nu.",
		Cut: "De tekst is langer dan wat bewaard wordt: het eind blijft weg.", OffPaste: "plak eerst een mail", Past: "Wat gewijzigd is", NoPast: "Er is niets gewijzigd sinds het gemaakt is.",
		Ways:   map[policy.Direction]string{policy.WayIn: "ontvangen", policy.WayOut: "verstuurd"},
		Fields: map[string]string{"kind": "Soort", "at": "Wanneer", "subject": "Over", "people": "Wie erbij waren", "minutes": "Minuten", "outcome": "Uitkomst", "text": "Opmerking", "done": "Gedaan"},
	}
}
