package views

import (
	"context"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// PeopleActs are those on colleagues, their access and the own account.
type PeopleActs interface {
	LogActs
	LeavingActs
	ListPeople(context.Context, policy.Actor) ([]db.Person, error)
	Colleagues(context.Context, policy.Actor) (map[int32]db.Colleague, error)
	GetPerson(context.Context, policy.Actor, int32) (db.Person, error)
	ListInvitations(context.Context, policy.Actor, int32) ([]db.Invitation, error)
	Invite(context.Context, policy.Actor, ops.Invitation) (ops.Code, error)
	Reset(ctx context.Context, actor policy.Actor, person int32, reason text.Line) (ops.Code, error)
	Grant(context.Context, policy.Actor, ops.Granting) (bool, error)
	AgreeGrant(ctx context.Context, actor policy.Actor, grant int32) error
	EndGrant(ctx context.Context, actor policy.Actor, grant int32, reason text.Line) error
	ListKeys(context.Context, policy.Actor, int32) ([]db.Key, error)
	RemoveKey(ctx context.Context, actor policy.Actor, key int32, reason text.Line) (int, error)
	ListSessions(context.Context, policy.Actor, int32) ([]db.Session, error)
	CloseSession(ctx context.Context, actor policy.Actor, session string, reason text.Line) error
	CloseSessions(ctx context.Context, actor policy.Actor, person int32, reason text.Line) (int, error)
	SetLanguage(ctx context.Context, actor policy.Actor, language string) error
	NewRecoveryCodes(ctx context.Context, actor policy.Actor, code policy.Sealed) ([]policy.Sealed, error)
	Roles(context.Context, policy.Actor) (policy.Actor, error)
}
