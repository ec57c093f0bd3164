package ops

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"balie/db"
	"balie/ops/dossier"
	"balie/policy"
)

// sections are all kinds of things that are held, in the order in which they are
// read.
func (w *writer) sections() []dossier.Section {
	return []dossier.Section{
		w.record(), w.dead(), w.grounds(), w.consents(), w.proof(), w.lists(), w.companies(), w.ownFields(), w.notes(), w.activities(), w.tasks(),
		w.deals(), w.parts(), w.invoices(), w.payments(), w.reminders(), w.pastInvoices(), w.changes(), w.merges(), w.holds(), w.ends(), w.moves(), w.redone(), w.putRight(),
		w.requests(), w.steps(), w.systems(), w.seen(),
	}
}

// fact is one line of the record itself.
type fact struct {
	name    string
	meaning policy.Message
	value   string
}

// record is one entry per field, so that each has its own meaning.
func (w *writer) record() dossier.Section {
	c := w.h.Customer
	var rows []fact
	add := func(name string, meaning policy.Message, value string) {
		if value != "" {
			rows = append(rows, fact{name, meaning, value})
		}
	}
	add("number", policy.Message{Key: "number of the record"}, strconv.FormatInt(c.ID, 10))
	add("kind", policy.Message{Key: "a person or a company"}, c.Kind.String())
	add("name", policy.Message{Key: "the name"}, c.Name().String())
	for _, m := range c.Mails {
		add("mail", policy.Message{Key: "mail address"}, strings.TrimSpace(m.Value.String()+" "+m.Label.String()))
	}
	for _, p := range c.Phones {
		add("phone", policy.Message{Key: "phone number"}, strings.TrimSpace(p.Value.String()+" "+p.Label.String()))
	}
	a := c.Address
	add("address", policy.Message{Key: "postal address"}, strings.Join(strings.Fields(a.Street.String()+" "+a.Postcode.String()+" "+a.City.String()+" "+a.Country.String()), " "))
	add("language", policy.Message{Key: "language in which the person is written to"}, c.Language.String())
	add("website", policy.Message{Key: "address of the website"}, c.Website.String())
	add("kvk", policy.Message{Key: "KvK or enterprise number"}, c.KvK.String())
	add("vat", policy.Message{Key: "VAT number"}, c.VAT.String())
	rows = append(rows, w.state()...)
	return sectionOf("record", policy.Message{Key: "The record itself"}, []column[fact]{
		{"field", policy.Message{Key: "the field"}, provided, func(f fact) string { return f.name }},
		{"meaning", policy.Message{Key: "what it means"}, provided, func(f fact) string { return w.say(f.meaning) }},
		{"value", policy.Message{Key: "what stands in it"}, provided, func(f fact) string { return f.value }},
	}, rows)
}

// state is what the organisation made of the record itself.
func (w *writer) state() []fact {
	c := w.h.Customer
	rows := []fact{
		{"status", policy.Message{Key: "lead, customer or former customer"}, c.Status.String()},
		{"created", policy.Message{Key: "when the record was made"}, w.moment(c.CreatedAt)},
		{"updated", policy.Message{Key: "when it was last changed"}, w.moment(c.UpdatedAt)},
		{"last_activity", policy.Message{Key: "the last contact, from which the retention term runs"}, w.moment(c.LastActivity)},
	}
	for _, t := range c.Tags {
		rows = append(rows, fact{"tag", policy.Message{Key: "a label that a colleague gave"}, w.h.Tags[t]})
	}
	if !c.Elsewhere.IsZero() {
		rows = append(rows, fact{"elsewhere", policy.Message{Key: "the number in the system from which the record came"}, c.Elsewhere.String()})
	}
	if !w.h.Groundless.IsZero() {
		rows = append(rows, fact{"groundless", policy.Message{Key: "since when no purpose is recorded, so that the organisation has to decide"}, w.moment(w.h.Groundless)})
	}
	if w.h.Suppressed {
		rows = append(rows, fact{"suppressed", policy.Message{Key: "an address or number is on the list of those that may not come back by themselves"}, "yes"})
	}
	if w.h.Archived != "" {
		rows = append(rows, fact{"archived", policy.Message{Key: "the rule by which the record was put away, before it leaves"}, w.h.Archived})
	}
	if c.Restricted {
		rows = append(rows, fact{"restricted", policy.Message{Key: "the use of the data is restricted (art. 18 GDPR)"}, "yes"})
	}
	return rows
}

