package views

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// RequestActs are those on requests of data subjects.
type RequestActs interface {
	ListRequests(context.Context, policy.Actor, ops.RequestQuery) (ops.RequestPage, error)
	ViewRequest(ctx context.Context, actor policy.Actor, id int64) (ops.RequestSight, error)
	RecordRequest(context.Context, policy.Actor, db.Request, ops.RequestKey) (db.Request, error)
	LinkRequest(ctx context.Context, actor policy.Actor, id int64, version int32, customer int64) (ops.RequestSight, error)
	IdentifyRequest(ctx context.Context, actor policy.Actor, id int64, version int32, proven bool, asked, answered text.Block) (ops.RequestSight, error)
	PauseRequest(ctx context.Context, actor policy.Actor, id int64, version int32, question text.Block, at time.Time) (ops.RequestSight, error)
	ResumeRequest(ctx context.Context, actor policy.Actor, id int64, version int32, answer text.Block, at time.Time) (ops.RequestSight, error)
	ExtendRequest(ctx context.Context, actor policy.Actor, id int64, version int32, reasons text.Block) (ops.RequestSight, error)
	WorkRequest(ctx context.Context, actor policy.Actor, id int64, version int32, w ops.RequestWork) (ops.RequestSight, error)
	AddRequestSystem(ctx context.Context, actor policy.Actor, id int64, name, keeper text.Line) (ops.RequestSight, error)
	TickRequestSystem(ctx context.Context, actor policy.Actor, id int64, n int, done bool, outcome text.Line) (ops.RequestSight, error)
	DecideRequest(ctx context.Context, actor policy.Actor, id int64, version int32, d ops.RequestRuling) (ops.RequestSight, error)
	AnswerRequest(ctx context.Context, actor policy.Actor, id int64, version int32, sent, to text.Block) (ops.RequestSight, error)
	CloseRequest(ctx context.Context, actor policy.Actor, id int64, version int32) (ops.RequestSight, error)
	GatherAccess(ctx context.Context, actor policy.Actor, request int64, lang string, say ops.Saying) (ops.AccessSight, error)
	MarkAccess(ctx context.Context, actor policy.Actor, request int64, places []db.Stretch, redact bool) error
	RunDrill(ctx context.Context, actor policy.Actor, say ops.Saying) (db.Drill, error)
	ListDrills(context.Context, policy.Actor) ([]db.Drill, error)
}

// requestTexts are those of requests of data subjects.
type requestTexts struct {
	Title, Number, Asks, From, Received, Due, Left, Next, None, NoneFit, Open, Closed, Erased string
	KeyClosed, KeyOpen, KeyAdd, KeyNext, KeyPause, KeyResume, KeyExtend, KeyDecide, KeySystem string
	KeyTick, KeyLink, KeyLetter, KeyCustomer, Stands, DaysOver, DaysLeft, Noted               string
	FormTitle, Contact, ContactHint, Channel, InOwnWords, Language, Outcome, Proven           string
	NotProven, AskedWhat, IdentityHint, Answered, PauseHint, Reasons, ReasonsHint, Decision   string
	Ground, NoGround, Why, WhyHint, SentWhat, SentTo, SentHint, WorkWhat, SystemAsk           string
	SystemHint, TickAsk, TickHint, LinkAsk, LinkHint, CloseAsk                                string
	LetterTell, FromLine, DueLine, TargetLine, NotKnown, Happened, ToRequests, ToHint         string
	AddHere                                                                                   string
	Kinds                                                                                     map[policy.RequestKind]string
	Channels                                                                                  map[policy.RequestChannel]string
	Steps                                                                                     map[policy.RequestStep]string
	Decisions                                                                                 map[policy.RequestDecision]string
	Grounds                                                                                   map[policy.RefusalGround]string
	WorkHints                                                                                 map[policy.RequestKind]string
}

// requestEntries are what the palette offers on requests.
func requestEntries(k *kit) []entry {
	t := &k.t.Request
	return []entry{
		{name: "requests", title: t.ToRequests, hint: t.ToHint, act: policy.RequestList, run: func(arg string) tea.Cmd {
			word, find, _ := strings.Cut(arg, "/")
			closed := strings.TrimSpace(word) == t.Closed || strings.TrimSpace(word) == "closed"
			return goTo(newRequests(k, closed, strings.TrimSpace(find)))
		}},
		{name: "request", title: t.FormTitle, act: policy.RequestRecord, run: func(string) tea.Cmd { return open(newRequestForm(k, db.Customer{})) }},
		{name: "drill", title: k.t.Answer.Drills, hint: k.t.Answer.DrillHint, act: policy.DrillList, run: func(string) tea.Cmd { return goTo(newDrills(k)) }},
	}
}

