package db

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/db/seal"
	"balie/policy"
	"balie/policy/text"
)

// Head is the sealed part of a customer that lists show. A company's name
// stands in Family.
type Head struct {
	Given  text.Line `json:"g,omitzero"`
	Prefix text.Line `json:"p,omitzero"`
	Family text.Line `json:"f"`
	Mail   text.Line `json:"m,omitzero"` // the first of Body.Mails
	Phone  text.Line `json:"t,omitzero"` // the first of Body.Phones, E.164
}

// Name is the name as one says it.
func (h Head) Name() text.Line { return text.New(h.policyName().String()) }

func (h Head) policyName() policy.Name {
	return policy.Name{Given: h.Given.String(), Prefix: h.Prefix.String(), Family: h.Family.String()}
}

// sortKey is what lists are ordered by: the Dutch look under the family name
// without its prefix. (Belgians keep the prefix in the family name.)
func (h Head) sortKey() string { return seal.Fold(h.policyName().SortName("NL")) }

// Body is the sealed rest of a customer.
type Body struct {
	Mails    []Labelled `json:"mails,omitempty"`
	Phones   []Labelled `json:"phones,omitempty"` // E.164
	Address  Address    `json:"a,omitzero"`
	Language text.Line  `json:"l,omitzero"` // nl, en, fr, de …
	Website  text.Line  `json:"w,omitzero"`
	KvK      text.Line  `json:"k,omitzero"` // Dutch KvK or Belgian enterprise number
	VAT      text.Line  `json:"v,omitzero"`
	Source   text.Line  `json:"s,omitzero"` // where the data came from: art. 14(2)(f) GDPR
	// Elsewhere is the number in the system that it came from, by which deals
	// and activities of that system find it: "hubspot/contact/51".
	Elsewhere text.Line `json:"e,omitzero"`

	// Values are those of the organisation's own fields, as far as the actor may
	// see them.
	Values policy.FieldValues `json:"x,omitempty"`
}

// Labelled is a mail address or phone number with what it is for.
type Labelled struct {
	Label text.Line `json:"l,omitzero"`
	Value text.Line `json:"v"`
}

// Address is a postal address.
type Address struct {
	Street   text.Line `json:"s,omitzero"` // with the house number
	Postcode text.Line `json:"p,omitzero"`
	City     text.Line `json:"c,omitzero"`
	Country  text.Line `json:"n,omitzero"` // ISO 3166, two letters
}

// Membership is a company to which a contact belongs.
type Membership struct {
	Company int64
	Name    text.Line // the company's, when the actor may see it
	Role    text.Line // "buyer"
	Main    bool
}

// Customer is a person or company that the firm deals with.
type Customer struct {
	ID           int64
	Kind         policy.CustomerKind
	Owner        int32
	Status       policy.Status
	LastActivity time.Time
	Restricted   bool
	CreatedAt    time.Time
	UpdatedAt    time.Time
	Version      int
	Import       int64 // 0: made by hand
	Head
	Body
	Grounds   []policy.Ground
	Tags      []int32
	Companies []Membership
}

// Row is a customer as a list shows it.
type Row struct {
	ID           int64
	Kind         policy.CustomerKind
	Owner        int32
	Status       policy.Status
	LastActivity time.Time
	Restricted   bool
	Company      text.Line // of the main company
	Head
}

const (
	headPlace    = "customers.head"
	bodyPlace    = "customers.body"
	rolePlace    = "memberships.role"
	notePlace    = "notes.body"
	historyPlace = "history.detail"
)

// sealedRow is a customer as PostgreSQL keeps it, with its key.
type sealedRow struct {
	headRow
	CreatedAt time.Time
	UpdatedAt time.Time
	Version   int
	ImportID  *int64
	Body      []byte
}

// headRow is what of it a list needs.
type headRow struct {
	ID           int64
	Kind         int16
	Scope        int32
	Status       int16
	LastActivity time.Time
	Restricted   bool
	Head         []byte
	KekEpoch     int
	Wrapped      []byte
}

const (
	headColumns = `c.id, c.kind, c.scope, c.status, c.last_activity, c.restricted, c.head, k.kek_epoch, k.wrapped`
	rowColumns  = headColumns + `, c.created_at, c.updated_at, c.version, c.import_id`
)

