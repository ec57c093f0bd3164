package db

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/policy"
)

// RegisterEntry is one of a register, as one version says it.
type RegisterEntry struct {
	ID       int64
	Version  int32
	Register policy.Register
	At       time.Time
	By       int32
	Retired  bool
	Values   policy.Values
}

const entryPlace = "register_entries.body"

type entryRow struct {
	ID       int64
	Version  int32
	Register policy.Register
	At       time.Time
	By       int32
	Retired  bool
	Body     []byte
}

const (
	entryColumns    = `id, version, register, at, by, retired, body from register_entries`
	listEntriesSQL  = `select * from (select distinct on (id) ` + entryColumns + ` where register = $1 order by id, version desc) e order by retired, id`
	getEntrySQL     = `select ` + entryColumns + ` where id = $1 order by version desc limit 1`
	entryHistorySQL = `select ` + entryColumns + ` where id = $1 order by version desc limit 200`
	sameEntrySQL    = `select id from register_entries where by = $1 and request = $2`
	nextEntrySQL    = `select nextval('register_ids')`
	insertEntrySQL  = `insert into register_entries (id, version, register, by, retired, request, body) values ($1, $2, $3, $4, $5, $6, $7)`
)

func (tx *Tx) entries(ctx context.Context, sql string, args ...any) ([]RegisterEntry, error) {
	rows, err := collect[entryRow](ctx, tx, sql, args...)
	if err != nil {
		return nil, err
	}
	all := make([]RegisterEntry, len(rows))
	for i, r := range rows {
		all[i] = RegisterEntry{r.ID, r.Version, r.Register, r.At, r.By, r.Retired, nil}
		plain, err := tx.store.Keys.Open(entryPlace, r.ID, r.Body)
		if err == nil {
			err = json.Unmarshal(plain, &all[i].Values)
		}
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// ListEntries are those of a register as they stand, retired ones last.
func (tx *Tx) ListEntries(ctx context.Context, register policy.Register) ([]RegisterEntry, error) {
	return tx.entries(ctx, listEntriesSQL, register)
}

// GetEntry is one as it stands.
func (tx *Tx) GetEntry(ctx context.Context, id int64) (RegisterEntry, error) {
	return one(tx.entries(ctx, getEntrySQL, id))
}

// EntryHistory are the versions of one, the latest first.
func (tx *Tx) EntryHistory(ctx context.Context, id int64) ([]RegisterEntry, error) {
	return tx.entries(ctx, entryHistorySQL, id)
}

// WriteEntry keeps a new version of an entry, of which e.Version was read; 0
// begins one. The same request twice counts once; a second one who writes at
// the same time is told of a conflict.
func (tx *Tx) WriteEntry(ctx context.Context, e RegisterEntry, request [16]byte) (id int64, err error) {
	if err = tx.QueryRow(ctx, sameEntrySQL, tx.Actor.ID, request).Scan(&id); !errors.Is(err, pgx.ErrNoRows) {
		return id, err
	}
	if e.Version == 0 {
		if err := tx.QueryRow(ctx, nextEntrySQL).Scan(&e.ID); err != nil {
			return 0, err
		}
	}
	_, err = tx.Exec(ctx, insertEntrySQL, e.ID, e.Version+1, e.Register, tx.Actor.ID, e.Retired, request,
		tx.store.Keys.Seal(entryPlace, e.ID, marshal(e.Values)))
	return e.ID, err
}