func englishRequests() requestTexts {
	return requestTexts{
		Title: "Requests", Number: "Number", Asks: "Asks", From: "From", Received: "Received", Due: "Due", Left: "Left", Next: "Next step",
		None:    "No requests wait. Record one with a, whoever hears of it: by mail, phone, letter or in person.",
		NoneFit: "None fits: change what is shown with f, or the search with /.", Open: "open", Closed: "closed", Erased: "erased",
		KeyClosed: "closed ones", KeyOpen: "open ones", KeyAdd: "record one", KeyNext: "next step", KeyPause: "pause", KeyResume: "resume", KeyExtend: "extend",
		KeyDecide: "decide, refuse", KeySystem: "add a system", KeyTick: "tick off", KeyLink: "link", KeyLetter: "letter", KeyCustomer: "customer",
		Stands: "stands still", DaysOver: "%d d late", DaysLeft: "%d d left", Noted: "It is noted.",
		FormTitle: "Record a request", Contact: "Answer to", ContactHint: "mail address, phone or postal address", Channel: "It came by", InOwnWords: "In own words", Language: "Language",
		Outcome: "Outcome", Proven: "it is this person", NotProven: "not established", AskedWhat: "What was asked", IdentityHint: "never more than needed; no copy of an ID with its number and photo",
		Answered: "What was answered", PauseHint: "the question about identity that stops the clock", Reasons: "Reasons", ReasonsHint: "complexity or number of requests; the person reads them",
		Decision: "Decision", Ground: "Ground", NoGround: "none: nothing is refused", Why: "Why, or what was done", WhyHint: "the register shows it later",
		SentWhat: "What was sent", SentTo: "Where to", SentHint: "and how that address is known", WorkWhat: "What was done", SystemAsk: "In which other system does it have to be done?",
		SystemHint: "as mail archive, accounts package, backups of 2019", TickAsk: "What was done in %s?", TickHint: "in a few words; enter alone will do", LinkAsk: "About which customer is it?",
		LinkHint: "the number of a customer, from the list", CloseAsk: "Close this request? Nothing of it changes any more then.",
		LetterTell: "These commands write the letter, to send by the way the request came:", FromLine: "From %s, by %s, received %s", DueLine: "Due %s", TargetLine: "house target %s",
		NotKnown: "about nobody among the customers (l links it)", Happened: "What happened", ToRequests: "Requests of data subjects", ToHint: "closed /baert", AddHere: "request of the person",
		Kinds: map[policy.RequestKind]string{
			policy.Access: "access", policy.Rectification: "rectification", policy.Erasure: "erasure", policy.Restriction: "restriction", policy.Portability: "portability", policy.Objection: "objection",
		},
		Channels: map[policy.RequestChannel]string{"mail": "mail", "phone": "phone", "letter": "letter", "website": "website", "in person": "in person", "other": "another way"},
		Steps: map[policy.RequestStep]string{
			policy.StepIdentity: "identity", policy.StepWork: "carry out", policy.StepSystems: "other systems", policy.StepDecide: "decide", policy.StepSend: "answer", policy.StepClose: "close",
			policy.StepLink: "link", policy.StepPause: "pause", policy.StepResume: "resume", policy.StepExtend: "extend", policy.StepDueSoon: "due soon", policy.StepTarget: "target missed", policy.StepOverdue: "overdue", "": "-",
		},
		Decisions: map[policy.RequestDecision]string{policy.NoDecision: "-", policy.Granted: "granted", policy.Partly: "partly", policy.Refused: "refused", policy.CalledOff: "withdrawn"},
		Grounds: map[policy.RefusalGround]string{
			policy.Unfounded: "unfounded", policy.Excessive: "excessive", policy.Unidentified: "not identified", policy.LegalDuty: "legal duty", policy.LegalClaims: "legal claims", policy.OthersRights: "rights of others", policy.Unmet: "conditions not met",
		},
		WorkHints: map[policy.RequestKind]string{
			policy.Rectification: "put it right on the customer's screen (c), then say what", policy.Objection: "stop the use on the customer's screen (c), then say which",
			policy.Access: "what was gathered", policy.Portability: "what was gathered", policy.Erasure: "-", policy.Restriction: "-",
		},
	}
}

