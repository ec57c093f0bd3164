package views

import "balie/policy"

// reviewTexts are those of access reviews.
type reviewTexts struct {
	Reviews, Review, Which, Mine, Of, Everybody, Opened, Due, DaysLeft, HoursLeft, Overdue, Closed string
	Progress, Yours, State, None, NoneMine, NothingHere, Filling, OnlyMine, All                    string
	Who, Grant, Since, LastUsed, Viewed, Usual, Decision, Reviewer, Why, Never                     string
	Look, Unused, More, SelfRow, Suspends, ClosedNote, Signed, Again                               string
	KeyOpen, KeyStart, KeyMine, KeyConfirm, KeyChange, KeyRevoke, KeyUndo, KeyLook                 string
	KeySign, KeyMark, KeyMarkAll, KeyAssign, KeyAway, KeyOnly, KeyExport                           string
	OffClosed, OffAuditor, OffNone, OffStart                                                       string
	ConfirmAsk, ConfirmFlagged, RevokeAsk, ChangeAsk, Effect, PendingNote, OutOf                   string
	ReasonAsk, ReasonHint, ChangeHow, EarlierEnd, LastDayAsk, LastDayHint                          string
	Done, DoneSome, Undone, SignAsk, SignDetail, SignedNote, AssignTo, AssignedNote                string
	AwayTo, AwayNote, StartWhat, StartRole, StartPerson, Started, ExportHint                       string
	Detail, GivenBy, TillWhen, Keys, KeyUsed, LastSeen, Acts, Times, Subjects, Days, Last          string
	NotUsedFor, Before, History, NotJoined, NothingDone, ByItself, Quarter                         string
	PageTitle, PageIntro, PageSigned, PageVerify, PageSteps, PageUntil                             string
	Decisions                                                                                      map[policy.Decision]string
	By                                                                                             map[policy.ReviewBy]string
	Steps                                                                                          map[string]string
}

func englishReviews() reviewTexts {
	return reviewTexts{
		Reviews: "Access reviews", Review: "Review %s", Which: "Review", Mine: "Decided about your access", Of: "Of", Everybody: "everybody", Opened: "Opened", Due: "due %s", DaysLeft: "%d d left", HoursLeft: "%d h left", Overdue: "closes now", Closed: "closed %s",
		Progress: "%d/%d decided", Yours: "Yours", State: "State", None: "There is no access review yet: the clock opens one each quarter; n begins one now.", NoneMine: "No review has decided about your access yet.", NothingHere: "Nothing here is yours to review.",
		Filling: "being made ready", OnlyMine: "yours", All: "all",
		Who: "Who", Grant: "Grant", Since: "Since", LastUsed: "Last used", Viewed: "Viewed", Usual: "Usual", Decision: "Decision", Reviewer: "Reviewer", Why: "Why", Never: "never",
		Look: "? look", Unused: "? unused", More: "? much more", SelfRow: "others decide", Suspends: "What is not confirmed by the due date is suspended then, by itself.", ClosedNote: "This review is closed and signed. Its record: ssh %s reviews export %d --format html > review.html", Signed: "signed", Again: "given again %s",
		KeyOpen: "open", KeyStart: "start one", KeyMine: "about me", KeyConfirm: "confirm", KeyChange: "change", KeyRevoke: "revoke", KeyUndo: "undo", KeyLook: "what they viewed",
		KeySign: "sign & finish", KeyMark: "mark", KeyMarkAll: "mark all undecided", KeyAssign: "give to another reviewer", KeyAway: "who stands in for me", KeyOnly: "yours or all", KeyExport: "export",
		OffClosed: "this review is closed", OffAuditor: "your role only reads", OffNone: "there is nothing to decide here", OffStart: "only a privacy officer or an admin starts one",
		ConfirmAsk: "Confirm %s?", ConfirmFlagged: "of these, unused for the quarter: %d; viewed much more than usual: %d", RevokeAsk: "Revoke %s?", ChangeAsk: "Change %s?", Effect: "This takes effect at once, in open sessions too. It can't be undone here: an admin can give the role again.",
		PendingNote: "The new role waits until an admin agrees, unless you are one.", OutOf: "Grants: %d (%s)",
		ReasonAsk: "Why?", ReasonHint: "The reason goes into the record and the log.", ChangeHow: "What should change?", EarlierEnd: "the same role, with an earlier end", LastDayAsk: "Last day", LastDayHint: "as 2027-01-31; the day itself still counts",
		Done: "Decided: %d.", DoneSome: "Decided: %d. Not: %s", Undone: "The decision is open again.", SignAsk: "Sign what you decided in this review?", SignDetail: "What is signed can't be changed any more. When everybody has signed, the review closes by itself.", SignedNote: "Signed: %d.",
		AssignTo: "Who reviews this?", AssignedNote: "%s reviews this now.", AwayTo: "Who reviews in your place, until you are back?", AwayNote: "%s stands in for you; grants that moved: %d. When you are back: ssh HOST reviews back",
		StartWhat: "Review whom, now?", StartRole: "everybody in this role", StartPerson: "this colleague", Started: "The review is open.", ExportHint: "ssh %s reviews export %d --format html > review.html",
		Detail: "%s as %s", GivenBy: "given by", TillWhen: "until", Keys: "Keys", KeyUsed: "used", LastSeen: "Last sign-in", Acts: "Did in the quarter", Times: "times", Subjects: "people", Days: "days", Last: "last",
		NotUsedFor: "The role allows this too, and it was not used:", Before: "Viewed in earlier quarters", History: "In this review", NotJoined: "has not joined yet", NothingDone: "nothing at all", ByItself: "by itself", Quarter: "from %s to %s",
		PageTitle: "Access review %s", PageIntro: "Opened %s, due %s, closed %s. It looks back from %s to %s.", PageSigned: "Signed with the installation's key %s. Digest, as noted in the log: %s.", PageVerify: "Check that nothing in this page was changed: balie review verify FILE --public-key KEY", PageSteps: "What happened", PageUntil: "until",
		Decisions: map[policy.Decision]string{
			policy.Undecided: "–", policy.Confirmed: "✓ confirm", policy.Changed: "→ change", policy.Revoked: "✗ revoke",
			policy.Suspended: "✗ suspended", policy.Kept: "! stays", policy.Ended: "ended before",
		},
		By: map[policy.ReviewBy]string{
			policy.ByManager: "as the team's manager", policy.ByOfficer: "as privacy officer", policy.ByAdmin: "as admin, without another officer",
			policy.ByDeputy: "as deputy", policy.Assigned: "assigned by hand", policy.ByNobody: "nobody else is there",
		},
		Steps: map[string]string{
			"opened": "opened", "closed": "closed and signed", "confirm": "confirmed", "change": "changed", "revoke": "revoked", "undo": "took the confirmation back",
			"escalated": "escalated to", "manager": "now reviewed by", "officer": "now reviewed by", "admin": "now reviewed by", "deputy": "moved to the deputy", "assigned": "given to another reviewer",
			"nobody": "nobody is left to review it", "suspended": "suspended", "kept": "stays", "ended": "had ended",
		},
	}
}

