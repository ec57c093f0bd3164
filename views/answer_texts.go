package views

import "balie/ops"

// answerTexts are those of what goes out to a data subject, and of drills.
type answerTexts struct {
	Title, Head, Nothing, AllDone, StillOpen, Elsewhere                string
	KeyOpen, KeyMark, KeyKeep, KeySame, KeyPassage, KeyRelease, KeyAny string
	OffMark, OffSame, ReleaseTell, ReleaseKey, ReleaseOther            string
	Against, Rectify, RectifyOpen, RectifyNote, AnswerTo               string
	Drills, DrillHint, DrillAbout, KeyDrill, Drilling, NoDrills, Whole string
	When, By, Seconds, ErasedIn, Entries, Complete                     string
	States                                                             map[ops.MarkState]string
}

func englishAnswers() answerTexts {
	return answerTexts{
		Title: "What goes out", Head: "%s · %s · entries: %s, of which texts: %s",
		Nothing: "Nothing was typed freely about this person. R says how to write the archive.",
		AllDone: "every place was looked at", StillOpen: "places to look at: %d", Elsewhere: "Others in it? ← → goes to the word, v begins a passage, space leaves it out.",
		KeyOpen: "next to look at", KeyMark: "leave out", KeyKeep: "keep", KeySame: "same everywhere", KeyPassage: "passage", KeyRelease: "release", KeyAny: "next mark",
		OffMark: "the cursor is on no mark", OffSame: "decide about this one first",
		ReleaseTell: "This command writes the archive, a ZIP under a password that it shows once:", ReleaseKey: "Or, when the person gave a public key of age:",
		ReleaseOther: "Give the password by another way than the file. Then note what was sent (s).",
		AnswerTo:     "The answer goes to %s, %s: note that now, it goes with the rest.",
		Against:      "Against what is the objection?", Rectify: "Put it right, everywhere at once", RectifyOpen: "open the record and change it", RectifyNote: "note what was put right",
		Drills: "Privacy drills", DrillHint: "rehearse an answer and an erasure", KeyDrill: "drill now", Drilling: "Somebody by chance is being answered and erased, and put back …",
		DrillAbout: "A drill takes somebody by chance, writes the whole answer to a request for access, opens it and compares it with the database, then erases them, looks whether anything can still be read, and takes that back. It keeps only figures.",
		NoDrills:   "No drill was done yet: r does one. It takes a second or so, and changes nothing.", Whole: "complete",
		When: "When", By: "By", Seconds: "Answered in", ErasedIn: "Erased in", Entries: "Entries", Complete: "Complete",
		States: map[ops.MarkState]string{ops.MarkOpen: "To look at", ops.MarkRedact: "Left out", ops.MarkKeep: "Kept"},
	}
}

func dutchAnswers() answerTexts {
	return answerTexts{
		Title: "Wat eruit gaat", Head: "%s · %s · gegevens: %s, waarvan teksten: %s",
		Nothing: "Over deze mens is niets vrij getypt. R zegt hoe je het archief schrijft.",
		AllDone: "elke plek is bekeken", StillOpen: "plekken om te bekijken: %d", Elsewhere: "Anderen erin? ← → gaat naar het woord, v begint een passage, spatie laat weg.",
		KeyOpen: "volgende plek", KeyMark: "laat weg", KeyKeep: "houd", KeySame: "overal zo", KeyPassage: "passage", KeyRelease: "geef vrij", KeyAny: "volgend teken",
		OffMark: "de cursor staat niet op een teken", OffSame: "besluit eerst over deze",
		ReleaseTell: "Deze opdracht schrijft het archief, een ZIP met een wachtwoord dat hij één keer toont:", ReleaseKey: "Of, als de betrokkene een publieke sleutel van age gaf:",
		ReleaseOther: "Geef het wachtwoord langs een andere weg dan het bestand. Noteer daarna wat verstuurd is (s).",
		AnswerTo:     "Het antwoord gaat naar %s, %s: noteer dat nu, het gaat mee met de rest.",
		Against:      "Waartegen is het bezwaar?", Rectify: "Verbeter het, overal tegelijk", RectifyOpen: "open de gegevens en wijzig ze", RectifyNote: "noteer wat verbeterd is",
		Drills: "Privacy-oefeningen", DrillHint: "oefen een antwoord en een wissing", KeyDrill: "oefen nu", Drilling: "Een willekeurig iemand wordt beantwoord en gewist, en teruggezet …",
		DrillAbout: "Een oefening neemt een willekeurig iemand, schrijft het hele antwoord op een verzoek om inzage, opent het en vergelijkt het met de database, wist diegene dan, kijkt of er nog iets te lezen is, en neemt dat terug. Alleen cijfers blijven bewaard.",
		NoDrills:   "Er is nog niet geoefend: r doet het. Het duurt een seconde of zo, en verandert niets.", Whole: "volledig",
		When: "Wanneer", By: "Door", Seconds: "Antwoord in", ErasedIn: "Gewist in", Entries: "Gegevens", Complete: "Volledig",
		States: map[ops.MarkState]string{ops.MarkOpen: "Te bekijken", ops.MarkRedact: "Weggelaten", ops.MarkKeep: "Gehouden"},
	}
}
