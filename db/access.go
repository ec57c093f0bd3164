package db

import (
	"context"
	"time"

	"balie/policy"
	"balie/policy/text"
)

// Holding is all that the installation holds about a person: what access under
// art. 15 GDPR has to give.
type Holding struct {
	Customer   Customer
	Fields     []policy.Field // what the organisation's own fields are
	Imported   *Import        // the file by which the record came
	Groundless time.Time      // since when the record stands on nothing; zero: it stands
	Suppressed bool           // an address or number of theirs is on the suppression list
	Dead       []DeadMail     // mail addresses at which nobody was reached
	Consents   []Consent
	Wordings   map[string]string // what was asked, by its hash
	Optins     []Optin
	Lists      []Listed
	Notes      []Note
	Activities []Activity
	Tasks      []Task
	Deals      []Deal
	Parts      []OwnPart
	Changes    []Past   // of the record
	Moves      []PastOf // of deals
	Redone     []PastOf // of tasks
	PutRight   []PastOf // of activities
	Reminders  []InvoiceReminder
	Invoices   []Invoice
	Payments   []InvoicePayment
	Past       []PastInvoice
	Merges     []Absorbed
	Holds      []Hold
	Ends       []Ended
	Archived   string // the rule by which the record was put away; "": it was not
	Requests   []Request
	Steps      []RequestStep
	Systems    []RequestSystem
	Seen       []Exposure
	Tags       map[int32]string
	Stages     map[int32]string
}

// OwnPart is a part that the person has in somebody else's deal, of which no more
// is theirs to know.
type OwnPart struct {
	Deal int64
	Part text.Line
}

// PastOf is a change of a deal, a task or an activity, by its number.
type PastOf struct {
	Of int64
	Past
}

// InvoiceReminder is a reminder with its invoice.
type InvoiceReminder struct {
	Invoice string
	Reminder
}

// InvoicePayment is a payment with its invoice.
type InvoicePayment struct {
	Invoice string
	Payment
}

// Optin is the link by which the person was to confirm a consent.
type Optin struct {
	Consent   int64
	ExpiresAt time.Time
	UsedAt    *time.Time
}

// Listed is a time that a mailing list went out with the person on it.
type Listed struct {
	Audience
	Out time.Time
}

// Absorbed is a record that became part of the person's.
type Absorbed struct {
	Loser    int64
	At       time.Time
	UndoneAt *time.Time
}

// DeadMail is when somebody noted that an address reaches nobody.
type DeadMail struct{ At time.Time }

// Ended is the end of a contract or a procedure, from which a term counts.
type Ended struct {
	Event      string
	OnDate     time.Time
	At         time.Time
	ReplacedAt *time.Time
}

// RequestStep is a step of a request of the person's.
type RequestStep struct {
	Request string
	Step
}

// RequestSystem is another system in which a request of the person's was to be
// carried out.
type RequestSystem struct {
	Request string
	OtherSystem
}

const (
	activitiesOf = `select ` + activityColumns + ` where a.customer_id = $1 order by a.at, a.id`
	notesOf      = `select n.id, n.author, n.private, n.at, n.body, k.kek_epoch, k.wrapped
		from notes n join subject_keys k on k.subject_id = n.customer_id where n.customer_id = $1 order by n.at, n.id`
	historyOf = `select h.version, h.at, h.person_id, h.act, h.detail, k.kek_epoch, k.wrapped
		from history h join subject_keys k on k.subject_id = h.customer_id where h.customer_id = $1 order by h.version`
	tasksAbout = `select ` + taskColumns + `t.body` + taskFrom + `t.customer_id = $1 order by t.id`
	dealsAbout = `select ` + dealColumns + `d.body` + dealFrom + ` where d.customer_id = $1 order by d.id`
	dealPastOf = `select h.deal_id as of, h.version, h.at, h.person_id, h.act, h.detail, k.kek_epoch, k.wrapped
		from deal_history h join deals d on d.id = h.deal_id join subject_keys k on k.subject_id = d.customer_id where d.customer_id = $1 order by h.deal_id, h.version`
	taskPastOf = `select h.task_id as of, h.version, h.at, h.person_id, h.act, h.detail, k.kek_epoch, k.wrapped
		from task_history h join subject_keys k on k.subject_id = h.customer_id where h.customer_id = $1 order by h.task_id, h.version`
	activityPastOf = `select h.activity_id as of, h.version, h.at, h.person_id, h.act, h.detail, k.kek_epoch, k.wrapped
		from activity_history h join activities a on a.id = h.activity_id join subject_keys k on k.subject_id = a.customer_id
		where a.customer_id = $1 order by h.activity_id, h.version`
	ownPartsOf = `select p.deal_id, p.part, k.kek_epoch, k.wrapped from deal_contacts p join subject_keys k on k.subject_id = p.contact_id
		where p.contact_id = $1 order by p.deal_id`
	invoicesAbout = `select ` + invoiceColumns + `i.body` + invoiceFrom + ` where i.customer_id = $1 order by i.id`
	paymentsAbout = `select p.invoice_id, p.id, p.paid_on, p.amount, p.at, p.person_id, p.body from payments p join invoices i on i.id = p.invoice_id
		where i.customer_id = $1 order by p.id`
	pastInvoicesAbout = pastInvoiceSQL + `where i.customer_id = $1 order by i.issued_on, i.id`
	importOf          = `select id, kind, at, source, rows, reverted_at from imports where id = $1`
	groundlessOf      = `select since from groundless where customer_id = $1`
	optinsOf          = `select o.consent_id as consent, o.expires_at, o.used_at from optins o join consents c on c.id = o.consent_id where c.customer_id = $1 order by o.consent_id`
	deadMailsOf       = `select at from dead_mails where customer_id = $1 order by at`
	endsOf            = `select event, on_date, at, replaced_at from retention_events where customer_id = $1 order by id`
	archivedOf        = `select rule from archived where customer_id = $1`
	mergesOf          = `select loser, at, undone_at from merges where winner = $1 order by id`
	wordingsOf        = `select distinct w.hash, w.body from wordings w join consents c on c.wording = w.hash and c.purpose = w.purpose where c.customer_id = $1`
	listsOf           = `select e.audience_id, e.at from audience_members m join audience_exports e on e.id = m.export_id where m.customer_id = $1 order by e.at, e.id`
)

