package clustertest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"balie/db/cluster"
)

// Faked is a server of the test's own whose clock the test sets. The clock runs
// on from there. Go's own clock is not touched.
type Faked struct {
	*cluster.Cluster
	offset string // file from which every process of the server reads it
}

// Fake starts one under libfaketime, which it finds on the system or fetches
// like PostgreSQL itself; the test is skipped when there is neither.
func Fake(tb testing.TB) *Faked {
	tb.Helper()
	lib, err := faketime(tb.Context())
	if err != nil {
		tb.Skipf("no libfaketime: %v", err)
	}
	dir, err := os.MkdirTemp("", "balie-faketime-") // not tb.TempDir: the server's account must get in
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { os.RemoveAll(dir) })
	f := &Faked{offset: filepath.Join(dir, "offset")}
	if err := os.Chmod(dir, 0o755); err != nil {
		tb.Fatal(err)
	}
	f.Set(tb, time.Now())
	f.Cluster, err = cluster.Start(tb.Context(), cluster.Config{
		Dir: filepath.Join(scratch(), "balie-faked-"+rand.Text()), Settings: settings, Temporary: true,
		Env: []string{
			"LD_PRELOAD=" + lib, "FAKETIME_TIMESTAMP_FILE=" + f.offset, "FAKETIME_NO_CACHE=1",
			"FAKETIME_DONT_FAKE_MONOTONIC=1", // or the server would sleep wrongly
		},
	})
	if err != nil {
		tb.Fatalf("start PostgreSQL under faketime: %v", err)
	}
	tb.Cleanup(func() { _ = f.Stop(context.WithoutCancel(tb.Context())) }) // it ends with the binary at the latest
	return f
}

// Set puts the server's clock.
func (f *Faked) Set(tb testing.TB, now time.Time) {
	tb.Helper()
	text := fmt.Sprintf("%+.6f\n", time.Until(now).Seconds())
	fresh := f.offset + ".new"
	if err := os.WriteFile(fresh, []byte(text), 0o644); err != nil {
		tb.Fatal(err)
	}
	if err := os.Rename(fresh, f.offset); err != nil { // at once, for all who read it
		tb.Fatal(err)
	}
}

// faketime gives the library's path.
func faketime(ctx context.Context) (string, error) {
	const where = "/usr/lib/*/faketime/libfaketimeMT.so.1"
	cache := filepath.Join(cluster.CacheDir(), "faketime")
	for _, glob := range []string{where, cache + where} {
		if found, _ := filepath.Glob(glob); len(found) > 0 {
			return found[0], nil
		}
	}
	work, err := os.MkdirTemp("", "balie-fetch-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(work)
	if err := fetch(ctx, work, cache); err != nil {
		return "", err
	}
	if found, _ := filepath.Glob(cache + where); len(found) > 0 {
		return found[0], nil
	}
	return "", errors.New("the package holds none")
}

func fetch(ctx context.Context, work, into string) error {
	get := exec.CommandContext(ctx, "apt-get", "download", "libfaketime")
	get.Dir = work
	if out, err := get.CombinedOutput(); err != nil {
		return fmt.Errorf("apt-get: %w: %s", err, out)
	}
	debs, err := filepath.Glob(filepath.Join(work, "*.deb"))
	if err != nil || len(debs) != 1 {
		return fmt.Errorf("%d packages arrived instead of 1", len(debs))
	}
	if err := os.MkdirAll(into, 0o755); err != nil {
		return err
	}
	return exec.CommandContext(ctx, "dpkg-deb", "--extract", debs[0], into).Run()
}
