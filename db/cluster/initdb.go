package cluster

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"balie/policy"
)

// madeBy is the major version that made the data, 0 if there is none.
func (p place) madeBy() (int, error) {
	text, err := os.ReadFile(filepath.Join(p.data(), "PG_VERSION"))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, p.denied(err)
	}
	return strconv.Atoi(strings.TrimSpace(string(text)))
}

// initdb makes the data beside its final place and renames it there: data
// that has its name is whole, and what a killed initdb left is thrown away.
func (p place) initdb(ctx context.Context, b Binaries, s secret, hasty bool) error {
	fresh := p.data() + ".new"
	if err := os.RemoveAll(fresh); err != nil {
		return err
	}
	password, err := p.lend(s)
	defer os.Remove(password)
	if err != nil {
		return err
	}
	args := []string{
		"-D", fresh, "-U", Superuser, "--pwfile", password, "--auth=scram-sha-256",
		"--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums", "--no-instructions",
	}
	if hasty {
		args = append(args, "--no-sync")
	}
	if out, err := b.Command(ctx, "initdb", args...).CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	return p.adopt(fresh)
}

// adopt refuses to replace anything but an empty directory.
func (p place) adopt(fresh string) error {
	if err := os.Remove(p.data()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return policy.Errorf(policy.Conflict, "%s holds something that is no PostgreSQL data: move it away and start again.", p.data()).Because(err)
	}
	return os.Rename(fresh, p.data())
}
