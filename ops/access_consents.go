package ops

import (
	"cmp"
	"strconv"

	"balie/db"
	"balie/ops/dossier"
	"balie/policy"
)

const evidenceSection = "evidence"

func (w *writer) consents() dossier.Section {
	links := map[int64]db.Optin{}
	for _, o := range w.h.Optins {
		links[o.Consent] = o
	}
	return sectionOf("consents", policy.Message{Key: "What was agreed to, withdrawn and objected to"}, []column[db.Consent]{
		{"number", policy.Message{Key: "number of the event"}, ours, func(c db.Consent) string { return strconv.FormatInt(c.ID, 10) }},
		{"at", policy.Message{Key: "when that was"}, provided, func(c db.Consent) string { return w.moment(c.At) }},
		{"purpose", policy.Message{Key: "for what"}, provided, func(c db.Consent) string { return string(c.Purpose) }},
		{"what", policy.Message{Key: "asked, given, offered, withdrawn, objected or lifted"}, provided, func(c db.Consent) string { return string(c.Kind) }},
		{"how", policy.Message{Key: "by form, mail, phone, on paper or on the web"}, provided, func(c db.Consent) string { return string(c.How) }},
		{"address", policy.Message{Key: "the address or number for which it holds"}, provided, func(c db.Consent) string { return c.Address.String() }},
		{"wording", policy.Message{Key: "what was asked, to the letter"}, ours, func(c db.Consent) string { return w.h.Wordings[string(c.Wording)] }},
		{"remark", policy.Message{Key: "a remark"}, free, func(c db.Consent) string { return c.Remark.String() }},
		{"recorded", policy.Message{Key: "when it was recorded"}, ours, func(c db.Consent) string { return w.moment(c.Recorded) }},
		{"link_expires", policy.Message{Key: "until when the link to confirm it works"}, ours, func(c db.Consent) string { return w.moment(links[c.ID].ExpiresAt) }},
		{"link_used", policy.Message{Key: "when that link was used"}, ours, func(c db.Consent) string {
			if at := links[c.ID].UsedAt; at != nil {
				return w.moment(*at)
			}
			return ""
		}},
	}, w.h.Consents)
}

// proven is a file that proves a consent.
type proven struct {
	db.Evidence
	purpose policy.Purpose
}

func (w *writer) evidence() (all []proven) {
	for _, c := range w.h.Consents {
		for _, v := range c.Evidence {
			all = append(all, proven{v, c.Purpose})
		}
	}
	return all
}

// proof lists the files themselves, which are beside the data.
func (w *writer) proof() dossier.Section {
	return sectionOf(evidenceSection, policy.Message{Key: "Files that prove it"}, []column[proven]{
		{"consent", policy.Message{Key: "number of the event"}, ours, func(p proven) string { return strconv.FormatInt(p.Consent, 10) }},
		{"purpose", policy.Message{Key: "for what"}, ours, func(p proven) string { return string(p.purpose) }},
		{"file", policy.Message{Key: "the file; it is in the folder files"}, free, func(p proven) string { return cmp.Or(p.Name.String(), "-") }},
		{"at", policy.Message{Key: "when it was kept"}, ours, func(p proven) string { return w.moment(p.At) }},
		{"bytes", policy.Message{Key: "its size in bytes"}, ours, func(p proven) string { return count(int(p.Size)) }},
		{"sha256", policy.Message{Key: "its SHA-256"}, ours, func(p proven) string { return p.Hash }},
	}, w.evidence())
}

func (w *writer) lists() dossier.Section {
	return sectionOf("mailing_lists", policy.Message{Key: "Mailing lists that went out with you on them"}, []column[db.Listed]{
		{"list", policy.Message{Key: "the list"}, ours, func(l db.Listed) string { return l.Name.String() }},
		{"purpose", policy.Message{Key: "for what"}, ours, func(l db.Listed) string { return string(l.Purpose) }},
		{"means", policy.Message{Key: "by mail, phone or post"}, ours, func(l db.Listed) string { return string(l.Means) }},
		{"out", policy.Message{Key: "when it was written as a file"}, ours, func(l db.Listed) string { return w.moment(l.Out) }},
	}, w.h.Lists)
}

// pastInvoices are those of another system.
func (w *writer) pastInvoices() dossier.Section {
	return sectionOf("past_invoices", policy.Message{Key: "Invoices of the system before this one"}, []column[db.PastInvoice]{
		{"number", policy.Message{Key: "number of the invoice; empty for a draft"}, provided, func(i db.PastInvoice) string { return i.Number.String() }},
		{"date", policy.Message{Key: "date of the invoice"}, provided, func(i db.PastInvoice) string { return isoDay(i.IssuedOn) }},
		{"due", policy.Message{Key: "by when it is to be paid"}, provided, func(i db.PastInvoice) string { return isoDay(i.DueOn) }},
		{"to", policy.Message{Key: "to whom it is made out"}, provided, func(i db.PastInvoice) string { return i.Debtor.String() }},
		{"about", policy.Message{Key: "what it is about"}, free, func(i db.PastInvoice) string { return i.Subject.String() }},
		{"total", policy.Message{Key: "total in euros, with VAT"}, provided, func(i db.PastInvoice) string { return i.Total.String() }},
		{"paid", policy.Message{Key: "paid, in euros"}, provided, func(i db.PastInvoice) string { return i.Paid.String() }},
		{"remark", policy.Message{Key: "a remark"}, free, func(i db.PastInvoice) string { return i.Remark.String() }},
		{"kept_through", policy.Message{Key: "kept through, by law (art. 52(4) AWR)"}, ours, func(i db.PastInvoice) string { return isoDay(i.KeptThrough) }},
	}, w.h.Past)
}

// steps are what was done for the person's requests.
func (w *writer) steps() dossier.Section {
	return sectionOf("request_steps", policy.Message{Key: "What was done for these requests"}, []column[db.RequestStep]{
		{"request", policy.Message{Key: "number of the request"}, ours, func(s db.RequestStep) string { return s.Request }},
		{"at", policy.Message{Key: "when that was"}, ours, func(s db.RequestStep) string { return w.moment(s.At) }},
		{"step", policy.Message{Key: "the step"}, ours, func(s db.RequestStep) string { return string(s.Step.Step) }},
		{"asked", policy.Message{Key: "what was asked, or where it was sent to"}, free, func(s db.RequestStep) string { return s.Asked.String() }},
		{"said", policy.Message{Key: "what was answered, decided or sent"}, free, func(s db.RequestStep) string { return s.Said.String() }},
	}, w.h.Steps)
}

// systems are the other systems in which they were to be carried out.
func (w *writer) systems() dossier.Section {
	return sectionOf("request_systems", policy.Message{Key: "Other systems for these requests"}, []column[db.RequestSystem]{
		{"request", policy.Message{Key: "number of the request"}, ours, func(s db.RequestSystem) string { return s.Request }},
		{"system", policy.Message{Key: "the system"}, ours, func(s db.RequestSystem) string { return s.Name.String() }},
		{"done", policy.Message{Key: "when it was done there"}, ours, func(s db.RequestSystem) string { return w.moment(s.DoneAt) }},
		{"outcome", policy.Message{Key: "what was done there"}, free, func(s db.RequestSystem) string { return s.Outcome.String() }},
	}, w.h.Systems)
}
