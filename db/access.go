package db

import (
	"context"
	"time"

	"balie/db/seal"
	"balie/policy"
	"balie/policy/text"
)

// Holding is all that the installation holds about a person: what access under
// art. 15 GDPR has to give.
type Holding struct {
	Customer   Customer
	Fields     []policy.Field // what the organisation's own fields are
	Imported   *Import        // the file by which the record came
	Notes      []Note
	Activities []Activity
	Tasks      []Task
	Deals      []Deal
	Parts      []OwnPart
	Changes    []Past // of the record
	Moves      []DealPast
	Invoices   []Invoice
	Payments   []InvoicePayment
	Requests   []Request
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

// DealPast is a change of a deal.
type DealPast struct {
	Deal int64
	Past
}

// InvoicePayment is a payment with its invoice.
type InvoicePayment struct {
	Invoice string
	Payment
}

// HeldIn are the tables whose rows about a person Hold gathers, by the columns
// that say whom they are about.
var HeldIn = []string{
	"customers.id", "bases.customer_id", "memberships.contact_id", "customer_tags.customer_id", "notes.customer_id", "history.customer_id",
	"activities.customer_id", "tasks.customer_id", "deals.customer_id", "deal_contacts.contact_id", "deal_history.deal_id",
	"invoices.customer_id", "payments.invoice_id", "requests.subject_id", "audit.subjects", "imports.id",
}

// NotHeld are tables that tell about a person, or could, and are no part of an
// answer, each with the reason.
var NotHeld = map[string]string{
	"subject_keys.subject_id":       "A key tells nothing: it opens what is gathered.",
	"search_tokens.customer_id":     "Keyed hashes of words that are gathered themselves; nobody can read them.",
	"memberships.company_id":        "The people of a company are others: each has an own record and an own right.",
	"request_steps.subject_id":      "How an own request is handled is told in its answer; the register itself is the organisation's record of duty.",
	"request_systems.subject_id":    "As request_steps.",
	"erasures.subject_id":           "Of somebody erased nothing is left to gather; the certificate was given to them.",
	"erasure_recipients.subject_id": "As erasures.",
	"suppressions.subject_id":       "As erasures: keyed hashes of one who was erased.",
}

const (
	activitiesOf = `select a.id, a.author, a.kind, a.at, a.minutes, a.body, k.kek_epoch, k.wrapped
		from activities a join subject_keys k on k.subject_id = a.customer_id where a.customer_id = $1 order by a.at, a.id`
	notesOf = `select n.id, n.author, n.private, n.at, n.body, k.kek_epoch, k.wrapped
		from notes n join subject_keys k on k.subject_id = n.customer_id where n.customer_id = $1 order by n.at, n.id`
	historyOf = `select h.version, h.at, h.person_id, h.act, h.detail, k.kek_epoch, k.wrapped
		from history h join subject_keys k on k.subject_id = h.customer_id where h.customer_id = $1 order by h.version`
	tasksAbout = `select ` + taskColumns + `t.body` + taskFrom + `t.customer_id = $1 order by t.id`
	dealsAbout = `select ` + dealColumns + `d.body` + dealFrom + ` where d.customer_id = $1 order by d.id`
	dealPastOf = `select h.deal_id, h.version, h.at, h.person_id, h.act, h.detail, k.kek_epoch, k.wrapped
		from deal_history h join deals d on d.id = h.deal_id join subject_keys k on k.subject_id = d.customer_id where d.customer_id = $1 order by h.deal_id, h.version`
	ownPartsOf = `select p.deal_id, p.part, k.kek_epoch, k.wrapped from deal_contacts p join subject_keys k on k.subject_id = p.contact_id
		where p.contact_id = $1 order by p.deal_id`
	invoicesAbout = `select ` + invoiceColumns + `i.body` + invoiceFrom + ` where i.customer_id = $1 order by i.id`
	paymentsAbout = `select p.invoice_id, p.id, p.paid_on, p.amount, p.at, p.person_id, p.body from payments p join invoices i on i.id = p.invoice_id
		where i.customer_id = $1 order by p.id`
	importOf = `select id, at, source, rows, reverted_at from imports where id = $1`
)

// Hold gathers all of it. Nothing is left out for being much.
func (tx *Tx) Hold(ctx context.Context, id int64) (h Holding, err error) {
	if h.Customer, err = tx.GetCustomer(ctx, id); err != nil {
		return h, err
	}
	for _, gather := range []func(context.Context, *Holding) error{
		tx.holdWords, tx.holdNotes, tx.holdActivities, tx.holdTasks, tx.holdDeals, tx.holdParts, tx.holdChanges, tx.holdInvoices, tx.holdOrigin,
	} {
		if err := gather(ctx, &h); err != nil {
			return h, err
		}
	}
	if h.Requests, err = tx.RequestsAbout(ctx, id); err != nil {
		return h, err
	}
	page, err := tx.ListExposure(ctx, id, time.Time{}, everyLine)
	h.Seen = page.Seen
	tx.About(id)
	return h, err
}

// everyLine is more than anybody's log has.
const everyLine = 1 << 30

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

func (tx *Tx) holdNotes(ctx context.Context, h *Holding) (err error) {
	h.Notes, err = tx.notes(ctx, notesOf, h.Customer.ID)
	return err
}

func (tx *Tx) holdActivities(ctx context.Context, h *Holding) (err error) {
	h.Activities, err = tx.activities(ctx, activitiesOf, h.Customer.ID)
	return err
}

func (tx *Tx) holdTasks(ctx context.Context, h *Holding) (err error) {
	h.Tasks, err = tx.tasks(ctx, tasksAbout, h.Customer.ID)
	return err
}

func (tx *Tx) holdDeals(ctx context.Context, h *Holding) error {
	opened, err := tx.deals(ctx, dealsAbout, h.Customer.ID)
	for _, o := range opened {
		h.Deals = append(h.Deals, o.Deal)
	}
	return err
}

type ownPartRow struct {
	DealID   int64
	Part     []byte
	KekEpoch int
	Wrapped  []byte
}

func (tx *Tx) holdParts(ctx context.Context, h *Holding) error {
	rows, err := collect[ownPartRow](ctx, tx, ownPartsOf, h.Customer.ID)
	for _, r := range rows {
		key, err := tx.store.Keys.Unwrap(h.Customer.ID, seal.Wrapped{Epoch: r.KekEpoch, Key: r.Wrapped})
		if err != nil {
			return err
		}
		part, err := key.Open(dealPartPlace, r.Part)
		if err != nil {
			return err
		}
		h.Parts = append(h.Parts, OwnPart{r.DealID, text.New(string(part))})
	}
	return err
}

type dealPastRow struct {
	DealID int64
	pastRow
}

func (tx *Tx) holdChanges(ctx context.Context, h *Holding) (err error) {
	if h.Changes, err = tx.past(ctx, historyOf, h.Customer.ID); err != nil {
		return err
	}
	rows, err := collect[dealPastRow](ctx, tx, dealPastOf, h.Customer.ID)
	for _, r := range rows {
		p, err := tx.store.openPast(h.Customer.ID, dealHistoryPlace, r.pastRow)
		if err != nil {
			return err
		}
		h.Moves = append(h.Moves, DealPast{r.DealID, p})
	}
	return err
}

type paidRow struct {
	InvoiceID int64
	paymentRow
}

func (tx *Tx) holdInvoices(ctx context.Context, h *Holding) (err error) {
	if h.Invoices, err = tx.invoices(ctx, invoicesAbout, h.Customer.ID); err != nil || len(h.Invoices) == 0 {
		return err
	}
	rows, err := collect[paidRow](ctx, tx, paymentsAbout, h.Customer.ID)
	names := map[int64]string{}
	for _, i := range h.Invoices {
		names[i.ID] = i.Name()
	}
	for _, r := range rows {
		key, err := tx.invoiceKey(ctx, r.InvoiceID)
		if err != nil {
			return err
		}
		p, err := openPayment(key, r.paymentRow)
		if err != nil {
			return err
		}
		h.Payments = append(h.Payments, InvoicePayment{names[r.InvoiceID], p})
	}
	return err
}

// holdOrigin is where the data came from, when by a file: art. 15(1)(g) GDPR.
func (tx *Tx) holdOrigin(ctx context.Context, h *Holding) error {
	if h.Customer.Import == 0 {
		return nil
	}
	all, err := tx.imports(ctx, importOf, h.Customer.Import)
	if len(all) > 0 {
		h.Imported = &all[0]
	}
	return err
}
