package views

// dupeTexts are those of customers that look like one.
type dupeTexts struct {
	Title, Pair, Alike, Dismissed, Merged, Shown, None, NoneDismissed, NoneMerged                         string
	KeyMerge, KeyTwo, KeyNotTwo, KeyShown, KeyUndo, OffTwo, SaidTwo, SaidNotTwo, UndoAsk, UndoWhat, Until string
	MergeTitle, MergeHelp, Stays, Goes, Both, Nothing, KeyChoose, KeySwap, KeyPreview                     string
	Ask, Becomes, Moves, NoMoves, Limits, Done, Undone, UndoneBut, ToDuplicates, ToHint, ZWhat            string
	FillIn, Filled                                                                                        string
	Tables                                                                                                map[string]string
}

func englishDupes() dupeTexts {
	return dupeTexts{
		Title: "Duplicates", Pair: "Two that look like one", Alike: "Why", Dismissed: "said to be two", Merged: "merged", Shown: "to look at",
		None: "Nobody seems to be in the books twice. The clock looks every week, and at who is new every five minutes.", NoneDismissed: "Of no pair somebody said that they are two.", NoneMerged: "Nothing was merged in the last 30 days.",
		KeyMerge: "merge", KeyTwo: "they are two", KeyNotTwo: "perhaps one after all", KeyShown: "open, two, merged", KeyUndo: "take apart", OffTwo: "mark two customers with space first", SaidTwo: "They are two: this pair isn't shown again.", SaidNotTwo: "They may be one after all.",
		UndoAsk: "Make two of %s again?", UndoWhat: "%s comes back as it was. What somebody changed since stays with %s.", Until: "until %s",
		MergeTitle: "Merge", MergeHelp: "For each field: which one is right? The rest, as notes, deals and history, is kept of both.", Stays: "Stays", Goes: "Becomes part of it", Both: "both", Nothing: "They say the same everywhere.", KeyChoose: "left, right, both", KeySwap: "the other stays", KeyPreview: "preview",
		Ask: "Merge %s into %s?", Becomes: "It becomes: %s", Moves: "Along go: %s.", NoMoves: "Nothing else hangs on it.", Limits: "For 30 days you can take it apart again: : duplicates, f.", Done: "Merged: %s. z takes it apart again.", Undone: "They are two again: %s.", UndoneBut: "Two again. Changed since, so it stays with %s: %s.",
		ToDuplicates: "Duplicates", ToHint: "customers in the books twice", ZWhat: "Take %s apart again, merged %s?",
		FillIn: "fill in what they lack", Filled: "there already, filled in",
		Tables: map[string]string{"notes": "notes", "activities": "activities", "history": "changes", "deals": "deals", "deal_contacts": "parts in deals", "deal_history": "changes of deals", "tasks": "tasks", "invoices": "invoices", "memberships": "contacts", "merges": "earlier merges", "consents": "consents and objections", "evidence": "pieces of evidence", "evidence_parts": "pages of evidence", "audience_members": "uses in mailing lists", "past_invoices": "old invoices", "activity_history": "changes of activities", "task_history": "changes of tasks"},
	}
}

func dutchDupes() dupeTexts {
	return dupeTexts{
		Title: "Dubbelen", Pair: "Twee die dezelfde lijken", Alike: "Waarom", Dismissed: "het zijn er twee", Merged: "samengevoegd", Shown: "te bekijken",
		None: "Niemand lijkt er twee keer in te staan. De klok kijkt elke week, en naar wie nieuw is elke vijf minuten.", NoneDismissed: "Van geen paar zei iemand dat het er twee zijn.", NoneMerged: "Er is de laatste 30 dagen niets samengevoegd.",
		KeyMerge: "voeg samen", KeyTwo: "het zijn er twee", KeyNotTwo: "misschien toch één", KeyShown: "open, twee, samengevoegd", KeyUndo: "haal uiteen", OffTwo: "markeer eerst twee klanten met spatie", SaidTwo: "Het zijn er twee: dit paar wordt niet meer getoond.", SaidNotTwo: "Ze zijn misschien toch dezelfde.",
		UndoAsk: "Van %s weer twee maken?", UndoWhat: "%s komt terug zoals het was. Wat iemand sindsdien wijzigde blijft bij %s.", Until: "tot %s",
		MergeTitle: "Samenvoegen", MergeHelp: "Per veld: welke klopt? De rest, zoals notities, kansen en geschiedenis, blijft van beide bewaard.", Stays: "Blijft", Goes: "Gaat erin op", Both: "beide", Nothing: "Ze zeggen overal hetzelfde.", KeyChoose: "links, rechts, beide", KeySwap: "de ander blijft", KeyPreview: "bekijk",
		Ask: "%s laten opgaan in %s?", Becomes: "Het wordt: %s", Moves: "Mee gaan: %s.", NoMoves: "Er hangt verder niets aan.", Limits: "30 dagen lang kun je ze weer uiteenhalen: : duplicates, f.", Done: "Samengevoegd: %s. z haalt ze weer uiteen.", Undone: "Het zijn er weer twee: %s.", UndoneBut: "Weer twee. Sindsdien gewijzigd, dus blijft bij %s: %s.",
		ToDuplicates: "Dubbelen", ToHint: "klanten die er twee keer in staan", ZWhat: "%s weer uiteenhalen, samengevoegd %s?",
		FillIn: "vul aan wat ontbreekt", Filled: "al bekend, aangevuld",
		Tables: map[string]string{"notes": "notities", "activities": "activiteiten", "history": "wijzigingen", "deals": "kansen", "deal_contacts": "rollen in kansen", "deal_history": "wijzigingen van kansen", "tasks": "taken", "invoices": "facturen", "memberships": "contacten", "merges": "eerdere samenvoegingen", "consents": "toestemmingen en bezwaren", "evidence": "bewijsstukken", "evidence_parts": "bladen bewijs", "audience_members": "plaatsen op verzendlijsten", "past_invoices": "oude facturen", "activity_history": "wijzigingen van activiteiten", "task_history": "wijzigingen van taken"},
	}
}
