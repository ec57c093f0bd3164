package ops

import (
	"context"
	"errors"

	"balie/policy"
)

// NewRecoveryCodes replaces the actor's recovery codes; code is a TOTP code or
// one of the old ones.
func (o *Ops) NewRecoveryCodes(ctx context.Context, actor policy.Actor, code policy.Sealed) ([]policy.Sealed, error) {
	return nil, errors.ErrUnsupported
}
