package views

import "balie/db"

// jobTexts are those of the clock's jobs, and of what waits on the first screen.
type jobTexts struct {
	Jobs, Job, LastRun, Outcome, Next, Period, Took, Node                      string
	Never, NoRuns, Running, Stopped, Idle, Failing, Retry, Due, Unknown        string
	KeyRun, KeyDry, KeyHistory, OnlyAdmin, RunAsk, RunDetail, Ran, RanIdle     string
	DryTitle, DryIdle, DryNote, AndMore, KeyWaiting, WaitsFor, Busy, FirstLeft string
	Every                                                                      map[db.Cadence]string
	Names                                                                      map[string]string // by the job's name
	Counts                                                                     map[string]string // what jobs count; English has it already
}

func englishJobs() jobTexts {
	return jobTexts{
		Jobs: "Jobs", Job: "Job", LastRun: "Last run", Outcome: "Outcome", Next: "Next", Period: "Period", Took: "Took", Node: "Node",
		Never: "never yet", NoRuns: "It has not done anything yet.", Running: "running since %s on %s", Stopped: "broken off; goes on by itself", Idle: "nothing to do",
		Failing: "fails, tried %d×", Retry: "Tried again %s.", Due: "Due again %s.", Unknown: "another job",
		KeyRun: "run now", KeyDry: "dry run", KeyHistory: "history", OnlyAdmin: "only an admin runs jobs by hand",
		RunAsk: "Run “%s” now?", RunDetail: "It does now what it does by itself %s, for the period that fell due last.", Ran: "Done: %s.", RanIdle: "Done: there was nothing to do.",
		DryTitle: "What “%s” would do now", DryIdle: "Nothing: there is nothing to do.", DryNote: "Nothing was changed.",
		AndMore: "… and %s more", KeyWaiting: "see to it", WaitsFor: "Waits for you", Busy: "Running …", FirstLeft: "new; begins %s",
		Every: map[db.Cadence]string{
			db.EveryMinute: "every minute", db.EveryFiveMinutes: "every five minutes", db.Hourly: "every hour", db.Daily: "every day",
			db.Weekly: "every week", db.Monthly: "every month", db.Quarterly: "every quarter",
		},
		Names: map[string]string{
			"duplicates.find": "Look for duplicates", "duplicates.fresh": "Look at who is new", "merges.end": "End undoing of merges", "invoices.remind": "Note reminders due",
			"access.expire": "End what has run out", "log.verify": "Verify the log", "log.unusual": "Look for unusual viewing", "request.deadlines": "Watch deadlines",
			"retention.sweep": "Erase what is over",
			"hygiene.look":    "Look for what should go", "fields.count": "Count fields", "fields.drop": "Empty dropped fields",
			"keys.suspend": "Suspend idle keys", "leaving.revoke": "End access on the day", "leaving.handover": "Hand customers over",
			"review.open": "Open an access review", "review.remind": "Remind reviewers", "review.close": "Close due reviews",
		},
		Counts: map[string]string{},
	}
}

func dutchJobs() jobTexts {
	return jobTexts{
		Jobs: "Taken", Job: "Taak", LastRun: "Laatst", Outcome: "Uitkomst", Next: "Volgende", Period: "Periode", Took: "Duurde", Node: "Server",
		Never: "nog nooit", NoRuns: "De taak heeft nog niets gedaan.", Running: "loopt sinds %s op %s", Stopped: "afgebroken; gaat vanzelf verder", Idle: "niets te doen",
		Failing: "mislukt, %d× geprobeerd", Retry: "Weer geprobeerd %s.", Due: "Weer aan de beurt %s.", Unknown: "een andere taak",
		KeyRun: "nu uitvoeren", KeyDry: "proefdraaien", KeyHistory: "verloop", OnlyAdmin: "alleen een beheerder voert taken met de hand uit",
		RunAsk: "“%s” nu uitvoeren?", RunDetail: "De taak doet nu wat hij vanzelf %s doet, voor de periode die het laatst aan de beurt was.", Ran: "Gedaan: %s.", RanIdle: "Gedaan: er was niets te doen.",
		DryTitle: "Wat “%s” nu zou doen", DryIdle: "Niets: er is niets te doen.", DryNote: "Er is niets veranderd.",
		AndMore: "… en nog %s", KeyWaiting: "pak het op", WaitsFor: "Wacht op jou", Busy: "Bezig …", FirstLeft: "nieuw; begint %s",
		Every: map[db.Cadence]string{
			db.EveryMinute: "elke minuut", db.EveryFiveMinutes: "elke vijf minuten", db.Hourly: "elk uur", db.Daily: "elke dag",
			db.Weekly: "elke week", db.Monthly: "elke maand", db.Quarterly: "elk kwartaal",
		},
		Names: map[string]string{
			"duplicates.find": "Zoek dubbelen", "duplicates.fresh": "Kijk wie nieuw is", "merges.end": "Rond samenvoegen af", "invoices.remind": "Noteer herinneringen",
			"access.expire": "Beëindig het verlopene", "log.verify": "Controleer het logboek", "log.unusual": "Zoek ongewoon inzien", "request.deadlines": "Bewaak termijnen",
			"retention.sweep": "Wis wat verlopen is",
			"hygiene.look":    "Zoek wat weg moet", "fields.count": "Tel de velden", "fields.drop": "Leeg geschrapte velden",
			"keys.suspend": "Schors stille sleutels", "leaving.revoke": "Trek in op de dag", "leaving.handover": "Draag klanten over",
			"review.open": "Open toegangscontrole", "review.remind": "Herinner controleurs", "review.close": "Sluit controles",
		},
		Counts: map[string]string{
			"merges that can't be undone any more": "samenvoegingen definitief", "reminders due": "herinneringen te doen",
			"pairs met": "paren gezien", "groups left out as too large": "groepen weggelaten als te groot", "percent": "procent", "pairs that are none any more": "paren die er geen meer zijn",
			"stand on nothing": "berusten op niets", "consents to ask again": "toestemmingen opnieuw te vragen", "with a dead address": "met een dood adres",
			"went out, now refused": "verstuurd, nu geweigerd", "roles not used": "rollen ongebruikt", "keys not used": "sleutels ongebruikt",
			"fields not used": "velden ongebruikt", "kept for a reason": "met reden bewaard", "look like one": "lijken dezelfde",
			"grants ended": "rollen beëindigd", "invitations voided": "uitnodigingen vervallen", "rows verified": "regels gecontroleerd", "faults": "fouten",
			"records": "records", "deleted": "verwijderd", "kept by a restriction": "gehouden door een beperking",
			"suspended": "geschorst", "grants": "rollen", "kept": "gehouden", "ended": "al beëindigd", "kept for the last admin": "gehouden voor de laatste beheerder", "revoked": "ingetrokken",
			"put away": "weggezet", "erased": "gewist", "brought back": "teruggezet", "invoices erased": "facturen gewist", "invoices bared": "facturen ingekort",
			"customers": "klanten", "reviews": "controles", "escalated": "doorgegeven", "flagged": "aangemerkt",
		},
	}
}
