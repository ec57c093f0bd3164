package sheet

import "maps"

// Fields of deals, activities and invoices.
const (
	Title     Field = "title"
	Amount    Field = "value"
	Stage     Field = "stage"
	Expected  Field = "expected"
	Closed    Field = "closed"
	Created   Field = "created"
	NextStep  Field = "next_step"
	Why       Field = "why"
	CompanyID Field = "company_id" // the customer's number elsewhere
	ContactID Field = "contact_id"
	RelatedID Field = "related_id" // of either
	Kind      Field = "kind"
	At        Field = "at"
	Until     Field = "until"
	Hours     Field = "hours"
	Minutes   Field = "minutes"
	Attendees Field = "people"
	Result    Field = "outcome"
	Number    Field = "number"
	Due       Field = "due"
	Net       Field = "net"
	Tax       Field = "tax"
	Total     Field = "total"
	Paid      Field = "paid"
)

// customer are the columns that say whose a row is.
var customer = map[Field]string{
	Company:   "company companyname customer customername klant klantnaam bedrijf account accountname associatedcompany associatedcompanyprimary relatie debiteur debtor",
	CompanyID: "companyid customerid accountid associatedcompanyids associatedcompanyidsprimary primaryassociatedcompanyid klantnummer debiteurnummer",
	FullName:  "contact contactname contactpersoon associatedcontact",
	ContactID: "contactid associatedcontactids",
	RelatedID: "relatedid parentid relatedtoid",
	Mail:      "mail email emailaddress emailadres contactemail",
	SourceID:  "sourceid recordid id",
	Note:      "note remark description omschrijving opmerking toelichting dealdescription callnotes meetingdescription internalmeetingnotes notebody",
}

func schema(of []Field, own map[Field]string) *Schema {
	all := maps.Clone(customer)
	maps.Copy(all, own)
	return &Schema{fields: of, names: invert(all), weak: invert(map[Field]string{})}
}

// Deals are what customers may buy.
var Deals = schema(
	[]Field{Title, Company, CompanyID, FullName, ContactID, Mail, Amount, Stage, Expected, Closed, Created, NextStep, Why, Note, SourceID},
	map[Field]string{
		Title:    "title titel name naam dealname opportunityname opportunity kans deal onderwerp",
		Amount:   "value waarde bedrag amount dealamount opportunityamount",
		Stage:    "stage fase dealstage salesstage",
		Expected: "expected verwacht closedate expectedclosedate dateclosed verwachtesluitdatum",
		Closed:   "closed gesloten closedat closedon",
		Created:  "created createdat createdate dateentered datecreated aangemaakt",
		NextStep: "next nextstep volgendestap",
		Why:      "why waarom reason reden closedlostreason closedwonreason",
	})

// Activities are calls, mails, meetings and notes.
var Activities = schema(
	[]Field{Kind, At, Created, Until, Hours, Minutes, Title, Company, CompanyID, FullName, ContactID, RelatedID, Mail, Attendees, Result, Note, SourceID},
	map[Field]string{
		Kind:      "kind soort activitytype",
		At:        "at when wanneer datum date datestart startdate startdateandtime activitydate meetingstarttime",
		Created:   "created createdat createdate dateentered datecreated aangemaakt",
		Until:     "until dateend enddate enddateandtime meetingendtime",
		Hours:     "hours durationhours",
		Minutes:   "minutes minuten durationminutes duration callduration",
		Title:     "title subject onderwerp name naam calltitle meetingname emailsubject",
		Attendees: "people attendees aanwezig aanwezigen",
		Result:    "outcome resultaat uitkomst result calloutcome meetingoutcome status",
	})

// Invoices are those of another system, as history.
var Invoices = schema(
	[]Field{Number, At, Due, Company, CompanyID, FullName, ContactID, Mail, Title, Net, Tax, Total, Paid, Note, SourceID},
	map[Field]string{
		Number: "number nummer factuurnummer invoicenumber invoice factuur",
		At:     "at date datum factuurdatum invoicedate dateinvoiced",
		Due:    "due duedate vervaldatum",
		Title:  "title subject onderwerp name naam omschrijving",
		Net:    "net netto excl exclbtw subtotal subtotaal totalexcl bedragexclbtw",
		Tax:    "tax vat btw taxamount btwbedrag",
		Total:  "total totaal incl inclbtw grandtotal totalamount bedrag amount bedraginclbtw",
		Paid:   "paid betaald amountpaid",
		Note:   "note remark description opmerking toelichting",
	})
