package server

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	gossh "golang.org/x/crypto/ssh"
)

// HostKey loads the server's key, or makes one when there is none. A key that
// others can read is refused: whoever has it can pose as this server.
func HostKey(path string) (gossh.Signer, error) {
	key, err := loadHostKey(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err = createHostKey(path); err == nil || errors.Is(err, fs.ErrExist) {
			key, err = loadHostKey(path)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("host key: %w", err)
	}
	return key, nil
}

func loadHostKey(path string) (gossh.Signer, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("%s can be read by others: chmod 600 it", path)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	key, err := gossh.ParsePrivateKey(data)
	if err != nil {
		return nil, err
	}
	if key.PublicKey().Type() != gossh.KeyAlgoED25519 {
		return nil, fmt.Errorf("%s is no ed25519 key", path)
	}
	return key, nil
}

// createHostKey links a finished file into place, so that a crash leaves no
// half key and two servers that start at once agree on one.
func createHostKey(path string) error {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	block, err := gossh.MarshalPrivateKey(private, "balie")
	if err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), ".hostkey-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) //nolint:errcheck // after the link it is only a second name
	if err := errors.Join(pem.Encode(tmp, block), tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	return os.Link(tmp.Name(), path)
}
