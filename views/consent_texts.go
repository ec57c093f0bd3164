package views

import (
	tea "charm.land/bubbletea/v2"

	"balie/policy"
)

// consentTexts are those of purposes, consents and mailing lists.
type consentTexts struct {
	// The customer's tab.
	May, MayNot, Said, NothingSaid, KeySay, Files, WebSession, RecordedOn, Until string
	Kinds                                                                        map[policy.ConsentKind]string
	Channels                                                                     map[policy.Channel]string
	// The form of what somebody said.
	SayTitle, What, ForWhat, How, Day, DayHint, AskedIn, Address, AddressHint, Remark, ReadOut, AtOnce, Recorded string
	// Purposes.
	Purposes, Purpose, BasesHead, MeansHead, Version, KeyNew, KeyEdit, OffOfficer, Own, NewTitle, EditTitle, Name, NameHint string
	TitleNL, TitleEN, DataNL, DataEN, ToNL, ToEN, KeepNL, KeepEN, AskNL, AskEN, Marketing, Soft, Months, MonthsHint         string
	Why, WhyHint, Saved, Retired, InUse, State, Versions, OutOfUse, Yes, No, ListHint                                       string
	Means                                                                                                                   map[policy.Means]string
	// Lists of people.
	Undecided, UndecidedHint, NoneUndecided, Reask, ReaskHint, NoneReask, ReaskLeft, RunsOut, WhichPurpose string
	// Mailing lists.
	Audiences, NoAudiences, KeyCount, KeyRetire, AudienceName, Search, SearchHint, Kind, AnyKind, Status, AnyStatus, Tag, AnyTag string
	AudienceTitle, AudienceSaved, RetireAsk, RetireDone, Reaches, LeftOut, ExportBy, Went, NeverWent, ByMeans                    string
}

func consentEntries(k *kit) []entry {
	t := &k.t.Consent
	return []entry{
		{name: "purposes", title: t.Purposes, hint: t.ListHint, act: policy.PurposeList, run: func(string) tea.Cmd { return goTo(newPurposes(k)) }},
		{name: "audiences", title: t.Audiences, act: policy.AudienceList, run: func(string) tea.Cmd { return goTo(newAudiences(k)) }},
		{name: "undecided", title: t.Undecided, hint: t.UndecidedHint, act: policy.CustomerList, run: func(string) tea.Cmd {
			return k.withReason(func() tea.Cmd { return goTo(newUndecided(k)) })
		}},
		{name: "reask", title: t.Reask, hint: t.ReaskHint, act: policy.ConsentList, run: func(string) tea.Cmd {
			return k.withReason(func() tea.Cmd { return chooseReask(k) })
		}},
	}
}

