package ops

import (
	"context"
	"errors"

	"balie/db/seal"
	"balie/policy/text"
)

// FirstAdmin invites the one who lets everybody else in. It works only while
// no admin has joined, and only for who can connect as the database's owner;
// run again it makes a new code.
func FirstAdmin(ctx context.Context, ownerURL string, keys *seal.Keyring, login string, name text.Line) (Code, error) {
	return Code{}, errors.ErrUnsupported
}
