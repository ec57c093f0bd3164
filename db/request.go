package db

import (
	"context"
	"time"

	"balie/policy"
	"balie/policy/text"
)

// Request is what a data subject asks, and where it stands.
type Request struct {
	ID           int64
	Year, Number int32
	Kind         policy.RequestKind
	Channel      policy.RequestChannel
	Received     policy.Date
	Subject      int64 // the customer whom it is about; 0: nobody among them
	RecordedAt   time.Time
	RecordedBy   int32
	Identity     policy.Identity
	WorkedAt     time.Time
	ExtendedAt   time.Time
	Decision     policy.RequestDecision
	Ground       policy.RefusalGround
	SentAt       time.Time
	ClosedAt     time.Time
	UpdatedAt    time.Time
	Version      int32
	Erased       bool // its texts went with the subject's key
	Pauses       []policy.Pause
	RequestHead
	RequestBody
}

// RequestHead is the sealed part that lists show.
type RequestHead struct {
	From    text.Line `json:"f"`          // who asks
	Contact text.Line `json:"c,omitzero"` // where the answer goes
}

// RequestBody is the sealed rest.
type RequestBody struct {
	Asks     text.Block `json:"a,omitzero"` // in the person's own words
	Language text.Line  `json:"l,omitzero"` // of the answer: nl, else English
}

// Name is the number as people say it.
func (r Request) Name() string { return policy.RequestName(r.Year, r.Number) }

// Term is what its deadline is computed from.
func (r Request) Term() policy.Term {
	return policy.Term{Received: r.Received, Extended: !r.ExtendedAt.IsZero(), Pauses: r.Pauses}
}

const (
	requestHeadPlace   = "requests.head"
	requestBodyPlace   = "requests.body"
	requestStepPlace   = "request_steps.body"
	requestSystemHead  = "request_systems.head"
	requestSystemPlace = "request_systems.body"
)

type requestRow struct {
	ID                   int64
	Year, Number         int32
	Kind, Channel        string
	ReceivedOn           time.Time
	SubjectID            int64
	RecordedAt           time.Time
	RecordedBy           int32
	Identity             string
	WorkedAt, ExtendedAt *time.Time
	Decision, Ground     string
	SentAt, ClosedAt     *time.Time
	UpdatedAt            time.Time
	Version              int32
	Since                []time.Time
	Until                []*time.Time
	Head, Body           []byte
	KekEpoch             *int
	Wrapped              []byte
}

const (
	registerColumns = `r.id, r.year, r.number, r.kind, r.channel, r.received_on, r.recorded_at, r.recorded_by, r.identity,
		r.worked_at, r.extended_at, r.decision, r.ground, r.sent_at, r.closed_at, r.updated_at, r.version,
		array(select p.since from request_pauses p where p.request_id = r.id order by p.since) as since,
		array(select p.until from request_pauses p where p.request_id = r.id order by p.since) as until, `
	// The auditor and the clock see no people.
	bareColumns    = registerColumns + `0::bigint as subject_id, null::bytea as head, null::bytea as body, null::int as kek_epoch, null::bytea as wrapped from requests r `
	requestColumns = registerColumns + `r.subject_id, r.head, r.body, k.kek_epoch, k.wrapped from requests r left join subject_keys k on k.subject_id = r.subject_id and r.subject_id <> 0 `

	openOnes       = `where r.closed_at is null order by r.received_on, r.id limit 2000`
	closedOnes     = `where r.closed_at is not null and ($1::timestamptz is null or (r.closed_at, r.id) < ($1, $2::bigint)) order by r.closed_at desc, r.id desc limit $3`
	openRequests   = `select ` + requestColumns + openOnes
	closedRequests = `select ` + requestColumns + closedOnes
	openRegister   = `select ` + bareColumns + openOnes
	closedRegister = `select ` + bareColumns + closedOnes
	getRequest     = `select ` + requestColumns + `where r.id = $1`
	lockRequest    = getRequest + ` for update of r`
	madeRequest    = `select ` + requestColumns + `where r.recorded_by = $1 and r.request = $2`
	requestsAbout  = `select ` + requestColumns + `where r.subject_id = $1 order by r.received_on, r.id`
	findRequestSQL = `select id from requests where year = $1 and number = $2`
)