func (w *writer) dead() dossier.Section {
	return sectionOf("dead_mails", policy.Message{Key: "Mail addresses at which nobody was reached"}, []column[db.DeadMail]{
		{"at", policy.Message{Key: "when it was recorded"}, ours, func(m db.DeadMail) string { return w.moment(m.At) }},
	}, w.h.Dead)
}

func (w *writer) grounds() dossier.Section {
	return sectionOf("purposes", policy.Message{Key: "Purposes and what they stand on"}, []column[policy.Ground]{
		{"purpose", policy.Message{Key: "what the data are used for"}, ours, func(g policy.Ground) string { return string(g.Purpose) }},
		{"basis", policy.Message{Key: "the lawful basis, art. 6(1) GDPR"}, ours, func(g policy.Ground) string { return string(g.Basis) }},
		{"article", policy.Message{Key: "the article"}, ours, func(g policy.Ground) string { return w.say(g.Basis.Law()) }},
	}, w.h.Customer.Grounds)
}

func (w *writer) companies() dossier.Section {
	return sectionOf("companies", policy.Message{Key: "Companies that the person belongs to"}, []column[db.Membership]{
		{"company", policy.Message{Key: "the company"}, provided, func(m db.Membership) string { return m.Name.String() }},
		{"role", policy.Message{Key: "as what"}, provided, func(m db.Membership) string { return m.Role.String() }},
	}, w.h.Customer.Companies)
}

// ownFields are the fields that the organisation added.
func (w *writer) ownFields() dossier.Section {
	values := w.h.Customer.Values
	ids := slices.Sorted(maps.Keys(values))
	return sectionOf("own_fields", policy.Message{Key: "Further fields"}, []column[int32]{
		{"field", policy.Message{Key: "the field"}, provided, func(id int32) string { f, _ := policy.FindField(w.h.Fields, id); return f.Label(w.lang) }},
		{"value", policy.Message{Key: "what stands in it"}, entered, func(id int32) string { f, _ := policy.FindField(w.h.Fields, id); return f.Show(values[id]) }},
	}, ids)
}

func (w *writer) notes() dossier.Section {
	return sectionOf("notes", policy.Message{Key: "Notes of colleagues"}, []column[db.Note]{
		{"at", policy.Message{Key: "when it was written"}, ours, func(n db.Note) string { return w.moment(n.At) }},
		{"text", policy.Message{Key: "the note"}, free, func(n db.Note) string { return n.Text.String() }},
	}, w.h.Notes)
}

func (w *writer) activities() dossier.Section {
	return sectionOf("activities", policy.Message{Key: "Calls, mails and meetings"}, []column[db.Activity]{
		{"at", policy.Message{Key: "when it was"}, provided, func(a db.Activity) string { return w.moment(a.At) }},
		{"kind", policy.Message{Key: "call, mail or meeting"}, provided, func(a db.Activity) string { return string(a.Deed) }},
		{"minutes", policy.Message{Key: "how long it took, in minutes"}, provided, func(a db.Activity) string { return count(a.Minutes) }},
		{"subject", policy.Message{Key: "what it was about"}, free, func(a db.Activity) string { return a.Subject.String() }},
		{"people", policy.Message{Key: "who were there"}, free, func(a db.Activity) string { return a.People.String() }},
		{"outcome", policy.Message{Key: "what came of it"}, free, func(a db.Activity) string { return a.Outcome.String() }},
		{"text", policy.Message{Key: "what was said or written"}, free, func(a db.Activity) string { return a.Text.String() }},
	}, w.h.Activities)
}

