package views

import "balie/policy"

// dealTexts are those of deals and pipelines.
type dealTexts struct {
	Title, Deal, Customer, Value, Stage, Since, Expected, Next, Owner, Why, Remark, Parts, Days, Closed, Open         string
	KeyStage, KeyDeal, KeyMove, KeyChart, KeyList, KeyBoard, KeyClosed, KeyWhose, KeyPipeline, KeyStages, KeyMoveTo   string
	KeyAdd, KeyConvert, None, NoneClosed, NoneHere, OffNone, OffFirst, OffLast, OffLead, OffOne                       string
	MoveTo, LostAsk, LostHint, WonAsk, WonHint, Moved, UndoWhat, Undone, Saved, Added, Converted                      string
	FormTitle, FormNew, FormConvert, TitleHint, DayHint, NextHint, PartOf, PartHint, WhichCustomer, Theirs, Everybody string
	Forecast, Month, Full, Weighted, Won, Number, NoMonth, Late, ForecastNone, Pipeline, PipelineForm, NewPipeline    string
	PipelineName, StageN, StageHint, StageBad, PipelineSaved, ToDeals, ToDealsHint, ToForecast, ToPipeline, Mine      string
	HomePipe, HomeTeamPipe, OpenSum, WonMonth, NoDeals, Tab, NoTab, Ageing, History, Retired, MayWin                  string
	Words                                                                                                             map[string]string
	Meanings                                                                                                          map[policy.StageMeaning]string
	Fields                                                                                                            map[string]string
}

func englishDeals() dealTexts {
	return dealTexts{
		Title: "Deals", Deal: "Deal", Customer: "Customer", Value: "Value", Stage: "Stage", Since: "In it", Expected: "Expected", Next: "Next step", Owner: "Owner", Why: "Why", Remark: "Remark", Parts: "Contacts", Days: "%d d", Closed: "Closed", Open: "open",
		KeyStage: "stage", KeyDeal: "deal", KeyMove: "move it", KeyChart: "forecast", KeyList: "list", KeyBoard: "board", KeyClosed: "closed or open", KeyWhose: "whose", KeyPipeline: "other pipeline", KeyStages: "set stages", KeyMoveTo: "to stage",
		KeyAdd: "add", KeyConvert: "customer with a deal", None: "No deal yet: add one with a.", NoneClosed: "Nothing was won or lost yet.", NoneHere: "–", OffNone: "choose a deal first", OffFirst: "it is in the first stage", OffLast: "it is in the last stage", OffLead: "only a lead becomes a customer", OffOne: "there is one pipeline",
		MoveTo: "To which stage?", LostAsk: "Why is it lost?", LostHint: "In a few words: the next one may be won by it.", WonAsk: "Won! Why?", WonHint: "Enter alone: without a reason. A lead becomes a customer.", Moved: "%s: %s. z takes it back.", UndoWhat: "Put %s back as it was, %s?", Undone: "%s is as before.", Saved: "Saved: %s.", Added: "Added: %s.", Converted: "%s is a customer now, with a deal.",
		FormTitle: "Change a deal", FormNew: "New deal", FormConvert: "Customer with a deal", TitleHint: "what it is about, as dormer", DayHint: "2026-12-31", NextHint: "call on Friday", PartOf: "Part of %s", PartHint: "decides, pays, advises; empty: none", WhichCustomer: "With which customer?", Theirs: "Somebody else made this meanwhile: %s. Save again for yours.", Everybody: "everybody's",
		Forecast: "Forecast", Month: "Month", Full: "Whole", Weighted: "Weighted", Won: "Won", Number: "Deals", NoMonth: "no date", Late: "late", ForecastNone: "No open deals: nothing to forecast.", Pipeline: "Pipeline", PipelineForm: "Stages", NewPipeline: "a new pipeline",
		PipelineName: "Name", StageN: "Stage %d", StageHint: "name; open, won or lost; chance %; days until it stands out", StageBad: "A stage is name; open, won or lost; chance in percent; days.", PipelineSaved: "The stages are as you set them.", ToDeals: "Deals", ToDealsHint: "/dormer", ToForecast: "Forecast of deals", ToPipeline: "Stages of a pipeline", Mine: "Deals, list",
		HomePipe: "My pipeline", HomeTeamPipe: "The team's pipeline", OpenSum: "%s open", WonMonth: "Won this month", NoDeals: "No deals yet: : deals, then a.", Tab: "Deals", NoTab: "No deals: add one with d.", Ageing: "too long here", History: "History", Retired: "out of use", MayWin: "chance %d%%",
		Words:    map[string]string{"sales": "Sales", "new": "New", "quote": "Quote", "negotiation": "Negotiation", "won": "Won", "lost": "Lost"},
		Meanings: map[policy.StageMeaning]string{policy.StageOpen: "open", policy.StageWon: "won", policy.StageLost: "lost"},
		Fields:   map[string]string{"title": "Deal", "value": "Value", "stage": "Stage", "expected": "Expected", "next": "Next step", "owner": "Owner", "parts": "Contacts", "why": "Why", "remark": "Remark"},
	}
}

