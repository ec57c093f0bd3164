package db

import (
	"context"
	"time"

	"balie/policy"
	"balie/policy/text"
)

// Step is what happened to a request.
type Step struct {
	ID     int64
	At     time.Time
	Person int32 // 0: the clock
	Step   policy.RequestStep
	StepBody
}

// StepBody is the sealed part: what was asked or decided, and what was answered
// or sent.
type StepBody struct {
	Asked text.Block `json:"q,omitzero"`
	Said  text.Block `json:"a,omitzero"`
}

// OtherSystem is one in which a request has to be carried out too.
type OtherSystem struct {
	ID     int64
	DoneAt time.Time
	DoneBy int32
	SystemHead
	SystemBody
}

// SystemHead is the sealed part that is the organisation's.
type SystemHead struct {
	Name   text.Line `json:"n"`
	Keeper text.Line `json:"k,omitzero"` // who looks after it
	How    text.Line `json:"h,omitzero"` // a request is carried out there
}

// SystemBody is the sealed part that may tell about who asked.
type SystemBody struct {
	Outcome text.Line `json:"o,omitzero"`
}

type stepRow struct {
	ID       int64
	At       time.Time
	PersonID int32
	Step     string
	sealedBody
}

type systemRow struct {
	ID     int64
	DoneAt *time.Time
	DoneBy int32
	Head   []byte
	sealedBody
}

// sealedBody is a text with whose key opens it: of one who was erased, none.
type sealedBody struct {
	SubjectID int64
	Body      []byte
	KekEpoch  *int
	Wrapped   []byte
}

const (
	ownedColumns = `t.subject_id, t.body, k.kek_epoch, k.wrapped`
	sealedKey    = ` t left join subject_keys k on k.subject_id = t.subject_id and t.subject_id <> 0 where t.request_id = $1 order by t.id`

	insertStep    = `insert into request_steps (request_id, at, person_id, step, subject_id, body) values ($1, $2, $3, $4, $5, $6)`
	selectSteps   = `select t.id, t.at, t.person_id, t.step, ` + ownedColumns + ` from request_steps` + sealedKey
	insertSystem  = `insert into request_systems (request_id, head) values ($1, $2)`
	selectSystems = `select t.id, t.done_at, coalesce(t.done_by, 0) as done_by, t.head, ` + ownedColumns + ` from request_systems` + sealedKey
	tickSystem    = `update request_systems set done_at = $3, done_by = $4, subject_id = $5, body = $6 where id = $2 and request_id = $1`
	clockStep     = `insert into request_steps (request_id, at, person_id, step) values ($1, $2, 0, $3) on conflict do nothing`
)

func (tx *Tx) addStep(ctx context.Context, r Request, step policy.RequestStep, body StepBody) error {
	b, err := tx.requestBox(ctx, r)
	if err != nil {
		return err
	}
	tx.aboutRequest(r, string(step))
	_, err = tx.Exec(ctx, insertStep, r.ID, tx.Now, tx.Actor.ID, string(step), sealerOf(r), b.seal(requestStepPlace, body))
	return err
}

// sealerOf is whose key seals what is added to a request. When its subject was
// erased, the system key does: it says what was done, not about whom.
func sealerOf(r Request) int64 {
	if r.Erased {
		return 0
	}
	return r.Subject
}

func (tx *Tx) requestBox(ctx context.Context, r Request) (envelope, error) {
	return tx.newBox(ctx, r.ID, sealerOf(r))
}

// NoteStep writes a step of the clock's, once, and says whether it is new.
func (tx *Tx) NoteStep(ctx context.Context, id int64, step policy.RequestStep) (bool, error) {
	tx.About(id, string(step))
	return tx.did(ctx, clockStep, id, tx.Now, string(step))
}

// RequestTrail is what happened to a request, and the other systems. What was
// written under the key of an erased subject stays unreadable.
func (tx *Tx) RequestTrail(ctx context.Context, r Request) (steps []Step, systems []OtherSystem, err error) {
	rows, err := collect[stepRow](ctx, tx, selectSteps, r.ID)
	if err != nil {
		return nil, nil, err
	}
	for _, s := range rows {
		step := Step{ID: s.ID, At: s.At, Person: s.PersonID, Step: policy.RequestStep(s.Step)}
		if err := tx.store.openOwned(r.ID, requestStepPlace, s.sealedBody, &step.StepBody); err != nil {
			return nil, nil, err
		}
		steps = append(steps, step)
	}
	systems, err = tx.requestSystems(ctx, r)
	return steps, systems, err
}

func (s *Store) openOwned(request int64, place string, o sealedBody, into any) error {
	if o.Body == nil || o.SubjectID != 0 && o.KekEpoch == nil {
		return nil
	}
	b, err := s.boxOf(request, o.SubjectID, o.KekEpoch, o.Wrapped)
	if err != nil {
		return err
	}
	return b.open(place, o.Body, into)
}

func (tx *Tx) requestSystems(ctx context.Context, r Request) (all []OtherSystem, err error) {
	rows, err := collect[systemRow](ctx, tx, selectSystems, r.ID)
	for _, s := range rows {
		o := OtherSystem{ID: s.ID, DoneAt: orZero(s.DoneAt), DoneBy: s.DoneBy}
		if err := (envelope{keys: tx.store.Keys, of: r.ID}).open(requestSystemHead, s.Head, &o.SystemHead); err != nil {
			return nil, err
		}
		if err := tx.store.openOwned(r.ID, requestSystemPlace, s.sealedBody, &o.SystemBody); err != nil {
			return nil, err
		}
		all = append(all, o)
	}
	return all, err
}

// AddSystem adds one to the checklist of a request.
func (tx *Tx) AddSystem(ctx context.Context, r Request, head SystemHead) error {
	tx.aboutRequest(r, string(policy.StepSystems))
	_, err := tx.Exec(ctx, insertSystem, r.ID, envelope{keys: tx.store.Keys, of: r.ID}.seal(requestSystemHead, head))
	return err
}

// TickSystem notes what was done in a system, or with nothing that it is open
// again.
func (tx *Tx) TickSystem(ctx context.Context, r Request, s OtherSystem, done bool) error {
	b, err := tx.requestBox(ctx, r)
	if err != nil {
		return err
	}
	at, by := &tx.Now, &tx.Actor.ID
	if !done {
		at, by = nil, nil
	}
	return tx.must(ctx, tickSystem, r.ID, s.ID, at, by, sealerOf(r), b.seal(requestSystemPlace, s.SystemBody))
}
