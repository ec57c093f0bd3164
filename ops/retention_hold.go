package ops

import (
	"context"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// Stay is how a customer's leaving stands.
type Stay struct {
	policy.Leaving
	Archived *time.Time // put away since then
}

// leaving is when a customer leaves, by the terms as they are now.
func leaving(t db.LeavingTerms, now time.Time) Stay {
	if len(t.Kept) == 0 {
		return Stay{}
	}
	k := t.Kept[0]
	return Stay{db.Schedule(t.Rules).Leaves(k.Keeping, now.In(t.Zone)), k.Archived}
}

// ListHolds gives what keeps customers whose term may be over, the first to end
// first; of one customer, or of all for 0.
func (o *Ops) ListHolds(ctx context.Context, actor policy.Actor, customer int64, ended bool) (all []db.Hold, err error) {
	err = o.act(ctx, actor, policy.RetentionHolds, policy.Resource{}, func(tx *db.Tx) error {
		all, err = tx.ListHolds(ctx, customer, ended)
		return err
	})
	return all, err
}

// longestHold is how far ahead a hold may end: then somebody looks again.
const longestHold = 10

// AddHold keeps a customer through a day, for a reason: by law, as for a claim,
// or for a documented reason. Who was put away comes back.
func (o *Ops) AddHold(ctx context.Context, actor policy.Actor, h db.Hold) (id int64, err error) {
	err = o.act(ctx, actor, policy.RetentionHold, policy.Resource{}, func(tx *db.Tx) error {
		if err := checkHold(h, tx.Now); err != nil {
			return err
		}
		if id, err = tx.AddHold(ctx, h); err != nil {
			return err
		}
		_, err = tx.Unarchive(ctx, []int64{h.Customer})
		return err
	})
	return id, err
}

func checkHold(h db.Hold, now time.Time) error {
	if h.Sort != policy.HeldLegally && h.Sort != policy.HeldLonger {
		return policy.Errorf(policy.Invalid, "There are holds for a claim (hold) and for a documented reason (keep).").On("sort")
	}
	if h.Until.Before(now.AddDate(0, 0, -1)) || h.Until.After(now.AddDate(longestHold, 0, 0)) {
		return policy.Errorf(policy.Invalid, "A hold ends on a day from today on, within ten years: give it as 2027-03-01.").On("until")
	}
	return needReason(h.Reason)
}

// EndHold ends a hold before its day, for a reason.
func (o *Ops) EndHold(ctx context.Context, actor policy.Actor, id int64, why text.Line) error {
	return o.act(ctx, actor, policy.RetentionHold, policy.Resource{}, func(tx *db.Tx) error {
		if err := needReason(why); err != nil {
			return err
		}
		return tx.EndHold(ctx, id, why)
	})
}

// RecordEnd notes when a contract or a procedure of a customer ended, from which
// its term counts.
func (o *Ops) RecordEnd(ctx context.Context, actor policy.Actor, customer int64, event policy.StartEvent, on time.Time) error {
	return o.act(ctx, actor, policy.RetentionEnd, policy.Resource{}, func(tx *db.Tx) error {
		if event != policy.FromContract && event != policy.FromProcedure {
			return policy.Errorf(policy.Invalid, "What ends is a contract or a procedure.").On("event")
		}
		if on.IsZero() || on.After(tx.Now.AddDate(0, 0, 1)) {
			return policy.Errorf(policy.Invalid, "Give the day on which it ended, as 2026-03-01; one to come is noted when it has come.").On("on")
		}
		if _, err := tx.GetForUpdate(ctx, customer); err != nil {
			return err
		}
		return tx.RecordEnd(ctx, customer, event, on)
	})
}
