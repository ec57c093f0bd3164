package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"balie/db"
	"balie/db/cluster"
	"balie/policy"
)

// database is where an installation's rows are.
type database struct {
	loginURL, ownerURL string           // ownerURL may be unknown: ""
	private            *cluster.Cluster // nil with somebody else's server
}

const (
	databaseName = "balie"
	loginRole    = "balie_login"
)

// open reaches the database for serving. The private one, whose owner the
// program is, is migrated first.
func (c config) open(ctx context.Context, say func(string)) (*database, error) {
	if c.DatabaseURL != "" {
		return c.given(), nil
	}
	d, err := c.start(ctx, say)
	if err != nil {
		return nil, err
	}
	if err := d.prepare(ctx); err != nil {
		return nil, errors.Join(err, d.close(ctx))
	}
	return d, nil
}

// join reaches it for an operator's command, and changes nothing: a balie that
// is running goes on, and a schema stays as it is.
func (c config) join(ctx context.Context, say func(string)) (*database, error) {
	if c.DatabaseURL != "" {
		return c.given(), nil
	}
	if private, err := cluster.Attach(ctx, c.clusterDir()); err == nil {
		return attached(private), nil
	}
	return c.start(ctx, say)
}

func (c config) given() *database {
	return &database{loginURL: c.DatabaseURL, ownerURL: c.OwnerURL}
}

// start starts the private PostgreSQL.
func (c config) start(ctx context.Context, say func(string)) (*database, error) {
	if err := makeData(c.Data); err != nil {
		return nil, err
	}
	private, err := cluster.Start(ctx, cluster.Config{Dir: c.clusterDir(), Say: say})
	if err != nil {
		return nil, err
	}
	return attached(private), nil
}

func (c config) clusterDir() string { return filepath.Join(c.Data, "postgres") }

// makeData makes the data directory. PostgreSQL, which won't run as root, must
// be able to pass through root's.
func makeData(dir string) error {
	mode := os.FileMode(0o700)
	if os.Geteuid() == 0 {
		mode = 0o711
	}
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	if err := os.MkdirAll(dir, mode); err != nil {
		return policy.Errorf(policy.Denied, "The directory %s can't be made: choose another one.", dir).Because(err)
	}
	return os.Chmod(dir, mode)
}

func attached(c *cluster.Cluster) *database {
	return &database{c.URL(databaseName, loginRole), c.URL(databaseName, cluster.Superuser), c}
}

// prepare brings the schema up to date; a private database is made first.
func (d *database) prepare(ctx context.Context) error {
	if d.private == nil {
		return db.Migrate(ctx, d.ownerURL)
	}
	if err := d.create(ctx); err != nil {
		return err
	}
	if err := db.Migrate(ctx, d.ownerURL); err != nil {
		return err
	}
	return d.private.AllowLogin(ctx, loginRole)
}

func (d *database) create(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, d.private.URL("postgres", cluster.Superuser))
	if err != nil {
		return fmt.Errorf("create database: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	_, err = conn.Exec(ctx, "create database "+databaseName)
	const exists = "42P04"
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok && pg.Code == exists {
		return nil
	}
	return err
}

// ended is closed when the private server has; never with another's.
func (d *database) ended() <-chan struct{} {
	if d.private == nil {
		return nil
	}
	return d.private.Done()
}

// stopTime is how long PostgreSQL may take to write down what it holds.
const stopTime = time.Minute

// close stops the private server, also when ctx has ended: that may be why.
func (d *database) close(ctx context.Context) error {
	if d.private == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
	defer cancel()
	return d.private.Stop(ctx)
}

// owner is the owner's URL, which some commands can't do without.
func (d *database) owner() (string, error) {
	if d.ownerURL == "" {
		return "", policy.Errorf(policy.Invalid, "Set BALIE_OWNER_URL_FILE, or BALIE_OWNER_URL, to the database's URL as its owner.")
	}
	return d.ownerURL, nil
}