func englishConsent() consentTexts {
	return consentTexts{
		May: "may be used", MayNot: "not", Said: "What was said", NothingSaid: "Nothing was said yet: v records a consent, a withdrawal or an objection.", KeySay: "record consent", Files: "files: %s",
		WebSession: "the person's own web session", RecordedOn: "recorded %s", Until: "until %s",
		Kinds: map[policy.ConsentKind]string{
			policy.Asked: "asked, waits for the link", policy.Given: "consent given", policy.Offered: "was offered to opt out (soft opt-in)",
			policy.Withdrawn: "withdrawn", policy.Objected: "objected", policy.Lifted: "objection taken back",
		},
		Channels: map[policy.Channel]string{policy.OnForm: "by form", policy.InMail: "by mail", policy.OnPhone: "by phone", policy.OnPaper: "on paper", policy.OnWeb: "by web"},
		SayTitle: "What %s said", What: "What was said", ForWhat: "To which purpose", How: "How", Day: "On which day", DayHint: "as 2026-03-31; empty for now", AskedIn: "Asked in",
		Address: "About address", AddressHint: "the mail address or phone number, if it is about one", Remark: "Remark", ReadOut: "The words to which a yes is kept:",
		AtOnce: "This counts at once, in lists and exports under way too, and z does not take it back.", Recorded: "It is on record, and counts from now on.",
		Purposes: "Purposes", Purpose: "Purpose", BasesHead: "Bases", MeansHead: "Means", Version: "Version", KeyNew: "new purpose", KeyEdit: "change", OffOfficer: "the privacy officer decides this",
		Own: "the program's own", NewTitle: "A new purpose", EditTitle: "The purpose %s", Name: "Name", NameHint: "small letters, digits and hyphens; it stays",
		TitleNL: "Title, nl", TitleEN: "Title, en", DataNL: "Data, nl", DataEN: "Data, en", ToNL: "Recipients, nl", ToEN: "Recipients, en",
		KeepNL: "Kept, nl", KeepEN: "Kept, en", AskNL: "Wording, nl", AskEN: "Wording, en", Marketing: "Direct marketing", Soft: "Soft opt-in", Months: "Consent counts",
		MonthsHint: "months; 0 for as long as it stands", Why: "Why", WhyHint: "kept with the version", Saved: "The purpose is as you said, from now on.", Retired: "In use", InUse: "in use", State: "State",
		Versions: "Versions", OutOfUse: "out of use", Yes: "yes", No: "no", ListHint: "what data is used for",
		Means:     map[policy.Means]string{policy.ByMail: "mail", policy.ByPhone: "phone", policy.ByPost: "post", policy.ByNone: "within the firm"},
		Undecided: "Standing on nothing", UndecidedHint: "records without any basis", NoneUndecided: "Every record that you see stands on something.",
		Reask: "To be asked again", ReaskHint: "consents that are too old or can't be proven", NoneReask: "Nobody is to be asked again for this who may be mailed.",
		ReaskLeft: "Left out, because a mail that asks is marketing itself and they may not be mailed: %s.", RunsOut: "runs out soon", WhichPurpose: "Consent to what?",
		Audiences: "Mailing lists", NoAudiences: "There are no mailing lists yet: n saves a selection as one. Who may not be used for its purpose never gets on it.",
		KeyCount: "count", KeyRetire: "out of use", AudienceName: "Name", Search: "Search", SearchHint: "as in the list of customers; empty for everybody", Kind: "Kind", AnyKind: "persons and companies",
		Status: "Status", AnyStatus: "any", Tag: "Tag", AnyTag: "any", AudienceTitle: "A new mailing list", AudienceSaved: "Mailing list %d is saved.", RetireAsk: "Take the mailing list %s out of use?",
		RetireDone: "The mailing list is out of use; what went out by it stays on record.", Reaches: "Reaches now", LeftOut: "Left out", ExportBy: "To export it: ssh HOST audiences export %d > list.csv",
		Went: "Went out", NeverWent: "never yet", ByMeans: "Means",
	}
}

