package ops

import (
	"context"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// step changes a request by one step, if policy lets it be taken now, and gives
// it as it is then. A version of 0 stands for what the request is now.
func (o *Ops) step(ctx context.Context, actor policy.Actor, id int64, version int32, step policy.RequestStep, body db.StepBody,
	change func(*db.Tx, *RequestSight) error,
) (s RequestSight, err error) {
	if err := orElse(checkWords(body.Asked, "asked"), checkWords(body.Said, "said")); err != nil {
		return s, err
	}
	err = o.act(ctx, handling(actor), policy.RequestHandle, policy.Resource{}, func(tx *db.Tx) error {
		r, err := tx.LockRequest(ctx, id)
		if err != nil {
			return err
		}
		if s, err = seen(ctx, tx, r); err != nil {
			return err
		}
		if err := takeUp(ctx, tx, &s); err != nil {
			return err
		}
		if version != 0 {
			s.Version = version
		}
		if err := s.Facts.May(step); err != nil {
			return err
		}
		if err := change(tx, &s); err != nil {
			return err
		}
		if err := tx.StepRequest(ctx, s.Request, step, body); err != nil {
			return err
		}
		s, err = again(ctx, tx, id)
		return err
	})
	return s, err
}

func again(ctx context.Context, tx *db.Tx, id int64) (RequestSight, error) {
	r, err := tx.GetRequest(ctx, id)
	if err != nil {
		return RequestSight{}, err
	}
	return seen(ctx, tx, r)
}

// IdentifyRequest notes how it was established who asks: what was asked and what
// was answered. Never more than needed: art. 12(6) GDPR.
func (o *Ops) IdentifyRequest(ctx context.Context, actor policy.Actor, id int64, version int32, proven bool, asked, answered text.Block) (RequestSight, error) {
	if asked.IsZero() || answered.IsZero() {
		return RequestSight{}, policy.Errorf(policy.Invalid, "Note what was asked to establish who it is, and what was answered.").On("asked")
	}
	return o.step(ctx, actor, id, version, policy.StepIdentity, db.StepBody{Asked: asked, Said: answered}, func(tx *db.Tx, s *RequestSight) error {
		s.Identity = policy.IdentityFailed
		if proven {
			s.Identity = policy.IdentityProven
		}
		if s.Facts.Stands {
			return tx.ResumeRequest(ctx, id, tx.Now)
		}
		return nil
	})
}

// PauseRequest has the clock stand still from a question about identity on, at
// which moment it was asked; zero for now.
func (o *Ops) PauseRequest(ctx context.Context, actor policy.Actor, id int64, version int32, question text.Block, at time.Time) (RequestSight, error) {
	if question.IsZero() {
		return RequestSight{}, policy.Errorf(policy.Invalid, "Note the question about identity that stops the clock: art. 12(6) GDPR.").On("asked")
	}
	return o.step(ctx, actor, id, version, policy.StepPause, db.StepBody{Asked: question}, func(tx *db.Tx, s *RequestSight) error {
		since, err := within(tx, at, lastPause(s.Request, s.Received.Time))
		if err != nil {
			return err
		}
		return tx.PauseRequest(ctx, id, since)
	})
}

// ResumeRequest has the clock go on from the answer on.
func (o *Ops) ResumeRequest(ctx context.Context, actor policy.Actor, id int64, version int32, answer text.Block, at time.Time) (RequestSight, error) {
	if answer.IsZero() {
		return RequestSight{}, policy.Errorf(policy.Invalid, "Note what was answered about identity.").On("said")
	}
	return o.step(ctx, actor, id, version, policy.StepResume, db.StepBody{Said: answer}, func(tx *db.Tx, s *RequestSight) error {
		until, err := within(tx, at, s.Pauses[len(s.Pauses)-1].Since)
		if err != nil {
			return err
		}
		return tx.ResumeRequest(ctx, id, until)
	})
}

// lastPause is the end of the last one: pauses don't overlap.
func lastPause(r db.Request, received time.Time) time.Time {
	if n := len(r.Pauses); n > 0 {
		return r.Pauses[n-1].Until
	}
	return received
}

// within is a moment after another one and not to come; zero is now.
func within(tx *db.Tx, at, after time.Time) (time.Time, error) {
	if at.IsZero() {
		at = tx.Now
	}
	if at.After(tx.Now) || !at.After(after) {
		return at, policy.Errorf(policy.Invalid, "That moment is not between the one before it and now.").On("at")
	}
	return at, nil
}

// ExtendRequest takes two further months, of which the person is told with the
// reasons: art. 12(3) GDPR.
func (o *Ops) ExtendRequest(ctx context.Context, actor policy.Actor, id int64, version int32, reasons text.Block) (RequestSight, error) {
	if reasons.IsZero() {
		return RequestSight{}, policy.Errorf(policy.Invalid, "Give the reasons of the extension: complexity or the number of requests, art. 12(3) GDPR.").On("reasons")
	}
	return o.step(ctx, actor, id, version, policy.StepExtend, db.StepBody{Said: reasons}, func(tx *db.Tx, s *RequestSight) error {
		s.ExtendedAt = tx.Now
		return nil
	})
}

// RequestRuling is what is decided about a request.
type RequestRuling struct {
	Decision policy.RequestDecision
	Ground   policy.RefusalGround // of what is refused
	Why      text.Block
}

func (d RequestRuling) check() error {
	switch d.Decision {
	case policy.Granted, policy.CalledOff:
		if d.Ground != "" {
			return policy.Errorf(policy.Invalid, "A ground belongs to a refusal only.").On("ground")
		}
	case policy.Partly, policy.Refused:
		if err := policy.CheckGround(d.Ground); err != nil {
			return err
		}
	default:
		return policy.Errorf(policy.Invalid, "A request is granted, partly, refused or withdrawn.").On("decision")
	}
	if d.Why.IsZero() {
		return policy.Errorf(policy.Invalid, "Say why, or what was done: it is what the register shows later.").On("why")
	}
	return nil
}

// DecideRequest notes what a request came to.
func (o *Ops) DecideRequest(ctx context.Context, actor policy.Actor, id int64, version int32, d RequestRuling) (RequestSight, error) {
	if err := d.check(); err != nil {
		return RequestSight{}, err
	}
	return o.step(ctx, actor, id, version, policy.StepDecide, db.StepBody{Said: d.Why}, func(_ *db.Tx, s *RequestSight) error {
		if s.Decision != d.Decision {
			s.SentAt = time.Time{} // another decision is another answer
		}
		s.Decision, s.Ground = d.Decision, d.Ground
		return nil
	})
}

// AnswerRequest notes what was sent, and where to.
func (o *Ops) AnswerRequest(ctx context.Context, actor policy.Actor, id int64, version int32, sent, to text.Block) (RequestSight, error) {
	if sent.IsZero() || to.IsZero() {
		return RequestSight{}, policy.Errorf(policy.Invalid, "Note what was sent, and where to.").On("sent")
	}
	return o.step(ctx, actor, id, version, policy.StepSend, db.StepBody{Asked: to, Said: sent}, func(tx *db.Tx, s *RequestSight) error {
		s.SentAt = tx.Now
		return nil
	})
}

// CloseRequest ends it; from then on nothing of it changes.
func (o *Ops) CloseRequest(ctx context.Context, actor policy.Actor, id int64, version int32) (RequestSight, error) {
	return o.step(ctx, actor, id, version, policy.StepClose, db.StepBody{}, func(tx *db.Tx, s *RequestSight) error {
		s.ClosedAt = tx.Now
		return nil
	})
}

// LinkRequest makes a request one about a customer who was found later.
func (o *Ops) LinkRequest(ctx context.Context, actor policy.Actor, id int64, version int32, customer int64) (RequestSight, error) {
	return o.step(ctx, actor, id, version, policy.StepLink, db.StepBody{}, func(tx *db.Tx, s *RequestSight) error {
		if s.Subject != 0 {
			return policy.Errorf(policy.Conflict, "This request is about a customer already.")
		}
		err := tx.LinkRequest(ctx, s.Request, customer)
		s.Subject = customer
		return err
	})
}
