package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/db"
	"balie/db/cluster"
	"balie/db/migrations"
)

// database checks what is in the database.
func (e *examination) database(ctx context.Context, c config, d *database) {
	conn, err := pgx.Connect(ctx, d.loginURL)
	e.note("the serving login connects", err)
	if err == nil {
		defer conn.Close(context.WithoutCancel(ctx))
		e.note("the serving login is "+loginRole, servingLogin(ctx, conn))
		e.note("PostgreSQL is new enough", newEnough(ctx, conn))
		e.note("the clocks of host and database agree", clocks(ctx, conn))
		e.logReaders(ctx, conn)
	}
	e.lint(ctx, d.loginURL)
	e.derived(ctx, c, d)
	if d.ownerURL == "" {
		e.skip("schema, keyring against database", "BALIE_OWNER_URL_FILE is not set")
		return
	}
	e.note("the schema is this program's", schemaFits(ctx, d.ownerURL))
	if keys, err := c.loadKeys(); err == nil {
		e.note("the keyring is this database's", db.Fits(ctx, d.ownerURL, keys))
	}
}

// lint prints each weakness of the rules in the database by itself.
func (e *examination) lint(ctx context.Context, url string) {
	weak, err := db.Lint(ctx, url)
	for _, w := range weak {
		err = errors.Join(err, errors.New(w))
	}
	e.note("roles, and forced row security on every table", err)
}

// derived checks what is rebuilt from the sealed rows.
func (e *examination) derived(ctx context.Context, c config, d *database) {
	keys, err := c.loadKeys()
	if err != nil {
		return // said already
	}
	store, err := db.Open(d.loginURL, keys)
	if err != nil {
		e.note("search is whole", err)
		return
	}
	defer store.Close()
	whole, err := store.SearchReady(ctx)
	if err == nil && !whole {
		err = errors.New("search rows are missing, as after a crash: restart balie serve, which rebuilds them")
	}
	e.note("search is whole", err)
}

func servingLogin(ctx context.Context, conn *pgx.Conn) error {
	var who string
	if err := conn.QueryRow(ctx, `select session_user`).Scan(&who); err != nil || who == loginRole {
		return err
	}
	return fmt.Errorf("the database's URL connects as %s: use %s, which holds no right itself", who, loginRole)
}

func newEnough(ctx context.Context, conn *pgx.Conn) error {
	var version int
	if err := conn.QueryRow(ctx, `select current_setting('server_version_num')::int`).Scan(&version); err != nil {
		return err
	}
	if major := version / 10000; major < cluster.Oldest {
		return fmt.Errorf("it is %d: upgrade it to %d or newer", major, cluster.Oldest)
	}
	return nil
}

const maxSkew = 5 * time.Second

// clocks compares the database's clock, which counts for codes and due times,
// with this host's: one that is wrong is noticed so unless both are.
func clocks(ctx context.Context, conn *pgx.Conn) error {
	var there time.Time
	before := time.Now()
	if err := conn.QueryRow(ctx, `select clock_timestamp()`).Scan(&there); err != nil {
		return err
	}
	if early, late := before.Sub(there), time.Until(there); max(early, late) > maxSkew {
		return fmt.Errorf("they differ by %s: let both keep time by NTP, or codes will be refused", max(early, late).Round(time.Second))
	}
	if there.Year() < 2026 {
		return fmt.Errorf("both say %s, before this program was written: set the clock", there.Format(time.DateOnly))
	}
	return nil
}

func schemaFits(ctx context.Context, ownerURL string) error {
	conn, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	files, err := migrations.Files.ReadDir(".")
	if err != nil {
		return err
	}
	var version int
	if err := conn.QueryRow(ctx, `select version from balie_schema.version`).Scan(&version); err != nil {
		return fmt.Errorf("there is none, run balie migrate: %w", err)
	}
	switch {
	case version < len(files):
		return fmt.Errorf("it is version %d of %d: run balie migrate", version, len(files))
	case version > len(files):
		return fmt.Errorf("it is version %d, newer than this program's %d: run a newer balie", version, len(files))
	}
	return nil
}
