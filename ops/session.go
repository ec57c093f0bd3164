package ops

import (
	"context"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// ListSessions gives the open sessions of a person, or of everybody for 0, on
// all nodes; row security leaves the own ones to those who are no admin.
func (o *Ops) ListSessions(ctx context.Context, actor policy.Actor, person int32) (open []db.Session, err error) {
	err = o.act(ctx, actor, policy.SessionList, policy.Resource{Person: person}, func(tx *db.Tx) error {
		tx.About(int64(person))
		open, err = tx.OpenSessions(ctx, person)
		return err
	})
	return open, err
}

// CloseSession ends one session, on whichever node it is.
func (o *Ops) CloseSession(ctx context.Context, actor policy.Actor, session string, reason text.Line) error {
	err := o.act(ctx, actor, policy.SessionClose, policy.Resource{}, func(tx *db.Tx) error {
		person, err := tx.SessionPerson(ctx, session)
		if err != nil {
			return err
		}
		tx.About(int64(person))
		tx.Detail(session + ": " + reason.String())
		if err := policy.Can(actor, policy.SessionClose, policy.Resource{Person: person}); err != nil {
			return err
		}
		open, err := tx.EndSession(ctx, session, db.EndClosed)
		if err == nil && !open {
			err = policy.Errorf(policy.Conflict, "This session has ended already.")
		}
		return err
	})
	if err == nil {
		o.closeAll([]string{session}, db.EndClosed)
	}
	return err
}

// CloseSessions ends all sessions of a person and says how many there were.
func (o *Ops) CloseSessions(ctx context.Context, actor policy.Actor, person int32, reason text.Line) (closed int, err error) {
	var ended []string
	err = o.act(ctx, actor, policy.SessionClose, policy.Resource{Person: person}, func(tx *db.Tx) error {
		tx.About(int64(person))
		tx.Detail(reason.String())
		ended, err = tx.EndSessionsOf(ctx, person, db.EndClosed)
		return err
	})
	if err != nil {
		return 0, err
	}
	o.closeAll(ended, db.EndClosed)
	return len(ended), nil
}

// closeAll ends sessions on this node at once; Watch does it on the others.
func (o *Ops) closeAll(sessions []string, reason string) {
	for _, id := range sessions {
		o.Hub.CloseSession(id, whyEnded(reason))
	}
}

var revoked = policy.Message{Key: "Your access has been revoked: ask an admin."}

// TooLong is what one reads whose session has lasted as long as one may.
var TooLong = policy.Message{Key: "This session has lasted as long as one may: sign in again. What you were typing is kept for half an hour."}

// IsRevocation says whether why is that the person's access was revoked, after
// which nothing of theirs is kept for a next time.
func IsRevocation(why policy.Message) bool { return why.Key == revoked.Key }

// whyEnded tells a person in words why the session is over.
func whyEnded(reason string) policy.Message {
	switch reason {
	case db.EndRevoked:
		return revoked
	case db.EndClosed:
		return policy.Message{Key: "This session was closed from elsewhere."}
	case db.EndKey:
		return policy.Message{Key: "The key that you signed in with was removed."}
	case db.EndRejoin:
		return policy.Message{Key: "You have joined again, which ends your other sessions."}
	}
	if reason == db.EndLong {
		return TooLong
	}
	return policy.Message{Key: "This session has ended: sign in again."}
}
