package ops

import (
	"context"
	"errors"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// Invitation asks a new colleague in.
type Invitation struct {
	Login  string
	Name   text.Line
	Role   policy.Role
	Team   text.Line // made when there is none of that name; empty for none
	Reason text.Line
}

// Code is an invitation's one-time code, shown once.
type Code struct {
	Code    policy.Sealed
	Expires time.Time
	Pending bool // the role waits for a second admin
}

// ListPeople gives the colleagues that the actor may see the access of.
func (o *Ops) ListPeople(ctx context.Context, actor policy.Actor) ([]db.Person, error) {
	return nil, errors.ErrUnsupported
}

// Colleagues gives every colleague's name by id, for those who work together.
func (o *Ops) Colleagues(ctx context.Context, actor policy.Actor) (map[int32]db.Colleague, error) {
	return nil, errors.ErrUnsupported
}

// GetPerson gives one with all grants, also ended ones.
func (o *Ops) GetPerson(ctx context.Context, actor policy.Actor, person int32) (db.Person, error) {
	return db.Person{}, errors.ErrUnsupported
}

// FindPerson gives the one with that login name.
func (o *Ops) FindPerson(ctx context.Context, actor policy.Actor, login string) (db.Person, error) {
	return db.Person{}, errors.ErrUnsupported
}

// ListInvitations gives a person's invitations, the newest first: which key
// each was used with shows whether the right one joined.
func (o *Ops) ListInvitations(ctx context.Context, actor policy.Actor, person int32) ([]db.Invitation, error) {
	return nil, errors.ErrUnsupported
}

// Invite makes a person with one role and the code to join with.
func (o *Ops) Invite(ctx context.Context, actor policy.Actor, in Invitation) (Code, error) {
	return Code{}, errors.ErrUnsupported
}

// Reset gives a new invitation for a lost phone or key. What the person has
// keeps working until it is used.
func (o *Ops) Reset(ctx context.Context, actor policy.Actor, person int32, reason text.Line) (Code, error) {
	return Code{}, errors.ErrUnsupported
}

// Revoke ends a person's access for good, at once and everywhere. closed counts
// the sessions that this node closed; other nodes follow within the second.
func (o *Ops) Revoke(ctx context.Context, actor policy.Actor, person int32, reason text.Line) (closed int, err error) {
	return 0, errors.ErrUnsupported
}

// SetLanguage chooses the actor's language: "nl", "en", or "" for the
// terminal's.
func (o *Ops) SetLanguage(ctx context.Context, actor policy.Actor, language string) error {
	return errors.ErrUnsupported
}
