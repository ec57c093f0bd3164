package db

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/policy"
)

const insertRequest = `insert into requests (id, kind, channel, received_on, subject_id, recorded_at, recorded_by, updated_at, request, head, body)
	values ($1, $2, $3, $4, $5, $6, $7, $6, $8, $9, $10) returning year, number`

// AddRequest records one and gives it its number.
func (tx *Tx) AddRequest(ctx context.Context, r Request, request [16]byte) (Request, error) {
	if err := tx.QueryRow(ctx, `select nextval('request_ids')`).Scan(&r.ID); err != nil {
		return r, err
	}
	b, err := tx.newBox(ctx, r.ID, r.Subject)
	if err != nil {
		return r, err
	}
	tx.aboutRequest(r)
	r.RecordedAt, r.RecordedBy, r.Identity, r.Version = tx.Now, tx.Actor.ID, policy.IdentityOpen, 1
	return r, tx.QueryRow(ctx, insertRequest, r.ID, string(r.Kind), string(r.Channel), r.Received.Time, r.Subject, tx.Now, tx.Actor.ID, request,
		b.seal(requestHeadPlace, r.RequestHead), b.seal(requestBodyPlace, r.RequestBody)).Scan(&r.Year, &r.Number)
}

func (tx *Tx) aboutRequest(r Request, fields ...string) {
	tx.About(r.ID, fields...)
	if r.Subject != 0 && !r.Erased {
		tx.Saw(r.Subject)
	}
}

const updateRequest = `update requests set identity = $3, worked_at = $4, extended_at = $5, decision = $6, ground = $7, sent_at = $8, closed_at = $9,
	updated_at = $10, version = version + 1 where id = $1 and version = $2`

// StepRequest writes a request as a step has made it, and the step. It was read
// as r.Version.
func (tx *Tx) StepRequest(ctx context.Context, r Request, step policy.RequestStep, body StepBody) error {
	if err := tx.addStep(ctx, r, step, body); err != nil { // to a closed one nothing is added any more
		return err
	}
	done, err := tx.did(ctx, updateRequest, r.ID, r.Version, string(r.Identity), orNull(r.WorkedAt), orNull(r.ExtendedAt), string(r.Decision), string(r.Ground),
		orNull(r.SentAt), orNull(r.ClosedAt), tx.Now)
	if err == nil && !done {
		err = policy.Errorf(policy.Conflict, "Somebody else went on with this request meanwhile: look at it again.")
	}
	return err
}

const (
	pauseRequest  = `insert into request_pauses (request_id, since) values ($1, $2)`
	resumeRequest = `update request_pauses set until = $2 where request_id = $1 and until is null`
)

// PauseRequest has the clock stand still from a moment on.
func (tx *Tx) PauseRequest(ctx context.Context, id int64, since time.Time) error {
	_, err := tx.Exec(ctx, pauseRequest, id, since)
	return err
}

// ResumeRequest has the clock go on.
func (tx *Tx) ResumeRequest(ctx context.Context, id int64, until time.Time) error {
	return tx.must(ctx, resumeRequest, id, until)
}

const (
	linkRequest  = `update requests set subject_id = $2, head = $3, body = $4 where id = $1`
	resealStep   = `update request_steps set subject_id = $2, body = $3 where id = $1`
	resealSystem = `update request_systems set subject_id = $2, body = $3 where id = $1`
)

// LinkRequest makes a request one about a customer: all its texts are sealed
// under that customer's key from then on, so that they go with it.
func (tx *Tx) LinkRequest(ctx context.Context, r Request, customer int64) error {
	steps, systems, err := tx.RequestTrail(ctx, r)
	if err != nil {
		return err
	}
	b, err := tx.newBox(ctx, r.ID, customer)
	if err != nil {
		return err
	}
	batch := &pgx.Batch{}
	batch.Queue(linkRequest, r.ID, customer, b.seal(requestHeadPlace, r.RequestHead), b.seal(requestBodyPlace, r.RequestBody))
	for _, s := range steps {
		if s.Person != 0 {
			batch.Queue(resealStep, s.ID, customer, b.seal(requestStepPlace, s.StepBody))
		}
	}
	for _, s := range systems {
		if s.DoneAt.IsZero() {
			continue
		}
		batch.Queue(resealSystem, s.ID, customer, b.seal(requestSystemPlace, s.SystemBody))
	}
	tx.Saw(customer)
	return tx.SendBatch(ctx, batch).Close()
}
