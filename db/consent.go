package db

import (
	"context"
	"slices"
	"time"

	"balie/db/seal"
	"balie/policy"
	"balie/policy/text"
)

// Consent is an event between a person and a purpose, as it is kept.
type Consent struct {
	policy.ConsentEvent
	Customer int64
	How      policy.Channel
	Recorded time.Time
	Person   int32  // who recorded it; 0: the person's own web session
	Session  string // in which it was recorded
	ConsentDetail
	Evidence []Evidence
}

// ConsentDetail is what of it is sealed under the person's key.
type ConsentDetail struct {
	Remark  text.Block `json:"r,omitzero"`
	Address text.Line  `json:"a,omitzero"` // mail or phone for which it holds
}

const consentPlace = "consents.detail"

type consentRow struct {
	ID, CustomerID     int64
	Purpose, Kind, How string
	At, RecordedAt     time.Time
	Until              *time.Time
	Marketing          bool
	Wording, Detail    []byte
	PersonID           *int32
	Session            string
	KekEpoch           int
	Wrapped            []byte
}

const selectConsents = `select e.id, e.customer_id, e.purpose, e.kind, e.how, e.at, e.until, e.marketing, e.wording, e.recorded_at, e.person_id, e.session, e.detail,
	k.kek_epoch, k.wrapped from consents e join subject_keys k on k.subject_id = e.customer_id where e.customer_id = $1 order by e.at, e.id`

// ListConsents gives all events of a person, the first one first, with what is
// known of their evidence.
func (tx *Tx) ListConsents(ctx context.Context, customer int64) ([]Consent, error) {
	rows, err := collect[consentRow](ctx, tx, selectConsents, customer)
	if err != nil {
		return nil, err
	}
	all := make([]Consent, len(rows))
	for i, r := range rows {
		if all[i], err = tx.store.openConsent(r); err != nil {
			return nil, err
		}
	}
	tx.Saw(customer)
	return all, tx.attachEvidence(ctx, customer, all)
}

func (s *Store) openConsent(r consentRow) (Consent, error) {
	c := Consent{
		ConsentEvent: policy.ConsentEvent{
			ID: r.ID, Purpose: policy.Purpose(r.Purpose), Kind: policy.ConsentKind(r.Kind), At: r.At, Until: orZero(r.Until), Marketing: r.Marketing, Wording: r.Wording,
		},
		Customer: r.CustomerID, How: policy.Channel(r.How), Recorded: r.RecordedAt, Session: r.Session,
	}
	if r.PersonID != nil {
		c.Person = *r.PersonID
	}
	key, err := s.Keys.Unwrap(r.CustomerID, seal.Wrapped{Epoch: r.KekEpoch, Key: r.Wrapped})
	if err != nil {
		return c, err
	}
	return c, openJSON(key, consentPlace, r.Detail, &c.ConsentDetail)
}

const (
	insertConsent = `insert into consents (customer_id, purpose, kind, how, at, until, marketing, wording, person_id, session, detail, request)
		values ($1, $2, $3, $4, coalesce($5, now()), $6, $7, $8, $9, $10, $11, $12) returning id`
	madeConsent = `select id from consents where person_id = $1 and request = $2`
	insertOptin = `insert into optins (consent_id, digest, expires_at) values ($1, $2, $3)`
)

// AddConsent keeps an event and gives its number. wording is what was asked, to
// the letter; an At of zero is now.
func (tx *Tx) AddConsent(ctx context.Context, c Consent, wording Wording, request [16]byte) (int64, error) {
	key, err := tx.customerKey(ctx, c.Customer)
	if err != nil {
		return 0, err
	}
	if c.Kind.Yes() {
		c.Wording = policy.WordingHash(wording.Body)
		if err := tx.keepWording(ctx, wording); err != nil {
			return 0, err
		}
	}
	err = tx.QueryRow(ctx, insertConsent, c.Customer, c.Purpose, c.Kind, c.How, orNull(c.At), orNull(c.Until), c.Marketing, c.Wording,
		tx.Actor.ID, tx.Actor.Session, sealJSON(key, consentPlace, c.ConsentDetail), request).Scan(&c.ID)
	tx.Saw(c.Customer)
	tx.About(c.Customer, string(c.Kind), string(c.Purpose))
	return c.ID, err
}

// MadeConsent is the event that the actor made by this request.
func (tx *Tx) MadeConsent(ctx context.Context, request [16]byte) (id int64, err error) {
	err = tx.QueryRow(ctx, madeConsent, tx.Actor.ID, request).Scan(&id)
	return id, err
}

const optinSpace = "consent.optin"

