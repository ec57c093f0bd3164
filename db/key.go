package db

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// Key is a public key of a person. It belongs to that person for ever, also
// after it was removed.
type Key struct {
	ID          int32
	PersonID    int32
	Fingerprint string
	Name        string
	AddedAt     time.Time
	LastUsed    *time.Time
	RemovedAt   *time.Time
}

const (
	keySQL      = `select id, person_id, fingerprint, name, added_at, last_used, removed_at from keys`
	listKeysSQL = keySQL + ` where person_id = $1 order by id`
	getKeySQL   = keySQL + ` where id = $1`
	keyOfSQL    = keySQL + ` where fingerprint = $1`
)

func (tx *Tx) keys(ctx context.Context, sql string, args ...any) ([]Key, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[Key])
}

// ListKeys gives a person's keys, removed ones too, in order of arrival.
func (tx *Tx) ListKeys(ctx context.Context, person int32) ([]Key, error) {
	return tx.keys(ctx, listKeysSQL, person)
}

// GetKey gives one.
func (tx *Tx) GetKey(ctx context.Context, id int32) (Key, error) {
	return one(tx.keys(ctx, getKeySQL, id))
}

// FindKey gives the one with that fingerprint, whoever's it is or was.
func (tx *Tx) FindKey(ctx context.Context, fingerprint string) (Key, error) {
	return one(tx.keys(ctx, keyOfSQL, fingerprint))
}

const (
	insertKeySQL  = `insert into keys (person_id, fingerprint, public_key, name) values ($1, $2, $3, $4)`
	removeKeySQL  = `update keys set removed_at = now() where id = $1 and removed_at is null`
	replaceKeySQL = `update keys set removed_at = now() where person_id = $1 and removed_at is null and fingerprint <> $2`
)

// ReplaceKeys makes authorized the person's only key; kept says that it was
// already theirs.
func (tx *Tx) ReplaceKeys(ctx context.Context, k Key, authorized string, kept bool) error {
	if _, err := tx.Exec(ctx, replaceKeySQL, k.PersonID, k.Fingerprint); err != nil || kept {
		return err
	}
	_, err := tx.Exec(ctx, insertKeySQL, k.PersonID, k.Fingerprint, authorized, k.Name)
	return err
}

// RemoveKey ends a key's use and gives the sessions begun with it, which it
// ends too.
func (tx *Tx) RemoveKey(ctx context.Context, id int32) ([]string, error) {
	if err := tx.must(ctx, removeKeySQL, id); err != nil {
		return nil, err
	}
	return tx.endSessions(ctx, "key_id = $1", id, EndKey)
}
