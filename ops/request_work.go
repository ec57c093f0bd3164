package ops

import (
	"context"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// WorkRequest does what a request asks in this program: it erases or restricts,
// or notes what was done by hand. What is seen and done for it is logged with the
// request as its reason.
func (o *Ops) WorkRequest(ctx context.Context, actor policy.Actor, id int64, version int32, done text.Block) (s RequestSight, err error) {
	s, err = o.ViewRequest(ctx, actor, id)
	if err != nil {
		return s, err
	}
	if err := s.Facts.May(policy.StepWork); err != nil {
		return s, err
	}
	actor = actor.For(text.New("request #" + s.Name()))
	if s.Kind == policy.Erasure && s.Facts.Known {
		if _, err := o.Erase(ctx, actor, s.Subject); err != nil {
			return s, err
		}
		done = text.NewBlock("erasure certificate in the register of erasures")
	}
	return o.step(ctx, actor, id, version, policy.StepWork, db.StepBody{Said: done}, func(tx *db.Tx, s *RequestSight) error {
		s.WorkedAt = tx.Now
		switch {
		case s.Kind == policy.Restriction:
			_, err := tx.Restrict(ctx, s.Subject, true, tx.Actor.Reason)
			return err
		case done.IsZero():
			return policy.Errorf(policy.Invalid, "Say why, or what was done: it is what the register shows later.").On("done")
		}
		return nil
	})
}
