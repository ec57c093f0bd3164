package views

import "balie/policy"

// invoiceTexts are those of invoices.
type invoiceTexts struct {
	Title, Number, Date, Due, Debtor, About, Total, Open, State, None, Draft, CreditNote, KeptThrough                                            string
	NoneYet, DueOn, KeyNew, KeyState, KeyLate, KeySent, KeyIssue, KeyDrop, KeyPay, KeyCredit, KeyPrint, KeyAsk, OffIssued, OffDraft, OffCredited string
	IssueAsk, IssueDetail, Issued, DropAsk, Dropped, PayAsk, PayHint, Paid, CreditAsk, CreditDetail                                              string
	PrintTell, ReminderFile, Line, Quantity, Price, Discount, VAT, Amount, NoLines, Reverse, Net, Credited, PaidWord                             string
	ReminderDue, ReminderMade                                                                                                                    string
	Levels                                                                                                                                       [3]string
	Reminded, Reference, FormTitle, DebtorHint, Attention, Street, Postcode, City, Country, VATNumber, VATHint, Mail                             string
	Remark, Lines, LineN, LineHint, Saved, AskTitle, AskHint, AskTell, Asked, ToInvoices, ToInvoicesHint                                         string
	Books, Owed, Late, Revenue, NothingOwed, Settled, Unsettled, Word                                                                            string
	States                                                                                                                                       map[policy.InvoiceState]string
	LateBy                                                                                                                                       map[string]string
}

func englishInvoices() invoiceTexts {
	return invoiceTexts{
		Title: "Invoices", Number: "Number", Date: "Date", Due: "due", Debtor: "To", About: "About", Total: "Total", Open: "Open", State: "State",
		None: "No invoice fits: change the filter with f.", NoneYet: "No invoices yet: write one with a.", DueOn: "Due", Draft: "draft", CreditNote: "credit note", KeptThrough: "kept through %s (art. 52(4) AWR)",
		KeyNew: "new", KeyState: "filter", KeyLate: "overdue", KeySent: "sent", KeyIssue: "issue", KeyDrop: "throw away", KeyPay: "payment", KeyCredit: "credit", KeyPrint: "print", KeyAsk: "ask invoice",
		OffIssued: "issued: only a credit note takes it back", OffDraft: "it is a draft: issue it first", OffCredited: "it is credited already, or a credit note",
		IssueAsk: "Issue this invoice to %s, total %s?", IssueDetail: "It gets its number and can't be changed any more; only a credit note takes it back.",
		Issued: "Issued as %s.", DropAsk: "Throw this draft away for good?", Dropped: "The draft is gone.",
		PayAsk: "How much came in? With a minus: what went back.", PayHint: "Enter alone: all that is open, %s.", Paid: "%s noted; %s takes it back.",
		CreditAsk: "Make a credit note for %s?", CreditDetail: "It is a draft of the whole; change it to credit a part. It counts when you issue it.",
		PrintTell: "These commands write it to a file:", ReminderFile: "reminder", Line: "For", Quantity: "Quantity", Price: "Price", Discount: "Off", VAT: "VAT", Amount: "Amount",
		NoLines: "No lines yet: add them with e.", Reverse: "reverse", Net: "Without VAT", Credited: "Credited", PaidWord: "Paid", Reminded: "Reminded %d times, last on %s.", ReminderDue: "%s due since %s: p tells how to make it.", ReminderMade: "%s made on %s, of %s, by %s.", Levels: [3]string{"Reminder", "Second reminder", "Final reminder"}, Reference: "Their reference",
		FormTitle: "Draft", DebtorHint: "a company or a person", Attention: "Attention of", Street: "Street", Postcode: "Postcode", City: "City", Country: "Country",
		VATNumber: "VAT number", VATHint: "needed for reverse charge", Mail: "Mail", Remark: "Remark", Lines: "Lines — text; quantity; price; VAT; discount %", LineN: "Line %d", LineHint: "text; quantity; price; VAT; discount %",
		Saved: "Saved.", AskTitle: "Ask for an invoice", AskHint: "what it is for", AskTell: "Finance gets a draft with the billing details. Amounts are theirs to fill in.", Asked: "Finance has a draft of it now.",
		ToInvoices: "Invoices", ToInvoicesHint: "overdue /kuipers", Books: "Books", Owed: "To be paid", Late: "%s invoices", Revenue: "Invoiced, without VAT", NothingOwed: "Nothing is owed.",
		Settled: "paid", Unsettled: "open", Word: "invoice",
		States: map[policy.InvoiceState]string{"": "all", policy.InvoiceDraft: "draft", policy.InvoiceSent: "sent", policy.InvoiceOverdue: "overdue", policy.InvoicePaid: "paid", policy.InvoiceCredited: "credited"},
		LateBy: map[string]string{"current": "in time", "30": "up to 30 days late", "60": "31 to 60 days", "90": "61 to 90 days", "older": "longer"},
	}
}

