package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"os"

	"balie/db"
	"balie/db/seal"
	"balie/ops"
	"balie/policy"
	"balie/server"
)

type serveCommand struct{}

// Help says what the environment may hold.
func (serveCommand) Help() string {
	return `BALIE_DATA               directory for all files whose place is not given (/var/lib/balie)
BALIE_DATABASE_URL_FILE  file with the database's URL as balie_login; without it, nor
                         BALIE_DATABASE_URL, a private PostgreSQL runs in BALIE_DATA
BALIE_KEYRING            the keyring (BALIE_DATA/keyring.json)
BALIE_HOST_KEY           the SSH host key (BALIE_DATA/host_key)
BALIE_HEADS              heads of the log, best on another disk (BALIE_DATA/heads)
BALIE_HEADS_LOG          true: tell each head in the output as well, for a journal kept elsewhere
BALIE_LISTEN             where to listen (:2222)
BALIE_COUNTRY            the organisation's country (NL)
BALIE_NODE               this process's name among several (the host's name)
BALIE_METRICS            where to answer /healthz and /metrics, on this machine only`
}

// Run serves until a signal comes.
func (serveCommand) Run(ctx context.Context) error {
	log := slog.New(slog.NewJSONHandler(os.Stderr, nil))
	c, err := fromEnvironment()
	if err != nil {
		return err
	}
	keys, err := c.loadKeys()
	if err != nil {
		return err
	}
	d, err := c.open(ctx, func(s string) { log.Info(s) })
	if err != nil {
		return err
	}
	err = c.serve(ctx, d, keys, log)
	return errors.Join(err, d.close(ctx))
}

func (c config) serve(ctx context.Context, d *database, keys *seal.Keyring, log *slog.Logger) error {
	l, err := listen(c.Listen)
	if err != nil {
		return err
	}
	defer l.Close()
	store, err := db.Open(d.loginURL, keys)
	if err != nil {
		return err
	}
	defer store.Close()
	n, err := c.node(store, d, log)
	if err != nil {
		return err
	}
	if err := mendSearch(ctx, store, func(done, total int64) {
		phase := "customers"
		if done >= total {
			phase = "indexes" // what comes after the last customer
		}
		log.Info("search is being rebuilt", "phase", phase, "done", done, "total", total)
	}); err != nil {
		return err
	}
	n.ready = func() { log.Info("ready", "address", l.Addr().String()) }
	return n.run(ctx, l)
}

// node wires the parts over an open store.
func (c config) node(store *db.Store, d *database, log *slog.Logger) (*node, error) {
	hostKey, err := server.HostKey(c.HostKey)
	if err != nil {
		return nil, err
	}
	o := ops.New(store, log)
	o.Country, o.Heads, o.Node = c.Country, c.Heads, c.Node
	o.HeadsLog = c.HeadsLog
	return &node{
		ops: o, hostKey: hostKey, log: log, name: c.Node, metrics: c.Metrics,
		ended: d.ended(), ready: func() {},
	}, nil
}

// mendSearch rebuilds the derived rows, which a crash has emptied.
func mendSearch(ctx context.Context, store *db.Store, show func(done, total int64)) error {
	whole, err := store.SearchReady(ctx)
	if err != nil || whole {
		return err
	}
	return store.RebuildSearch(ctx, show)
}

// loadKeys never makes a keyring: beside an existing database an empty one
// would look like a loss of all.
func (c config) loadKeys() (*seal.Keyring, error) {
	keys, err := seal.Load(c.Keyring)
	if errors.Is(err, os.ErrNotExist) {
		return nil, policy.Errorf(policy.Absent, "There is no keyring %s: put back an offline copy, or run balie init if this installation is new.", c.Keyring)
	}
	return keys, err
}

func listen(address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, policy.Errorf(policy.Unavailable, "Can't listen on %s: another program may; choose another address.", address).Because(err)
	}
	return l, nil
}
