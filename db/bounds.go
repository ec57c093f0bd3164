package db

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sort"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"balie/policy"
)

const boundsPlace = "search_ready.bounds"

// ErrNotReady says that search waits for a rebuild; it never answers wrongly
// in the meantime.
func ErrNotReady() *policy.Error {
	return policy.Errorf(policy.Unavailable, "Search is being made ready: try again in a moment.")
}

// waiting turns a lock that was waited for in vain into the reason: a rebuild
// holds it.
func waiting(err error) error {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok && pg.Code == "55P03" {
		return ErrNotReady().Because(err)
	}
	return err
}

// boundsCache keeps the sort keys at which buckets begin, by version.
type boundsCache struct {
	mu      sync.Mutex
	version int64
	keys    []string
}

// ready is nil when search rows are whole.
func (tx *Tx) ready(ctx context.Context) error {
	_, err := tx.bounds(ctx)
	return err
}

// bounds are the sort keys at which name buckets begin. Reading the row also
// holds off a rebuild until this transaction ends, so that what it writes
// belongs to these bounds.
func (tx *Tx) bounds(ctx context.Context) ([]string, error) {
	var version int64
	err := tx.QueryRow(ctx, `select version from search_ready`).Scan(&version)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, ErrNotReady()
	}
	if err != nil {
		return nil, waiting(err)
	}
	cache := &tx.store.bounds
	cache.mu.Lock()
	defer cache.mu.Unlock()
	if cache.keys == nil || cache.version != version {
		keys, err := tx.loadBounds(ctx)
		if err != nil {
			return nil, err
		}
		cache.version, cache.keys = version, keys
	}
	return cache.keys, nil
}

func (tx *Tx) loadBounds(ctx context.Context) ([]string, error) {
	var sealed []byte
	if err := tx.QueryRow(ctx, `select bounds from search_ready`).Scan(&sealed); err != nil {
		return nil, err
	}
	plain, err := tx.store.Keys.Open(boundsPlace, 0, sealed)
	if err != nil {
		return nil, err
	}
	keys := []string{}
	return keys, json.Unmarshal(plain, &keys)
}

// bucketOf is where a customer stands among the bounds.
func bucketOf(bounds []string, c Customer) int32 {
	at := place(c.Head, c.ID)
	return int32(sort.Search(len(bounds), func(i int) bool { return bounds[i] > at }))
}

// place is a customer's in name order, and by number among those of one name:
// else a name that many have would fill a bucket many times as large as the
// others, and each page in it would open them all.
func place(h Head, id int64) string { return fmt.Sprintf("%s\x00%016x", h.sortKey(), id) }
