package views

import "balie/policy"

// fieldTexts are those of the organisation's own fields, and the catalogue.
type fieldTexts struct {
	Title, To, ToHint, Own, Gone, Kept, KeptDeal, SeenBy, Retired                                             string
	Name, Filled, Used, Never, NotCounted, Counted, Counting, BuiltIn, None, Unused, Pick, OnlyOwn            string
	KeyAdd, KeyRetire, KeyBack, KeyDrop, KeyCount, KeyDropped, FormNew, FormChange, Of, Kind, English         string
	NameHint, EnglishHint, Choices, ChoicesHint, Purpose, Basis, Months, MonthsHint, Readers, Why, WhyHint    string
	Saved, RetireWhy, DropAsk, DropHint, DropUnknown, DropWhy, Dropped, Sweeping, CountedNow, Clearing, Clear string
	Entity                                                                                                    map[policy.FieldEntity]string
	Kinds, KindHint                                                                                           map[policy.FieldKind]string
	ReaderSets                                                                                                [3]string
}

func englishFields() fieldTexts {
	return fieldTexts{
		Title: "Fields", To: "Field catalogue", ToHint: "how much each is used", Own: "Own fields", Gone: "a field that was dropped", Kept: "kept %s months after the last contact", KeptDeal: "kept %s months after the last change", SeenBy: "seen by %s", Retired: "not filled in any more",
		Name: "Field", Filled: "Filled", Used: "Last filled in", Never: "never", NotCounted: "Not counted yet: c counts now, the clock does weekly.", Counted: "Counted %s, weekly by the clock.", Counting: "Counting: %s records so far.", BuiltIn: "comes with the program", None: "No field of your own yet: add one with a.", Unused: "nobody uses it", Pick: "choose a field first", OnlyOwn: "it comes with the program",
		KeyAdd: "add", KeyRetire: "retire", KeyBack: "in use again", KeyDrop: "drop", KeyCount: "count now", KeyDropped: "dropped", FormNew: "New field", FormChange: "Change a field", Of: "Belongs to", Kind: "Kind", English: "In English",
		NameHint: "it is readable in the database: it must not tell about a person", EnglishHint: "if it has another name there", Choices: "Choices", ChoicesHint: "with commas; old > new renames one, what is left out is offered no more", Purpose: "Purpose", Basis: "Basis", Months: "Kept for months", MonthsHint: "after the last contact, or the last change of a deal", Readers: "Seen by", Why: "Why", WhyHint: "the reason goes into the log",
		Saved: "Saved: %s.", RetireWhy: "Why?", DropAsk: "Drop %s? Type its name.", DropHint: "%s of %s fill it (%s): all of that goes, history too, for good.", DropUnknown: "Not counted yet. All that stands in it goes, history too, for good.", DropWhy: "Why is it dropped?", Dropped: "Dropped: %s, with all that stood in it.", Sweeping: "Deleting: %s records so far. It goes on when you leave.", CountedNow: "Counted.", Clearing: "being deleted", Clear: "%s deleted",
		Entity:     map[policy.FieldEntity]string{policy.OfPerson: "People", policy.OfCompany: "Companies", policy.OfDeal: "Deals"},
		Kinds:      map[policy.FieldKind]string{policy.TextField: "text", policy.NumberField: "number", policy.DateField: "date", policy.ChoiceField: "choice", policy.YesNoField: "yes or no"},
		KindHint:   map[policy.FieldKind]string{policy.TextField: "text", policy.NumberField: "a number, as 1250.50", policy.DateField: "2026-12-31"},
		ReaderSets: [3]string{"sales and managers", "managers", "sales"},
	}
}

func dutchFields() fieldTexts {
	return fieldTexts{
		Title: "Velden", To: "Veldencatalogus", ToHint: "hoeveel elk gebruikt wordt", Own: "Eigen velden", Gone: "een geschrapt veld", Kept: "%s maanden bewaard na het laatste contact", KeptDeal: "%s maanden bewaard na de laatste wijziging", SeenBy: "gezien door %s", Retired: "wordt niet meer ingevuld",
		Name: "Veld", Filled: "Ingevuld", Used: "Laatst ingevuld", Never: "nooit", NotCounted: "Nog niet geteld: c telt nu, de klok telt wekelijks.", Counted: "Geteld %s, wekelijks door de klok.", Counting: "Tellen: %s records tot nu toe.", BuiltIn: "hoort bij het programma", None: "Nog geen eigen veld: voeg er een toe met a.", Unused: "niemand gebruikt het", Pick: "kies eerst een veld", OnlyOwn: "het hoort bij het programma",
		KeyAdd: "erbij", KeyRetire: "uit gebruik", KeyBack: "weer in gebruik", KeyDrop: "schrap", KeyCount: "tel nu", KeyDropped: "geschrapt", FormNew: "Nieuw veld", FormChange: "Veld wijzigen", Of: "Hoort bij", Kind: "Soort", English: "In het Engels",
		NameHint: "leesbaar in de database: vertelt niets over een persoon", EnglishHint: "als het daar anders heet", Choices: "Keuzes", ChoicesHint: "met komma's; oud > nieuw hernoemt er een, wat ontbreekt wordt niet meer aangeboden", Purpose: "Doel", Basis: "Grondslag", Months: "Maanden bewaard", MonthsHint: "na het laatste contact, of de laatste wijziging van een kans", Readers: "Gezien door", Why: "Waarom", WhyHint: "de reden komt in het logboek",
		Saved: "Bewaard: %s.", RetireWhy: "Waarom?", DropAsk: "%s schrappen? Typ de naam.", DropHint: "%s van %s vullen het (%s): dat gaat weg, ook uit de geschiedenis, voorgoed.", DropUnknown: "Nog niet geteld. Alles erin gaat weg, ook uit de geschiedenis, voorgoed.", DropWhy: "Waarom wordt het geschrapt?", Dropped: "Geschrapt: %s, met alles wat erin stond.", Sweeping: "Verwijderen: %s records tot nu toe. Het gaat door als je weggaat.", CountedNow: "Geteld.", Clearing: "wordt verwijderd", Clear: "%s verwijderd",
		Entity:     map[policy.FieldEntity]string{policy.OfPerson: "Mensen", policy.OfCompany: "Bedrijven", policy.OfDeal: "Kansen"},
		Kinds:      map[policy.FieldKind]string{policy.TextField: "tekst", policy.NumberField: "getal", policy.DateField: "datum", policy.ChoiceField: "keuze", policy.YesNoField: "ja of nee"},
		KindHint:   map[policy.FieldKind]string{policy.TextField: "tekst", policy.NumberField: "een getal, als 1250,50", policy.DateField: "2026-12-31"},
		ReaderSets: [3]string{"verkoop en managers", "managers", "verkoop"},
	}
}
