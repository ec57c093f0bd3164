package db

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"balie/db/seal"
	"balie/policy"
	"balie/policy/text"
)

// Deal is what a customer may buy.
type Deal struct {
	ID         int64
	Customer   int64
	Name       text.Line // the customer's
	Status     policy.Status
	Restricted bool  // the customer's data: art. 18 GDPR
	Owner      int32 // who works on it
	Stage      int32
	StageSince time.Time
	Value      policy.Cents
	Expected   time.Time // the day; zero: unknown
	ClosedAt   time.Time // zero: open
	CreatedAt  time.Time
	UpdatedAt  time.Time
	Version    int
	Import     int64 // of a new one: the import that brings it
	DealHead
	DealBody
	Parts []Part
}

// DealHead is the sealed part that boards and lists show.
type DealHead struct {
	Title text.Line `json:"t"`
	Next  text.Line `json:"n,omitzero"` // the next step
}

// DealBody is the sealed rest.
type DealBody struct {
	Why    text.Line  `json:"w,omitzero"` // won or lost
	Remark text.Block `json:"r,omitzero"`

	Values policy.FieldValues `json:"x,omitempty"` // see Body.Values
}

// Part is a contact with a part in a deal.
type Part struct {
	Contact int64
	Name    text.Line
	Part    text.Line // "decides"
}

// DealFields are the fields of a deal by name, in the order of the form.
var DealFields = []FieldOf[Deal]{
	{"title", func(d *Deal) string { return d.Title.String() }, func(to, from *Deal) { to.Title = from.Title }},
	{"value", func(d *Deal) string { return d.Value.String() }, func(to, from *Deal) { to.Value = from.Value }},
	{"stage", func(d *Deal) string { return fmt.Sprintf("#%d", d.Stage) }, func(to, from *Deal) {
		to.Stage, to.StageSince, to.ClosedAt = from.Stage, from.StageSince, from.ClosedAt
	}},
	{"expected", func(d *Deal) string { return dayText(d.Expected) }, func(to, from *Deal) { to.Expected = from.Expected }},
	{"next", func(d *Deal) string { return d.Next.String() }, func(to, from *Deal) { to.Next = from.Next }},
	{"owner", func(d *Deal) string { return ownerText(d.Owner).String() }, func(to, from *Deal) { to.Owner = from.Owner }},
	{"parts", func(d *Deal) string { return tellParts(d.Parts) }, func(to, from *Deal) { to.Parts = from.Parts }},
	{"why", func(d *Deal) string { return d.Why.String() }, func(to, from *Deal) { to.Why = from.Why }},
	{"remark", func(d *Deal) string { return d.Remark.String() }, func(to, from *Deal) { to.Remark = from.Remark }},
}

func dayText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// tellParts names no contact: the history is sealed under the customer's key,
// and would outlive the contact's erasure.
func tellParts(ps []Part) string {
	parts := make([]string, len(ps))
	for i, p := range ps {
		parts[i] = strings.TrimSpace(fmt.Sprintf("#%d %s", p.Contact, p.Part))
	}
	return strings.Join(parts, ", ")
}

const (
	dealHeadPlace    = "deals.head"
	dealBodyPlace    = "deals.body"
	dealPartPlace    = "deal_contacts.part"
	dealHistoryPlace = "deal_history.detail"
)

// dealRow is a deal as PostgreSQL keeps it, with its customer's head and key;
// Body is absent where lists are read.
type dealRow struct {
	ID, CustomerID, Value            int64
	Owner, StageID                   int32
	Status                           int16
	StageSince, CreatedAt, UpdatedAt time.Time
	Expected, ClosedAt               *time.Time
	Version                          int
	Restricted                       bool
	Head, Body, CustomerHead         []byte
	KekEpoch                         int
	Wrapped                          []byte
}

const (
	dealColumns = `d.id, d.customer_id, d.value, d.owner, d.stage_id, c.status, d.stage_since, d.created_at, d.updated_at, d.expected, d.closed_at,
		d.version, c.restricted, d.head, c.head as customer_head, k.kek_epoch, k.wrapped, `
	dealFrom   = ` from deals d join customers c on c.id = d.customer_id join subject_keys k on k.subject_id = d.customer_id`
	selectDeal = `select ` + dealColumns + `d.body` + dealFrom + ` where d.id = $1`
	lockDeal   = selectDeal + ` for update of d`
	madeDeal   = `select ` + dealColumns + `d.body` + dealFrom + ` where d.created_by = $1 and d.request = $2`
)

