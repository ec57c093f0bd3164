package views

import "balie/policy"

// registerTexts are those of the registers and the documents made of them.
type registerTexts struct {
	Documents, DocumentsHint, None, Saved, Retired, Back, KeyAdd, KeyChange, KeyRetire, KeyBack, KeyOther              string
	KeyPublish, KeyRead, PublishAsk, PublishHint, Published, Unpublished, PublishedOn, DiffersSince, Same, NoDocuments string
	Field, Choice                                                                                                      map[string]string
	State                                                                                                              map[policy.BreachState]string
	Document                                                                                                           map[policy.Document]string
}

func englishRegisters() registerTexts {
	return registerTexts{
		Documents: "Documents", DocumentsHint: "privacy statement, record of processing, handbook", None: "Nothing is recorded here yet: add it with a.",
		Saved: "Recorded; the version before is kept.", Retired: "It no longer counts.", Back: "It counts again.", KeyAdd: "add", KeyChange: "change", KeyRetire: "retire", KeyBack: "count again", KeyOther: "other register",
		KeyPublish: "publish", KeyRead: "read on", PublishAsk: "Publish %s as it stands below?", PublishHint: "Both languages get a new version, beside who published it and when.", Published: "Published: %s.",
		Unpublished: "never published", PublishedOn: "published %s, and so it is", DiffersSince: "differs from what was published %s", Same: "it is published as it stands", NoDocuments: "Nothing was published yet: the privacy officer does that.",
		Field: map[string]string{
			"name": "Name", "service": "Service", "data": "Data", "agreement": "Agreement", "agreed": "Agreed on", "stored": "Stored in", "controlled": "Controlled from", "subs": "Sub-processors", "safeguards": "Safeguards", "review": "Look again",
			"owner": "Looked after by", "how": "How to do it", "why": "What for", "country": "Country", "tell": "How to tell it",
			"aware": "Aware", "since": "From", "until": "Until", "login": "Account", "facts": "Facts", "effects": "Effects", "remedy": "Remedy", "risk": "Risk", "reported": "Reported", "late": "Why late", "told": "People told", "unreported": "Why not reported", "lessons": "Lessons",
		},
		Choice:   map[string]string{"unlikely": "unlikely", "risk": "a risk", "high": "high"},
		State:    map[policy.BreachState]string{policy.BreachRuns: "the 72 hours run", policy.BreachLate: "over 72 hours", policy.BreachUntold: "people not told", policy.BreachSettled: "settled"},
		Document: map[policy.Document]string{policy.Statement: "Privacy statement", policy.Processing: "Record of processing", policy.Handbook: "Handbook page"},
	}
}

func dutchRegisters() registerTexts {
	return registerTexts{
		Documents: "Documenten", DocumentsHint: "privacyverklaring, verwerkingsregister, handboek", None: "Hier is nog niets vastgelegd: voeg toe met a.",
		Saved: "Vastgelegd; de vorige versie blijft bewaard.", Retired: "Het telt niet meer.", Back: "Het telt weer.", KeyAdd: "erbij", KeyChange: "wijzig", KeyRetire: "uit gebruik", KeyBack: "weer in gebruik", KeyOther: "ander register",
		KeyPublish: "publiceer", KeyRead: "lees verder", PublishAsk: "%s publiceren zoals hieronder?", PublishHint: "Beide talen krijgen een nieuwe versie, met wie en wanneer.", Published: "Gepubliceerd: %s.",
		Unpublished: "nooit gepubliceerd", PublishedOn: "gepubliceerd %s, en zo is het", DiffersSince: "wijkt af van wat %s gepubliceerd is", Same: "het is gepubliceerd zoals het is", NoDocuments: "Er is nog niets gepubliceerd: dat doet de privacyfunctionaris.",
		Field: map[string]string{
			"name": "Naam", "service": "Dienst", "data": "Gegevens", "agreement": "Overeenkomst", "agreed": "Gesloten op", "stored": "Opgeslagen in", "controlled": "Zeggenschap in", "subs": "Subverwerkers", "safeguards": "Waarborgen", "review": "Opnieuw bekijken",
			"owner": "Beheerd door", "how": "Hoe het moet", "why": "Waarvoor", "country": "Land", "tell": "Hoe het te melden",
			"aware": "Bekend sinds", "since": "Van", "until": "Tot", "login": "Account", "facts": "Feiten", "effects": "Gevolgen", "remedy": "Maatregelen", "risk": "Risico", "reported": "Gemeld", "late": "Waarom laat", "told": "Betrokkenen ingelicht", "unreported": "Waarom niet gemeld", "lessons": "Lessen",
		},
		Choice:   map[string]string{"unlikely": "onwaarschijnlijk", "risk": "een risico", "high": "hoog"},
		State:    map[policy.BreachState]string{policy.BreachRuns: "de 72 uren lopen", policy.BreachLate: "72 uren voorbij", policy.BreachUntold: "mensen niet ingelicht", policy.BreachSettled: "afgehandeld"},
		Document: map[policy.Document]string{policy.Statement: "Privacyverklaring", policy.Processing: "Verwerkingsregister", policy.Handbook: "Handboekpagina"},
	}
}
