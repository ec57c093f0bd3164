package db

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/db/seal"
	"balie/policy"
	"balie/policy/text"
)

// New is a customer to be added, with the request key that makes a repeated
// commit harmless.
type New struct {
	Customer
	Request [16]byte
	Note    text.Block // an import may bring one
	Vetted  bool       // not on the suppression list: the caller has looked
	sealed  *sealed
}

// sealed is a new customer as it is going to be written.
type sealed struct {
	key        seal.DataKey
	wrapped    seal.Wrapped
	head, body []byte
}

// Seal gives a new customer its number and seals it, ahead of AddCustomers:
// another goroutine may do so while the transaction writes those before.
func (tx *Tx) Seal(c *New, id int64) {
	c.ID = id
	key, wrapped := tx.store.Keys.NewKey(id)
	c.Head = c.Head.withFirst(c.Body)
	c.Values, _ = policy.Fill(policy.VisibleFields(tx.fields, policy.EntityOf(c.Kind), tx.Actor.Role), nil, c.Values) // checked before; nothing else gets in
	c.sealed = &sealed{key, wrapped, sealJSON(key, headPlace, c.Head), sealJSON(key, bodyPlace, c.Body)}
}

// Numbers reserves numbers for new customers.
func (tx *Tx) Numbers(ctx context.Context, n int) ([]int64, error) {
	return tx.ids(ctx, `select nextval('subject_ids') from generate_series(1, $1)`, n)
}

// AddCustomers writes new customers and fills in their ids. deferSearch leaves
// the tokens of a large number to a rebuild, until which nobody searches; it
// must then be followed by RebuildSearch.
func (tx *Tx) AddCustomers(ctx context.Context, cs []*New, deferSearch bool) error {
	if len(cs) == 0 {
		return nil
	}
	if err := tx.vet(ctx, cs); err != nil {
		return err
	}
	if err := tx.sealRest(ctx, cs); err != nil {
		return err
	}
	batch := newCustomerBatch(tx)
	for _, c := range cs {
		batch.add(c)
		tx.Saw(c.ID)
	}
	if err := batch.insert(ctx); err != nil {
		return err
	}
	if deferSearch {
		return tx.SearchStale(ctx)
	}
	return tx.indexNew(ctx, cs)
}

// sealRest seals those that were not sealed ahead.
func (tx *Tx) sealRest(ctx context.Context, cs []*New) error {
	var rest []*New
	for _, c := range cs {
		if c.sealed == nil {
			rest = append(rest, c)
		}
	}
	if len(rest) == 0 {
		return nil
	}
	if err := tx.checkValues(ctx, rest); err != nil {
		return err
	}
	ids, err := tx.Numbers(ctx, len(rest))
	for i, id := range ids {
		tx.Seal(rest[i], id)
	}
	return err
}

// checkValues looks at what is to stand in the organisation's own fields.
func (tx *Tx) checkValues(ctx context.Context, cs []*New) error {
	if !slices.ContainsFunc(cs, func(c *New) bool { return len(c.Values) > 0 }) {
		return nil
	}
	for _, c := range cs {
		if _, err := tx.filled(ctx, policy.EntityOf(c.Kind), nil, c.Values); err != nil {
			return err
		}
	}
	return nil
}

// customerBatch gathers columns, since INSERT … SELECT unnest is the fastest
// way that row security allows (COPY is refused under it).
type customerBatch struct {
	tx *Tx

	ids, imports                         []int64
	epochs, scopes                       []int32
	kinds, statuses                      []int16
	wrapped, heads, bodies               [][]byte
	activities                           []time.Time
	requests                             [][16]byte
	groundOf, tagOf, memberOf, companyOf []int64
	purposes, bases                      []string
	tags                                 []int32
	mains                                []bool
	roles                                [][]byte
	noteOf                               []int64
	notes                                [][]byte
}

func newCustomerBatch(tx *Tx) *customerBatch { return &customerBatch{tx: tx} }

func (b *customerBatch) add(c *New) {
	if c.LastActivity.IsZero() {
		c.LastActivity = b.tx.Now
	}
	b.ids, b.imports = append(b.ids, c.ID), append(b.imports, c.Import)
	b.epochs, b.wrapped = append(b.epochs, int32(c.sealed.wrapped.Epoch)), append(b.wrapped, c.sealed.wrapped.Key)
	b.scopes, b.kinds, b.statuses = append(b.scopes, c.Owner), append(b.kinds, int16(c.Kind)), append(b.statuses, int16(c.Status))
	b.activities, b.requests = append(b.activities, c.LastActivity), append(b.requests, c.Request)
	b.heads, b.bodies = append(b.heads, c.sealed.head), append(b.bodies, c.sealed.body)
	b.hang(c, c.sealed.key)
}

func (b *customerBatch) hang(c *New, key seal.DataKey) {
	for _, g := range c.Grounds {
		b.groundOf = append(b.groundOf, c.ID)
		b.purposes, b.bases = append(b.purposes, string(g.Purpose)), append(b.bases, string(g.Basis))
	}
	for _, t := range c.Tags {
		b.tagOf, b.tags = append(b.tagOf, c.ID), append(b.tags, t)
	}
	for _, m := range c.Companies {
		b.memberOf, b.companyOf, b.mains = append(b.memberOf, c.ID), append(b.companyOf, m.Company), append(b.mains, m.Main)
		b.roles = append(b.roles, key.Seal(rolePlace, []byte(m.Role.String())))
	}
	if !c.Note.IsZero() {
		b.noteOf, b.notes = append(b.noteOf, c.ID), append(b.notes, key.Seal(notePlace, []byte(c.Note.String())))
	}
}

