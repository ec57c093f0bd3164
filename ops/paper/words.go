package paper

// words are those of a document in one language.
type words struct {
	Invoice, CreditNote, Number, Date, Due, Reference, About               string
	Text, Quantity, Price, Discount, VAT, Amount, Net, Total, Pay, PayBack string
	Reverse, VATNumber, ChamberOf, Page, Attention, Credits, At            string
	thousands, point                                                       string
	Reminders, RemindTexts                                                 [3]string
	RemindAbroad                                                           string
}

var dutch = words{
	Invoice: "Factuur", CreditNote: "Creditnota", Number: "Nummer", Date: "Datum", Due: "Te betalen vóór of op",
	Reference: "Uw referentie", About: "Betreft", Text: "Omschrijving", Quantity: "Aantal", Price: "Prijs", Discount: "Korting",
	VAT: "Btw", Amount: "Bedrag", Net: "Totaal zonder btw", Total: "Totaal", VATNumber: "Btw-nummer", ChamberOf: "KvK",
	Pay:     "Wij ontvangen %s graag uiterlijk %s op %s ten name van %s, onder vermelding van %s.",
	PayBack: "Wij verrekenen %s met u of betalen het terug.",
	Reverse: "Btw verlegd: de btw wordt door u als afnemer aangegeven (art. 196 Richtlijn 2006/112/EG).",
	Page:    "Blad %d van %s", Attention: "T.a.v.", Credits: "Bij factuur", At: "×", thousands: ".", point: ",",
	Reminders: [3]string{"Herinnering", "Tweede herinnering", "Laatste herinnering"},
	RemindTexts: [3]string{
		"Volgens onze boeken staat van deze factuur nog %[1]s open; de termijn liep op %[2]s af. Heeft u al betaald, dan kunt u dit als niet geschreven beschouwen.",
		"Ook na onze eerste herinnering staat van deze factuur nog %[1]s open; de termijn liep op %[2]s af. Wij vragen u dit binnen veertien dagen te betalen. Is er iets mis met de factuur, laat het ons dan weten.",
		"Dit is onze laatste herinnering: van deze factuur staat nog %[1]s open, terwijl de termijn op %[2]s afliep. Betaalt u niet binnen veertien dagen na de dag waarop u deze brief ontvangt, dan komen daar incassokosten van %[3]s bij (art. 6:96 BW).",
	},
	RemindAbroad: "Dit is onze laatste herinnering: van deze factuur staat nog %[1]s open, terwijl de termijn op %[2]s afliep. Betaalt u niet binnen veertien dagen, dan geven wij de vordering uit handen.",
}

var english = words{
	Invoice: "Invoice", CreditNote: "Credit note", Number: "Number", Date: "Date", Due: "Due on or before",
	Reference: "Your reference", About: "About", Text: "Description", Quantity: "Quantity", Price: "Price", Discount: "Discount",
	VAT: "VAT", Amount: "Amount", Net: "Total without VAT", Total: "Total", VATNumber: "VAT number", ChamberOf: "Registered",
	Pay:     "Please pay %s by %s at the latest to %s in the name of %s, mentioning %s.",
	PayBack: "We settle %s with you, or pay it back.",
	Reverse: "Reverse charge: the customer accounts for the VAT (art. 196 Directive 2006/112/EC).",
	Page:    "Page %d of %s", Attention: "Attn.", Credits: "To invoice", At: "×", thousands: ",", point: ".",
	Reminders: [3]string{"Reminder", "Second reminder", "Final reminder"},
	RemindTexts: [3]string{
		"Our books show %[1]s of this invoice as still open; it was due on %[2]s. If you have paid meanwhile, please disregard this.",
		"After our first reminder, %[1]s of this invoice is still open; it was due on %[2]s. Please pay within fourteen days. If something is wrong with the invoice, please tell us.",
		"This is our final reminder: %[1]s of this invoice is still open; it was due on %[2]s. If you don't pay within fourteen days after the day on which you receive this letter, collection costs of %[3]s are added (art. 6:96 Dutch Civil Code).",
	},
	RemindAbroad: "This is our final reminder: %[1]s of this invoice is still open; it was due on %[2]s. If you don't pay within fourteen days, we hand the claim over for collection.",
}

func wordsOf(lang string) words {
	if lang == "nl" {
		return dutch
	}
	return english
}