func count(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func (w *writer) tasks() dossier.Section {
	return sectionOf("tasks", policy.Message{Key: "Tasks of colleagues"}, []column[db.Task]{
		{"due", policy.Message{Key: "by when"}, ours, func(t db.Task) string { return isoDay(t.Due.Day) }},
		{"kind", policy.Message{Key: "call, mail, meeting or something to do"}, ours, func(t db.Task) string { return string(t.Deed) }},
		{"title", policy.Message{Key: "what there is to do"}, free, func(t db.Task) string { return t.Title.String() }},
		{"text", policy.Message{Key: "a remark"}, free, func(t db.Task) string { return t.Text.String() }},
		{"done", policy.Message{Key: "when it was done"}, ours, func(t db.Task) string {
			if t.DoneAt == nil {
				return ""
			}
			return w.moment(*t.DoneAt)
		}},
	}, w.h.Tasks)
}

func (w *writer) deals() dossier.Section {
	return sectionOf("deals", policy.Message{Key: "Deals with this person"}, []column[db.Deal]{
		{"number", policy.Message{Key: "number of the deal"}, ours, func(d db.Deal) string { return strconv.FormatInt(d.ID, 10) }},
		{"title", policy.Message{Key: "what it is about"}, free, func(d db.Deal) string { return d.Title.String() }},
		{"value", policy.Message{Key: "value in euros"}, ours, func(d db.Deal) string { return d.Value.String() }},
		{"stage", policy.Message{Key: "the stage that it is in"}, ours, func(d db.Deal) string { return w.h.Stages[d.Stage] }},
		{"expected", policy.Message{Key: "when it is expected"}, ours, func(d db.Deal) string { return isoDay(d.Expected) }},
		{"closed", policy.Message{Key: "when it was won or lost"}, ours, func(d db.Deal) string { return w.moment(d.ClosedAt) }},
		{"next", policy.Message{Key: "the next step"}, free, func(d db.Deal) string { return d.Next.String() }},
		{"why", policy.Message{Key: "why it was won or lost"}, free, func(d db.Deal) string { return d.Why.String() }},
		{"remark", policy.Message{Key: "a remark"}, free, func(d db.Deal) string { return d.Remark.String() }},
		{"own_fields", policy.Message{Key: "further fields"}, free, w.valuesOf},
	}, w.h.Deals)
}

func (w *writer) valuesOf(d db.Deal) string {
	var all []string
	for _, id := range slices.Sorted(maps.Keys(d.Values)) {
		f, _ := policy.FindField(w.h.Fields, id)
		all = append(all, f.Name.String()+": "+f.Show(d.Values[id])) // never translated: it is looked at in one language and goes out in another
	}
	return strings.Join(all, "; ")
}

func (w *writer) parts() dossier.Section {
	return sectionOf("parts", policy.Message{Key: "Parts in deals of others"}, []column[db.OwnPart]{
		{"deal", policy.Message{Key: "number of the deal"}, ours, func(p db.OwnPart) string { return strconv.FormatInt(p.Deal, 10) }},
		{"part", policy.Message{Key: "the part that the person has in it"}, free, func(p db.OwnPart) string { return p.Part.String() }},
	}, w.h.Parts)
}

func (w *writer) invoices() dossier.Section {
	return sectionOf("invoices", policy.Message{Key: "Invoices to this person"}, []column[db.Invoice]{
		{"number", policy.Message{Key: "number of the invoice; empty for a draft"}, provided, db.Invoice.Name},
		{"date", policy.Message{Key: "date of the invoice"}, provided, func(i db.Invoice) string { return isoDay(i.IssuedOn) }},
		{"due", policy.Message{Key: "by when it is to be paid"}, provided, func(i db.Invoice) string { return isoDay(i.DueOn) }},
		{"to", policy.Message{Key: "to whom it is made out"}, provided, func(i db.Invoice) string { return i.Debtor.String() }},
		{"attention", policy.Message{Key: "for the attention of"}, provided, func(i db.Invoice) string { return i.Attention.String() }},
		{"about", policy.Message{Key: "what it is about"}, provided, func(i db.Invoice) string { return i.Subject.String() }},
		{"lines", policy.Message{Key: "its lines"}, provided, invoiceLines},
		{"total", policy.Message{Key: "total in euros, with VAT"}, provided, func(i db.Invoice) string { return i.Totals.Total.String() }},
		{"paid", policy.Message{Key: "paid, in euros"}, provided, func(i db.Invoice) string { return i.Paid.String() }},
		{"remark", policy.Message{Key: "a remark"}, free, func(i db.Invoice) string { return i.Remark.String() }},
		{"kept_through", policy.Message{Key: "kept through, by law (art. 52(4) AWR)"}, ours, func(i db.Invoice) string { return isoDay(i.KeptThrough) }},
	}, w.h.Invoices)
}

func invoiceLines(i db.Invoice) string {
	var all []string
	for _, l := range i.Lines {
		all = append(all, fmt.Sprintf("%s × %s: %s", l.Text, l.Quantity, l.Net()))
	}
	return strings.Join(all, "\n")
}

func (w *writer) payments() dossier.Section {
	return sectionOf("payments", policy.Message{Key: "Payments of invoices"}, []column[db.InvoicePayment]{
		{"invoice", policy.Message{Key: "number of the invoice; empty for a draft"}, provided, func(p db.InvoicePayment) string { return p.Invoice }},
		{"on", policy.Message{Key: "when it came in"}, provided, func(p db.InvoicePayment) string { return isoDay(p.PaidOn) }},
		{"amount", policy.Message{Key: "amount in euros"}, provided, func(p db.InvoicePayment) string { return p.Amount.String() }},
		{"remark", policy.Message{Key: "a remark"}, free, func(p db.InvoicePayment) string { return p.Remark.String() }},
	}, w.h.Payments)
}

func (w *writer) changes() dossier.Section {
	return sectionOf("changes", policy.Message{Key: "Changes of the record"}, []column[db.Past]{
		{"at", policy.Message{Key: "when that was"}, ours, func(p db.Past) string { return w.moment(p.At) }},
		{"what", policy.Message{Key: "what was changed, from what to what"}, free, func(p db.Past) string { return told(p) }},
	}, w.h.Changes)
}

func told(p db.Past) string {
	var all []string
	for _, c := range p.Changes {
		all = append(all, fmt.Sprintf("%s: %q → %q", c.Field, c.From, c.To))
	}
	return strings.Join(all, "\n")
}

func (w *writer) merges() dossier.Section {
	return sectionOf("merges", policy.Message{Key: "Records that became part of this one"}, []column[db.Absorbed]{
		{"number", policy.Message{Key: "number of the record"}, ours, func(m db.Absorbed) string { return strconv.FormatInt(m.Loser, 10) }},
		{"at", policy.Message{Key: "when that was"}, ours, func(m db.Absorbed) string { return w.moment(m.At) }},
		{"undone", policy.Message{Key: "when that was taken back"}, ours, func(m db.Absorbed) string {
			if m.UndoneAt == nil {
				return ""
			}
			return w.moment(*m.UndoneAt)
		}},
	}, w.h.Merges)
}

func (w *writer) holds() dossier.Section {
	return sectionOf("holds", policy.Message{Key: "Why the record is kept longer"}, []column[db.Hold]{
		{"kind", policy.Message{Key: "by law (hold) or for a documented reason (keep)"}, ours, func(h db.Hold) string { return string(h.Sort) }},
		{"until", policy.Message{Key: "through which day"}, ours, func(h db.Hold) string { return isoDay(h.Until) }},
		{"reason", policy.Message{Key: "the reason"}, free, func(h db.Hold) string { return h.Reason.String() }},
		{"at", policy.Message{Key: "when that was"}, ours, func(h db.Hold) string { return w.moment(h.At) }},
		{"ended", policy.Message{Key: "why it was ended"}, free, func(h db.Hold) string { return h.Why.String() }},
	}, w.h.Holds)
}

func (w *writer) ends() dossier.Section {
	return sectionOf("ends", policy.Message{Key: "Ends of contracts and procedures"}, []column[db.Ended]{
		{"what", policy.Message{Key: "a contract or a procedure"}, provided, func(e db.Ended) string { return e.Event }},
		{"on", policy.Message{Key: "the day"}, provided, func(e db.Ended) string { return isoDay(e.OnDate) }},
		{"at", policy.Message{Key: "when it was recorded"}, ours, func(e db.Ended) string { return w.moment(e.At) }},
	}, w.h.Ends)
}

func (w *writer) moves() dossier.Section {
	return pastSection("deal_changes", policy.Message{Key: "Changes of deals"}, policy.Message{Key: "number of the deal"}, w, w.h.Moves)
}

func (w *writer) redone() dossier.Section {
	return pastSection("task_changes", policy.Message{Key: "Changes of tasks"}, policy.Message{Key: "number of the task"}, w, w.h.Redone)
}

func (w *writer) putRight() dossier.Section {
	return pastSection("activity_changes", policy.Message{Key: "Changes of calls, mails and meetings"}, policy.Message{Key: "its number"}, w, w.h.PutRight)
}

// pastSection are changes of something that has a number.
func pastSection(name string, title, number policy.Message, w *writer, all []db.PastOf) dossier.Section {
	return sectionOf(name, title, []column[db.PastOf]{
		{"number", number, ours, func(p db.PastOf) string { return strconv.FormatInt(p.Of, 10) }},
		{"at", policy.Message{Key: "when that was"}, ours, func(p db.PastOf) string { return w.moment(p.At) }},
		{"what", policy.Message{Key: "what was changed, from what to what"}, free, func(p db.PastOf) string { return told(p.Past) }},
	}, all)
}

func (w *writer) reminders() dossier.Section {
	return sectionOf("reminders", policy.Message{Key: "Reminders of invoices"}, []column[db.InvoiceReminder]{
		{"invoice", policy.Message{Key: "number of the invoice; empty for a draft"}, ours, func(r db.InvoiceReminder) string { return r.Invoice }},
		{"level", policy.Message{Key: "the first, second or third"}, ours, func(r db.InvoiceReminder) string { return strconv.Itoa(int(r.Level)) }},
		{"due", policy.Message{Key: "when it was due"}, ours, func(r db.InvoiceReminder) string { return isoDay(r.DueOn) }},
		{"made", policy.Message{Key: "when it was made"}, ours, func(r db.InvoiceReminder) string { return w.moment(r.MadeAt) }},
		{"text", policy.Message{Key: "the letter"}, ours, func(r db.InvoiceReminder) string { return r.Text.String() }},
	}, w.h.Reminders)
}

func (w *writer) requests() dossier.Section {
	return sectionOf("requests", policy.Message{Key: "Earlier requests about privacy"}, []column[db.Request]{
		{"number", policy.Message{Key: "number of the request"}, provided, db.Request.Name},
		{"kind", policy.Message{Key: "what was asked"}, provided, func(r db.Request) string { return string(r.Kind) }},
		{"received", policy.Message{Key: "when it came in"}, provided, func(r db.Request) string { return r.Received.ISO() }},
		{"words", policy.Message{Key: "in the person's own words"}, provided, func(r db.Request) string { return r.Asks.String() }},
		{"decision", policy.Message{Key: "what was decided"}, ours, func(r db.Request) string { return string(r.Decision) }},
	}, w.h.Requests)
}

// seen is beyond what the law asks: who looked, by role.
func (w *writer) seen() dossier.Section {
	return sectionOf("seen_by", policy.Message{Key: "Who looked at the data, by day"}, []column[db.Exposure]{
		{"day", policy.Message{Key: "the day"}, ours, func(e db.Exposure) string { return isoDay(e.Day) }},
		{"role", policy.Message{Key: "in which role of the organisation"}, ours, func(e db.Exposure) string { return string(e.Role) }},
		{"act", policy.Message{Key: "what was done"}, ours, func(e db.Exposure) string { return string(e.Act) }},
		{"times", policy.Message{Key: "how often that day"}, ours, func(e db.Exposure) string { return strconv.FormatInt(e.Times, 10) }},
	}, w.h.Seen)
}
