package ops

import (
	"context"
	"crypto/rsa"
	"strings"

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

// name is what people see of a key beside its fingerprint. SSH does not carry
// the comment of a key.
func (k KeyOffer) name() string {
	kind := strings.TrimPrefix(strings.TrimSuffix(k.Type, "@openssh.com"), "sk-")
	kind = strings.TrimPrefix(kind, "ssh-")
	if strings.HasPrefix(kind, "ecdsa") {
		kind = "ecdsa"
	}
	if strings.HasPrefix(k.Type, "sk-") {
		kind += " on a security key"
	}
	return kind
}

// ListKeys gives a person's keys, removed ones too.
func (o *Ops) ListKeys(ctx context.Context, actor policy.Actor, person int32) (keys []db.Key, err error) {
	err = o.about(ctx, actor, person, func(tx *db.Tx) error {
		keys, err = tx.ListKeys(ctx, person)
		return err
	})
	return keys, err
}

// RemoveKey ends a key's use for good and closes the sessions begun with it.
// closed counts them.
func (o *Ops) RemoveKey(ctx context.Context, actor policy.Actor, key int32, reason text.Line) (closed int, err error) {
	var ended []string
	err = o.act(ctx, actor, policy.KeyRemove, policy.Resource{}, func(tx *db.Tx) error {
		k, err := tx.GetKey(ctx, key)
		if err != nil {
			return err
		}
		tx.About(int64(k.PersonID), "key")
		tx.Detail(k.Fingerprint + ": " + reason.String())
		if err := mayRemove(ctx, tx, k, reason); err != nil {
			return err
		}
		ended, err = tx.RemoveKey(ctx, key)
		return err
	})
	if err != nil {
		return 0, err
	}
	o.closeAll(ended, db.EndKey)
	return len(ended), nil
}

// mayRemove keeps people from locking themselves out, which an admin may do to
// them on purpose.
func mayRemove(ctx context.Context, tx *db.Tx, k db.Key, reason text.Line) error {
	if err := policy.Can(tx.Actor, policy.KeyRemove, policy.Resource{Person: k.PersonID}); err != nil {
		return err
	}
	if k.RemovedAt != nil {
		return policy.Errorf(policy.Conflict, "This key was removed already.")
	}
	if k.PersonID != tx.Actor.ID {
		return needReason(reason)
	}
	all, err := tx.ListKeys(ctx, k.PersonID)
	for _, other := range all {
		if other.ID != k.ID && other.RemovedAt == nil {
			return err
		}
	}
	return orElse(err, policy.Errorf(policy.Denied, "This is your only key: join with a new one first, by an invitation from an admin."))
}

// needReason asks for what the log must tell about an act on others.
func needReason(reason text.Line) error {
	if reason.IsZero() {
		return policy.Errorf(policy.Invalid, "Say why: the reason goes into the log.").On("reason")
	}
	return nil
}
