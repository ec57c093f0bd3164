package db

import (
	"context"
	"time"
)

// Key is a public key of a person. It belongs to that person for ever, also
// after it was removed.
type Key struct {
	ID          int32
	PersonID    int32
	Fingerprint string
	Kind        string // of the public key, as "ssh-ed25519"
	Bits        int32  // of an RSA key
	Name        string
	AddedAt     time.Time
	LastUsed    *time.Time
	LastFrom    string // the address
	RemovedAt   *time.Time
	SuspendedAt *time.Time // unused for too long: it lets nobody in
	LiftedAt    *time.Time // an admin ended a suspension
}

// Active says that the key lets its owner in.
func (k Key) Active() bool { return k.RemovedAt == nil && k.SuspendedAt == nil }

// Idle is since when nobody has used the key.
func (k Key) Idle() time.Time {
	at := k.AddedAt
	for _, t := range []*time.Time{k.LastUsed, k.LiftedAt} {
		if t != nil && t.After(at) {
			at = *t
		}
	}
	return at
}

// StaffKey is a key with its owner's login name.
type StaffKey struct {
	Key
	Login string
}

const (
	keyColumns  = `id, person_id, fingerprint, kind, bits, name, added_at, last_used, last_from, removed_at, suspended_at, lifted_at`
	keySQL      = `select ` + keyColumns + ` from keys`
	ownedKeySQL = `select k.id, k.person_id, k.fingerprint, k.kind, k.bits, k.name, k.added_at, k.last_used, k.last_from,
  k.removed_at, k.suspended_at, k.lifted_at, p.login from keys k join people p on p.id = k.person_id
where p.revoked_at is null and p.joined_at is not null and k.removed_at is null`

	listKeysSQL  = keySQL + ` where person_id = $1 order by id`
	getKeySQL    = keySQL + ` where id = $1`
	keyOfSQL     = keySQL + ` where fingerprint = $1`
	staffKeysSQL = ownedKeySQL + ` order by p.login, k.id`
	idleKeysSQL  = ownedKeySQL + ` and k.suspended_at is null
  and greatest(k.added_at, k.last_used, k.lifted_at) < now() - make_interval(days => $1) order by k.id`
)

func (tx *Tx) keys(ctx context.Context, sql string, args ...any) ([]Key, error) {
	return collect[Key](ctx, tx, sql, args...)
}

// ListKeys gives a person's keys, removed ones too, in order of arrival.
func (tx *Tx) ListKeys(ctx context.Context, person int32) ([]Key, error) {
	return tx.keys(ctx, listKeysSQL, person)
}

// StaffKeys gives the keys of everybody who works here, without the removed.
func (tx *Tx) StaffKeys(ctx context.Context) ([]StaffKey, error) {
	return collect[StaffKey](ctx, tx, staffKeysSQL)
}

// IdleKeys gives the active ones of them that were not used for so many days.
func (tx *Tx) IdleKeys(ctx context.Context, days int) ([]StaffKey, error) {
	return collect[StaffKey](ctx, tx, idleKeysSQL, days)
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
	insertKeySQL  = `insert into keys (person_id, fingerprint, public_key, name, kind, bits) values ($1, $2, $3, $4, $5, $6)`
	removeKeySQL  = `update keys set removed_at = now() where id = $1 and removed_at is null`
	replaceKeySQL = `update keys set removed_at = now() where person_id = $1 and removed_at is null and fingerprint <> $2`
	renameKeySQL  = `update keys set name = $2 where id = $1 and person_id = $3 and removed_at is null`
	suspendKeySQL = `update keys set suspended_at = now() where id = $1 and suspended_at is null and removed_at is null`
	liftKeySQL    = `update keys set suspended_at = null, lifted_at = now() where id = $1 and suspended_at is not null and removed_at is null`
)

// AddKey registers a key of the person's.
func (tx *Tx) AddKey(ctx context.Context, k Key, authorized string) error {
	_, err := tx.Exec(ctx, insertKeySQL, k.PersonID, k.Fingerprint, authorized, k.Name, k.Kind, k.Bits)
	return kinded(err) // the act makes a refusal of a conflict
}

// ReplaceKeys makes authorized the person's only key; kept says that it was
// already theirs.
func (tx *Tx) ReplaceKeys(ctx context.Context, k Key, authorized string, kept bool) error {
	if _, err := tx.Exec(ctx, replaceKeySQL, k.PersonID, k.Fingerprint); err != nil || kept {
		return err
	}
	return tx.AddKey(ctx, k, authorized)
}

// RenameKey gives one of the actor's own keys another name.
func (tx *Tx) RenameKey(ctx context.Context, id int32, name string) error {
	return tx.must(ctx, renameKeySQL, id, name, tx.Actor.ID)
}

// RemoveKey ends a key's use and gives the sessions begun with it, which it
// ends too.
func (tx *Tx) RemoveKey(ctx context.Context, id int32) ([]string, error) {
	if err := tx.must(ctx, removeKeySQL, id); err != nil {
		return nil, err
	}
	return tx.endSessions(ctx, "key_id = $1", id, EndKey)
}

// SuspendKey keeps a key from letting its owner in, until it is lifted. A
// session begun with it would have been a use of it.
func (tx *Tx) SuspendKey(ctx context.Context, id int32) error {
	return tx.must(ctx, suspendKeySQL, id)
}

// LiftKey ends a suspension; the key counts as used now.
func (tx *Tx) LiftKey(ctx context.Context, id int32) error { return tx.must(ctx, liftKeySQL, id) }
