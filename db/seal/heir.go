package seal

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
)

// LedgerKey is the key of Digest, which a new installation takes over with an
// archive: codes and the list of those who must not come back were kept as
// digests, and would be recognised by no other key.
func (k *Keyring) LedgerKey() []byte { return append([]byte(nil), k.ledger...) }

// CreateHeir is Create for an installation that goes on where another one
// ended: all keys are new but the ledger's.
func CreateHeir(path string, ledger []byte) (*Keyring, error) {
	f := newFile()
	f.Ledger = ledger
	return f.create(path)
}

// NewHeir is CreateHeir in memory, for tests.
func NewHeir(ledger []byte) (*Keyring, error) {
	f := newFile()
	f.Ledger = ledger
	return f.keyring()
}

// Family makes a new data key for each subject of an import, and the same one
// when asked again: millions of keys need neither be kept nor looked up. The
// secret that they come from is random and never leaves the process.
type Family struct {
	ring   *Keyring
	secret []byte
}

// NewFamily starts one.
func (k *Keyring) NewFamily() Family { return Family{k, random()} }

func (f Family) raw(subject int64) []byte {
	h := hmac.New(sha256.New, f.secret)
	_ = binary.Write(h, binary.BigEndian, subject) // a hash takes all
	return h.Sum(nil)
}

// Key is a subject's data key.
func (f Family) Key(subject int64) DataKey {
	inner, err := newAEAD(f.raw(subject))
	if err != nil {
		panic(err) // the hash has the right length
	}
	return DataKey{inner, subject}
}

// Wrap is the subject's data key as PostgreSQL keeps it.
func (f Family) Wrap(subject int64) Wrapped { return f.ring.wrap(subject, f.raw(subject)) }
