package views

// leavingTexts are those of changing and leaving.
type leavingTexts struct {
	RoleEnded, RoleCame, RoleWent, NotYours                                         string
	Title, Everybody, NoOne, Planned, Handing, NoHeir, LeftOn                       string
	KeyReport, KeyStay, KeyHeir, KeyTick, KeySubjects, KeyTeam, KeyBack, KeyLeaving string
	Heir, HeirHint, On, OnHint, HoldCustomers, HoldMore, HoldPower                  string
	Going, GoingRate, Handed, HandedPart, PlannedDone                               string
	StayTitle, Stays, HeirTitle, HeirSet, TeamTitle, TeamHint, TeamDone             string
	Report, Facts, Acts, NoActs, Exports, NoExports, Checks, NoChecks, TickedBy     string
	ActLine, ExportLine, SubjectsTitle, SubjectLine, NoSubjects, GoneCustomer       string
	OnlyOfficer, NotPlanned, NothingToHand, PickCheck, BecauseOf                    string
}

func englishLeaving() leavingTexts {
	return leavingTexts{
		RoleEnded: "Your role %s has ended; you act as %s now.", RoleCame: "You hold another role now: %s (: role).", RoleWent: "Your role %s has ended.", NotYours: "That customer is not yours to see any more.",
		Title: "Leaving", Everybody: "Who leaves, and what is left to hand over", NoOne: "Nobody is leaving. To plan a departure: open a colleague and press D.", Planned: "leaves on %s, ordered by %s", Handing: "handed over %s of %s to %s", NoHeir: "left %s; nobody takes over %s customers", LeftOn: "left %s",
		KeyReport: "leaving report", KeyStay: "call it off", KeyHeir: "who takes over", KeyTick: "tick off", KeySubjects: "whose data", KeyTeam: "other team", KeyBack: "invite again", KeyLeaving: "who leaves",
		Heir: "Takes over", HeirHint: "A login name; empty: the manager of the team.", On: "Last day", OnHint: "Empty: now. Or 2026-12-31 (until 17:00), or 2026-12-31T12:00.", HoldCustomers: "customers to hand over: %s, with %s open deals", HoldMore: "keys: %d, open invitations: %d, recovery codes: %d", HoldPower: "asked for others and waiting: %d roles, which fall; departures they planned: %d, which become yours",
		Going: "Handing over", GoingRate: "%s of %s customers · %s a second · %s left", Handed: "Customers handed over: %s.", HandedPart: "Customers handed over: %s of %s. The rest follows by itself.", PlannedDone: "%s leaves on %s.",
		StayTitle: "Call off the leaving of %s. Why?", Stays: "%s stays.", HeirTitle: "Who takes over from %s? A login name", HeirSet: "%s takes over when the day has come.", TeamTitle: "Other team for %s", TeamHint: "Made when there is none of that name; empty: no team. Managers see what their team owns.", TeamDone: "%s is in another team now.",
		Report: "Leaving of %s", Facts: "counted from %s to %s", Acts: "What they did: times · different customers · last", NoActs: "Nothing in these days.", Exports: "What they took out of the system, ever", NoExports: "Nothing.", Checks: "Checklist", NoChecks: "It begins when they have left.", TickedBy: "done %s by %s",
		ActLine: "%s times · %s customers · %s", ExportLine: "%s · %s · %s customers", SubjectsTitle: "Whose data %s saw", SubjectLine: "%s times, last %s", NoSubjects: "Nobody's, in these days.", GoneCustomer: "(there no more)",
		OnlyOfficer: "only the privacy officer, for a recorded reason", NotPlanned: "no departure is planned", NothingToHand: "there is nothing to hand over", PickCheck: "put the cursor on a line of the checklist", BecauseOf: "ended because: %s",
	}
}

func dutchLeavingTexts() leavingTexts {
	return leavingTexts{
		RoleEnded: "Je rol %s is beëindigd; je werkt nu als %s.", RoleCame: "Je hebt er een rol bij: %s (: role).", RoleWent: "Je rol %s is beëindigd.", NotYours: "Die klant mag je niet meer zien.",
		Title: "Vertrek", Everybody: "Wie vertrekt, en wat er nog over te dragen is", NoOne: "Niemand vertrekt. Een vertrek plannen: open een collega en druk op D.", Planned: "vertrekt op %s, geregeld door %s", Handing: "overgedragen: %s van %s aan %s", NoHeir: "vertrok %s; niemand neemt %s klanten over", LeftOn: "vertrok %s",
		KeyReport: "vertrekverslag", KeyStay: "gaat niet door", KeyHeir: "wie overneemt", KeyTick: "vink af", KeySubjects: "wiens gegevens", KeyTeam: "ander team", KeyBack: "nodig opnieuw uit", KeyLeaving: "wie vertrekt",
		Heir: "Neemt over", HeirHint: "Een loginnaam; leeg: de manager van het team.", On: "Laatste dag", OnHint: "Leeg: nu. Of 2026-12-31 (tot 17:00), of 2026-12-31T12:00.", HoldCustomers: "over te dragen klanten: %s, met %s lopende kansen", HoldMore: "sleutels: %d, open uitnodigingen: %d, herstelcodes: %d", HoldPower: "voor anderen gevraagd en wachtend: %d rollen, die vervallen; vertrekken die ze planden: %d, die worden van jou",
		Going: "Bezig met overdragen", GoingRate: "%s van %s klanten · %s per seconde · nog %s", Handed: "Overgedragen klanten: %s.", HandedPart: "Overgedragen klanten: %s van %s. De rest volgt vanzelf.", PlannedDone: "%s vertrekt op %s.",
		StayTitle: "Het vertrek van %s gaat niet door. Waarom?", Stays: "%s blijft.", HeirTitle: "Wie neemt over van %s? Een loginnaam", HeirSet: "%s neemt over als de dag er is.", TeamTitle: "Ander team voor %s", TeamHint: "Wordt gemaakt als het er nog niet is; leeg: geen team. Managers zien wat hun team heeft.", TeamDone: "%s zit nu in een ander team.",
		Report: "Vertrek van %s", Facts: "geteld van %s tot %s", Acts: "Wat ze deden: keer · verschillende klanten · laatst", NoActs: "Niets in deze dagen.", Exports: "Wat ze ooit uit het systeem meenamen", NoExports: "Niets.", Checks: "Afvinklijst", NoChecks: "Die begint als ze vertrokken zijn.", TickedBy: "klaar %s door %s",
		ActLine: "%s keer · %s klanten · %s", ExportLine: "%s · %s · %s klanten", SubjectsTitle: "Wiens gegevens %s zag", SubjectLine: "%s keer, laatst %s", NoSubjects: "Van niemand, in deze dagen.", GoneCustomer: "(niet meer aanwezig)",
		OnlyOfficer: "alleen de privacyfunctionaris, om een vastgelegde reden", NotPlanned: "er is geen vertrek gepland", NothingToHand: "er is niets over te dragen", PickCheck: "zet de cursor op een regel van de afvinklijst", BecauseOf: "beëindigd omdat: %s",
	}
}
