// Package clustertest gives tests databases of their own on a real PostgreSQL:
// one cluster per test binary, which ends with it, whatever ends it.
package clustertest

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/db/cluster"
)

// settings trade safety for speed: this data need not survive.
var settings = map[string]string{
	"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off",
	"shared_buffers": "64MB", "max_wal_senders": "0", "wal_level": "minimal",
	"min_wal_size": "32MB", "max_wal_size": "256MB",
}

// server is started by the first test that needs it. Nothing stops it but the
// end of the process, so a panic or a timeout stops it as well.
var server = sync.OnceValues(func() (*cluster.Cluster, error) {
	// Start makes the directory, with the modes that it needs.
	dir := filepath.Join(scratch(), "balie-test-"+rand.Text())
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute) // a fetch, at worst
	defer cancel()
	say := func(s string) { fmt.Fprintln(os.Stderr, "clustertest:", s) }
	return cluster.Start(ctx, cluster.Config{
		Dir: dir, Say: say, Settings: settings, Temporary: true,
	})
})

// scratch is memory if there is plenty: copying a database is hundreds of
// small files, which takes several times as long on a busy disk.
func scratch() string {
	const memory, plenty = "/dev/shm", 4 << 30
	var st syscall.Statfs_t
	if syscall.Statfs(memory, &st) == nil && uint64(st.Bavail)*uint64(st.Bsize) > plenty {
		return memory
	}
	return os.TempDir()
}

// Cluster is the test binary's server.
func Cluster(tb testing.TB) *cluster.Cluster {
	tb.Helper()
	c, err := server()
	if err != nil {
		tb.Fatalf("start PostgreSQL: %v", err)
	}
	return c
}

var templates sync.Map // name to func() error

// Template builds a database once per test binary for New to copy. The build
// function must close its connections: one that is open blocks copying.
func Template(tb testing.TB, name string, build func(ctx context.Context, adminURL string) error) string {
	tb.Helper()
	c := Cluster(tb)
	once, _ := templates.LoadOrStore(name, sync.OnceValue(func() error {
		if err := create(c, name, "template0"); err != nil {
			return err
		}
		return build(context.Background(), c.URL(name, cluster.Superuser))
	}))
	if err := once.(func() error)(); err != nil {
		tb.Fatalf("build template %s: %v", name, err)
	}
	return name
}

// New gives the superuser's URL of a fresh database, a copy of the template
// ("" for an empty one), which is dropped when the test ends.
func New(tb testing.TB, template string) (adminURL string) {
	tb.Helper()
	c := Cluster(tb)
	if template == "" {
		template = "template0"
	}
	name := "test_" + strings.ToLower(rand.Text())
	if err := create(c, name, template); err != nil {
		tb.Fatalf("create database: %v", err)
	}
	tb.Cleanup(func() {
		if err := run(c, "drop database "+name+" with (force)"); err != nil {
			tb.Errorf("drop database: %v", err)
		}
	})
	return c.URL(name, cluster.Superuser)
}

// As is the URL of the same database for another role, which must exist.
func As(tb testing.TB, adminURL, role string) string {
	tb.Helper()
	c := Cluster(tb)
	if err := c.AllowLogin(tb.Context(), role); err != nil {
		tb.Fatal(err)
	}
	u, err := url.Parse(adminURL)
	if err != nil {
		tb.Fatal("parse the admin URL") // not its text, which holds a password
	}
	return c.URL(strings.TrimPrefix(u.Path, "/"), role)
}

func create(c *cluster.Cluster, name, template string) error {
	// Without fsync copying files is quicker than logging every page.
	return run(c, fmt.Sprintf("create database %s template %s strategy file_copy",
		pgx.Identifier{name}.Sanitize(), pgx.Identifier{template}.Sanitize()))
}

func run(c *cluster.Cluster, sql string) error {
	ctx := context.Background() // cleanup runs after the test's own context
	conn, err := pgx.Connect(ctx, c.URL("postgres", cluster.Superuser))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, sql)
	return err
}
