package ops

import (
	"context"
	"errors"

	"balie/policy"
	"balie/policy/text"
)

// Invited says that a key and an invitation were proven together. Only
// ProveInvitation makes one.
type Invited struct {
	invitation, person int32
	key                KeyOffer
	address            string
}

// Joining is what a new colleague sees: the secret for the phone, and what it
// is for.
type Joining struct {
	Name        text.Line
	Login       string
	Secret      policy.Sealed // base32, to type
	URL         policy.Sealed // otpauth://, to show as a QR code
	Fingerprint string        // of the key that will be registered
	InviterName text.Line     // empty for the first admin
	invited     Invited
}

// ProveInvitation checks an invitation's code for the holder of key. It is used
// up only by ConfirmJoin.
func (o *Ops) ProveInvitation(ctx context.Context, key KeyOffer, code policy.Sealed, address string) (Invited, error) {
	return Invited{}, errors.ErrUnsupported
}

// StartJoin makes the secret that the new colleague's phone takes; nothing is
// stored yet.
func (o *Ops) StartJoin(ctx context.Context, in Invited) (Joining, error) {
	return Joining{}, errors.ErrUnsupported
}

// ConfirmJoin takes a code of the new secret and, in one transaction, registers
// the key, keeps the secret, uses up the invitation and gives ten recovery
// codes. Who joins again loses the old keys and sessions.
func (o *Ops) ConfirmJoin(ctx context.Context, j Joining, code policy.Sealed) (recovery []policy.Sealed, err error) {
	return nil, errors.ErrUnsupported
}
