package ops

import (
	"context"
	"slices"
	"strings"

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
		return tx.AddSystem(ctx, s.Request, db.SystemHead{Name: name, Keeper: keeper})
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

// takeUp copies the inventory into the checklist of a request when the officer
// first does something with it: each system that holds customer data.
func takeUp(ctx context.Context, tx *db.Tx, s *RequestSight) error {
	if len(s.Systems) > 0 || slices.ContainsFunc(s.Steps, func(t db.Step) bool { return t.Person != 0 }) {
		return nil
	}
	entries, err := tx.ListEntries(ctx, policy.Inventory)
	if err != nil {
		return err
	}
	line := func(b text.Block) text.Line { return text.New(strings.Join(strings.Fields(b.String()), " ")) }
	for _, e := range entries {
		if e.Retired {
			continue
		}
		v := e.Values
		if err := tx.AddSystem(ctx, s.Request, db.SystemHead{Name: line(v["name"]), Keeper: line(v["owner"]), How: line(v["how"])}); err != nil {
			return err
		}
	}
	*s, err = seen(ctx, tx, s.Request)
	return err
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
		if err := takeUp(ctx, tx, &s); err != nil {
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
