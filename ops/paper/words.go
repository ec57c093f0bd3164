package paper

// words are those of a document in one language.
type words struct {
	Invoice, CreditNote, Reminder, Number, Date, Due, Reference, About      string
	Text, Quantity, Price, Discount, VAT, Amount, Net, Total, Pay, PayBack  string
	Reverse, VATNumber, ChamberOf, Page, Attention, Credits, RemindText, At string
	thousands, point                                                        string
}

var dutch = words{
	Invoice: "Factuur", CreditNote: "Creditnota", Reminder: "Herinnering", Number: "Nummer", Date: "Datum", Due: "Te betalen vóór of op",
	Reference: "Uw referentie", About: "Betreft", Text: "Omschrijving", Quantity: "Aantal", Price: "Prijs", Discount: "Korting",
	VAT: "Btw", Amount: "Bedrag", Net: "Totaal zonder btw", Total: "Totaal", VATNumber: "Btw-nummer", ChamberOf: "KvK",
	Pay:     "Wij ontvangen %s graag uiterlijk %s op %s ten name van %s, onder vermelding van %s.",
	PayBack: "Wij verrekenen %s met u of betalen het terug.",
	Reverse: "Btw verlegd: de btw wordt door u als afnemer aangegeven (art. 196 Richtlijn 2006/112/EG).",
	Page:    "Blad %d van %s", Attention: "T.a.v.", Credits: "Bij factuur", At: "×", thousands: ".", point: ",",
	RemindText: "Volgens onze boeken staat van deze factuur nog %s open; de termijn liep op %s af. Heeft u al betaald, dan kunt u dit als niet geschreven beschouwen.",
}

var english = words{
	Invoice: "Invoice", CreditNote: "Credit note", Reminder: "Reminder", Number: "Number", Date: "Date", Due: "Due on or before",
	Reference: "Your reference", About: "About", Text: "Description", Quantity: "Quantity", Price: "Price", Discount: "Discount",
	VAT: "VAT", Amount: "Amount", Net: "Total without VAT", Total: "Total", VATNumber: "VAT number", ChamberOf: "Registered",
	Pay:     "Please pay %s by %s at the latest to %s in the name of %s, mentioning %s.",
	PayBack: "We settle %s with you, or pay it back.",
	Reverse: "Reverse charge: the customer accounts for the VAT (art. 196 Directive 2006/112/EC).",
	Page:    "Page %d of %s", Attention: "Attn.", Credits: "To invoice", At: "×", thousands: ",", point: ".",
	RemindText: "Our books show %s of this invoice as still open; it was due on %s. If you have paid meanwhile, please disregard this.",
}

func wordsOf(lang string) words {
	if lang == "nl" {
		return dutch
	}
	return english
}
