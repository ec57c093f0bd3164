package ops

import (
	"context"
	"errors"
	"time"

	"balie/policy"
	"balie/policy/text"
)

// JoinLogin is the login name of those who come with an invitation.
const JoinLogin = "join"

// Claim is what an offered key and a login name may turn into. The zero
// PersonID means nobody: every path treats it alike, in words and in time.
type Claim struct {
	PersonID, KeyID    int32
	Login, Fingerprint string
	KeyName            text.Line
	Joining            bool // the login name was JoinLogin: go on with ProveInvitation
}

// Proof says that a key and a code were proven together. Only ProveCode makes
// one; it serves one sign-in within a few minutes.
type Proof struct {
	claim    Claim
	recovery bool
	at       time.Time
}

// PersonID is who proved it.
func (p Proof) PersonID() int32 { return p.claim.PersonID }

// SessionInfo is what the server knows of a session that begins. ID is unique
// for ever and no secret.
type SessionInfo struct{ ID, Address, Node string }

// Welcome is what a person is told after signing in.
type Welcome struct {
	LastAt   time.Time // zero the first time
	LastFrom string
	LastKey  text.Line
	KeyName  text.Line        // of this session
	Language string           // "" when the person has not chosen
	Notices  []policy.Message // about the own account, since last time
}

// Recognise looks up whose an offered key is, if it may sign in under login.
// It remembers nothing: an offered key is not yet a used one.
func (o *Ops) Recognise(ctx context.Context, login string, key KeyOffer) (Claim, error) {
	return Claim{}, errors.ErrUnsupported
}

// ProveCode checks the second factor: a TOTP code or a recovery code. Call it
// only after the key's signature was verified.
func (o *Ops) ProveCode(ctx context.Context, claim Claim, code policy.Sealed, address string) (Proof, error) {
	return Proof{}, errors.ErrUnsupported
}

// BeginSession writes the session and gives the actor in the first held role.
func (o *Ops) BeginSession(ctx context.Context, proof Proof, info SessionInfo) (policy.Actor, Welcome, error) {
	return policy.Actor{}, Welcome{}, errors.ErrUnsupported
}

// EndSession notes that a session is over and why. A session that was ended
// already, by a revocation, stays as it is.
func (o *Ops) EndSession(ctx context.Context, session, reason string) error {
	return errors.ErrUnsupported
}

// Roles reads the actor's roles anew, after Live.Changed: the role worn stays
// if it is still held, else the first held one is put on. Denied when none is.
func (o *Ops) Roles(ctx context.Context, actor policy.Actor) (policy.Actor, error) {
	return actor, errors.ErrUnsupported
}
