package policy

import "balie/policy/text"

func both(nl, en string) Both { return Both{text.NewBlock(nl), text.NewBlock(en)} }

// Purposes are those that count until the organisation decides otherwise, in the
// order in which forms show them.
var Purposes = []PurposeRules{
	{
		Name: Quotes, Title: both("offertes", "quotes"),
		Bases: []Basis{Contract, Interest, Consent}, Means: []Means{ByMail, ByPhone, ByPost},
		Categories: both("naam, contactgegevens, wat gevraagd is", "name, contact details, what was asked for"),
		Retention:  both("een jaar na het laatste contact", "one year after the last contact"),
		Wording:    both("Ja, u mag mijn gegevens gebruiken om mij een offerte te sturen.", "Yes, you may use my details to send me a quote."),
	},
	{
		Name: Delivery, Title: both("levering", "delivery"),
		Bases: []Basis{Contract, Obligation}, Means: []Means{ByMail, ByPhone, ByPost},
		Categories: both("naam, contactgegevens, adres, bestellingen, facturen", "name, contact details, address, orders, invoices"),
		Recipients: both("vervoerders en onderaannemers die de opdracht uitvoeren, de boekhouder", "carriers and subcontractors who carry out the order, the accountant"),
		Retention:  both("twee jaar na het laatste contact; facturen zeven jaar na het boekjaar", "two years after the last contact; invoices seven years after the book year"),
	},
	{
		Name: Relationship, Title: both("relatie", "relationship"),
		Bases: []Basis{Interest, Contract, Consent}, Means: []Means{ByMail, ByPhone, ByPost},
		Categories: both("naam, contactgegevens, functie, gesprekken", "name, contact details, position, conversations"),
		Retention:  both("twee jaar na het laatste contact", "two years after the last contact"),
		Wording:    both("Ja, u mag contact met mij houden over mijn vragen en opdrachten.", "Yes, you may keep in touch with me about my questions and orders."),
	},
	{
		Name: Marketing, Title: both("direct marketing per mail", "direct marketing by mail"),
		Bases: []Basis{Consent}, Means: []Means{ByMail}, Marketing: true, Soft: true, ConsentMonths: 24,
		Categories: both("naam, mailadres, waarin iemand geïnteresseerd is", "name, mail address, what somebody is interested in"),
		Retention:  both("tot de toestemming wordt ingetrokken", "until the consent is withdrawn"),
		Wording: both("Ja, u mag mij mailen over uw aanbod. Ik kan dit altijd weer intrekken.",
			"Yes, you may mail me about your offers. I can withdraw this at any time."),
	},
	{
		Name: Calling, Title: both("direct marketing per telefoon", "direct marketing by phone"),
		Bases: []Basis{Consent}, Means: []Means{ByPhone}, Marketing: true, Soft: true, ConsentMonths: 24,
		Categories: both("naam, telefoonnummer, waarin iemand geïnteresseerd is", "name, phone number, what somebody is interested in"),
		Retention:  both("tot de toestemming wordt ingetrokken", "until the consent is withdrawn"),
		Wording: both("Ja, u mag mij bellen over uw aanbod. Ik kan dit altijd weer intrekken.",
			"Yes, you may call me about your offers. I can withdraw this at any time."),
	},
	{
		Name: Newsletter, Title: both("nieuwsbrief", "newsletter"),
		Bases: []Basis{Consent}, Means: []Means{ByMail}, Marketing: true, ConsentMonths: 24,
		Categories: both("naam, mailadres", "name, mail address"),
		Retention:  both("tot de toestemming wordt ingetrokken", "until the consent is withdrawn"),
		Wording: both("Ja, ik wil de nieuwsbrief per mail ontvangen. Ik kan mij altijd weer afmelden.",
			"Yes, I want to get the newsletter by mail. I can unsubscribe at any time."),
	},
	{
		Name: Recruitment, Title: both("werving", "recruitment"),
		Bases: []Basis{Contract, Consent}, Means: []Means{ByMail, ByPhone}, ConsentMonths: 12,
		Categories: both("naam, contactgegevens, opleiding, werkervaring", "name, contact details, education, work experience"),
		Retention:  both("vier weken na de procedure; met toestemming een jaar", "four weeks after the procedure; with consent one year"),
		Wording: both("Ja, u mag mijn sollicitatie een jaar bewaren om mij later te benaderen.",
			"Yes, you may keep my application for a year to approach me later."),
	},
}