// Hold gathers all of it. Nothing is left out for being much.
func (tx *Tx) Hold(ctx context.Context, id int64) (h Holding, err error) {
	if h.Customer, err = tx.GetCustomer(ctx, id); err != nil {
		return h, err
	}
	for _, gather := range []func(context.Context, *Holding) error{
		tx.holdWords, tx.holdStanding, tx.holdConsents, tx.holdLists, tx.holdNotes, tx.holdActivities, tx.holdTasks, tx.holdDeals, tx.holdParts,
		tx.holdChanges, tx.holdInvoices, tx.holdPastInvoices, tx.holdTerms, tx.holdRequests, tx.holdOrigin, tx.holdSeen,
	} {
		if err := gather(ctx, &h); err != nil {
			return h, err
		}
	}
	tx.About(id)
	return h, nil
}

// everyLine is more than anybody's log has.
const everyLine = 1 << 30

func (tx *Tx) holdSeen(ctx context.Context, h *Holding) error {
	page, err := tx.ListExposure(ctx, h.Customer.ID, time.Time{}, everyLine)
	h.Seen = page.Seen
	return err
}

func (tx *Tx) holdWords(ctx context.Context, h *Holding) (err error) {
	if h.Fields, err = tx.ListFields(ctx); err != nil {
		return err
	}
	tags, err := tx.ListTags(ctx)
	if err != nil {
		return err
	}
	h.Tags, h.Stages = map[int32]string{}, map[int32]string{}
	for _, t := range tags {
		h.Tags[t.ID] = t.Name
	}
	pipes, err := tx.ListPipelines(ctx)
	for _, p := range pipes {
		for _, s := range p.Stages {
			h.Stages[s.ID] = s.Word
			if !s.Name.IsZero() {
				h.Stages[s.ID] = s.Name.String()
			}
		}
	}
	return err
}

func (tx *Tx) holdStanding(ctx context.Context, h *Holding) error {
	since, err := collect[struct{ Since time.Time }](ctx, tx, groundlessOf, h.Customer.ID)
	if err != nil {
		return err
	}
	if len(since) > 0 {
		h.Groundless = since[0].Since
	}
	if h.Dead, err = collect[DeadMail](ctx, tx, deadMailsOf, h.Customer.ID); err != nil {
		return err
	}
	marks, err := tx.Suppressed(ctx, []Customer{h.Customer})
	h.Suppressed = err == nil && marks[0] != nil
	return err
}

func (tx *Tx) holdConsents(ctx context.Context, h *Holding) (err error) {
	if h.Consents, err = tx.ListConsents(ctx, h.Customer.ID); err != nil {
		return err
	}
	if h.Optins, err = collect[Optin](ctx, tx, optinsOf, h.Customer.ID); err != nil {
		return err
	}
	h.Wordings = map[string]string{}
	asked, err := collect[struct {
		Hash []byte
		Body string
	}](ctx, tx, wordingsOf, h.Customer.ID)
	for _, w := range asked {
		h.Wordings[string(w.Hash)] = w.Body
	}
	return err
}

func (tx *Tx) holdLists(ctx context.Context, h *Holding) error {
	rows, err := collect[struct {
		AudienceID int32
		At         time.Time
	}](ctx, tx, listsOf, h.Customer.ID)
	for _, r := range rows {
		a, err := tx.GetAudience(ctx, r.AudienceID)
		if err != nil {
			return err
		}
		h.Lists = append(h.Lists, Listed{a, r.At})
	}
	return err
}

func (tx *Tx) holdNotes(ctx context.Context, h *Holding) (err error) {
	err = tx.Together(ctx, hanging(tx, h.Customer.ID, &h.Notes, tx.store.openNote, notesOf))
	return err
}

func (tx *Tx) holdActivities(ctx context.Context, h *Holding) (err error) {
	err = tx.Together(ctx, hanging(tx, h.Customer.ID, &h.Activities, tx.store.readActivity, activitiesOf))
	return err
}

func (tx *Tx) holdTasks(ctx context.Context, h *Holding) (err error) {
	h.Tasks, err = tx.tasks(ctx, tasksAbout, h.Customer.ID)
	return err
}
