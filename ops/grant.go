package ops

import (
	"context"
	"errors"
	"time"

	"balie/policy"
	"balie/policy/text"
)

// Granting gives a person a role, for a reason and perhaps for a time.
type Granting struct {
	Person int32
	Role   policy.Role
	Until  *time.Time // nil for good
	Reason text.Line
}

// Grant gives a role. pending says that a second admin has yet to agree.
func (o *Ops) Grant(ctx context.Context, actor policy.Actor, g Granting) (pending bool, err error) {
	return false, errors.ErrUnsupported
}

// AgreeGrant is the second admin's word on a pending grant.
func (o *Ops) AgreeGrant(ctx context.Context, actor policy.Actor, grant int32) error {
	return errors.ErrUnsupported
}

// EndGrant takes a role away, or turns a pending one down.
func (o *Ops) EndGrant(ctx context.Context, actor policy.Actor, grant int32, reason text.Line) error {
	return errors.ErrUnsupported
}