func dutchRequests() requestTexts {
	return requestTexts{
		Title: "Verzoeken", Number: "Nummer", Asks: "Vraagt", From: "Van", Received: "Ontvangen", Due: "Uiterlijk", Left: "Rest", Next: "Volgende stap",
		None:    "Er wachten geen verzoeken. Leg er een vast met a, wie er ook van hoort: per mail, telefoon, brief of in persoon.",
		NoneFit: "Geen past: verander wat je ziet met f, of zoek anders met /.", Open: "lopend", Closed: "gesloten", Erased: "gewist",
		KeyClosed: "gesloten", KeyOpen: "lopende", KeyAdd: "leg vast", KeyNext: "volgende stap", KeyPause: "pauzeer", KeyResume: "hervat", KeyExtend: "verleng",
		KeyDecide: "besluit, weiger", KeySystem: "systeem erbij", KeyTick: "vink af", KeyLink: "koppel", KeyLetter: "brief", KeyCustomer: "klant",
		Stands: "staat stil", DaysOver: "%d d te laat", DaysLeft: "nog %d d", Noted: "Het is genoteerd.",
		FormTitle: "Leg een verzoek vast", Contact: "Antwoord naar", ContactHint: "mailadres, telefoon of postadres", Channel: "Het kwam per", InOwnWords: "In eigen woorden", Language: "Taal",
		Outcome: "Uitkomst", Proven: "het is deze mens", NotProven: "niet vastgesteld", AskedWhat: "Wat is gevraagd", IdentityHint: "nooit meer dan nodig; geen kopie van een ID met nummer en foto",
		Answered: "Wat is geantwoord", PauseHint: "de vraag naar de identiteit die de klok stilzet", Reasons: "Redenen", ReasonsHint: "complexiteit of aantal verzoeken; de betrokkene leest ze",
		Decision: "Besluit", Ground: "Grond", NoGround: "geen: er wordt niets geweigerd", Why: "Waarom, of wat gedaan is", WhyHint: "het register laat het later zien",
		SentWhat: "Wat is verstuurd", SentTo: "Waarheen", SentHint: "en hoe dat adres bekend is", WorkWhat: "Wat is gedaan", SystemAsk: "In welk ander systeem moet het gedaan worden?",
		SystemHint: "zoals mailarchief, boekhoudpakket, reservekopieën van 2019", TickAsk: "Wat is er gedaan in %s?", TickHint: "in een paar woorden; alleen enter mag", LinkAsk: "Over welke klant gaat het?",
		LinkHint: "het nummer van een klant, uit de lijst", CloseAsk: "Dit verzoek sluiten? Daarna verandert er niets meer aan.",
		LetterTell: "Deze opdrachten schrijven de brief, om te sturen langs de weg waarlangs het verzoek kwam:", FromLine: "Van %s, per %s, ontvangen %s", DueLine: "Uiterlijk %s", TargetLine: "streefdatum %s",
		NotKnown: "over niemand onder de klanten (l koppelt)", Happened: "Wat er gebeurde", ToRequests: "Verzoeken van betrokkenen", ToHint: "gesloten /baert", AddHere: "verzoek van de betrokkene",
		Kinds: map[policy.RequestKind]string{
			policy.Access: "inzage", policy.Rectification: "rectificatie", policy.Erasure: "wissing", policy.Restriction: "beperking", policy.Portability: "overdracht", policy.Objection: "bezwaar",
		},
		Channels: map[policy.RequestChannel]string{"mail": "mail", "phone": "telefoon", "letter": "brief", "website": "website", "in person": "in persoon", "other": "een andere weg"},
		Steps: map[policy.RequestStep]string{
			policy.StepIdentity: "identiteit", policy.StepWork: "uitvoeren", policy.StepSystems: "andere systemen", policy.StepDecide: "besluiten", policy.StepSend: "antwoord", policy.StepClose: "sluiten",
			policy.StepLink: "gekoppeld", policy.StepPause: "pauze", policy.StepResume: "hervat", policy.StepExtend: "verlengd", policy.StepDueSoon: "bijna te laat", policy.StepTarget: "streef gemist", policy.StepOverdue: "te laat", "": "-",
		},
		Decisions: map[policy.RequestDecision]string{policy.NoDecision: "-", policy.Granted: "toegewezen", policy.Partly: "deels", policy.Refused: "geweigerd", policy.CalledOff: "ingetrokken"},
		Grounds: map[policy.RefusalGround]string{
			policy.Unfounded: "ongegrond", policy.Excessive: "buitensporig", policy.Unidentified: "niet herkend", policy.LegalDuty: "wettelijke plicht", policy.LegalClaims: "rechtsvordering", policy.OthersRights: "rechten van anderen", policy.Unmet: "voorwaarden niet vervuld",
		},
		WorkHints: map[policy.RequestKind]string{
			policy.Rectification: "verbeter het op het scherm van de klant (c), zeg dan wat", policy.Objection: "staak het gebruik op het scherm van de klant (c), zeg dan welk",
			policy.Access: "wat er verzameld is", policy.Portability: "wat er verzameld is", policy.Erasure: "-", policy.Restriction: "-",
		},
	}
}
