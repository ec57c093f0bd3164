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
	SystemBody
}

// SystemBody is the sealed part.
type SystemBody struct {
	Name    text.Line `json:"n"`
	Keeper  text.Line `json:"k,omitzero"` // who looks after it
	How     text.Line `json:"h,omitzero"` // a request is carried out there
	Outcome text.Line `json:"o,omitzero"`
}

type stepRow struct {
	ID       int64
	At       time.Time
	PersonID int32
	Step     string
	Body     []byte
}

type systemRow struct {
	ID     int64
	DoneAt *time.Time
	DoneBy int32
	Body   []byte
}

const (
	insertStep    = `insert into request_steps (request_id, at, person_id, step, body) values ($1, $2, $3, $4, $5)`
	selectSteps   = `select id, at, person_id, step, body from request_steps where request_id = $1 order by id`
	insertSystem  = `insert into request_systems (request_id, body) values ($1, $2)`
	selectSystems = `select id, done_at, coalesce(done_by, 0) as done_by, body from request_systems where request_id = $1 order by id`
	tickSystem    = `update request_systems set done_at = $3, done_by = $4, body = $5 where id = $2 and request_id = $1`
	clockStep     = `insert into request_steps (request_id, at, person_id, step, body) values ($1, $2, 0, $3, '') on conflict do nothing`
)

func (tx *Tx) addStep(ctx context.Context, r Request, step policy.RequestStep, body StepBody) error {
	b, err := tx.requestBox(ctx, r)
	if err != nil {
		return err
	}
	tx.aboutRequest(r, string(step))
	_, err = tx.Exec(ctx, insertStep, r.ID, tx.Now, tx.Actor.ID, string(step), b.seal(requestStepPlace, body))
	return err
}

// requestBox seals what is added to a request. When its subject was erased, the
// system key seals the rest: what says what was done, not about whom.
func (tx *Tx) requestBox(ctx context.Context, r Request) (box, error) {
	if r.Erased {
		return tx.newBox(ctx, r.ID, 0)
	}
	return tx.newBox(ctx, r.ID, r.Subject)
}

// NoteStep writes a step of the clock's, once, and says whether it is new.
func (tx *Tx) NoteStep(ctx context.Context, id int64, step policy.RequestStep) (bool, error) {
	tx.About(id, string(step))
	return tx.did(ctx, clockStep, id, tx.Now, string(step))
}

// RequestTrail is what happened to a request, and the other systems. What was
// written under the key of an erased subject stays unreadable.
func (tx *Tx) RequestTrail(ctx context.Context, r Request) (steps []Step, systems []OtherSystem, err error) {
	b, err := tx.requestBox(ctx, r)
	if err != nil {
		return nil, nil, err
	}
	rows, err := collect[stepRow](ctx, tx, selectSteps, r.ID)
	if err != nil {
		return nil, nil, err
	}
	for _, s := range rows {
		step := Step{ID: s.ID, At: s.At, Person: s.PersonID, Step: policy.RequestStep(s.Step)}
		if err := b.openLeft(r.Erased, requestStepPlace, s.Body, &step.StepBody); err != nil {
			return nil, nil, err
		}
		steps = append(steps, step)
	}
	systems, err = tx.requestSystems(ctx, r, b)
	return steps, systems, err
}

// openLeft opens what is left to open: nothing of the clock's has a text, and
// what an erasure shredded can't be opened any more.
func (b box) openLeft(erased bool, place string, sealed []byte, into any) error {
	if len(sealed) == 0 {
		return nil
	}
	err := b.open(place, sealed, into)
	if erased {
		return nil
	}
	return err
}

func (tx *Tx) requestSystems(ctx context.Context, r Request, b box) (all []OtherSystem, err error) {
	rows, err := collect[systemRow](ctx, tx, selectSystems, r.ID)
	for _, s := range rows {
		o := OtherSystem{ID: s.ID, DoneAt: orZero(s.DoneAt), DoneBy: s.DoneBy}
		if err := b.openLeft(r.Erased, requestSystemPlace, s.Body, &o.SystemBody); err != nil {
			return nil, err
		}
		all = append(all, o)
	}
	return all, err
}

// AddSystem adds one to the checklist of a request.
func (tx *Tx) AddSystem(ctx context.Context, r Request, body SystemBody) error {
	b, err := tx.requestBox(ctx, r)
	if err != nil {
		return err
	}
	tx.aboutRequest(r, string(policy.StepSystems))
	_, err = tx.Exec(ctx, insertSystem, r.ID, b.seal(requestSystemPlace, body))
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
	return tx.must(ctx, tickSystem, r.ID, s.ID, at, by, b.seal(requestSystemPlace, s.SystemBody))
}
