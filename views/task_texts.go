package views

import "balie/policy"

// taskTexts are those of tasks and activities.
type taskTexts struct {
	Title, None, Team, Tomorrow, KeyDone, KeyAdd, KeyOpen, KeyCustomer, KeySpan, KeyEveryone, KeyCall, KeyTask string
	DidIt, DidItNext, UndoAsk, Undone, FormTitle, Kind, What, Due, DueHint, Repeat, NoRepeat, Priority         string
	Assignee, Remark, NoCustomer, Saved, QuickTitle, QuickHint, QuickKeys, QuickExample, Kept, NobodyFits      string
	ToTasksHint, AndMore, Minutes, Tab, NoneHere, Today, NothingToday, DoneWord, CallLine, Outcome, With       string
	Spans                                                                                                      map[policy.TaskSpan]string
	Deeds, Happened                                                                                            map[policy.Deed]string
	Repeats                                                                                                    map[policy.Repeat]string
	Priorities                                                                                                 map[policy.Priority]string
	Weekdays                                                                                                   [7]string
}

func englishTasks() taskTexts {
	return taskTexts{
		Title: "Tasks", None: "Nothing to do here: add something with a, as: call Jan Jansen tomorrow 10:00 about offer.", Team: "the whole team", Tomorrow: "tomorrow",
		KeyDone: "done", KeyAdd: "add in one line", KeyOpen: "change", KeyCustomer: "customer", KeySpan: "which", KeyEveryone: "own or team's", KeyCall: "call", KeyTask: "to do, or happened",
		DidIt: "Done: %s.", DidItNext: "Done: %s. It comes back on %s.", UndoAsk: "Take back that this is done (%s, %s)?", Undone: "Open again: %s.",
		FormTitle: "Task", Kind: "Kind", What: "What", Due: "Due", DueHint: "2026-12-31, tomorrow 10:00, friday", Repeat: "Repeats", NoRepeat: "no", Priority: "Priority",
		Assignee: "For", Remark: "Remark", NoCustomer: "without a customer", Saved: "Saved.",
		QuickTitle: "To do, or happened", QuickHint: "call Jan Jansen tomorrow 10:00 about offer · called Jan 20 min about offer", QuickKeys: "enter go on · esc leave",
		QuickExample: "call Jan tomorrow about offer", Kept: "Kept: %s.", NobodyFits: "Nobody fits %s, and what happened is kept with a customer.",
		ToTasksHint: "today week overdue all done", AndMore: "(and %s more)", Minutes: "%d min", Tab: "Tasks", NoneHere: "Nothing to do: add something with a.", Today: "Today", NothingToday: "Nothing for today.",
		DoneWord: "done", CallLine: "call ", Outcome: "outcome:", With: "with",
		Spans:      map[policy.TaskSpan]string{policy.TasksToday: "today", policy.TasksWeek: "week", policy.TasksOverdue: "overdue", policy.TasksAll: "all", policy.TasksDone: "done"},
		Deeds:      map[policy.Deed]string{policy.DeedToDo: "to do", policy.DeedCall: "call", policy.DeedMail: "mail", policy.DeedMeeting: "meeting"},
		Happened:   map[policy.Deed]string{policy.DeedToDo: "done", policy.DeedCall: "called", policy.DeedMail: "mailed", policy.DeedMeeting: "met"},
		Repeats:    map[policy.Repeat]string{policy.Daily: "every day", policy.Weekly: "every week", policy.Monthly: "every month", policy.Yearly: "every year"},
		Priorities: map[policy.Priority]string{policy.PriorityHigh: "high", policy.PriorityNormal: "normal", policy.PriorityLow: "low"},
		Weekdays:   [7]string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"},
	}
}

func dutchTasks() taskTexts {
	return taskTexts{
		Title: "Taken", None: "Niets te doen hier: voeg iets toe met a, als: bel Jan Jansen morgen 10:00 over offerte.", Team: "het hele team", Tomorrow: "morgen",
		KeyDone: "gedaan", KeyAdd: "voeg toe in één regel", KeyOpen: "wijzig", KeyCustomer: "klant", KeySpan: "welke", KeyEveryone: "eigen of team", KeyCall: "bel", KeyTask: "te doen, of gebeurd",
		DidIt: "Gedaan: %s.", DidItNext: "Gedaan: %s. Komt terug op %s.", UndoAsk: "Terugnemen dat dit gedaan is (%s, %s)?", Undone: "Weer open: %s.",
		FormTitle: "Taak", Kind: "Soort", What: "Wat", Due: "Voor", DueHint: "2026-12-31, morgen 10:00, vrijdag", Repeat: "Herhaling", NoRepeat: "geen", Priority: "Prioriteit",
		Assignee: "Voor wie", Remark: "Opmerking", NoCustomer: "zonder klant", Saved: "Bewaard.",
		QuickTitle: "Te doen, of gebeurd", QuickHint: "bel Jan Jansen morgen 10:00 over offerte · gebeld met Jan 20 min over offerte", QuickKeys: "enter ga door · esc verlaat",
		QuickExample: "bel Jan morgen over offerte", Kept: "Genoteerd: %s.", NobodyFits: "Niemand past bij %s, en wat gebeurd is hoort bij een klant.",
		ToTasksHint: "vandaag week te laat alle gedaan", AndMore: "(en nog %s)", Minutes: "%d min", Tab: "Taken", NoneHere: "Niets te doen: voeg iets toe met a.", Today: "Vandaag", NothingToday: "Niets voor vandaag.",
		DoneWord: "gedaan", CallLine: "bel ", Outcome: "uitkomst:", With: "met",
		Spans:      map[policy.TaskSpan]string{policy.TasksToday: "vandaag", policy.TasksWeek: "week", policy.TasksOverdue: "te laat", policy.TasksAll: "alle", policy.TasksDone: "gedaan"},
		Deeds:      map[policy.Deed]string{policy.DeedToDo: "te doen", policy.DeedCall: "bellen", policy.DeedMail: "mailen", policy.DeedMeeting: "afspraak"},
		Happened:   map[policy.Deed]string{policy.DeedToDo: "gedaan", policy.DeedCall: "gebeld", policy.DeedMail: "gemaild", policy.DeedMeeting: "gesproken"},
		Repeats:    map[policy.Repeat]string{policy.Daily: "elke dag", policy.Weekly: "elke week", policy.Monthly: "elke maand", policy.Yearly: "elk jaar"},
		Priorities: map[policy.Priority]string{policy.PriorityHigh: "hoog", policy.PriorityNormal: "gewoon", policy.PriorityLow: "laag"},
		Weekdays:   [7]string{"zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"},
	}
}
