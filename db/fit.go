package db

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"balie/db/seal"
	"balie/policy"
)

const anyNameSQL = `select id, name from people order by id limit 1`

// Fits says whether a keyring is the one that the database was filled with; an
// empty database fits any. It connects as the database's owner, and leaves no
// row in the log: one under a wrong keyring would look forged.
func Fits(ctx context.Context, ownerURL string, keys *seal.Keyring) error {
	conn, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return kinded(err)
	}
	defer conn.Close(context.WithoutCancel(ctx)) //nolint:errcheck // it only read
	if err := become(ctx, conn, policy.Founder); err != nil {
		return kinded(err)
	}
	var id int64
	var name []byte
	err = conn.QueryRow(ctx, anyNameSQL).Scan(&id, &name)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil {
		return kinded(err)
	}
	if _, err := keys.Open(namePlace, id, name); err != nil {
		return fmt.Errorf("this keyring does not open what the database holds: put back the right one: %w", err)
	}
	return nil
}