// listRow is a head with that of the main company, if the actor may see one.
type listRow struct {
	headRow
	CompanyID    *int64
	CompanyHead  []byte
	CompanyEpoch *int
	CompanyKey   []byte
}

const (
	selectHeads    = `select ` + listed + `$1)`
	selectContacts = `select ` + listed + `array(select contact_id from memberships where company_id = $1 order by contact_id limit 200))`
	listed         = headColumns + `, o.company_id, o.company_head, o.company_epoch, o.company_key
		from customers c join subject_keys k on k.subject_id = c.id left join lateral (
			select o.id as company_id, o.head as company_head, ok.kek_epoch as company_epoch, ok.wrapped as company_key
			from memberships m join customers o on o.id = m.company_id join subject_keys ok on ok.subject_id = o.id
			where m.contact_id = c.id order by m.main desc, m.company_id limit 1) o on true
		where c.id = any(`
	selectWhole = `select ` + rowColumns + `, c.body
		from customers c join subject_keys k on k.subject_id = c.id where c.id = any($1)`
	selectForUpdate = selectWhole + ` order by c.id for update of c`
)

func (s *Store) unwrap(r headRow) (seal.DataKey, error) {
	return s.Keys.Unwrap(r.ID, seal.Wrapped{Epoch: r.KekEpoch, Key: r.Wrapped})
}

// openHead opens what a list needs: about 2 µs.
func (s *Store) openHead(r headRow) (Row, error) {
	row := Row{
		ID: r.ID, Kind: policy.CustomerKind(r.Kind), Owner: r.Scope, Status: policy.Status(r.Status),
		LastActivity: r.LastActivity, Restricted: r.Restricted,
	}
	key, err := s.unwrap(r)
	if err != nil {
		return row, err
	}
	return row, openJSON(key, headPlace, r.Head, &row.Head)
}

// openListRow is openHead with the company's name.
func (s *Store) openListRow(r listRow) (Row, error) {
	row, err := s.openHead(r.headRow)
	if err != nil || r.CompanyID == nil {
		return row, err
	}
	company, err := s.openHead(headRow{ID: *r.CompanyID, Head: r.CompanyHead, KekEpoch: *r.CompanyEpoch, Wrapped: r.CompanyKey})
	row.Company = company.Name()
	return row, err
}

func (s *Store) openWhole(r sealedRow) (Customer, seal.DataKey, error) {
	c := Customer{
		ID: r.ID, Kind: policy.CustomerKind(r.Kind), Owner: r.Scope, Status: policy.Status(r.Status),
		LastActivity: r.LastActivity, Restricted: r.Restricted, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt, Version: r.Version,
	}
	if r.ImportID != nil {
		c.Import = *r.ImportID
	}
	key, err := s.unwrap(r.headRow)
	if err != nil {
		return c, key, err
	}
	if err := openJSON(key, headPlace, r.Head, &c.Head); err != nil {
		return c, key, err
	}
	return c, key, openJSON(key, bodyPlace, r.Body, &c.Body)
}

func openJSON(key seal.DataKey, place string, sealed []byte, into any) error {
	plain, err := key.Open(place, sealed)
	if err != nil {
		return err
	}
	return json.Unmarshal(plain, into)
}

func sealJSON(key seal.DataKey, place string, value any) []byte {
	return key.Seal(place, marshal(value))
}

func marshal(value any) []byte {
	plain, err := json.Marshal(value)
	if err != nil {
		panic(err) // our own structs of strings always marshal
	}
	return plain
}

// GetCustomer opens one customer whole and notes that it was seen.
func (tx *Tx) GetCustomer(ctx context.Context, id int64) (c Customer, err error) {
	err = tx.Together(ctx, tx.CustomerOf(id, &c))
	return c, err
}

// CustomerOf is GetCustomer as one of several questions.
func (tx *Tx) CustomerOf(id int64, into *Customer) Read {
	return tx.whole(func(cs []opened) error {
		c, err := one(cs, nil)
		if *into = c.Customer; err == nil {
			tx.About(id)
		}
		return err
	}, selectWhole, []int64{id})
}

