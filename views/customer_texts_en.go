package views

import (
	"balie/db"
	"balie/policy"
)

func englishCustomers() customerTexts {
	return customerTexts{
		customerWords: englishWords(), customerKeys: englishKeys(), customerSays: englishSays(),
		homeTexts: englishHome(), formTexts: englishForms(), importTexts: englishImport(),
		Statuses: map[policy.Status]string{policy.Lead: "lead", policy.Client: "customer", policy.Former: "former"},
		Kinds:    map[policy.CustomerKind]string{policy.Person: "person", policy.Company: "company"},
		Bases: map[policy.Basis]string{
			policy.Contract: "contract", policy.Interest: "legitimate interest", policy.Consent: "consent", policy.Obligation: "legal obligation",
		},
		Sorts: map[db.Sort]string{db.ByName: "name", db.ByActivity: "activity", db.ByOwner: "owner", db.ByStatus: "status"},
		Fields: map[string]string{
			"given": "first name", "prefix": "prefix", "family": "name", "mail": "mail", "phone": "phone", "street": "street",
			"postcode": "postcode", "city": "city", "country": "country", "language": "language", "website": "website",
			"kvk": "KvK number", "vat": "VAT number", "source": "source", "status": "status", "grounds": "purpose and basis",
			"tags": "tags", "companies": "companies", "owner": "owner", "restricted": "restriction",
		},
		Acts: englishActs(),
	}
}

func englishActs() map[policy.Act]string {
	return map[policy.Act]string{
		policy.CustomerList: "saw in a list", policy.CustomerView: "opened", policy.CustomerCreate: "added",
		policy.CustomerUpdate: "changed", policy.CustomerHandOver: "handed over", policy.CustomerExport: "exported",
		policy.CustomerExposure: "asked who saw this", policy.CustomerCount: "counted", policy.ImportRun: "imported", policy.ImportRevert: "reverted an import",
		policy.NoteView: "read notes", policy.NoteCreate: "wrote a note", policy.TagList: "saw the tags", policy.TagManage: "changed the tags",
		policy.ViewList: "saw the saved views", policy.ViewSave: "saved a view", policy.ViewDelete: "deleted a view",
		policy.SystemJob: "a job of the program",
	}
}

func englishWords() customerWords {
	return customerWords{
		Customers: "Customers", Name: "Name", Company: "Company", Kind: "Kind", Status: "Status", LastActivity: "Last activity", Owner: "Owner",
		Mail: "Mail", Phone: "Phone", State: "Restricted?", Tag: "tag", Tags: "tags", TagLabel: "Tag", TagsLabel: "Tags", Further: "Further", Restricted: "restricted", Sorted: "sorted:", Since: "since",
		Stands: "stands on:", NoBasis: "no basis", HiddenCompany: "(a company you don't see)", Empty: "(empty)", MainCompany: "main",
		TabTimeline: "Timeline", TabContacts: "Contacts", TabCompanies: "Companies", TabPrivacy: "Privacy", TabHistory: "History",
		NoteWord: "note", PrivateNote: "private note", ChangedWord: "changed", CreatedWord: "added", CreatedByHand: "by hand", CreatedByImport: "by an import",
		ChangedHint: "what and by whom: see History",
		Source:      "Source", SourceUnknown: "not recorded", KeptSince: "Kept since", Restriction: "Restriction", NotRestricted: "none",
		RestrictedLong: "Restricted (art. 18 GDPR): keep, but don't use.",
		When:           "When", Who: "Who", What: "What", WhoSawTitle: "Who saw this", Mine: "mine", Theirs: "theirs", Total: "Total",
		APerson: "a person", ACompany: "a company", OneCustomer: "1 customer",
	}
}

func englishKeys() customerKeys {
	return customerKeys{
		KeyOpen: "open", KeySearch: "search", KeyMark: "mark", KeyMarkAll: "mark all shown", KeyFilter: "filter", KeyAdd: "add", KeyEdit: "edit", KeyTag: "tag",
		KeyHandOver: "hand over", KeySort: "sort", KeyColumns: "columns", KeyRepeat: "again on these", KeyUndo: "undo last change", KeyExport: "export",
		KeyClear: "clear", KeyMove: "move", KeyKeepSearch: "keep", KeyNote: "note", KeyPrivacy: "privacy", KeyWhoSaw: "who saw this", KeyTabs: "tabs",
		KeyOpenLinked: "open the one chosen", KeyVisibility: "team or me", KeyDiscard: "throw away", KeyMineTheirs: "mine or theirs", KeyImport: "import",
		KeyPeople: "people", KeyLog: "log", KeyProfile: "profile", KeyReason: "reason",
		OffNothing: "nothing here", OffNoRepeat: "not yet", OffNoUndo: "not yet",
		OffRole: "Your role does not allow this.", OffNoContact: "in the tab with contacts",
	}
}

