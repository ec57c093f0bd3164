// Package cluster runs a private PostgreSQL: its programs found or fetched, its
// data in a directory of ours, reachable through a unix socket only, stopped
// when the program stops and recovered when it was killed.
package cluster

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"sync"

	"github.com/jackc/pgx/v5/pgconn"

	"balie/policy"
)

// Config says where a cluster lives. The zero value of all but Dir will do.
type Config struct {
	Dir      string            // the cluster's own directory
	Cache    string            // for fetched binaries; CacheDir() if empty
	Say      func(string)      // told, in sentences, what takes long or is unexpected
	Settings map[string]string // PostgreSQL settings over balie's own; they show in ps, so no secrets
	Env      []string          // of the server, over balie's own
	// Temporary clusters are stopped at once, without a checkpoint, and their
	// Dir is removed, also when the program is killed.
	Temporary bool
}

// Cluster is a running server.
type Cluster struct {
	Binaries  Binaries // the server's own version, for pg_dump and psql
	place     place
	secret    secret
	socketDir string
	pipe      *os.File
	done      chan struct{}
	stop      sync.Once
}

// Start makes the data on first use, starts the server and waits until it lets
// people in. What an earlier, killed run left is cleaned up. Of two programs
// on one Dir the second gets a Conflict.
//
// A server that ends while it recovers is started once more. When it was
// killed while a transaction had made an unlogged table (as a rebuild of search
// does), the backend left an empty file of that table, recovery makes the
// table's initial file again and then gives up, since it finds the empty one:
// "could not create file: File exists". The next start sees both, and clears up.
func Start(ctx context.Context, cfg Config) (*Cluster, error) {
	if cfg.Say == nil {
		cfg.Say = func(string) {}
	}
	c, err := start(ctx, cfg)
	if errors.Is(err, errEnded) && !cfg.Temporary {
		cfg.Say("PostgreSQL did not recover in one go: starting it once more.")
		c, err = start(ctx, cfg)
	}
	return c, err
}

func start(ctx context.Context, cfg Config) (*Cluster, error) {
	p, lock, err := claim(cfg.Dir, cfg.Say)
	if err != nil {
		return nil, err
	}
	c, err := p.prepare(ctx, cfg)
	if err == nil {
		err = c.launch(cfg, lock)
	}
	if err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	if err := c.ready(ctx); err != nil {
		return nil, errors.Join(c.failed(err), c.Stop(context.WithoutCancel(ctx)))
	}
	return c, nil
}

// claim makes Dir ready and locks it for this program.
func claim(dir string, say func(string)) (place, *os.File, error) {
	p, err := locate(dir)
	if err != nil {
		return p, nil, err
	}
	if err := p.settle(say); err != nil {
		return p, nil, err
	}
	lock, err := tryLock(p.file("lock"))
	if errors.Is(err, errLocked) {
		err = policy.Errorf(policy.Conflict, "Another balie is running on %s: stop it first, or choose another directory.", p.dir)
	} else if err != nil {
		err = p.denied(err)
	}
	return p, lock, err
}

// prepare brings the place to where a server can be started in it.
func (p place) prepare(ctx context.Context, cfg Config) (*Cluster, error) {
	if err := p.evict(ctx); err != nil {
		return nil, err
	}
	major, err := p.madeBy()
	if err != nil {
		return nil, err
	}
	f := newFinder(cmp.Or(cfg.Cache, CacheDir()), cfg.Say, p.as)
	f.major = major
	b, err := f.find(ctx)
	if err != nil {
		return nil, err
	}
	s, err := p.makeSecret()
	if err != nil {
		return nil, p.denied(err)
	}
	if major == 0 {
		cfg.Say("Making a database in " + p.data() + ".")
		if err := p.initdb(ctx, b, s, cfg.Settings["fsync"] == "off"); err != nil {
			return nil, err
		}
	}
	dir, err := p.makeSocketDir()
	return &Cluster{Binaries: b, place: p, secret: s, socketDir: dir, done: make(chan struct{})}, err
}

func (c *Cluster) failed(cause error) error {
	if pg, ok := errors.AsType[*pgconn.PgError](cause); ok && pg.Code == "28P01" {
		return policy.Errorf(policy.Denied, "The database does not accept the password that belongs to %s: put the right file back.", c.place.file("secret")).Because(cause)
	}
	return policy.Errorf(policy.Unavailable, "PostgreSQL did not start: its log %s says why.", c.place.log()).Because(cause)
}

// URL is a connection string for pgx. It holds the role's password: keep it out
// of logs and arguments. Roles other than Superuser need AllowLogin first.
func (c *Cluster) URL(database, role string) string {
	return c.secret.url(c.socketDir, database, role)
}

// Done is closed when the server has ended, for whatever reason.
func (c *Cluster) Done() <-chan struct{} { return c.done }

// Stop shuts the server down and waits until it has ended; clients are
// disconnected, what they committed is kept. It may be called again, and on a
// cluster from Attach it does nothing.
func (c *Cluster) Stop(ctx context.Context) error {
	if c.pipe == nil {
		return nil
	}
	c.stop.Do(func() { c.pipe.Close() })
	select {
	case <-c.done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("stop PostgreSQL: %w", ctx.Err())
	}
}
