package views

import (
	tea "charm.land/bubbletea/v2"

	"balie/policy"
)

// approvalTexts are those of exports that take a second person.
type approvalTexts struct {
	Title, State, Who, Customers, Asked, Reason, What, Answer, Used   string
	UpTo, Whole, Part, Raw, Alone, AloneLong, NotYet, SaidYes, SaidNo string
	KeyAgree, KeyRefuse, OffAnswered, OffOwn, None                    string
	AgreeAsk, AgreeDetail, RawDetail, Because, Agreed                 string
	RefuseAsk, RefuseHint, Refused                                    string
	States                                                            map[policy.ApprovalState]string
}

func approvalEntries(k *kit) []entry {
	return []entry{{
		name: "approvals", title: k.t.Approvals.Title, act: policy.ApprovalList,
		run: func(string) tea.Cmd { return goTo(newApprovals(k)) },
	}}
}

func englishApprovals() approvalTexts {
	return approvalTexts{
		Title: "Exports for two", State: "State", Who: "Who", Customers: "Customers", Asked: "Asked", Reason: "Reason",
		What: "What", Answer: "Answer", Used: "Exported",
		UpTo: "up to %s customers, %s, as %s", Whole: "all that this person sees", Part: "a search", Raw: "raw, for another system",
		Alone: "alone", AloneLong: "Nobody else could agree then: the export went on, and this says so.", NotYet: "nobody yet",
		SaidYes: "agreed by %s, %s", SaidNo: "refused by %s, %s",
		KeyAgree: "agree", KeyRefuse: "refuse", OffAnswered: "it waits no more", OffOwn: "not your own: another person answers",
		None:     "No exports that take a second person. Who exports many customers asks by doing it, with a reason: ssh %s contacts export --format csv --reason WHY > FILE",
		AgreeAsk: "Let %s take %s customers out of the system?", AgreeDetail: "Once, within a day. What is in the file is no longer guarded here.",
		RawDetail: "! Raw: not safe to open in a spreadsheet; meant for another system.", Because: "Reason: %s", Agreed: "Agreed: it may be exported once, within a day.",
		RefuseAsk: "Refuse the export of %s: why?", RefuseHint: "Who asked reads it, and the log keeps it.", Refused: "Refused.",
		States: map[policy.ApprovalState]string{
			policy.ApprovalWaiting: "waits", policy.ApprovalAgreed: "agreed", policy.ApprovalRefused: "refused",
			policy.ApprovalUsed: "exported", policy.ApprovalLapsed: "lapsed",
		},
	}
}

func dutchApprovals() approvalTexts {
	return approvalTexts{
		Title: "Export met twee", State: "Stand", Who: "Wie", Customers: "Klanten", Asked: "Gevraagd", Reason: "Reden",
		What: "Wat", Answer: "Antwoord", Used: "Geëxporteerd",
		UpTo: "hoogstens %s klanten, %s, als %s", Whole: "alles wat deze persoon ziet", Part: "een zoekvraag", Raw: "ruw, voor een ander systeem",
		Alone: "alleen", AloneLong: "Niemand anders kon toen akkoord gaan: de export ging door, en dit meldt het.", NotYet: "nog niemand",
		SaidYes: "akkoord van %s, %s", SaidNo: "geweigerd door %s, %s",
		KeyAgree: "akkoord", KeyRefuse: "weiger", OffAnswered: "dit wacht niet meer", OffOwn: "niet die van jezelf: een ander antwoordt",
		None:     "Geen exports die een tweede persoon vragen. Wie veel klanten exporteert, vraagt door het te doen, met een reden: ssh %s contacts export --format csv --reason WAAROM > BESTAND",
		AgreeAsk: "%s %s klanten uit het systeem laten nemen?", AgreeDetail: "Eén keer, binnen een dag. Wat in het bestand staat, wordt hier niet meer bewaakt.",
		RawDetail: "! Ruw: niet veilig in een rekenblad te openen; bedoeld voor een ander systeem.", Because: "Reden: %s", Agreed: "Akkoord: het mag één keer, binnen een dag.",
		RefuseAsk: "De export van %s weigeren: waarom?", RefuseHint: "Wie het vroeg leest dit, en het logboek bewaart het.", Refused: "Geweigerd.",
		States: map[policy.ApprovalState]string{
			policy.ApprovalWaiting: "wacht", policy.ApprovalAgreed: "akkoord", policy.ApprovalRefused: "geweigerd",
			policy.ApprovalUsed: "gedaan", policy.ApprovalLapsed: "verlopen",
		},
	}
}
