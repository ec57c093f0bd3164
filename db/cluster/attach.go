package cluster

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"balie/policy"
)

// Attach gives access to the cluster that another program runs on dir.
func Attach(ctx context.Context, dir string) (*Cluster, error) {
	p, err := locate(dir)
	if err != nil {
		return nil, err
	}
	s, err := p.secret()
	c := &Cluster{place: p, secret: s, socketDir: p.socketDir()}
	if err == nil {
		err = c.ping(ctx)
	}
	if err != nil {
		return nil, policy.Errorf(policy.Unavailable, "No balie is running on %s: start it first.", p.dir).Because(err)
	}
	return c, nil
}

// Remove deletes the cluster in dir with all its data, wherever that is kept.
func Remove(ctx context.Context, dir string) error {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	p, lock, err := claim(dir, func(string) {})
	if err != nil {
		return err
	}
	defer lock.Close()
	if err := p.evict(ctx); err != nil {
		return err
	}
	return errors.Join(p.removeSocketDir(), os.RemoveAll(p.home), p.clear())
}

// clear removes by name what this package put into dir, and dir if nothing of
// the caller's is left in it.
func (p place) clear() error {
	for _, name := range []string{"secret", "secret.new", "socket", "location", "lock"} {
		if err := os.Remove(p.file(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if left, err := os.ReadDir(p.dir); err != nil || len(left) > 0 {
		return err
	}
	return os.Remove(p.dir)
}