func dutchDeals() dealTexts {
	return dealTexts{
		Title: "Kansen", Deal: "Kans", Customer: "Klant", Value: "Waarde", Stage: "Fase", Since: "Erin", Expected: "Verwacht", Next: "Volgende stap", Owner: "Eigenaar", Why: "Waarom", Remark: "Opmerking", Parts: "Contacten", Days: "%d d", Closed: "Gesloten", Open: "open",
		KeyStage: "fase", KeyDeal: "kans", KeyMove: "verplaats", KeyChart: "prognose", KeyList: "lijst", KeyBoard: "bord", KeyClosed: "gesloten of open", KeyWhose: "van wie", KeyPipeline: "andere pijplijn", KeyStages: "fasen instellen", KeyMoveTo: "naar fase",
		KeyAdd: "erbij", KeyConvert: "klant met een kans", None: "Nog geen kans: voeg er een toe met a.", NoneClosed: "Er is nog niets gewonnen of verloren.", NoneHere: "–", OffNone: "kies eerst een kans", OffFirst: "hij staat in de eerste fase", OffLast: "hij staat in de laatste fase", OffLead: "alleen een lead wordt klant", OffOne: "er is één pijplijn",
		MoveTo: "Naar welke fase?", LostAsk: "Waarom is hij verloren?", LostHint: "In een paar woorden: de volgende win je er misschien mee.", WonAsk: "Gewonnen! Waarom?", WonHint: "Alleen enter: zonder reden. Een lead wordt klant.", Moved: "%s: %s. z neemt het terug.", UndoWhat: "%s terugzetten zoals het was, %s?", Undone: "%s is weer als eerst.", Saved: "Bewaard: %s.", Added: "Toegevoegd: %s.", Converted: "%s is nu klant, met een kans.",
		FormTitle: "Kans wijzigen", FormNew: "Nieuwe kans", FormConvert: "Klant met een kans", TitleHint: "waar het om gaat, zoals dakkapel", DayHint: "2026-12-31", NextHint: "vrijdag bellen", PartOf: "Rol van %s", PartHint: "beslist, betaalt, adviseert; leeg: geen", WhichCustomer: "Met welke klant?", Theirs: "Iemand anders maakte hier intussen dit van: %s. Bewaar nog eens voor het jouwe.", Everybody: "van iedereen",
		Forecast: "Prognose", Month: "Maand", Full: "Geheel", Weighted: "Gewogen", Won: "Gewonnen", Number: "Kansen", NoMonth: "geen datum", Late: "te laat", ForecastNone: "Geen open kansen: er is niets te verwachten.", Pipeline: "Pijplijn", PipelineForm: "Fasen", NewPipeline: "een nieuwe pijplijn",
		PipelineName: "Naam", StageN: "Fase %d", StageHint: "naam; open, won of lost; kans %; dagen tot hij opvalt", StageBad: "Een fase is naam; open, won of lost; kans in procenten; dagen.", PipelineSaved: "De fasen zijn zoals je ze instelde.", ToDeals: "Kansen", ToDealsHint: "/dakkapel", ToForecast: "Prognose van kansen", ToPipeline: "Fasen van een pijplijn", Mine: "Kansen, lijst",
		HomePipe: "Mijn pijplijn", HomeTeamPipe: "De pijplijn van het team", OpenSum: "%s open", WonMonth: "Deze maand gewonnen", NoDeals: "Nog geen kansen: : deals, dan a.", Tab: "Kansen", NoTab: "Geen kansen: voeg er een toe met d.", Ageing: "te lang hier", History: "Geschiedenis", Retired: "buiten gebruik", MayWin: "kans %d%%",
		Words:    map[string]string{"sales": "Verkoop", "new": "Nieuw", "quote": "Offerte", "negotiation": "Onderhandeling", "won": "Gewonnen", "lost": "Verloren"},
		Meanings: map[policy.StageMeaning]string{policy.StageOpen: "open", policy.StageWon: "gewonnen", policy.StageLost: "verloren"},
		Fields:   map[string]string{"title": "Kans", "value": "Waarde", "stage": "Fase", "expected": "Verwacht", "next": "Volgende stap", "owner": "Eigenaar", "parts": "Contacten", "why": "Waarom", "remark": "Opmerking"},
	}
}
