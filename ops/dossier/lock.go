package dossier

import (
	"archive/zip"
	"bytes"
	"crypto/aes"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	"filippo.io/age"

	"balie/policy"
)

// Lock writes a ZIP so that only its receiver can open it. It may overwrite plain:
// with files in it, that is the most that an answer takes of memory.
type Lock func(w io.Writer, plain []byte) error

// AgeLock is age's encryption, to a public key or a passphrase.
func AgeLock(to age.Recipient) Lock {
	return func(w io.Writer, plain []byte) error {
		enc, err := age.Encrypt(w, to)
		if err != nil {
			return fmt.Errorf("encrypt: %w", err)
		}
		if _, err := enc.Write(plain); err != nil {
			return err
		}
		return enc.Close()
	}
}

// The ZIP is one in another: names of files would stand in the open, and may tell
// something. WinZip's AE-2 with AES-256 is what programs for ZIP read; no library
// that is kept up writes it.
const (
	inside   = "open.zip"
	aeMethod = 99
	aeSalt   = 16
	aeKey    = 32
	aeCheck  = 2
	aeMAC    = 10
	aeRounds = 1000 // of the format; the password is ours and has 125 random bits
)

// aeExtra says AE-2, 256 bits, not compressed.
var aeExtra = []byte{0x01, 0x99, 7, 0, 2, 0, 'A', 'E', 3, 0, 0}

// ZIPLock is a ZIP with a password, which 7-Zip, WinZip, Keka and the like open.
func ZIPLock(password policy.Sealed) Lock {
	return func(w io.Writer, plain []byte) error {
		salt := make([]byte, aeSalt)
		rand.Read(salt)
		k, err := zipKeysOf(password, salt)
		if err != nil {
			return err
		}
		if err := k.crypt(plain); err != nil {
			return err
		}
		return writeLocked(w, len(plain), salt, k.check, plain, k.sum(plain))
	}
}

func writeLocked(w io.Writer, size int, parts ...[]byte) error {
	z := zip.NewWriter(w)
	f, err := z.CreateRaw(&zip.FileHeader{
		Name: inside, Method: aeMethod, Flags: 1, ReaderVersion: 51, Extra: aeExtra,
		CompressedSize64: uint64(size + aeSalt + aeCheck + aeMAC), UncompressedSize64: uint64(size),
	})
	if err != nil {
		return err
	}
	for _, part := range parts {
		if _, err := f.Write(part); err != nil {
			return err
		}
	}
	return z.Close()
}

// zipKeys are what a password and a salt give.
type zipKeys struct{ cipher, mac, check []byte }

func zipKeysOf(password policy.Sealed, salt []byte) (zipKeys, error) {
	k, err := pbkdf2.Key(sha1.New, password.Reveal(), salt, aeRounds, 2*aeKey+aeCheck)
	if err != nil {
		return zipKeys{}, fmt.Errorf("derive the keys of a ZIP: %w", err)
	}
	return zipKeys{k[:aeKey], k[aeKey : 2*aeKey], k[2*aeKey:]}, nil
}

// crypt encrypts in place, and decrypts: the counter counts from 1, its lowest
// byte first, which crypto/cipher does not.
func (k zipKeys) crypt(text []byte) error {
	block, err := aes.NewCipher(k.cipher)
	if err != nil {
		return err
	}
	var counter, pad [aes.BlockSize]byte
	n := uint64(0)
	for part := range slices.Chunk(text, aes.BlockSize) {
		n++
		binary.LittleEndian.PutUint64(counter[:], n)
		block.Encrypt(pad[:], counter[:])
		subtle.XORBytes(part, part, pad[:len(part)])
	}
	return nil
}

func (k zipKeys) sum(body []byte) []byte {
	mac := hmac.New(sha1.New, k.mac)
	mac.Write(body)
	return mac.Sum(nil)[:aeMAC]
}

var errLocked = errors.New("the ZIP does not open: another password, or it is damaged")

// Open opens what ZIPLock wrote and gives the files by name, to check what was
// made.
func Open(data []byte, password policy.Sealed) (map[string][]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	if len(z.File) != 1 || z.File[0].Method != aeMethod {
		return nil, errLocked
	}
	raw, err := z.File[0].OpenRaw()
	if err != nil {
		return nil, err
	}
	locked, err := io.ReadAll(raw)
	if err != nil || len(locked) < aeSalt+aeCheck+aeMAC {
		return nil, errLocked
	}
	plain, err := unlock(locked, password)
	if err != nil {
		return nil, err
	}
	return Files(plain)
}

func unlock(locked []byte, password policy.Sealed) ([]byte, error) {
	k, err := zipKeysOf(password, locked[:aeSalt])
	if err != nil {
		return nil, err
	}
	body, sum := locked[aeSalt+aeCheck:len(locked)-aeMAC], locked[len(locked)-aeMAC:]
	if !hmac.Equal(k.check, locked[aeSalt:aeSalt+aeCheck]) || !hmac.Equal(sum, k.sum(body)) {
		return nil, errLocked
	}
	return body, k.crypt(body)
}
