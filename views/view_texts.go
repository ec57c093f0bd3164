package views

import "balie/policy"

// viewTexts are those of filters and saved views.
type viewTexts struct {
	KeyFilter, KeyViews, FilterTitle, NoNth, None, Which, ToView, NameHint, Title, NameAsk, Everything, Kept   string
	WriteAsk, DeleteAsk, Deleted, UndoAsk, KeySave, KeyRename, KeyWrite, KeyPlace, KeyShare, KeyDelete, NotOwn string
	Now, Of, Shared, Looking, KeyAllOf, Gathering, MostMarked, KeyStatus, WhichStatus, SetStatus, StatusSet    string
	Doing, Stopped                                                                                             string
	Lists, FilterHints                                                                                         map[policy.List]string
}

func englishViews() viewTexts {
	return viewTexts{
		KeyFilter: "filter by a line", KeyViews: "views", FilterTitle: "Filter", NoNth: "There is no view %s of this list: v keeps one.",
		None: "No views yet: narrow the list, and keep it here with s.", Which: "Which view?", ToView: "Open a view", NameHint: "NAME", Title: "Views", NameAsk: "What is this view called?",
		Everything: "everything", Kept: "Kept: %s.", WriteAsk: "Have %s show what the list shows now?", DeleteAsk: "Delete the view %s?", Deleted: "Deleted: %s.",
		UndoAsk: "Keep the view %s again, deleted %s?", KeySave: "keep the list as a view", KeyRename: "rename", KeyWrite: "overwrite", KeyPlace: "up, down", KeyShare: "share with the team, or not", KeyDelete: "delete", NotOwn: "not your view",
		Now: "now:", Of: "of %s", Shared: "shared with team", Looking: "looked through %s…", KeyAllOf: "mark the whole filter", Gathering: "marking… %s, esc stops", MostMarked: "At most %s at once: these are marked, the rest is not.",
		KeyStatus: "status", WhichStatus: "Which status?", SetStatus: "Give %[2]s the status %[1]s?", StatusSet: "%[2]s now: %[1]s.",
		Doing: "%s of %s done, esc stops", Stopped: "Stopped: %s of %s were looked at.",
		Lists: map[policy.List]string{policy.ContactList: "Customers", policy.DealsList: "Deals", policy.TasksList: "Tasks", policy.InvoicesList: "Invoices"},
		FilterHints: map[policy.List]string{
			policy.ContactList:  "status=lead tag=nl activity>6mo city~gent mail=yes created=this-quarter sort=activity /jan",
			policy.DealsList:    "value>=5000 expected<+30d stage=quote owner=me sort=-value",
			policy.TasksList:    "due<=today priority=high kind=call assignee=me",
			policy.InvoicesList: "state=overdue open>1000 due<30d debtor~jansen",
		},
	}
}

func dutchViews() viewTexts {
	return viewTexts{
		KeyFilter: "filter met een regel", KeyViews: "weergaven", FilterTitle: "Filter", NoNth: "Er is geen weergave %s van deze lijst: v bewaart er een.",
		None: "Nog geen weergaven: beperk de lijst, en bewaar hem hier met s.", Which: "Welke weergave?", ToView: "Open een weergave", NameHint: "NAAM", Title: "Weergaven", NameAsk: "Hoe heet deze weergave?",
		Everything: "alles", Kept: "Bewaard: %s.", WriteAsk: "%s laten tonen wat de lijst nu toont?", DeleteAsk: "De weergave %s verwijderen?", Deleted: "Verwijderd: %s.",
		UndoAsk: "De weergave %s weer bewaren, verwijderd %s?", KeySave: "bewaar de lijst als weergave", KeyRename: "hernoem", KeyWrite: "overschrijf", KeyPlace: "omhoog, omlaag", KeyShare: "deel met het team, of niet", KeyDelete: "verwijder", NotOwn: "niet jouw weergave",
		Now: "nu:", Of: "van %s", Shared: "gedeeld met team", Looking: "%s doorgekeken…", KeyAllOf: "markeer het hele filter", Gathering: "markeren… %s, esc stopt", MostMarked: "Hoogstens %s tegelijk: deze zijn gemarkeerd, de rest niet.",
		KeyStatus: "status", WhichStatus: "Welke status?", SetStatus: "%[2]s de status %[1]s geven?", StatusSet: "%[2]s nu: %[1]s.",
		Doing: "%s van %s klaar, esc stopt", Stopped: "Gestopt: %s van %s zijn bekeken.",
		Lists: map[policy.List]string{policy.ContactList: "Klanten", policy.DealsList: "Kansen", policy.TasksList: "Taken", policy.InvoicesList: "Facturen"},
		FilterHints: map[policy.List]string{
			policy.ContactList:  "status=lead label=nl activiteit>6mnd plaats~gent mail=ja gemaakt=dit-kwartaal sort=activiteit /jan",
			policy.DealsList:    "waarde>=5000 verwacht<+30d fase=offerte eigenaar=ik sort=-waarde",
			policy.TasksList:    "voor<=vandaag prioriteit=hoog soort=bellen wie=ik",
			policy.InvoicesList: "status=te-laat openstaand>1000 vervalt<30d aan~jansen",
		},
	}
}
