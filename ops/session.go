package ops

import (
	"context"
	"errors"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// ListSessions gives the open sessions of a person, or of everybody for 0, on
// all nodes.
func (o *Ops) ListSessions(ctx context.Context, actor policy.Actor, person int32) ([]db.Session, error) {
	return nil, errors.ErrUnsupported
}

// CloseSession ends one session, on whichever node it is.
func (o *Ops) CloseSession(ctx context.Context, actor policy.Actor, session string, reason text.Line) error {
	return errors.ErrUnsupported
}

// CloseSessions ends all sessions of a person and counts those on this node.
func (o *Ops) CloseSessions(ctx context.Context, actor policy.Actor, person int32, reason text.Line) (closed int, err error) {
	return 0, errors.ErrUnsupported
}