func dutchReviews() reviewTexts {
	return reviewTexts{
		Reviews: "Toegangscontroles", Review: "Controle %s", Which: "Controle", Mine: "Besloten over jouw toegang", Of: "Van", Everybody: "iedereen", Opened: "Geopend", Due: "uiterlijk %s", DaysLeft: "nog %d d", HoursLeft: "nog %d u", Overdue: "sluit nu", Closed: "gesloten %s",
		Progress: "%d/%d besloten", Yours: "Van jou", State: "Stand", None: "Er is nog geen toegangscontrole: elk kwartaal opent de klok er een; n begint er nu een.", NoneMine: "Nog geen controle besloot over jouw toegang.", NothingHere: "Hier is niets dat jij controleert.",
		Filling: "wordt klaargezet", OnlyMine: "van jou", All: "alle",
		Who: "Wie", Grant: "Rol", Since: "Sinds", LastUsed: "Gebruikt", Viewed: "Inzien", Usual: "Gew.", Decision: "Besluit", Reviewer: "Controleur", Why: "Waarom", Never: "nooit",
		Look: "? kijk", Unused: "? ongebruikt", More: "? veel meer", SelfRow: "anderen", Suspends: "Wat op de einddatum niet bevestigd is, wordt dan vanzelf geschorst.", ClosedNote: "Deze controle is gesloten en ondertekend. Het verslag: ssh %s reviews export %d --format html > controle.html", Signed: "ondertekend", Again: "opnieuw gegeven %s",
		KeyOpen: "openen", KeyStart: "begin er een", KeyMine: "over mij", KeyConfirm: "bevestig", KeyChange: "wijzig", KeyRevoke: "trek in", KeyUndo: "ongedaan", KeyLook: "wat ze inzagen",
		KeySign: "onderteken", KeyMark: "markeer", KeyMarkAll: "markeer al het open", KeyAssign: "geef aan een ander", KeyAway: "wie neemt mij waar", KeyOnly: "van jou of alle", KeyExport: "exporteren",
		OffClosed: "deze controle is gesloten", OffAuditor: "jouw rol leest alleen", OffNone: "hier valt niets te besluiten", OffStart: "alleen een privacyfunctionaris of beheerder begint er een",
		ConfirmAsk: "%s bevestigen?", ConfirmFlagged: "hiervan dit kwartaal ongebruikt: %d; veel meer ingezien dan gewoon: %d", RevokeAsk: "%s intrekken?", ChangeAsk: "%s wijzigen?", Effect: "Dit werkt meteen, ook in open sessies. Hier is het niet terug te draaien: een beheerder kan de rol opnieuw geven.",
		PendingNote: "De nieuwe rol wacht op het akkoord van een beheerder, tenzij je dat zelf bent.", OutOf: "Rollen: %d (%s)",
		ReasonAsk: "Waarom?", ReasonHint: "De reden komt in het verslag en het logboek.", ChangeHow: "Wat moet er anders?", EarlierEnd: "dezelfde rol, met een eerder einde", LastDayAsk: "Laatste dag", LastDayHint: "zoals 2027-01-31; de dag zelf telt nog mee",
		Done: "Besloten: %d.", DoneSome: "Besloten: %d. Niet: %s", Undone: "Het besluit staat weer open.", SignAsk: "Ondertekenen wat je in deze controle besloot?", SignDetail: "Wat ondertekend is, is niet meer te wijzigen. Als iedereen ondertekend heeft, sluit de controle vanzelf.", SignedNote: "Ondertekend: %d.",
		AssignTo: "Wie controleert dit?", AssignedNote: "%s controleert dit nu.", AwayTo: "Wie controleert in jouw plaats, tot je terug bent?", AwayNote: "%s neemt je waar; rollen die verhuisden: %d. Als je terug bent: ssh HOST reviews back",
		StartWhat: "Wie nu controleren?", StartRole: "iedereen met deze rol", StartPerson: "deze collega", Started: "De controle is open.", ExportHint: "ssh %s reviews export %d --format html > controle.html",
		Detail: "%s als %s", GivenBy: "gegeven door", TillWhen: "tot", Keys: "Sleutels", KeyUsed: "gebruikt", LastSeen: "Laatst aangemeld", Acts: "Deed in het kwartaal", Times: "keer", Subjects: "mensen", Days: "dagen", Last: "laatst",
		NotUsedFor: "Dit mag de rol ook, en het is niet gebruikt:", Before: "Ingezien in eerdere kwartalen", History: "In deze controle", NotJoined: "is nog niet binnen", NothingDone: "helemaal niets", ByItself: "vanzelf", Quarter: "van %s tot %s",
		PageTitle: "Toegangscontrole %s", PageIntro: "Geopend %s, uiterlijk %s, gesloten %s. Kijkt terug van %s tot %s.", PageSigned: "Ondertekend met de sleutel van de installatie %s. Vingerafdruk, zoals in het logboek: %s.", PageVerify: "Controleer dat niets op deze bladzijde is veranderd: balie review verify BESTAND --public-key SLEUTEL", PageSteps: "Wat er gebeurde", PageUntil: "tot",
		Decisions: map[policy.Decision]string{
			policy.Undecided: "–", policy.Confirmed: "✓ bevestigd", policy.Changed: "→ gewijzigd", policy.Revoked: "✗ ingetrokken",
			policy.Suspended: "✗ geschorst", policy.Kept: "! blijft", policy.Ended: "al beëindigd",
		},
		By: map[policy.ReviewBy]string{
			policy.ByManager: "als manager van het team", policy.ByOfficer: "als privacyfunctionaris", policy.ByAdmin: "als beheerder, zonder andere functionaris",
			policy.ByDeputy: "als waarnemer", policy.Assigned: "met de hand toegewezen", policy.ByNobody: "er is niemand anders",
		},
		Steps: map[string]string{
			"opened": "geopend", "closed": "gesloten en ondertekend", "confirm": "bevestigd", "change": "gewijzigd", "revoke": "ingetrokken", "undo": "nam de bevestiging terug",
			"escalated": "doorgegeven aan", "manager": "nu gecontroleerd door", "officer": "nu gecontroleerd door", "admin": "nu gecontroleerd door", "deputy": "naar de waarnemer", "assigned": "aan een ander gegeven",
			"nobody": "er is niemand meer die dit controleert", "suspended": "geschorst", "kept": "blijft", "ended": "was al beëindigd",
		},
	}
}
