package views

import "balie/policy"

// auditTexts are those of narrowing and following the log, of who saw a customer
// and of unusual viewing; what the log says itself is in logTexts.
type auditTexts struct {
	KeyFollow, KeyFollowNot, Following, KeySubject, KeyTime, KeyClear, KeyExport string
	ExportNot, ExportTitle, ExportHint, TimeAsk, TimeHint                        string
	SubjectAsk, SubjectHint, SubjectNumber, SubjectNone, AboutWho                string
	SinceWhen, BeforeWhen, Unknown, LogHint, SeenArg                             string
	KeyInLog, OnlyOfficers, SeenTitle, SeenHint, Times                           string
	Unusual, IsSettled, NotOwn, PickFlag, KeyAll, KeyOpenOnly, KeySettle         string
	SettleTitle, SettleHint, Settled, Seen, Usual, NothingUnusual                string
	KindExported, KindOpened, KindListed, Story, StoryNew, StorySettled          string
	Outcomes                                                                     map[policy.UnusualOutcome]string
}

func englishAudit() auditTexts {
	return auditTexts{
		KeyFollow: "follow", KeyFollowNot: "stop following", Following: "● following", KeySubject: "about whom", KeyTime: "when", KeyClear: "clear filters", KeyExport: "to a file",
		ExportNot: "only a manager, the privacy officer, an admin or an auditor exports", ExportTitle: "The log as it is shown, in a file",
		ExportHint: "Type this on your own computer; with --json for another program. The export is logged.",
		TimeAsk:    "From when until when", TimeHint: "yesterday, 3d, 2026-12-31, 2026-12-31 09:00..12:00, or nothing for all",
		SubjectAsk: "About which customer", SubjectHint: "a number, or the beginning of a name; nothing for all", SubjectNumber: "a customer's number, as in a list or in the log; nothing for all",
		SubjectNone: "No customer that you may see has that name.", AboutWho: "about %s", SinceWhen: "since %s", BeforeWhen: "before %s",
		Unknown: "The log can't be narrowed by: %s", LogHint: "who=jan act=… customer=12 time=yesterday refused", SeenArg: "12",
		KeyInLog: "in the log", OnlyOfficers: "your role sees only your own acts in the log",
		SeenTitle: "Who saw this, in a file", SeenHint: "A page to read or to hand over; with --json or --csv for another program. Names of colleagues are left out unless you add --names. It is logged.",
		Times: "Times", Unusual: "Unusual viewing", IsSettled: "this is settled", NotOwn: "what is about you is for another officer", PickFlag: "choose one first",
		KeyAll: "settled too", KeyOpenOnly: "open only", KeySettle: "settle", SettleTitle: "What was it, with %s?", SettleHint: "What you found out, in a few words: it is kept, and the log has it.",
		Settled: "It is settled.", Seen: "Seen", Usual: "Usual",
		NothingUnusual: "Nobody saw more customers than usual. Whoever sees many in an hour, against the own past, appears here within five minutes; a: those that were settled.",
		KindExported:   "%s exported", KindOpened: "%s opened", KindListed: "%s in lists",
		Story:    "%s as %s, %s: %s customers in an hour (twenty names in lists count as one). Usual is up to %s; above %s it is unusual.",
		StoryNew: "There is too little past of this person: measured by others in the role.", StorySettled: "Settled by %s, %s: %s. %s",
		Outcomes: map[policy.UnusualOutcome]string{policy.Explained: "explained", policy.TakenFurther: "taken further"},
	}
}

func dutchAudit() auditTexts {
	return auditTexts{
		KeyFollow: "volg", KeyFollowNot: "volg niet meer", Following: "● volgt", KeySubject: "over wie", KeyTime: "wanneer", KeyClear: "wis filters", KeyExport: "naar bestand",
		ExportNot: "alleen een manager, de privacyfunctionaris, een beheerder of een auditor exporteert", ExportTitle: "Het logboek zoals het hier staat, in een bestand",
		ExportHint: "Typ dit op je eigen computer; met --json voor een ander programma. De export komt in het logboek.",
		TimeAsk:    "Van wanneer tot wanneer", TimeHint: "gisteren, 3d, 2026-12-31, 2026-12-31 09:00..12:00, of niets voor alles",
		SubjectAsk: "Over welke klant", SubjectHint: "een nummer, of het begin van een naam; niets voor alles", SubjectNumber: "het nummer van een klant, zoals in een lijst of in het logboek; niets voor alles",
		SubjectNone: "Geen klant die je mag zien heet zo.", AboutWho: "over %s", SinceWhen: "sinds %s", BeforeWhen: "voor %s",
		Unknown: "Hierop is het logboek niet te beperken: %s", LogHint: "wie=jan handeling=… klant=12 tijd=gisteren geweigerd", SeenArg: "12",
		KeyInLog: "in het logboek", OnlyOfficers: "met jouw rol zie je in het logboek alleen wat je zelf deed",
		SeenTitle: "Wie zag dit, in een bestand", SeenHint: "Een bladzijde om te lezen of te geven; met --json of --csv voor een ander programma. Namen van collega's blijven weg, tenzij je --names toevoegt. Het komt in het logboek.",
		Times: "Aantal", Unusual: "Ongewoon veel ingezien", IsSettled: "dit is afgehandeld", NotOwn: "wat over jou gaat is voor een andere functionaris", PickFlag: "kies er eerst een",
		KeyAll: "ook afgehandelde", KeyOpenOnly: "alleen open", KeySettle: "handel af", SettleTitle: "Wat was het, bij %s?", SettleHint: "Wat je te weten kwam, in een paar woorden: het wordt bewaard, ook in het logboek.",
		Settled: "Het is afgehandeld.", Seen: "Gezien", Usual: "Gewoon",
		NothingUnusual: "Niemand zag meer klanten dan gewoon. Wie er in een uur veel inziet, vergeleken met de eigen gewoonte, staat hier binnen vijf minuten; a: de afgehandelde.",
		KindExported:   "%s geëxporteerd", KindOpened: "%s geopend", KindListed: "%s in lijsten",
		Story:    "%s als %s, %s: %s klanten in een uur (twintig namen in lijsten tellen als één). Gewoon is tot %s; boven %s is het ongewoon.",
		StoryNew: "Van deze persoon is te weinig bekend: gemeten aan anderen in de rol.", StorySettled: "Afgehandeld door %s, %s: %s. %s",
		Outcomes: map[policy.UnusualOutcome]string{policy.Explained: "verklaard", policy.TakenFurther: "verder opgenomen"},
	}
}
