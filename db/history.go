package db

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/db/seal"
	"balie/policy"
	"balie/policy/text"
)

// Change is one field from what to what, as a person reads it.
type Change struct {
	Field string    `json:"f"`
	From  text.Line `json:"a,omitzero"`
	To    text.Line `json:"b,omitzero"`
}

// Fields are the fields of a customer by name, in the order of the form. Each
// can be told as one line and copied from one state to another, which is all
// that history, the merge question and undo need.
var Fields = []Field{
	{"given", func(c *Customer) string { return c.Given.String() }, func(to, from *Customer) { to.Given = from.Given }},
	{"prefix", func(c *Customer) string { return c.Prefix.String() }, func(to, from *Customer) { to.Prefix = from.Prefix }},
	{"family", func(c *Customer) string { return c.Family.String() }, func(to, from *Customer) { to.Family = from.Family }},
	{"mail", func(c *Customer) string { return tellLabelled(c.Mails) }, func(to, from *Customer) { to.Mails = from.Mails }},
	{"phone", func(c *Customer) string { return tellLabelled(c.Phones) }, func(to, from *Customer) { to.Phones = from.Phones }},
	{"street", func(c *Customer) string { return c.Address.Street.String() }, func(to, from *Customer) { to.Address.Street = from.Address.Street }},
	{"postcode", func(c *Customer) string { return c.Address.Postcode.String() }, func(to, from *Customer) { to.Address.Postcode = from.Address.Postcode }},
	{"city", func(c *Customer) string { return c.Address.City.String() }, func(to, from *Customer) { to.Address.City = from.Address.City }},
	{"country", func(c *Customer) string { return c.Address.Country.String() }, func(to, from *Customer) { to.Address.Country = from.Address.Country }},
	{"language", func(c *Customer) string { return c.Language.String() }, func(to, from *Customer) { to.Language = from.Language }},
	{"website", func(c *Customer) string { return c.Website.String() }, func(to, from *Customer) { to.Website = from.Website }},
	{"kvk", func(c *Customer) string { return c.KvK.String() }, func(to, from *Customer) { to.KvK = from.KvK }},
	{"vat", func(c *Customer) string { return c.VAT.String() }, func(to, from *Customer) { to.VAT = from.VAT }},
	{"source", func(c *Customer) string { return c.Source.String() }, func(to, from *Customer) { to.Source = from.Source }},
	{"status", func(c *Customer) string { return c.Status.String() }, func(to, from *Customer) { to.Status = from.Status }},
	{"grounds", func(c *Customer) string { return tellGrounds(c.Grounds) }, func(to, from *Customer) { to.Grounds = from.Grounds }},
	{"tags", func(c *Customer) string { return tellJSON(c.Tags) }, func(to, from *Customer) { to.Tags = from.Tags }},
	{"companies", func(c *Customer) string { return tellCompanies(c.Companies) }, func(to, from *Customer) { to.Companies = from.Companies }},
}

// Field is one field of a customer.
type Field = FieldOf[Customer]

// FieldOf is one field of something whose changes are kept.
type FieldOf[T any] struct {
	Name string
	Tell func(*T) string
	Copy func(to, from *T)
}

func tellLabelled(ls []Labelled) string {
	var parts []string
	for _, l := range ls {
		parts = append(parts, strings.TrimSpace(l.Value.String()+" "+l.Label.String()))
	}
	return strings.Join(parts, ", ")
}

func tellGrounds(gs []policy.Ground) string {
	var parts []string
	for _, g := range gs {
		parts = append(parts, string(g.Purpose)+": "+string(g.Basis))
	}
	return strings.Join(parts, ", ")
}

func tellCompanies(ms []Membership) string {
	var parts []string
	for _, m := range ms {
		parts = append(parts, strings.TrimSpace(m.Name.String()+" "+m.Role.String()))
	}
	return strings.Join(parts, ", ")
}

func tellJSON(tags []int32) string {
	if len(tags) == 0 {
		return ""
	}
	b, _ := json.Marshal(tags)
	return string(b)
}

// Diff is what changed between two states, field by field.
func Diff(old, c Customer) []Change { return DiffOf(AllFields(&old, &c), old, c) }

// DiffOf is Diff for anything with fields.
func DiffOf[T any](fields []FieldOf[T], old, now T) []Change {
	var out []Change
	for _, f := range fields {
		if was, is := f.Tell(&old), f.Tell(&now); was != is {
			out = append(out, Change{f.Name, text.New(was), text.New(is)})
		}
	}
	return out
}

func fieldsOf(changes []Change) []string {
	names := make([]string, len(changes))
	for i, c := range changes {
		names[i] = c.Field
	}
	return names
}

const insertHistory = `insert into history (customer_id, version, at, person_id, act, request, fields, detail) values ($1, $2, $3, $4, $5, $6, $7, $8)`

func (tx *Tx) queueHistory(batch *pgx.Batch, key seal.DataKey, id int64, version int, act policy.Act, request [16]byte, changes []Change) {
	tx.queuePast(batch, key, id, Past{Version: version, Person: tx.Actor.ID, Act: act, Changes: changes}, request)
}

// queuePast is queueHistory for what somebody else than the actor has ordered.
func (tx *Tx) queuePast(batch *pgx.Batch, key seal.DataKey, id int64, p Past, request [16]byte) {
	batch.Queue(insertHistory, id, p.Version, tx.Now, p.Person, string(p.Act), request, fieldsOf(p.Changes), sealJSON(key, historyPlace, p.Changes))
}

// Past is one change in the life of a customer.
type Past struct {
	Version int
	At      time.Time
	Person  int32
	Act     policy.Act
	Changes []Change
}

type pastRow struct {
	Version  int
	At       time.Time
	PersonID int32
	Act      string
	Detail   []byte
	KekEpoch int
	Wrapped  []byte
}

const selectHistory = `select h.version, h.at, h.person_id, h.act, h.detail, k.kek_epoch, k.wrapped
	from history h join subject_keys k on k.subject_id = h.customer_id
	where h.customer_id = $1 order by h.at desc, h.version desc limit 500`

// ListHistory is what happened to a customer, latest first.
func (tx *Tx) ListHistory(ctx context.Context, id int64) ([]Past, error) {
	out, err := tx.past(ctx, selectHistory, id)
	tx.Saw(id)
	tx.About(id)
	return out, err
}

// past opens changes of a customer's record, without what the actor's role
// doesn't see.
func (tx *Tx) past(ctx context.Context, sql string, customer int64) ([]Past, error) {
	out, err := tx.pasts(ctx, customer, historyPlace, sql, customer)
	if err != nil {
		return nil, err
	}
	fields, err := tx.ListFields(ctx)
	return tx.withoutHidden(fields, out), err
}

// pasts opens the history of something that is kept under a customer's key.
func (tx *Tx) pasts(ctx context.Context, customer int64, place, sql string, id int64) ([]Past, error) {
	rows, err := collect[pastRow](ctx, tx, sql, id)
	if err != nil {
		return nil, err
	}
	out := make([]Past, len(rows))
	for i, r := range rows {
		if out[i], err = tx.store.openPast(customer, place, r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (r pastRow) past() Past {
	return Past{Version: r.Version, At: r.At, Person: r.PersonID, Act: policy.Act(r.Act)}
}

func (s *Store) openPast(customer int64, place string, r pastRow) (Past, error) {
	p := r.past()
	key, err := s.Keys.Unwrap(customer, seal.Wrapped{Epoch: r.KekEpoch, Key: r.Wrapped})
	if err != nil {
		return p, err
	}
	return p, openJSON(key, place, r.Detail, &p.Changes)
}
