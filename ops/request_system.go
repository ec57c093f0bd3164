package ops

import (
	"context"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// AddRequestSystem adds a system to the checklist of a request.
func (o *Ops) AddRequestSystem(ctx context.Context, actor policy.Actor, id int64, name, keeper text.Line) (s RequestSight, err error) {
	if name.IsZero() {
		return s, policy.Errorf(policy.Invalid, "Name the system, as mail archive.").On("name")
	}
	return o.onSystems(ctx, actor, id, func(tx *db.Tx, s RequestSight) error {
		return tx.AddSystem(ctx, s.Request, db.SystemBody{Name: name, Keeper: keeper})
	})
}

// TickRequestSystem notes what was done in the n-th system of the checklist, or
// that it is open again.
func (o *Ops) TickRequestSystem(ctx context.Context, actor policy.Actor, id int64, n int, done bool, outcome text.Line) (RequestSight, error) {
	return o.onSystems(ctx, actor, id, func(tx *db.Tx, s RequestSight) error {
		if n < 1 || n > len(s.Systems) {
			return policy.Errorf(policy.Invalid, "The checklist has %d lines: give the number of one.", len(s.Systems)).On("line")
		}
		other := s.Systems[n-1]
		other.Outcome = outcome
		return tx.TickSystem(ctx, s.Request, other, done)
	})
}

func (o *Ops) onSystems(ctx context.Context, actor policy.Actor, id int64, change func(*db.Tx, RequestSight) error) (s RequestSight, err error) {
	err = o.act(ctx, handling(actor), policy.RequestHandle, policy.Resource{}, func(tx *db.Tx) error {
		r, err := tx.LockRequest(ctx, id)
		if err != nil {
			return err
		}
		if s, err = seen(ctx, tx, r); err != nil {
			return err
		}
		if err := s.Facts.May(policy.StepSystems); err != nil {
			return err
		}
		if err := change(tx, s); err != nil {
			return err
		}
		s, err = again(ctx, tx, id)
		return err
	})
	return s, err
}
