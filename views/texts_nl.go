package views

func dutchFrame() frameTexts {
	return frameTexts{
		Home: "Begin", For: "voor:", Nobody: "niemand", Today: "vandaag", Yesterday: "gisteren",
		JustNow: "zojuist", MinutesAgo: "%d min terug", HoursAgo: "%d u terug", DaysAgo: "%d d terug",
		WeeksAgo: "%d w terug", MonthsAgo: "%d mnd terug", YearsAgo: "%d j terug",
		Months:  [12]string{"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"},
		KeysAll: "toetsen", KeyPalette: "ga naar, doe …", SpaceKey: "spatie", KeyBack: "terug", KeyLast: "laatste scherm", KeyQuit: "stoppen",
		HelpTitle: "Toetsen van dit scherm — elke toets sluit dit",
		YesKey:    "j", Yes: "ja", No: "nee", NothingFits: "Niets past: typ minder.",
		ChooseHelp:     "typ om te zoeken · ↑↓ kies · enter neem · esc laat",
		ChooseManyHelp: "typ om te zoeken · ↑↓ kies · spatie aan of uit · enter neem deze · esc laat",
		QuitDraft:      "Er is nog iets niet opgeslagen. Stoppen? Het blijft een half uur bewaard.",
		RoleNow:        "Je werkt nu als %s.", Palette: "Ga naar of doe", PaletteUnknown: "Dat is hier niet te doen: typ een deel van de naam.",
		LanguageNow: "De taal is nu Nederlands.", NoSuchRole: "Deze rol heb je niet.",
		Required: "nodig", FormHelp: "tab volgende · ctrl+s opslaan · esc weg", FormSaving: "Opslaan …", KeySave: "opslaan", KeyCancel: "weg",
		KeyNextField: "volgend veld", KeyChoose: "kies",
		DraftLeft: "Bewaard als klad: open het formulier binnen een half uur om verder te gaan.", DraftOffer: "Je was hiermee bezig. Verder gaan?",
		DraftAge: "van %s", Loading: "een ogenblik …", More: "meer", TooSmall: "Het venster is te klein: 80 bij 24 is genoeg.",
		ToQuit: "Stoppen", ToTheme: "Kleuren", ToLanguage: "Taal van deze sessie", ToRole: "Werk als", ToHome: "Begin",
		ThemeHint: ":theme light, dark of plain (zonder kleuren)", LanguageHint: ":language nl of en",
		Sales: "verkoop", Manager: "manager", Finance: "financiën", Privacy: "privacyfunctionaris", Admin: "beheerder", Auditor: "auditor",
	}
}