func englishSays() customerSays {
	return customerSays{
		NothingFound: "Nobody fits.", NothingFoundHint: "Type fewer letters, or press esc to clear search and filter.",
		NoCustomers: "No customers yet.", NoCustomersHint: "Press a to add one, or i on the home screen to import a file.",
		AsideHint: "enter opens everything; the log records it.", NoContacts: "No contacts at this company yet.", NoCompanies: "Belongs to no company.",
		NoHistory: "Nothing was changed since it was added.", NobodySaw: "Nobody has seen this customer yet.",
		FilterBy: "Filter by", NoFilter: "no filter", WhichColumns: "Columns", WhichTag: "Tag", NoTags: "There are no tags yet: a manager makes them.",
		TagOn: "Put the tag “%s” on %s?", TagOff: "Take the tag “%s” off %s?", TaggedOn: "Tagged “%s”: %s.", TaggedOff: "Took “%s” off %s.",
		HandTo: "Hand over to", HandOver: "Hand over %s to %s?", HandedOver: "Handed over %s to %s.",
		AndMore: "and %s more", LeftOut: "%s left out: no change, or not yours.", LeftOutRestricted: "! %s left out, restricted (art. 18 GDPR): %s", AllRestricted: "Nothing to do: restricted (art. 18 GDPR), so not to be used for this.", MarkedOf: "%s marked of %s", ManyCustomers: "%s customers",
		AddWhat: "Add", ExportHint: "In a terminal: ssh %s contacts export%s > contacts.csv",
		UndoWhat: "Take back your change of %s, %s?", UndoLimits: "Within ten minutes, as long as nobody worked with it after you. What was exported or erased, and access that ended, can't be taken back; an import is reverted on its own screen.",
		UndoBulk: "Take this back, %[2]s: %[1]s", UndoneBulk: "Taken back: %s, of %s.", RestrictedToo: "! %s of these restricted (art. 18 GDPR): somebody must look after them, so they go along.",
		UndoTooLate: "Your last change is more than ten minutes ago: change it back by hand (e).", UndoStale: "Somebody changed it after you: look at the history and edit by hand.",
		Undone: "%s is as before.", NoBasisLong: "There is no purpose and basis: add one (e), or this may not be kept (art. 6(1) GDPR).",
		PrivacyHint: "w tells who has seen this. The history tells who changed what.",
		Term:        "Term", TermOf: map[policy.Status]string{
			policy.Lead:   "one year after the last activity, the default for leads (art. 5(1)(e) GDPR)",
			policy.Client: "two years after the last activity, the default for customers (art. 5(1)(e) GDPR)",
			policy.Former: "two years after the last activity, the default for former customers (art. 5(1)(e) GDPR)",
		},
		MergeTitle: "Two changes", MergeHelp: "Somebody else saved changes meanwhile. Choose for each field whose stays; what only you changed stays yours.",
		Saved: "Saved: %s.", Added: "Added: %s.", ReasonAsk: "Reason for looking at customers", ReasonHint: "Kept for this session, shown above and written in the log.",
		ToContacts: "Customers", ToCompanies: "Companies", ToAdd: "Add a customer", ToImport: "Import customers", ContactsHint: "tag=… owner=… status=… kind=… sort=… /search",
	}
}

func englishHome() homeTexts {
	return homeTexts{
		HomeActive: map[bool]string{true: "My customers, active last", false: "Customers, active last"},
		HomeNow:    "How they stand", HomeRecent: "Opened in this session", HomeLeaving: "Needs a decision", FirstOnes: "the first %s", NothingOpened: "nothing yet",
		HomeAccess: "Who gets in", HomeCounts: "Customers, counted", HomeRefused: "Sign-ins refused since yesterday", NoRefused: "none",
		PeopleActive: "colleagues with access", PeopleWaiting: "invited, not joined yet", PeopleRevoked: "access revoked", GrantsPending: "roles that wait for a second admin",
		PrivacyHome: "Customers are shown to you for a recorded reason. Press r to give it; it holds for this session and stands in the log beside everything you look at.",
		AdminHint:   "u people, keys and sessions · v log of access · P your own profile. Customers are not for admins.",
		AuditorHint: "Auditors see counts, never customers. v opens the log; it can be verified there.",
		LeavesOn:    "leaves on %s", OverSince: "over since %s", LeavesDays: "leaves %d d", LeavesWeeks: "leaves %d w", LeavesMonths: "leaves %d mo",
		LastDay: "last day", TermOver: "term over",
		FirstSignIn: "This is your first sign-in. Welcome.", LastSignIn: "Last sign-in: %s from %s with “%s”. Not you? Tell an admin.",
	}
}

func englishForms() formTexts {
	return formTexts{
		EditTitle: "Edit %s", NewPerson: "New person", NewCompany: "New company", Given: "First name", Prefix: "Prefix", PrefixHint: "van, de, van den, …",
		Family: "Family name", CompanyName: "Company name", RoleThere: "Role there", Another: "another", LabelHint: "then a word for what it is: work",
		Street: "Street and number", Postcode: "Postcode", City: "City", Country: "Country", CountryHint: "%s when empty; a name or two letters",
		Address: "Address", Language: "Language", LanguageFieldHint: "nl, fr, en, de …", Website: "Website", KvK: "KvK number", VAT: "VAT number",
		Purpose: "Purpose", Basis: "Basis", GroundsHead: "Why we may keep this (art. 6(1) GDPR)", BasisHint: "Marketing and newsletters need consent.",
		SourceHint: "where the data came from: a fair, a website, themselves", TagsHint: "enter: choose from the list", CompanyHint: "enter: find one · backspace: none",
		WhichCompany: "Company", Twin: "There is already: %s.",
		DespiteAsk:  "Why must it be kept all the same?",
		DespiteHint: "The log keeps it: don't repeat what was found. Esc: back to the text.",
		DiscardAsk:  "Throw away what you typed here?", DraftTaken: "Your draft of %s is back: ctrl+s saves it, ctrl+x throws it away.",
		NoteTitle: "Note", NoteHint: "Write what helps the next colleague, and nothing that the customer shouldn't read.", NoteSaved: "The note is saved.",
		ForTeam: "for the team", ForMe: "for me alone",
	}
}
