// Package seal closes and opens everything that tells about a person, before
// it reaches PostgreSQL: keys, sealed values, search tokens and signatures.
package seal

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

const keyBytes = 32

// Keyring is what must never reach PostgreSQL, its backups or its logs. It
// lives in one file (mode 0600); whoever loses it loses every record.
type Keyring struct {
	epochs map[int]*epoch
	latest int
	system aead
	mac    []byte
	ledger []byte
	sign   ed25519.PrivateKey
}

// epoch is one generation of the keys that reach into backups: destroying it
// makes every copy wrapped or tokenised under it unreadable (design 5).
type epoch struct {
	kek   aead
	token *tokener
}

// file is the keyring as it is stored; byte slices become base64.
type file struct {
	Version int         `json:"version"`
	Epochs  []fileEpoch `json:"epochs"`
	System  []byte      `json:"system"`
	MAC     []byte      `json:"audit_mac"`
	Ledger  []byte      `json:"ledger"`
	Sign    []byte      `json:"audit_sign_seed"`
}

type fileEpoch struct {
	Epoch int    `json:"epoch"`
	KEK   []byte `json:"kek"`
	Token []byte `json:"token"`
}

func random() []byte {
	b := make([]byte, keyBytes)
	rand.Read(b) // never fails: crypto/rand ends the program instead
	return b
}

// New makes a keyring that is only in memory, for tests.
func New() *Keyring {
	k, err := newFile().keyring()
	if err != nil {
		panic(err) // keys of our own making have the right length
	}
	return k
}

func newFile() file {
	return file{
		Version: 1, Epochs: []fileEpoch{{1, random(), random()}},
		System: random(), MAC: random(), Ledger: random(), Sign: random(),
	}
}

// Create writes a new keyring to path and returns it. An existing file is an
// error: overwriting it would shred every record.
func Create(path string) (*Keyring, error) { return newFile().create(path) }

func (f file) create(path string) (*Keyring, error) {
	data, err := json.MarshalIndent(f, "", " ")
	if err != nil {
		return nil, err
	}
	if err := writeOnce(path, data); err != nil {
		return nil, fmt.Errorf("create keyring: %w", err)
	}
	return f.keyring()
}

// writeOnce links a finished, synced file into place, so that a crash leaves
// either no keyring or a whole one, and never replaces one.
func writeOnce(path string, data []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".keyring-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(data)
	if err := errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	return os.Link(tmp.Name(), path)
}

// Load reads the keyring and refuses one that others can read.
func Load(path string) (*Keyring, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("load keyring: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("keyring %s can be read by others (mode %04o): chmod 600 it, and treat its keys as seen", path, info.Mode().Perm())
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("load keyring: %w", err)
	}
	var f file
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, fmt.Errorf("keyring %s is damaged: restore it from an offline copy: %w", path, err)
	}
	return f.keyring()
}

// LoadOrCreate loads the keyring, or makes it when there is none yet.
func LoadOrCreate(path string) (*Keyring, error) {
	k, err := Load(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Create(path)
	}
	return k, err
}

func (f file) keyring() (*Keyring, error) {
	if f.Version != 1 || len(f.Epochs) == 0 || len(f.Sign) != ed25519.SeedSize || len(f.MAC) != keyBytes || len(f.Ledger) != keyBytes {
		return nil, errors.New("keyring is of an unknown version or incomplete: restore it from an offline copy")
	}
	k := &Keyring{epochs: map[int]*epoch{}, mac: f.MAC, ledger: f.Ledger, sign: ed25519.NewKeyFromSeed(f.Sign)}
	var err error
	if k.system, err = newAEAD(f.System); err != nil {
		return nil, err
	}
	for _, e := range f.Epochs {
		kek, err := newAEAD(e.KEK)
		if err != nil {
			return nil, err
		}
		k.epochs[e.Epoch] = &epoch{kek: kek, token: newTokener(e.Token)}
		k.latest = max(k.latest, e.Epoch)
	}
	return k, nil
}
