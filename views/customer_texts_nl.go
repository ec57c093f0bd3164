package views

import (
	"balie/db"
	"balie/policy"
)

func dutchCustomers() customerTexts {
	return customerTexts{
		customerWords: dutchWords(), customerKeys: dutchKeys(), customerSays: dutchSays(),
		homeTexts: dutchHome(), formTexts: dutchForms(), importTexts: dutchImport(),
		Statuses: map[policy.Status]string{policy.Lead: "prospect", policy.Client: "klant", policy.Former: "oud-klant"},
		Kinds:    map[policy.CustomerKind]string{policy.Person: "persoon", policy.Company: "bedrijf"},
		Bases: map[policy.Basis]string{
			policy.Contract: "overeenkomst", policy.Interest: "gerechtvaardigd belang", policy.Consent: "toestemming", policy.Obligation: "wettelijke plicht",
		},
		Sorts: map[db.Sort]string{db.ByName: "naam", db.ByActivity: "activiteit", db.ByOwner: "eigenaar", db.ByStatus: "status"},
		Fields: map[string]string{
			"given": "voornaam", "prefix": "tussenvoegsel", "family": "naam", "mail": "mail", "phone": "telefoon", "street": "straat",
			"postcode": "postcode", "city": "plaats", "country": "land", "language": "taal", "website": "website",
			"kvk": "KvK-nummer", "vat": "btw-nummer", "source": "herkomst", "status": "status", "grounds": "doel en grondslag",
			"tags": "labels", "companies": "bedrijven", "owner": "eigenaar", "restricted": "beperking",
		},
		Acts: dutchActs(),
	}
}

func dutchActs() map[policy.Act]string {
	return map[policy.Act]string{
		policy.CustomerList: "zag in een lijst", policy.CustomerView: "opende", policy.CustomerCreate: "voegde toe",
		policy.CustomerUpdate: "wijzigde", policy.CustomerHandOver: "droeg over", policy.CustomerExport: "exporteerde",
		policy.CustomerExposure: "vroeg wie dit zag", policy.CustomerCount: "telde", policy.ImportRun: "importeerde", policy.ImportRevert: "draaide een import terug",
		policy.NoteView: "las notities", policy.NoteCreate: "schreef een notitie", policy.TagList: "zag de labels", policy.TagManage: "wijzigde de labels",
		policy.ViewList: "zag de bewaarde weergaven", policy.ViewSave: "bewaarde een weergave", policy.ViewDelete: "verwijderde een weergave",
		policy.SystemJob: "een taak van het programma",
	}
}

func dutchWords() customerWords {
	return customerWords{
		Customers: "Klanten", Name: "Naam", Company: "Bedrijf", Kind: "Soort", Status: "Status", LastActivity: "Laatst actief", Owner: "Eigenaar",
		Mail: "Mail", Phone: "Telefoon", State: "Beperkt?", Tag: "label", Tags: "labels", TagLabel: "Label", TagsLabel: "Labels", Further: "Verder", Restricted: "beperkt", Sorted: "op:", Since: "sinds",
		Stands: "staat op:", NoBasis: "geen grondslag", HiddenCompany: "(een bedrijf dat je niet ziet)", Empty: "(leeg)", MainCompany: "hoofd",
		TabTimeline: "Tijdlijn", TabContacts: "Contacten", TabCompanies: "Bedrijven", TabPrivacy: "Privacy", TabHistory: "Historie",
		NoteWord: "notitie", PrivateNote: "privénotitie", ChangedWord: "gewijzigd", CreatedWord: "toegevoegd", CreatedByHand: "met de hand", CreatedByImport: "door een import",
		ChangedHint: "wat en door wie: zie Historie",
		Source:      "Herkomst", SourceUnknown: "niet vastgelegd", KeptSince: "Bewaard sinds", Restriction: "Beperking", NotRestricted: "geen",
		RestrictedLong: "Beperkt (art. 18 AVG): bewaren, maar niet gebruiken.",
		When:           "Wanneer", Who: "Wie", What: "Wat", WhoSawTitle: "Wie zag dit", Mine: "van mij", Theirs: "van de ander", Total: "Totaal",
		APerson: "een persoon", ACompany: "een bedrijf", OneCustomer: "1 klant",
	}
}