// RequestCursor is the place after which the next page of closed ones begins.
type RequestCursor struct {
	ClosedAt time.Time
	ID       int64
}

// ListRequests gives the open ones, or a page of the closed ones, latest first.
func (tx *Tx) ListRequests(ctx context.Context, closed bool, after RequestCursor, limit int) ([]Request, error) {
	bare := tx.Actor.Role == policy.Auditor || tx.Actor.Role == policy.Clock
	switch {
	case closed && bare:
		return tx.requests(ctx, closedRegister, orNull(after.ClosedAt), after.ID, limit)
	case closed:
		return tx.requests(ctx, closedRequests, orNull(after.ClosedAt), after.ID, limit)
	case bare:
		return tx.requests(ctx, openRegister)
	}
	return tx.requests(ctx, openRequests)
}

// FindRequest gives the id of a request by its number.
func (tx *Tx) FindRequest(ctx context.Context, year, number int32) (id int64, err error) {
	err = tx.QueryRow(ctx, findRequestSQL, year, number).Scan(&id)
	return id, err
}

// GetRequest opens one.
func (tx *Tx) GetRequest(ctx context.Context, id int64) (Request, error) {
	return tx.oneRequest(ctx, getRequest, id)
}

// LockRequest opens one that is about to change.
func (tx *Tx) LockRequest(ctx context.Context, id int64) (Request, error) {
	return tx.oneRequest(ctx, lockRequest, id)
}

// MadeRequest finds the one that the actor recorded by this request key.
func (tx *Tx) MadeRequest(ctx context.Context, request [16]byte) (Request, error) {
	return tx.oneRequest(ctx, madeRequest, tx.Actor.ID, request)
}

// RequestsAbout are all that a customer ever asked.
func (tx *Tx) RequestsAbout(ctx context.Context, customer int64) ([]Request, error) {
	return tx.requests(ctx, requestsAbout, customer)
}

func (tx *Tx) oneRequest(ctx context.Context, sql string, args ...any) (Request, error) {
	all, err := tx.requests(ctx, sql, args...)
	r, err := one(all, err)
	tx.About(r.ID)
	return r, err
}

func (tx *Tx) requests(ctx context.Context, sql string, args ...any) ([]Request, error) {
	rows, err := collect[requestRow](ctx, tx, sql, args...)
	if err != nil {
		return nil, err
	}
	all := make([]Request, len(rows))
	for i, r := range rows {
		if all[i], err = tx.store.openRequest(r); err != nil {
			return nil, err
		}
		if r.SubjectID != 0 && !all[i].Erased {
			tx.Saw(r.SubjectID)
		}
	}
	return all, nil
}

func (s *Store) openRequest(r requestRow) (Request, error) {
	q := Request{
		ID: r.ID, Year: r.Year, Number: r.Number, Kind: policy.RequestKind(r.Kind), Channel: policy.RequestChannel(r.Channel),
		Received: policy.DateOf(r.ReceivedOn), Subject: r.SubjectID, RecordedAt: r.RecordedAt, RecordedBy: r.RecordedBy,
		Identity: policy.Identity(r.Identity), WorkedAt: orZero(r.WorkedAt), ExtendedAt: orZero(r.ExtendedAt),
		Decision: policy.RequestDecision(r.Decision), Ground: policy.RefusalGround(r.Ground), SentAt: orZero(r.SentAt),
		ClosedAt: orZero(r.ClosedAt), UpdatedAt: r.UpdatedAt, Version: r.Version,
		Erased: r.SubjectID != 0 && r.KekEpoch == nil,
	}
	for i, since := range r.Since {
		q.Pauses = append(q.Pauses, policy.Pause{Since: since, Until: orZero(r.Until[i])})
	}
	if q.Erased || r.Head == nil {
		return q, nil
	}
	b, err := s.boxOf(r.ID, r.SubjectID, r.KekEpoch, r.Wrapped)
	if err != nil {
		return q, err
	}
	if err := b.open(requestHeadPlace, r.Head, &q.RequestHead); err != nil {
		return q, err
	}
	return q, b.open(requestBodyPlace, r.Body, &q.RequestBody)
}
