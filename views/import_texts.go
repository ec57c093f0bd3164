package views

import (
	"strings"

	"balie/ops"
	"balie/ops/sheet"
	"balie/policy/text"
)

// importTexts are those of the import screens.
type importTexts struct {
	ImportTitle, ImportIntro, ImportCommand, ImportPaste, Reading, NoImports, OwnImports, Reverted, CanRevert           string
	KeyPasteName, KeyPaste, KeyRevert, OffRevert, RevertAsk, RevertWhat, RevertDone, PasteTooLong                       string
	ImportColumns, ImportStands, ImportStatusHint, ImportTwins, LeaveOut, AddAgain, ImportFound, KeyDryRun              string
	ImportReport, ImportRows, ImportCreated, ImportCompanies, ImportDuplicates, ImportRefused, ImportWarnings           string
	ImportUnmapped, ImportUnknown, ImportAsk, ImportAskHint, ImportRunning, DryRunning, ImportDone, DryDone, ImportRate string
	ImportCancelled, KeyImportNow, KeyCancelRun, KeyDone, KeyDespite, Row, Why                                          string
	ImportWhat, KeyImportWhat, OffImportWhat, RevertRows                                                                string
	SheetFields                                                                                                         map[sheet.Field]string
	ImportKinds                                                                                                         map[ops.Rows]string
}

func englishImport() importTexts {
	return importTexts{
		ImportTitle: "Import", ImportIntro: "A file (CSV, XLSX or vCard; from Google, Outlook or another CRM) comes from your own computer, in a terminal there:",
		ImportCommand: "ssh %s %s import --source fair%s < file.csv",
		ImportPaste:   "Up to 1 MB can be pasted right here: copy the cells with their first row, and paste.",
		Reading:       "Reading what was pasted …", NoImports: "You have imported nothing yet.", OwnImports: "Your imports", Reverted: "taken back", CanRevert: "R takes it back",
		KeyPasteName: "paste", KeyPaste: "a table", KeyRevert: "take it back", OffRevert: "An import can be taken back within a day, once.",
		RevertAsk:  "Take back the import “%s” of %s, %s rows?",
		RevertWhat: "Customers that nobody changed since are erased; those that were changed stay.", RevertDone: "Taken back: %s.",
		PasteTooLong:  "What was pasted is longer than 1 MB: send it as a file.",
		ImportColumns: "Columns", ImportStands: "On what these customers will stand", ImportStatusHint: "for rows that don't say",
		ImportTwins: "There already", LeaveOut: "leave out", AddAgain: "add again", ImportFound: "Columns of %s rows, %s", KeyDryRun: "try it out",
		ImportReport: "Report", ImportRows: "rows", ImportCreated: "customers added", ImportCompanies: "companies made for them",
		ImportDuplicates: "there already, left out", ImportRefused: "refused", ImportWarnings: "seem to hold something sensitive",
		ImportUnmapped: "Columns left out:", ImportUnknown: "Tags that aren't in the list, left out:",
		ImportAsk: "Import %s now?", ImportAskHint: "All of it or nothing is kept. You can take it back within a day.",
		ImportRunning: "Importing", DryRunning: "Trying it out; nothing is kept", ImportDone: "Imported", DryDone: "This is what would happen. Nothing is kept yet.",
		ImportRate: "%s of %s rows · %s rows/s · %s left", ImportCancelled: "Cancelled: nothing was kept.", KeyImportNow: "import", KeyCancelRun: "cancel", KeyDespite: "keep what seems sensitive", KeyDone: "done",
		Row: "row", Why: "why",
		ImportWhat: "What it holds", KeyImportWhat: "what it holds", OffImportWhat: "You can bring in nothing else.", RevertRows: "What nobody changed since is deleted; what was changed stays.",
		ImportKinds: map[ops.Rows]string{ops.ContactRows: "customers", ops.CompanyRows: "companies", ops.DealRows: "deals", ops.ActivityRows: "activities", ops.InvoiceRows: "old invoices"},
		SheetFields: map[sheet.Field]string{
			sheet.FullName: "whole name", sheet.Given: "first name", sheet.Prefix: "prefix", sheet.Family: "family name", sheet.Company: "company", sheet.Role: "role",
			sheet.Mail: "mail", sheet.Phone: "phone", sheet.Street: "street", sheet.HouseNumber: "house number", sheet.Postcode: "postcode", sheet.City: "city",
			sheet.Country: "country", sheet.Language: "language", sheet.Website: "website", sheet.KvK: "KvK number", sheet.VAT: "VAT number", sheet.Status: "status",
			sheet.Owner: "owner", sheet.Tags: "tags", sheet.Note: "note", sheet.SourceID: "number elsewhere",
			sheet.Title: "title", sheet.Amount: "value", sheet.Stage: "stage", sheet.Expected: "expected on", sheet.Closed: "closed on", sheet.Created: "made on",
			sheet.NextStep: "next step", sheet.Why: "why", sheet.CompanyID: "customer's number elsewhere", sheet.ContactID: "contact's number elsewhere", sheet.RelatedID: "number elsewhere of either",
			sheet.Kind: "call, mail, meeting or note", sheet.At: "when", sheet.Until: "until", sheet.Hours: "hours", sheet.Minutes: "minutes", sheet.Attendees: "who was there",
			sheet.Result: "outcome", sheet.Number: "number", sheet.Due: "due on", sheet.Net: "without VAT", sheet.Tax: "VAT", sheet.Total: "total", sheet.Paid: "paid",
		},
	}
}

