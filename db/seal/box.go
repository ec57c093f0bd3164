package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"errors"
	"fmt"
)

// aead is AES-256-GCM with a random nonce in front of each ciphertext.
type aead struct{ cipher.AEAD }

func newAEAD(key []byte) (aead, error) {
	if len(key) != keyBytes {
		return aead{}, fmt.Errorf("seal: a key of %d bytes, want %d", len(key), keyBytes)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return aead{}, err
	}
	gcm, err := cipher.NewGCMWithRandomNonce(block)
	return aead{gcm}, err
}

func (a aead) seal(aad, plain []byte) []byte {
	return a.Seal(make([]byte, 0, len(plain)+a.Overhead()), nil, plain, aad)
}

// ErrOpen says that a value was sealed under another key, belongs elsewhere,
// or was changed; which of these can't be told.
var ErrOpen = errors.New("sealed value does not open: wrong key, moved or damaged")

func (a aead) open(aad, sealed []byte) ([]byte, error) {
	plain, err := a.Open(nil, nil, sealed, aad)
	if err != nil {
		return nil, ErrOpen
	}
	return plain, nil
}

// aad binds a value to its place ("customers.head") and its owner's id, so
// that a row copied over another does not open.
func aad(place string, id int64) []byte {
	return binary.BigEndian.AppendUint64([]byte(place), uint64(id))
}

// DataKey is one data subject's own key; without it nothing of the subject
// can be read, which is what makes erasure reach every copy.
type DataKey struct {
	aead    aead
	subject int64
}

// Wrapped is a data key as PostgreSQL keeps it.
type Wrapped struct {
	Epoch int
	Key   []byte
}

const keyPlace = "subject_keys.wrapped"

func (k *Keyring) keyAAD(subject int64, epoch int) []byte {
	return binary.BigEndian.AppendUint32(aad(keyPlace, subject), uint32(epoch))
}

// NewKey makes a data key for a new subject, wrapped under the latest epoch.
func (k *Keyring) NewKey(subject int64) (DataKey, Wrapped) {
	raw := random()
	inner, err := newAEAD(raw)
	if err != nil {
		panic(err) // raw has the right length
	}
	return DataKey{inner, subject}, k.wrap(subject, raw)
}

func (k *Keyring) wrap(subject int64, raw []byte) Wrapped {
	return Wrapped{k.latest, k.epochs[k.latest].kek.seal(k.keyAAD(subject, k.latest), raw)}
}

// Unwrap opens a subject's data key.
func (k *Keyring) Unwrap(subject int64, w Wrapped) (DataKey, error) {
	e, ok := k.epochs[w.Epoch]
	if !ok {
		return DataKey{}, fmt.Errorf("seal: epoch %d was destroyed: %w", w.Epoch, ErrOpen)
	}
	raw, err := e.kek.open(k.keyAAD(subject, w.Epoch), w.Key)
	if err != nil {
		return DataKey{}, err
	}
	inner, err := newAEAD(raw)
	return DataKey{inner, subject}, err
}

// Seal closes plain for one place, such as "customers.head".
func (d DataKey) Seal(place string, plain []byte) []byte {
	return d.aead.seal(aad(place, d.subject), plain)
}

// Open is the inverse of Seal; ErrOpen when anything differs.
func (d DataKey) Open(place string, sealed []byte) ([]byte, error) {
	return d.aead.open(aad(place, d.subject), sealed)
}

// Seal closes what belongs to the installation rather than to a customer: TOTP
// secrets, staff names. id binds it to its row; 0 where the row has none yet.
func (k *Keyring) Seal(place string, id int64, plain []byte) []byte {
	return k.system.seal(aad(place, id), plain)
}

// Open is the inverse of Seal.
func (k *Keyring) Open(place string, id int64, sealed []byte) ([]byte, error) {
	return k.system.open(aad(place, id), sealed)
}
