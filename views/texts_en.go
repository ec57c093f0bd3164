package views

func englishFrame() frameTexts {
	return frameTexts{
		Home: "Home", For: "for:", Nobody: "nobody", Today: "today", Yesterday: "yesterday",
		JustNow: "just now", MinutesAgo: "%d min ago", HoursAgo: "%d h ago", DaysAgo: "%d d ago",
		WeeksAgo: "%d w ago", MonthsAgo: "%d mo ago", YearsAgo: "%d y ago",
		Months:  [12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
		KeysAll: "keys", KeyPalette: "go to, do …", SpaceKey: "space", KeyBack: "back", KeyLast: "last screen", KeyQuit: "quit",
		HelpTitle: "Keys of this screen — any key closes this",
		YesKey:    "y", Yes: "yes", No: "no", NothingFits: "Nothing fits: type less.",
		ChooseHelp:     "type to narrow · ↑↓ choose · enter take · esc leave",
		ChooseManyHelp: "type to narrow · ↑↓ choose · space on or off · enter take these · esc leave",
		QuitDraft:      "Something here isn't saved yet. Quit? It is kept for half an hour.",
		RoleNow:        "You act as %s now.", Palette: "Go to or do", PaletteUnknown: "There is no such thing to do here: type a part of its name.",
		LanguageNow: "The language is English now.", NoSuchRole: "You don't hold this role.",
		Required: "needed", FormHelp: "tab next · ctrl+s save · esc leave", FormSaving: "Saving …", KeySave: "save", KeyCancel: "leave",
		KeyNextField: "next field", KeyChoose: "choose",
		DraftLeft: "Left as a draft: open the form again within half an hour to go on.", DraftOffer: "You were in the middle of this. Go on?",
		DraftAge: "from %s", Loading: "one moment …", More: "more", TooSmall: "The window is too small: 80 by 24 is enough.",
		ToQuit: "Quit", ToTheme: "Colours", ToLanguage: "Language of this session", ToRole: "Act as", ToHome: "Home",
		ThemeHint: ":theme light, dark or plain (no colours)", LanguageHint: ":language nl or en",
		Sales: "sales", Manager: "manager", Finance: "finance", Privacy: "privacy officer", Admin: "admin", Auditor: "auditor",
	}
}