func dutchImport() importTexts {
	return importTexts{
		ImportTitle: "Importeren", ImportIntro: "Een bestand (CSV, XLSX of vCard; uit Google, Outlook of een ander CRM) komt van je eigen computer, in een terminal daar:",
		ImportCommand: "ssh %s %s import --source beurs%s < bestand.csv",
		ImportPaste:   "Tot 1 MB kan hier geplakt worden: kopieer de cellen met hun eerste rij, en plak.",
		Reading:       "Leest wat geplakt is …", NoImports: "Je hebt nog niets geïmporteerd.", OwnImports: "Je imports", Reverted: "teruggedraaid", CanRevert: "R draait terug",
		KeyPasteName: "plak", KeyPaste: "een tabel", KeyRevert: "draai terug", OffRevert: "Een import kan binnen een dag teruggedraaid worden, één keer.",
		RevertAsk:  "De import “%s” van %s, %s rijen, terugdraaien?",
		RevertWhat: "Klanten die sindsdien niemand wijzigde worden gewist; gewijzigde blijven.", RevertDone: "Teruggedraaid: %s.",
		PasteTooLong:  "Wat geplakt is, is langer dan 1 MB: stuur het als bestand.",
		ImportColumns: "Kolommen", ImportStands: "Waarop deze klanten zullen staan", ImportStatusHint: "voor rijen die niets zeggen",
		ImportTwins: "Al bekend", LeaveOut: "weglaten", AddAgain: "toch toevoegen", ImportFound: "Kolommen van %s rijen, %s", KeyDryRun: "probeer",
		ImportReport: "Verslag", ImportRows: "rijen", ImportCreated: "klanten toegevoegd", ImportCompanies: "bedrijven ervoor gemaakt",
		ImportDuplicates: "al bekend, weggelaten", ImportRefused: "geweigerd", ImportWarnings: "lijken iets gevoeligs te bevatten",
		ImportUnmapped: "Weggelaten kolommen:", ImportUnknown: "Labels die niet in de lijst staan, weggelaten:",
		ImportAsk: "%s nu importeren?", ImportAskHint: "Alles of niets blijft bewaard. Binnen een dag kun je het terugdraaien.",
		ImportRunning: "Importeert", DryRunning: "Probeert; er blijft niets bewaard", ImportDone: "Geïmporteerd", DryDone: "Dit zou er gebeuren. Er is nog niets bewaard.",
		ImportRate: "%s van %s rijen · %s rijen/s · nog %s", ImportCancelled: "Afgebroken: er is niets bewaard.", KeyImportNow: "importeer", KeyCancelRun: "breek af", KeyDespite: "bewaar wat gevoelig lijkt", KeyDone: "klaar",
		Row: "rij", Why: "waarom",
		ImportWhat: "Wat het bevat", KeyImportWhat: "wat het bevat", OffImportWhat: "Iets anders kun je niet importeren.", RevertRows: "Wat sindsdien niemand wijzigde wordt verwijderd; wat gewijzigd is, blijft.",
		ImportKinds: map[ops.Rows]string{ops.ContactRows: "klanten", ops.CompanyRows: "bedrijven", ops.DealRows: "deals", ops.ActivityRows: "activiteiten", ops.InvoiceRows: "oude facturen"},
		SheetFields: map[sheet.Field]string{
			sheet.FullName: "hele naam", sheet.Given: "voornaam", sheet.Prefix: "tussenvoegsel", sheet.Family: "achternaam", sheet.Company: "bedrijf", sheet.Role: "functie",
			sheet.Mail: "mail", sheet.Phone: "telefoon", sheet.Street: "straat", sheet.HouseNumber: "huisnummer", sheet.Postcode: "postcode", sheet.City: "plaats",
			sheet.Country: "land", sheet.Language: "taal", sheet.Website: "website", sheet.KvK: "KvK-nummer", sheet.VAT: "btw-nummer", sheet.Status: "status",
			sheet.Owner: "eigenaar", sheet.Tags: "labels", sheet.Note: "notitie", sheet.SourceID: "nummer elders",
			sheet.Title: "titel", sheet.Amount: "waarde", sheet.Stage: "fase", sheet.Expected: "verwacht op", sheet.Closed: "gesloten op", sheet.Created: "gemaakt op",
			sheet.NextStep: "volgende stap", sheet.Why: "waarom", sheet.CompanyID: "nummer van de klant elders", sheet.ContactID: "nummer van de contactpersoon elders", sheet.RelatedID: "nummer elders van een van beide",
			sheet.Kind: "gesprek, mail, afspraak of notitie", sheet.At: "wanneer", sheet.Until: "tot", sheet.Hours: "uren", sheet.Minutes: "minuten", sheet.Attendees: "wie erbij was",
			sheet.Result: "uitkomst", sheet.Number: "nummer", sheet.Due: "vervalt op", sheet.Net: "zonder btw", sheet.Tax: "btw", sheet.Total: "totaal", sheet.Paid: "betaald",
		},
	}
}

func cleanJoin(words []string) string { return text.Clean(strings.Join(words, ", ")) }