// openedDeal is a deal with its customer's key at hand, to change it.
type openedDeal struct {
	Deal
	key    seal.DataKey
	hidden policy.FieldValues
}

func (s *Store) openDeal(r dealRow) (o openedDeal, err error) {
	o.Deal = Deal{
		ID: r.ID, Customer: r.CustomerID, Status: policy.Status(r.Status), Restricted: r.Restricted, Owner: r.Owner, Stage: r.StageID,
		StageSince: r.StageSince, Value: policy.Cents(r.Value), Expected: orZero(r.Expected), ClosedAt: orZero(r.ClosedAt),
		CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt, Version: r.Version,
	}
	if o.key, err = s.Keys.Unwrap(r.CustomerID, seal.Wrapped{Epoch: r.KekEpoch, Key: r.Wrapped}); err != nil {
		return o, err
	}
	var customer Head
	if err = openJSON(o.key, headPlace, r.CustomerHead, &customer); err != nil {
		return o, err
	}
	o.Name = customer.Name()
	if err = openJSON(o.key, dealHeadPlace, r.Head, &o.DealHead); err != nil || r.Body == nil {
		return o, err
	}
	return o, openJSON(o.key, dealBodyPlace, r.Body, &o.DealBody)
}

// deals opens rows, and notes their customers as seen.
func (tx *Tx) deals(ctx context.Context, sql string, args ...any) ([]openedDeal, error) {
	rows, err := collect[dealRow](ctx, tx, sql, args...)
	if err != nil {
		return nil, err
	}
	all, err := openEach(rows, tx.store.openDeal)
	if err != nil {
		return nil, err
	}
	return all, tx.veilDeals(ctx, all)
}

// veilDeals is veil for deals; where only heads were opened there is nothing to
// do.
func (tx *Tx) veilDeals(ctx context.Context, all []openedDeal) error {
	if !slices.ContainsFunc(all, func(o openedDeal) bool { return len(o.Values) > 0 }) {
		return nil
	}
	fields, err := tx.ListFields(ctx)
	for i := range all {
		all[i].Values, all[i].hidden = policy.Veil(fields, policy.OfDeal, tx.Actor.Role, all[i].Values)
	}
	return err
}

func (tx *Tx) oneDeal(ctx context.Context, sql string, args ...any) (openedDeal, error) {
	o, err := one(tx.deals(ctx, sql, args...))
	if err != nil {
		return o, err
	}
	tx.Saw(o.Customer)
	tx.About(o.Customer)
	o.Parts, err = tx.parts(ctx, o.ID)
	return o, err
}

// GetDeal opens one whole, and notes that its customer was seen.
func (tx *Tx) GetDeal(ctx context.Context, id int64) (Deal, error) {
	o, err := tx.oneDeal(ctx, selectDeal, id)
	return o.Deal, err
}

// LockDeal opens one and locks it until the transaction ends.
func (tx *Tx) LockDeal(ctx context.Context, id int64) (Deal, error) {
	o, err := tx.oneDeal(ctx, lockDeal, id)
	return o.Deal, err
}

// MadeDeal finds the one that the actor made by this request.
func (tx *Tx) MadeDeal(ctx context.Context, request [16]byte) (Deal, error) {
	o, err := tx.oneDeal(ctx, madeDeal, tx.Actor.ID, request)
	return o.Deal, err
}

type partRow struct {
	ContactID  int64
	Part, Head []byte
	KekEpoch   int
	Wrapped    []byte
}

const selectParts = `select p.contact_id, p.part, c.head, k.kek_epoch, k.wrapped from deal_contacts p
	join customers c on c.id = p.contact_id join subject_keys k on k.subject_id = p.contact_id where p.deal_id = $1 order by p.contact_id`

// parts are the contacts with a part in a deal, as far as the actor sees them.
func (tx *Tx) parts(ctx context.Context, deal int64) ([]Part, error) {
	rows, err := collect[partRow](ctx, tx, selectParts, deal)
	if err != nil {
		return nil, err
	}
	var all []Part
	for _, r := range rows {
		key, err := tx.store.Keys.Unwrap(r.ContactID, seal.Wrapped{Epoch: r.KekEpoch, Key: r.Wrapped})
		if err != nil {
			return nil, err
		}
		var head Head
		if err := openJSON(key, headPlace, r.Head, &head); err != nil {
			return nil, err
		}
		part, err := key.Open(dealPartPlace, r.Part)
		if err != nil {
			return nil, err
		}
		all = append(all, Part{r.ContactID, head.Name(), text.New(string(part))})
		tx.Saw(r.ContactID)
	}
	return all, nil
}
