package ops

import (
	"context"
	"strings"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// RequestWork is what is done for a request in this program.
type RequestWork struct {
	Done     text.Block       // by hand
	Purposes []policy.Purpose // against which an objection is
}

// WorkRequest does what a request asks in this program: it erases, restricts or
// records the objection, or notes what was done by hand. What is seen and done
// for it is logged with the request as its reason.
func (o *Ops) WorkRequest(ctx context.Context, actor policy.Actor, id int64, version int32, w RequestWork) (s RequestSight, err error) {
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
		w.Done = text.NewBlock("erasure certificate in the register of erasures")
	}
	if s.Kind == policy.Objection && len(w.Purposes) > 0 {
		w.Done = text.NewBlock(strings.TrimSpace(strings.Join(plainly(w.Purposes), ", ") + "\n" + w.Done.String()))
	}
	return o.step(ctx, actor, id, version, policy.StepWork, db.StepBody{Said: w.Done}, func(tx *db.Tx, s *RequestSight) error {
		s.WorkedAt = tx.Now
		switch {
		case s.Kind == policy.Restriction:
			_, err := tx.Restrict(ctx, s.Subject, true, tx.Actor.Reason)
			return err
		case s.Kind == policy.Objection && len(w.Purposes) > 0:
			return objected(ctx, tx, s, w.Purposes)
		case w.Done.IsZero():
			return policy.Errorf(policy.Invalid, "Say why, or what was done: it is what the register shows later.").On("done")
		}
		return nil
	})
}

func plainly[T ~string](all []T) []string {
	said := make([]string, len(all))
	for i, one := range all {
		said[i] = string(one)
	}
	return said
}

// consentChannels say how somebody said something who asked it in a request.
var consentChannels = map[policy.RequestChannel]policy.Channel{"mail": policy.InMail, "phone": policy.OnPhone, "letter": policy.OnPaper}

// objected records the objection, which counts from when it came in: art. 21(3)
// GDPR.
func objected(ctx context.Context, tx *db.Tx, s *RequestSight, purposes []policy.Purpose) error {
	for _, p := range purposes {
		c := db.Consent{Customer: s.Subject, How: policy.OnForm}
		c.Purpose, c.Kind, c.Remark = p, policy.Objected, text.NewBlock("request #"+s.Name())
		if how, ok := consentChannels[s.Channel]; ok {
			c.How = how
		}
		if came := s.Received.Time; came.Add(24 * time.Hour).Before(tx.Now) {
			c.At = came
		}
		if _, err := keepConsent(ctx, tx, c, Recording{}, NewRequestKey()); err != nil {
			return err
		}
	}
	return nil
}