func dutchInvoices() invoiceTexts {
	return invoiceTexts{
		Title: "Facturen", Number: "Nummer", Date: "Datum", Due: "vervalt", Debtor: "Aan", About: "Betreft", Total: "Totaal", Open: "Open", State: "Stand",
		None: "Geen factuur past: verander het filter met f.", NoneYet: "Nog geen facturen: schrijf er een met a.", DueOn: "Vervalt", Draft: "concept", CreditNote: "creditnota", KeptThrough: "bewaar t/m %s (art. 52 AWR)",
		KeyNew: "nieuw", KeyState: "filter", KeyLate: "vervallen", KeySent: "verstuurd", KeyIssue: "uitreiken", KeyDrop: "weggooien", KeyPay: "betaling", KeyCredit: "crediteren", KeyPrint: "afdrukken", KeyAsk: "vraag factuur",
		OffIssued: "uitgereikt: alleen een creditnota neemt hem terug", OffDraft: "het is een concept: reik het eerst uit", OffCredited: "hij is al gecrediteerd, of een creditnota",
		IssueAsk: "Deze factuur aan %s uitreiken, totaal %s?", IssueDetail: "Hij krijgt zijn nummer en kan niet meer veranderen; alleen een creditnota neemt hem terug.",
		Issued: "Uitgereikt als %s.", DropAsk: "Dit concept voorgoed weggooien?", Dropped: "Het concept is weg.",
		PayAsk: "Hoeveel kwam er binnen? Met een min: wat er terugging.", PayHint: "Alleen enter: alles wat openstaat, %s.", Paid: "%s genoteerd; %s neemt het terug.",
		CreditAsk: "Een creditnota maken voor %s?", CreditDetail: "Het is een concept van het geheel; wijzig het om een deel te crediteren. Het telt zodra je het uitreikt.",
		PrintTell: "Deze opdrachten schrijven hem in een bestand:", ReminderFile: "herinnering", Line: "Voor", Quantity: "Aantal", Price: "Prijs", Discount: "Korting", VAT: "Btw", Amount: "Bedrag",
		NoLines: "Nog geen regels: voeg ze toe met e.", Reverse: "verlegd", Net: "Zonder btw", Credited: "Gecrediteerd", PaidWord: "Betaald", Reminded: "%d keer herinnerd, laatst op %s.", ReminderDue: "%s hoort te gaan sinds %s: p vertelt hoe.", ReminderMade: "%s gemaakt op %s, van %s, door %s.", Levels: [3]string{"Herinnering", "Tweede herinnering", "Laatste herinnering"}, Reference: "Hun referentie",
		FormTitle: "Concept", DebtorHint: "een bedrijf of een mens", Attention: "Ter attentie van", Street: "Straat", Postcode: "Postcode", City: "Plaats", Country: "Land",
		VATNumber: "Btw-nummer", VATHint: "nodig om btw te verleggen", Mail: "E-mail", Remark: "Opmerking", Lines: "Regels — tekst; aantal; prijs; btw; korting %", LineN: "Regel %d", LineHint: "tekst; aantal; prijs; btw; korting %",
		Saved: "Bewaard.", AskTitle: "Factuur aanvragen", AskHint: "waarvoor", AskTell: "De administratie krijgt een concept met de factuurgegevens en vult bedragen in.", Asked: "De administratie heeft er nu een concept van.",
		ToInvoices: "Facturen", ToInvoicesHint: "vervallen /kuipers", Books: "Boeken", Owed: "Te ontvangen", Late: "%s facturen", Revenue: "Gefactureerd, zonder btw", NothingOwed: "Er staat niets open.",
		Settled: "betaald", Unsettled: "open", Word: "factuur",
		States: map[policy.InvoiceState]string{"": "alle", policy.InvoiceDraft: "concept", policy.InvoiceSent: "verstuurd", policy.InvoiceOverdue: "vervallen", policy.InvoicePaid: "betaald", policy.InvoiceCredited: "gecrediteerd"},
		LateBy: map[string]string{"current": "op tijd", "30": "tot 30 dagen te laat", "60": "31 tot 60 dagen", "90": "61 tot 90 dagen", "older": "langer"},
	}
}