func dutchConsent() consentTexts {
	return consentTexts{
		May: "mag gebruikt worden", MayNot: "niet", Said: "Wat er gezegd is", NothingSaid: "Er is nog niets gezegd: v legt een toestemming, intrekking of bezwaar vast.", KeySay: "toestemming vastleggen", Files: "bestanden: %s",
		WebSession: "de eigen websessie", RecordedOn: "vastgelegd %s", Until: "tot %s",
		Kinds: map[policy.ConsentKind]string{
			policy.Asked: "gevraagd, wacht op de link", policy.Given: "toestemming gegeven", policy.Offered: "afmelden is aangeboden (soft opt-in)",
			policy.Withdrawn: "ingetrokken", policy.Objected: "bezwaar gemaakt", policy.Lifted: "bezwaar ingetrokken",
		},
		Channels: map[policy.Channel]string{policy.OnForm: "op een formulier", policy.InMail: "per mail", policy.OnPhone: "per telefoon", policy.OnPaper: "op papier", policy.OnWeb: "op het web"},
		SayTitle: "Wat %s zei", What: "Wat is gezegd", ForWhat: "Over welk doel", How: "Hoe", Day: "Op welke dag", DayHint: "als 2026-03-31; leeg voor nu", AskedIn: "Gevraagd in",
		Address: "Over adres", AddressHint: "het mailadres of telefoonnummer, als het daarover gaat", Remark: "Opmerking", ReadOut: "De woorden waarbij een ja bewaard wordt:",
		AtOnce: "Dit telt meteen, ook in lijsten en exports die lopen, en z draait het niet terug.", Recorded: "Het is vastgelegd en telt vanaf nu.",
		Purposes: "Doelen", Purpose: "Doel", BasesHead: "Grondslagen", MeansHead: "Middelen", Version: "Versie", KeyNew: "nieuw doel", KeyEdit: "wijzig", OffOfficer: "dit beslist de privacyfunctionaris",
		Own: "van het programma", NewTitle: "Een nieuw doel", EditTitle: "Het doel %s", Name: "Naam", NameHint: "kleine letters, cijfers en streepjes; hij blijft",
		TitleNL: "Titel, nl", TitleEN: "Titel, en", DataNL: "Gegevens, nl", DataEN: "Gegevens, en", ToNL: "Ontvangers, nl", ToEN: "Ontvangers, en",
		KeepNL: "Bewaard, nl", KeepEN: "Bewaard, en", AskNL: "Tekst, nl", AskEN: "Tekst, en", Marketing: "Direct marketing", Soft: "Soft opt-in", Months: "Toestemming telt",
		MonthsHint: "maanden; 0 voor zolang ze staat", Why: "Waarom", WhyHint: "bewaard bij de versie", Saved: "Het doel is vanaf nu zoals je zei.", Retired: "In gebruik", InUse: "in gebruik", State: "Toestand",
		Versions: "Versies", OutOfUse: "buiten gebruik", Yes: "ja", No: "nee", ListHint: "waarvoor gegevens gebruikt worden",
		Means:     map[policy.Means]string{policy.ByMail: "mail", policy.ByPhone: "telefoon", policy.ByPost: "post", policy.ByNone: "binnen het bedrijf"},
		Undecided: "Berust op niets", UndecidedHint: "gegevens zonder grondslag", NoneUndecided: "Alles wat je ziet berust ergens op.",
		Reask: "Opnieuw te vragen", ReaskHint: "toestemmingen die te oud zijn of niet te bewijzen", NoneReask: "Niemand die gemaild mag worden hoeft dit opnieuw gevraagd.",
		ReaskLeft: "Weggelaten, omdat een mail die vraagt zelf marketing is en zij niet gemaild mogen worden: %s.", RunsOut: "loopt binnenkort af", WhichPurpose: "Toestemming waarvoor?",
		Audiences: "Verzendlijsten", NoAudiences: "Er zijn nog geen verzendlijsten: n bewaart een selectie als lijst. Wie niet voor het doel gebruikt mag worden komt er nooit op.",
		KeyCount: "tel", KeyRetire: "buiten gebruik", AudienceName: "Naam", Search: "Zoek", SearchHint: "zoals in de lijst van klanten; leeg voor iedereen", Kind: "Soort", AnyKind: "personen en bedrijven",
		Status: "Status", AnyStatus: "elke", Tag: "Label", AnyTag: "elk", AudienceTitle: "Een nieuwe verzendlijst", AudienceSaved: "Verzendlijst %d is bewaard.", RetireAsk: "De verzendlijst %s buiten gebruik stellen?",
		RetireDone: "De verzendlijst is buiten gebruik; wat erover verstuurd is blijft vastliggen.", Reaches: "Bereikt nu", LeftOut: "Weggelaten", ExportBy: "Exporteren: ssh HOST audiences export %d > lijst.csv",
		Went: "Verstuurd", NeverWent: "nog nooit", ByMeans: "Middel",
	}
}
