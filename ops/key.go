package ops

import (
	"context"
	"crypto/rsa"
	"errors"

	"golang.org/x/crypto/ssh"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// KeyOffer is a public key that somebody holds or says to hold.
type KeyOffer struct {
	Type        string
	Bits        int // of an RSA key
	Fingerprint string
	Authorized  string // as in authorized_keys
}

// Offer reads an SSH public key.
func Offer(key ssh.PublicKey) KeyOffer {
	return KeyOffer{
		Type: key.Type(), Bits: rsaBits(key),
		Fingerprint: ssh.FingerprintSHA256(key),
		Authorized:  string(ssh.MarshalAuthorizedKey(key)),
	}
}

func rsaBits(key ssh.PublicKey) int {
	if c, ok := key.(ssh.CryptoPublicKey); ok {
		if k, ok := c.CryptoPublicKey().(*rsa.PublicKey); ok {
			return k.N.BitLen()
		}
	}
	return 0
}

// ListKeys gives a person's keys, removed ones too.
func (o *Ops) ListKeys(ctx context.Context, actor policy.Actor, person int32) ([]db.Key, error) {
	return nil, errors.ErrUnsupported
}

// RemoveKey ends a key's use for good and closes the sessions begun with it.
func (o *Ops) RemoveKey(ctx context.Context, actor policy.Actor, key int32, reason text.Line) (closed int, err error) {
	return 0, errors.ErrUnsupported
}