// withFirst copies into the head what lists show of the body.
func (h Head) withFirst(b Body) Head {
	h.Mail, h.Phone = text.Line{}, text.Line{}
	if len(b.Mails) > 0 {
		h.Mail = b.Mails[0].Value
	}
	if len(b.Phones) > 0 {
		h.Phone = b.Phones[0].Value
	}
	return h
}

const (
	insertKeys = `insert into subject_keys (subject_id, kek_epoch, wrapped)
		select * from unnest($1::bigint[], $2::int[], $3::bytea[])`
	insertCustomers = `insert into customers (id, kind, scope, status, last_activity, created_at, created_by, updated_at, import_id, request, head, body)
		select id, kind, scope, status, activity, $1, $2, $1, nullif(import, 0), request, head, body
		from unnest($3::bigint[], $4::smallint[], $5::int[], $6::smallint[], $7::timestamptz[], $8::bigint[], $9::uuid[], $10::bytea[], $11::bytea[])
		u (id, kind, scope, status, activity, import, request, head, body)`
	insertBases = `insert into bases (customer_id, purpose, basis, since)
		select id, purpose, basis, $1 from unnest($2::bigint[], $3::text[], $4::text[]) u (id, purpose, basis)`
	insertTagLinks = `insert into customer_tags (customer_id, tag_id) select * from unnest($1::bigint[], $2::int[])`
	insertMembers  = `insert into memberships (contact_id, company_id, main, role)
		select * from unnest($1::bigint[], $2::bigint[], $3::bool[], $4::bytea[])`
	insertNotes = `insert into notes (customer_id, author, private, at, request, body)
		select id, $1, false, $2, gen_random_uuid(), body from unnest($3::bigint[], $4::bytea[]) u (id, body)`
)

func (b *customerBatch) insert(ctx context.Context) error {
	now, me := b.tx.Now, b.tx.Actor.ID
	batch := &pgx.Batch{}
	batch.Queue(insertKeys, b.ids, b.epochs, b.wrapped)
	batch.Queue(insertCustomers, now, me, b.ids, b.kinds, b.scopes, b.statuses, b.activities, b.imports, b.requests, b.heads, b.bodies)
	b.queueHung(batch)
	return b.tx.SendBatch(ctx, batch).Close()
}

// queueHung writes what hangs on customers that are there already.
func (b *customerBatch) queueHung(batch *pgx.Batch) {
	now := b.tx.Now
	if len(b.groundOf) > 0 {
		batch.Queue(insertBases, now, b.groundOf, b.purposes, b.bases)
	}
	if len(b.tagOf) > 0 {
		batch.Queue(insertTagLinks, b.tagOf, b.tags)
	}
	if len(b.memberOf) > 0 {
		batch.Queue(insertMembers, b.memberOf, b.companyOf, b.mains, b.roles)
	}
	if len(b.noteOf) > 0 {
		batch.Queue(insertNotes, b.tx.Actor.ID, now, b.noteOf, b.notes)
	}
}

// indexNew writes the search tokens of new customers.
func (tx *Tx) indexNew(ctx context.Context, cs []*New) error {
	bounds, err := tx.bounds(ctx)
	if err != nil {
		return err
	}
	var rows tokenRows
	for _, c := range cs {
		names, err := tx.companyNames(ctx, c.Companies)
		if err != nil {
			return err
		}
		rows.add(c.Customer, bucketOf(bounds, c.Customer), tx.store.tokens(c.Customer, names))
	}
	return tx.insertTokens(ctx, rows)
}

// companyNames are the names by which a contact is also found.
func (tx *Tx) companyNames(ctx context.Context, ms []Membership) ([]string, error) {
	if len(ms) == 0 {
		return nil, nil
	}
	ids := make([]int64, len(ms))
	for i, m := range ms {
		ids[i] = m.Company
	}
	heads, err := tx.heads(ctx, ids)
	names := make([]string, len(heads))
	for i, h := range heads {
		names[i] = h.Name().String()
	}
	return names, err
}

// tokenRows are rows of search_tokens as columns.
type tokenRows struct {
	tokens, ids     []int64
	scopes, buckets []int32
}

func (r *tokenRows) add(c Customer, bucket int32, tokens []int64) {
	for _, t := range tokens {
		r.tokens, r.ids = append(r.tokens, t), append(r.ids, c.ID)
		r.scopes, r.buckets = append(r.scopes, c.Owner), append(r.buckets, bucket)
	}
}

const (
	insertTokensSQL = `insert into search_tokens (token, scope, bucket, customer_id)
		select * from unnest($1::bigint[], $2::int[], $3::int[], $4::bigint[])`
	deleteTokensSQL = `delete from search_tokens t using unnest($1::bigint[], $2::int[], $3::int[], $4::bigint[]) u (token, scope, bucket, id)
		where t.token = u.token and t.scope = u.scope and t.bucket = u.bucket and t.customer_id = u.id`
)

func (tx *Tx) insertTokens(ctx context.Context, r tokenRows) error {
	_, err := tx.Exec(ctx, insertTokensSQL, r.tokens, r.scopes, r.buckets, r.ids)
	return err
}

func (tx *Tx) deleteTokens(ctx context.Context, r tokenRows) error {
	_, err := tx.Exec(ctx, deleteTokensSQL, r.tokens, r.scopes, r.buckets, r.ids)
	return err
}