// ExportCustomers opens several in the order of ids; what is hidden is left
// out.
func (tx *Tx) ExportCustomers(ctx context.Context, ids []int64) ([]Customer, error) {
	open, err := tx.getCustomers(ctx, selectWhole, ids)
	byID := make(map[int64]Customer, len(open))
	for _, o := range open {
		byID[o.ID] = o.Customer
	}
	var cs []Customer
	for _, id := range ids {
		if c, ok := byID[id]; ok {
			cs = append(cs, c)
		}
	}
	return cs, err
}

// opened is a customer with its key at hand, to change it.
type opened struct {
	Customer
	key    seal.DataKey
	hidden policy.FieldValues // what the actor may not see of it, and doesn't lose
}

func (tx *Tx) getCustomers(ctx context.Context, sql string, ids []int64) (cs []opened, err error) {
	err = tx.Together(ctx, tx.whole(func(all []opened) error { cs = all; return nil }, sql, ids))
	return cs, err
}

// wholeRows are customers with what hangs on them: grounds, tags, companies.
type wholeRows struct {
	customers []sealedRow
	fields    []fieldRow
	grounds   []groundRow
	tags      []tagLink
	members   []memberRow
}

// whole asks for customers, and gives take those that the actor may see.
func (tx *Tx) whole(take func([]opened) error, sql string, ids []int64) Read {
	return func(batch *pgx.Batch) {
		var r wholeRows
		also(batch, &r.customers, sql, ids)
		also(batch, &r.fields, selectFields)
		also(batch, &r.grounds, selectGrounds, ids)
		also(batch, &r.tags, selectTagLinks, ids)
		taking(func(members []memberRow) error {
			r.members = members
			cs, err := tx.openWholes(r)
			if err != nil {
				return err
			}
			return take(cs)
		}, selectMembers, ids)(batch)
	}
}

func (tx *Tx) openWholes(r wholeRows) ([]opened, error) {
	cs := make([]opened, len(r.customers))
	for i, row := range r.customers {
		var err error
		if cs[i].Customer, cs[i].key, err = tx.store.openWhole(row); err != nil {
			return nil, err
		}
		tx.Saw(row.ID)
	}
	tx.known = fieldsFrom(r.fields)
	tx.veil(cs, tx.known)
	return cs, tx.store.attach(cs, r)
}

// attach adds what hangs on the customers. Each statement sees what was
// committed before it: of one that came into sight since the first there may be
// rows here.
func (s *Store) attach(cs []opened, r wholeRows) error {
	at := make(map[int64]*opened, len(cs))
	for i := range cs {
		at[cs[i].ID] = &cs[i]
	}
	for _, g := range r.grounds {
		if c, ok := at[g.CustomerID]; ok {
			c.Grounds = append(c.Grounds, policy.Ground{Purpose: policy.Purpose(g.Purpose), Basis: policy.Basis(g.Basis)})
		}
	}
	for _, t := range r.tags {
		if c, ok := at[t.CustomerID]; ok {
			c.Tags = append(c.Tags, t.TagID)
		}
	}
	for _, m := range r.members {
		if c, ok := at[m.ContactID]; ok {
			company, err := s.openMember(m, &c.key)
			if err != nil {
				return err
			}
			c.Companies = append(c.Companies, company)
		}
	}
	return nil
}

// veil leaves of the organisation's own fields what the actor may see.
func (tx *Tx) veil(cs []opened, fields []policy.Field) {
	for i := range cs {
		c := &cs[i]
		c.Values, c.hidden = policy.Veil(fields, policy.EntityOf(c.Kind), tx.Actor.Role, c.Values)
	}
}

type groundRow struct {
	CustomerID int64
	Purpose    string
	Basis      string
}

const (
	selectGrounds  = `select customer_id, purpose, basis from bases where customer_id = any($1) order by customer_id, purpose`
	selectTagLinks = `select customer_id, tag_id from customer_tags where customer_id = any($1) order by customer_id, tag_id`
)

type tagLink struct {
	CustomerID int64
	TagID      int32
}

// collect runs a query whose columns are exactly those of T.
func collect[T any](ctx context.Context, tx *Tx, sql string, args ...any) ([]T, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[T])
}