// AddOptin keeps the hash of the link by which a person confirms.
func (tx *Tx) AddOptin(ctx context.Context, consent int64, token policy.Sealed, until time.Time) error {
	_, err := tx.Exec(ctx, insertOptin, consent, tx.store.Keys.Digest(optinSpace, token.Reveal()), until)
	return err
}

const confirmConsent = `select coalesce(confirm_consent($1, $2), 0)`

// ConfirmConsent is the person's use of the link: the number of the new event;
// 0 when the link does not work.
func (tx *Tx) ConfirmConsent(ctx context.Context, token policy.Sealed, session string) (id int64, err error) {
	err = tx.QueryRow(ctx, confirmConsent, tx.store.Keys.Digest(optinSpace, token.Reveal()), session).Scan(&id)
	tx.About(id)
	return id, err
}

type standingRow struct {
	ID         int64
	Status     int16
	Restricted bool
}

type eventRow struct {
	CustomerID int64
	policy.ConsentEvent
}

const (
	selectStandings = `select id, status, restricted from customers where id = any($1)`
	selectEvents    = `select customer_id, id, purpose, kind, at, coalesce(until, '0001-01-01'::timestamptz) as until, marketing, wording from consents where customer_id = any($1) order by customer_id, at, id`
)

// ListStandings gives on what records stand, by their number; what is hidden is
// left out. Nothing is opened.
func (tx *Tx) ListStandings(ctx context.Context, ids []int64) (map[int64]policy.Standing, error) {
	var rows []standingRow
	var grounds []groundRow
	var events []eventRow
	batch := newBatch()
	also(batch, &rows, selectStandings, ids)
	also(batch, &grounds, selectGrounds, ids)
	also(batch, &events, selectEvents, ids)
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return nil, err
	}
	all := make(map[int64]policy.Standing, len(rows))
	for _, r := range rows {
		all[r.ID] = policy.Standing{ID: r.ID, Sold: policy.Status(r.Status) != policy.Lead, Restricted: r.Restricted}
	}
	for _, g := range grounds {
		s := all[g.CustomerID]
		s.Grounds = append(s.Grounds, policy.Ground{Purpose: policy.Purpose(g.Purpose), Basis: policy.Basis(g.Basis)})
		all[g.CustomerID] = s
	}
	for _, e := range events {
		s := all[e.CustomerID]
		s.Events = append(s.Events, e.ConsentEvent)
		all[e.CustomerID] = s
	}
	return all, nil
}

const touchVersion = `update customers set updated_at = $2, version = version + 1 where id = $1`

// SetGrounds changes on what a record stands and nothing else of it, so that a
// no counts for one whose data is restricted as well.
func (tx *Tx) SetGrounds(ctx context.Context, u Update) error {
	old, err := tx.lock(ctx, u.ID)
	if err != nil {
		return err
	}
	now := old.Customer
	now.Grounds = u.Grounds
	changes := Diff(old.Customer, now)
	if len(changes) == 0 {
		return nil
	}
	batch := newBatch()
	batch.Queue(touchVersion, u.ID, tx.Now)
	tx.queueHung(batch, old, now)
	tx.queueHistory(batch, old.key, u.ID, old.Version+1, u.Act, u.Request, changes)
	return tx.SendBatch(ctx, batch).Close()
}

const (
	countGroundless = `select count(*)::int from (select from groundless limit $1) g`
	listGroundless  = `select customer_id from groundless order by since, customer_id limit $1`
	consentHolders  = `select customer_id from bases where purpose = $1 and basis = 'consent' and customer_id > $2 order by customer_id limit $3`
)

// ListGroundless gives records that stand on nothing, the longest waiting first,
// and notes them as seen.
func (tx *Tx) ListGroundless(ctx context.Context, most int) ([]Row, error) {
	ids, err := tx.ids(ctx, listGroundless, most)
	if err != nil {
		return nil, err
	}
	return tx.RowsOf(ctx, ids)
}

// ConsentHolders are the next records after one that claim a consent to a
// purpose. Nothing is opened.
func (tx *Tx) ConsentHolders(ctx context.Context, purpose policy.Purpose, after int64, most int) ([]int64, error) {
	return tx.ids(ctx, consentHolders, purpose, after, most)
}

// RowsOf gives records as lists show them, in the order of ids, and notes them as
// seen.
func (tx *Tx) RowsOf(ctx context.Context, ids []int64) ([]Row, error) {
	rows, err := tx.heads(ctx, ids)
	slices.SortFunc(rows, func(a, b Row) int { return slices.Index(ids, a.ID) - slices.Index(ids, b.ID) })
	tx.Saw(ids...)
	return rows, err
}

// CountGroundless is how many records of the actor's stand on nothing, up to most.
func (tx *Tx) CountGroundless(ctx context.Context, most int) (n int, err error) {
	err = tx.QueryRow(ctx, countGroundless, most).Scan(&n)
	return n, err
}