func dutchKeys() customerKeys {
	return customerKeys{
		KeyOpen: "open", KeySearch: "zoek", KeyMark: "merk", KeyMarkAll: "merk alles hier", KeyFilter: "filter", KeyAdd: "nieuw", KeyEdit: "wijzig", KeyTag: "label",
		KeyHandOver: "draag over", KeySort: "sorteer", KeyColumns: "kolommen", KeyRepeat: "nog eens op deze", KeyUndo: "laatste wijziging terug", KeyExport: "exporteer",
		KeyClear: "wis", KeyMove: "beweeg", KeyKeepSearch: "houd", KeyNote: "notitie", KeyPrivacy: "privacy", KeyWhoSaw: "wie zag dit", KeyTabs: "tabbladen",
		KeyOpenLinked: "open de gekozene", KeyVisibility: "team of ik", KeyDiscard: "gooi weg", KeyMineTheirs: "van mij of van de ander", KeyImport: "importeer",
		KeyPeople: "mensen", KeyLog: "logboek", KeyProfile: "profiel", KeyReason: "reden",
		OffNothing: "hier is niets", OffNoRepeat: "nog niet", OffNoUndo: "nog niet",
		OffRole: "Je rol staat dit niet toe.", OffNoContact: "in het tabblad met contacten",
	}
}

func dutchSays() customerSays {
	return customerSays{
		NothingFound: "Niemand past.", NothingFoundHint: "Typ minder letters, of wis zoeken en filter met esc.",
		NoCustomers: "Nog geen klanten.", NoCustomersHint: "Druk a voor een nieuwe, of i op het beginscherm om een bestand te importeren.",
		AsideHint: "enter opent alles; het logboek legt dat vast.", NoContacts: "Nog geen contacten bij dit bedrijf.", NoCompanies: "Hoort bij geen bedrijf.",
		NoHistory: "Sinds het toevoegen is niets gewijzigd.", NobodySaw: "Niemand heeft deze klant nog gezien.",
		FilterBy: "Filter op", NoFilter: "geen filter", WhichColumns: "Kolommen", WhichTag: "Label", NoTags: "Er zijn nog geen labels: een manager maakt ze.",
		TagOn: "Het label “%s” op %s zetten?", TagOff: "Het label “%s” van %s halen?", TaggedOn: "Label “%s” gezet: %s.", TaggedOff: "Label “%s” weg van %s.",
		HandTo: "Overdragen aan", HandOver: "%s overdragen aan %s?", HandedOver: "%s overgedragen aan %s.",
		AndMore: "en nog %s", LeftOut: "%s overgeslagen: geen wijziging, of niet van jou.", LeftOutRestricted: "! %s overgeslagen, want beperkt (art. 18 AVG): %s", AllRestricted: "Niets te doen: beperkt (art. 18 AVG), dus hiervoor niet te gebruiken.", MarkedOf: "%s gemerkt van %s", ManyCustomers: "%s klanten",
		AddWhat: "Nieuw", ExportHint: "In een terminal: ssh %s contacts export%s > contacts.csv",
		UndoWhat: "Je wijziging van %s, %s, terugnemen?", UndoLimits: "Binnen tien minuten, zolang niemand er na jou aan werkte. Wat geëxporteerd of gewist is, en toegang die eindigde, komt niet terug; een import draai je terug op zijn eigen scherm.",
		UndoBulk: "Dit van %[2]s terugnemen? %[1]s", UndoneBulk: "Teruggenomen: %s, van %s.", RestrictedToo: "! %s hiervan beperkt (art. 18 AVG): iemand moet erop blijven passen, dus ze gaan mee.",
		UndoTooLate: "Je laatste wijziging is langer dan tien minuten geleden: wijzig met de hand terug (e).", UndoStale: "Na jou wijzigde iemand anders dit: kijk in de historie en wijzig met de hand.",
		Undone: "%s is weer als eerst.", NoBasisLong: "Er is geen doel en grondslag: voeg die toe (e), anders mag dit niet bewaard worden (art. 6 lid 1 AVG).",
		PrivacyHint: "w zegt wie dit heeft gezien. De historie zegt wie wat wijzigde.",
		Term:        "Bewaartermijn", TermOf: map[policy.Status]string{
			policy.Lead:   "een jaar na de laatste activiteit, de standaard voor prospects (art. 5 lid 1 onder e AVG)",
			policy.Client: "twee jaar na de laatste activiteit, de standaard voor klanten (art. 5 lid 1 onder e AVG)",
			policy.Former: "twee jaar na de laatste activiteit, de standaard voor oud-klanten (art. 5 lid 1 onder e AVG)",
		},
		MergeTitle: "Twee wijzigingen", MergeHelp: "Iemand anders sloeg intussen wijzigingen op. Kies per veld wat blijft; wat alleen jij wijzigde, blijft van jou.",
		Saved: "Opgeslagen: %s.", Added: "Toegevoegd: %s.", ReasonAsk: "Reden om klanten in te zien", ReasonHint: "Geldt voor deze sessie, staat hierboven en in het logboek.",
		ToContacts: "Klanten", ToCompanies: "Bedrijven", ToAdd: "Nieuwe klant", ToImport: "Klanten importeren", ContactsHint: "label=… eigenaar=… status=… soort=… sort=… /zoek",
	}
}

