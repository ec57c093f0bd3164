package cluster

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// cached looks in the cache and fills it if need be. One process at a time
// works there; what it makes appears by a rename, so it is whole or absent.
func (f finder) cached(ctx context.Context) (Binaries, error) {
	root := filepath.Join(f.cache, "postgresql")
	if b, ok := f.unpacked(ctx, root); ok {
		return b, nil
	}
	if !haveApt() {
		return Binaries{}, f.missing(nil)
	}
	if err := f.openCache(); err != nil {
		return Binaries{}, f.missing(err)
	}
	lock, err := waitLock(ctx, filepath.Join(f.cache, "lock"), func() {
		f.say("Waiting for another balie, which is fetching PostgreSQL.")
	})
	if err != nil {
		return Binaries{}, f.missing(err)
	}
	defer lock.Close()
	return f.fill(ctx, root)
}

func haveApt() bool {
	for _, name := range []string{"apt-get", "apt-cache", "dpkg-deb"} {
		if _, err := exec.LookPath(name); err != nil {
			return false
		}
	}
	return true
}

// openCache makes the cache a directory that the server's account can reach.
func (f finder) openCache() error {
	mode := os.FileMode(0o700)
	if f.as.switched {
		mode = 0o755
	}
	if err := makeDir(f.cache, mode); err != nil {
		return err
	}
	if !f.as.reaches(f.cache) {
		return fmt.Errorf("the server's account cannot reach %s", f.cache)
	}
	return nil
}

// fill runs under the lock; whoever held it before may have done the work.
func (f finder) fill(ctx context.Context, root string) (Binaries, error) {
	if b, ok := f.unpacked(ctx, root); ok {
		return b, nil
	}
	work, err := f.workDir()
	if err != nil {
		return Binaries{}, f.missing(err)
	}
	defer os.RemoveAll(work)
	fresh := filepath.Join(work, "root")
	if err := f.fetch(ctx, work, fresh); err != nil {
		return Binaries{}, f.missing(err)
	}
	if _, ok := f.unpacked(ctx, fresh); !ok {
		return Binaries{}, f.missing(fmt.Errorf("the fetched server does not run"))
	}
	return f.publish(ctx, fresh, root)
}

// workDir is new each time: what a killed fetch left is swept away, but its
// apt may still be writing there.
func (f finder) workDir() (string, error) {
	old, _ := filepath.Glob(filepath.Join(f.cache, "partial-*"))
	for _, dir := range old {
		os.RemoveAll(dir) // if that fails the next fetch tries again
	}
	dir, err := os.MkdirTemp(f.cache, "partial-")
	if err != nil {
		return "", err
	}
	return dir, os.Chmod(dir, 0o755)
}

func (f finder) publish(ctx context.Context, fresh, root string) (Binaries, error) {
	if err := os.RemoveAll(root); err != nil {
		return Binaries{}, err
	}
	if err := os.Rename(fresh, root); err != nil {
		return Binaries{}, err
	}
	b, ok := f.unpacked(ctx, root)
	if !ok {
		return b, f.missing(fmt.Errorf("the server in %s does not run", root))
	}
	f.say("PostgreSQL is ready in " + root + "; nothing was installed.")
	return b, nil
}

// fetch tries with the system's package lists first. They may be absent or so
// old that the mirror has dropped what they name; then it reads lists of its
// own, which needs no root.
func (f finder) fetch(ctx context.Context, work, root string) error {
	f.say("PostgreSQL is not installed; fetching the distribution's packages into " + f.cache + ".")
	a := apt{work: work}
	if f.download(ctx, a, root) == nil {
		return nil
	}
	f.say("The system's package lists are missing or too old; reading fresh ones, also into " + f.cache + ".")
	if err := a.private(); err != nil {
		return err
	}
	if _, err := a.run(ctx, "apt-get", "update"); err != nil {
		return err
	}
	return f.download(ctx, a, root)
}

func (f finder) download(ctx context.Context, a apt, root string) error {
	packages, err := a.packages(ctx, f.major)
	if err != nil {
		return err
	}
	f.say(fmt.Sprintf("Fetching %d packages: %s.", len(packages), strings.Join(packages, ", ")))
	if _, err := a.run(ctx, "apt-get", append([]string{"download"}, packages...)...); err != nil {
		return err
	}
	return a.unpack(ctx, len(packages), root)
}
