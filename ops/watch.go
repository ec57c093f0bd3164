package ops

import (
	"context"
	"errors"
)

// Watch keeps the hub in step with the database until ctx ends: it closes the
// sessions of the revoked and, when it has not heard from the database for
// ten seconds, all of them. Run it before letting anybody in.
func (o *Ops) Watch(ctx context.Context) error {
	return errors.ErrUnsupported
}