func dutchHome() homeTexts {
	return homeTexts{
		HomeActive: map[bool]string{true: "Mijn klanten, laatst actief", false: "Klanten, laatst actief"},
		HomeNow:    "Hoe ze ervoor staan", HomeRecent: "Geopend in deze sessie", HomeLeaving: "Vraagt een beslissing: nog bewaren?", FirstOnes: "de eerste %s", NothingOpened: "nog niets",
		HomeAccess: "Wie er in kan", HomeCounts: "Klanten, geteld", HomeRefused: "Geweigerde aanmeldingen sinds gisteren", NoRefused: "geen",
		PeopleActive: "collega's met toegang", PeopleWaiting: "uitgenodigd, nog niet binnen", PeopleRevoked: "toegang ingetrokken", GrantsPending: "rollen die op een tweede beheerder wachten",
		PrivacyHome: "Klanten zie je om een vastgelegde reden. Druk r om die te geven; hij geldt voor deze sessie en staat in het logboek bij alles wat je bekijkt.",
		AdminHint:   "u mensen, sleutels en sessies · v logboek van toegang · P je eigen profiel. Klanten zijn niet voor beheerders.",
		AuditorHint: "Auditors zien aantallen, nooit klanten. v opent het logboek; daar is het te controleren.",
		LeavesOn:    "bewaren tot %s", OverSince: "verlopen sinds %s", LeavesDays: "nog %d d", LeavesWeeks: "nog %d w", LeavesMonths: "nog %d mnd",
		LastDay: "laatste dag", TermOver: "verlopen",
		FirstSignIn: "Dit is de eerste keer dat je aanmeldt. Welkom.", LastSignIn: "Laatst aangemeld: %s vanaf %s met “%s”. Was jij dat niet? Zeg het een beheerder.",
	}
}

func dutchForms() formTexts {
	return formTexts{
		EditTitle: "Wijzig %s", NewPerson: "Nieuwe persoon", NewCompany: "Nieuw bedrijf", Given: "Voornaam", Prefix: "Tussenvoegsel", PrefixHint: "van, de, van den, …",
		Family: "Achternaam", CompanyName: "Bedrijfsnaam", RoleThere: "Functie daar", Another: "nog een", LabelHint: "daarna een woord voor wat het is: werk",
		Street: "Straat en nummer", Postcode: "Postcode", City: "Plaats", Country: "Land", CountryHint: "leeg is %s; een naam of twee letters",
		Address: "Adres", Language: "Taal", LanguageFieldHint: "nl, fr, en, de …", Website: "Website", KvK: "KvK-nummer", VAT: "Btw-nummer",
		Purpose: "Doel", Basis: "Grondslag", GroundsHead: "Waarom we dit mogen bewaren (art. 6 lid 1 AVG)", BasisHint: "Marketing en nieuwsbrieven vragen toestemming.",
		SourceHint: "waar de gegevens vandaan komen: een beurs, een website, zijzelf", TagsHint: "enter: kies uit de lijst", CompanyHint: "enter: zoek er een · backspace: geen",
		WhichCompany: "Bedrijf", Twin: "Er is al: %s.",
		DespiteAsk:  "Waarom moet het toch bewaard worden?",
		DespiteHint: "Het logboek bewaart het: herhaal niet wat gevonden is. Esc: terug.",
		DiscardAsk:  "Weggooien wat je hier typte?", DraftTaken: "Je klad van %s is terug: ctrl+s slaat op, ctrl+x gooit weg.",
		NoteTitle: "Notitie", NoteHint: "Schrijf wat de volgende collega helpt, en niets wat de klant niet mag lezen.", NoteSaved: "De notitie is opgeslagen.",
		ForTeam: "voor het team", ForMe: "voor mij alleen",
	}
}
