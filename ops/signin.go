package ops

import (
	"context"
	"fmt"
	"time"

	"balie/db"
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
// one; it serves the sessions of one connection.
type Proof struct {
	claim    Claim
	recovery bool
	at       time.Time
}

// PersonID is who proved it.
func (p Proof) PersonID() int32 { return p.claim.PersonID }

// KeyName is the name of the key that was used.
func (p Proof) KeyName() text.Line { return p.claim.KeyName }

// Recognise looks up whose an offered key is, if it may sign in under login.
// It remembers nothing: an offered key is not yet a used one.
func (o *Ops) Recognise(ctx context.Context, login string, key KeyOffer) (Claim, error) {
	claim := Claim{Login: login, Fingerprint: key.Fingerprint, Joining: login == JoinLogin}
	h, err := o.Store.Holder(ctx, login, key.Fingerprint)
	if err != nil {
		return Claim{}, fmt.Errorf("recognise: %w", err)
	}
	claim.PersonID, claim.KeyID, claim.KeyName = h.PersonID, h.KeyID, text.New(h.KeyName)
	return claim, nil
}

// errCode is the one answer to a code that is not accepted, whoever asks and
// whyever.
func errCode() error {
	return policy.Errorf(policy.Denied, "That code is not accepted: use a new one; after several wrong ones, wait a few minutes.")
}

// ProveCode checks the second factor: a TOTP code or a recovery code. Call it
// only after the key's signature was verified, so that nobody can use up
// another's tries.
func (o *Ops) ProveCode(ctx context.Context, claim Claim, code policy.Sealed, address string) (Proof, error) {
	proof, used, answer := Proof{claim: claim}, false, time.After(refusalTime)
	limited := o.codes.full(address)
	err := o.act(ctx, door(""), policy.SignInCode, policy.Resource{}, func(tx *db.Tx) (err error) {
		tx.About(int64(claim.PersonID))
		tx.Detail(fmt.Sprintf("from %s with key %s", address, claim.Fingerprint))
		proof.at, proof.recovery = tx.Now, !isTOTP(code)
		used, err = tryCode(ctx, tx, claim.PersonID, code, limited)
		if !used {
			tx.Refuse(policy.SignInBad)
		}
		return err
	})
	if err != nil {
		return Proof{}, err
	}
	if !used {
		o.countWrong(claim, address)
		<-answer
		return Proof{}, errCode()
	}
	return proof, nil
}

// refusalTime is when a refusal is answered: counting a real person's failure
// takes longer than finding that there is nobody, by a millisecond that tells.
const refusalTime = 20 * time.Millisecond

// countWrong spares an address the tries for nobody: they guess nothing, and
// would let anyone block the colleagues behind the same address.
func (o *Ops) countWrong(claim Claim, address string) {
	if claim.PersonID != 0 {
		o.codes.fail(address)
	}
}

// door is the program letting somebody in; session is for the log.
func door(session string) policy.Actor {
	a := policy.System(policy.Door)
	a.Session = session
	return a
}

// tryCode uses up a code of the person, or counts a failure. Who is nobody, or
// has to wait, goes the same way with the same statements, which find nothing.
func tryCode(ctx context.Context, tx *db.Tx, person int32, code policy.Sealed, limited bool) (used bool, err error) {
	f, known, err := tx.Factor(ctx, person)
	if err != nil {
		return false, err
	}
	if !known {
		f.Secret = policy.Seal(nobodysSecret)
	}
	if !known || limited || tx.Now.Before(f.NextTry) {
		person = 0
	}
	if step := matchStep(f.Secret, code, tx.Now); isTOTP(code) {
		used, err = tx.UseStep(ctx, person, step)
	} else {
		used, err = tx.UseRecovery(ctx, person, typed(code))
	}
	if err != nil || used {
		return used, err
	}
	return false, tx.Fail(ctx, person, policy.WaitAfter(f.Failures+1))
}
