package db

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/tern/v2/migrate"

	"balie/db/migrations"
	"balie/policy"
)

// versionTable is in a schema of its own, so that every table in public is one
// that row security must guard.
const versionTable = "balie_schema.version"

// Migrate brings the schema up to this program's, as the database's owner. Two
// at once wait for each other. It never goes back: a schema newer than the
// program is a Conflict.
func Migrate(ctx context.Context, ownerURL string) error {
	conn, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return fmt.Errorf("migrate: %w", kinded(err))
	}
	defer conn.Close(context.WithoutCancel(ctx)) //nolint:errcheck // gives back the lock
	if err := migrateOn(ctx, conn); err != nil {
		return fmt.Errorf("migrate: %w", kinded(err))
	}
	return nil
}

// migrateOn takes a lock of its own first: tern's does not cover the making of
// the schema that its table is in.
func migrateOn(ctx context.Context, conn *pgx.Conn) error {
	for _, sql := range []string{
		"select pg_advisory_lock(7000, 0)",
		"create schema if not exists balie_schema",
		// From 16 on, who makes a role without being superuser may step into it
		// only when this says so.
		"select set_config('createrole_self_grant', 'set, inherit', false) where current_setting('server_version_num')::int >= 160000",
	} {
		if _, err := conn.Exec(ctx, sql); err != nil {
			return notOwner(err)
		}
	}
	m, err := migrate.NewMigrator(ctx, conn, versionTable)
	if err != nil {
		return err
	}
	if err := m.LoadMigrations(migrations.Files); err != nil {
		return err
	}
	if err := tooNew(notOwner(m.Migrate(ctx))); err != nil {
		return err
	}
	_, err = conn.Exec(ctx, "call open_to_backup()")
	return err
}

// notOwner says what an owner needs. (A missing right reads as "absent" to
// everybody else.)
func notOwner(err error) error {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok && pg.Code == "42501" {
		return policy.Errorf(policy.Denied, "The URL of the owner is not of one who may do this: it needs the database's owner, who may make roles (CREATEROLE) and grant pg_signal_backend.").Because(err)
	}
	return err
}

func tooNew(err error) error {
	if _, ok := errors.AsType[migrate.BadVersionError](err); ok {
		return policy.Errorf(policy.Conflict, "The database was made by a newer balie: start that one, or a later one.").Because(err)
	}
	return err
}
