// Package db keeps: rows, SQL, sealing, audit. Everything goes through one
// door, Store.As.
package db

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"balie/db/seal"
	"balie/policy"
)

// Store is the way to all rows. It holds one pool per database role: changing
// roles on one connection would halve the throughput.
type Store struct {
	Keys   *seal.Keyring
	url    string
	bounds boundsCache
	shown  shown

	mu    sync.Mutex
	pools map[policy.Role]*pgxpool.Pool
}

// The program's own database roles beside policy's: they serve no people.
const (
	sealer  policy.Role = "sealer"
	indexer policy.Role = "indexer"
)

// Open readies a store on a database as balie_login; connections are made when
// they are needed.
func Open(url string, keys *seal.Keyring) (*Store, error) {
	if _, err := pgxpool.ParseConfig(url); err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	return &Store{Keys: keys, url: url, pools: map[policy.Role]*pgxpool.Pool{}}, nil
}

// Close ends all connections, waiting for the transactions under way.
func (s *Store) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.pools {
		p.Close()
	}
}

func (s *Store) pool(role policy.Role) (*pgxpool.Pool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p, ok := s.pools[role]; ok {
		return p, nil
	}
	config, err := pgxpool.ParseConfig(s.url)
	if err != nil {
		return nil, err
	}
	config.ConnConfig.ConnectTimeout = silence
	config.PingTimeout = silence
	config.MaxConns = 12
	config.MinIdleConns = 1 // made beforehand: a new one takes 10 ms to prove itself
	config.MaxConnIdleTime = 10 * time.Minute
	config.AfterConnect = func(ctx context.Context, c *pgx.Conn) error { return become(ctx, c, role) }
	p, err := pgxpool.NewWithConfig(context.Background(), config)
	if err == nil {
		s.pools[role] = p
	}
	return p, err
}

// silence is how long a connection may take to come about or to say that it is
// there: on one that swallows without an error, waiting has no end.
const silence = 5 * time.Second

// become steps into a role for the life of a connection. Plans are made once:
// with row security in them, planning took longer than running. Searches, whose
// plan depends on their tokens, are planned each time (see candidates).
func become(ctx context.Context, c *pgx.Conn, role policy.Role) error {
	ctx, cancel := context.WithTimeout(ctx, silence)
	defer cancel()
	for _, sql := range []string{
		"set role " + pgx.Identifier{"balie_" + string(role)}.Sanitize(),
		"set timezone = 'UTC'",
		"set plan_cache_mode = force_generic_plan",
		"set jit = off",
		"set lock_timeout = '2s'", // a person is told to try again rather than left waiting
		// A node that stopped or was cut off in the middle of a transaction must
		// not keep its locks: others wait for them, and so does the log's seal.
		"set idle_in_transaction_session_timeout = '30s'",
		"set tcp_user_timeout = '30s'", // nor must one that no longer reads
	} {
		if _, err := c.Exec(ctx, sql); err != nil {
			return fmt.Errorf("become %s: %w", role, err)
		}
	}
	return nil
}

// Tx is one transaction of one actor. What it saw and changed is collected and
// written to the audit log before it commits.
type Tx struct {
	pgx.Tx
	Actor  policy.Actor
	Now    time.Time // the database's clock: the only one that counts
	store  *Store
	entry  Entry
	fields []policy.Field // those to fill in, once read
	known  []policy.Field // those that were read with a record
}

// As runs fn in one transaction as actor, under the database role of the role
// worn, and writes the audit row of act in the same transaction. Errors carry a
// policy.Kind. A refusal is logged as well.
func (s *Store) As(ctx context.Context, actor policy.Actor, act policy.Act, fn func(*Tx) error) error {
	entry := Entry{Act: act}
	err := s.run(ctx, actor, &entry, fn)
	refused := policy.KindOf(err) == policy.Denied || policy.KindOf(err) == policy.Absent
	if byItself := actor.Again && act.Looks(); refused && !byItself { // a screen that looks again tries nothing
		entry.Refused, entry.Subjects = true, nil
		if logErr := s.run(ctx, actor, &entry, nil); logErr != nil {
			return fmt.Errorf("%s: log the refusal: %w", act, logErr)
		}
	}
	if err != nil {
		return fmt.Errorf("%s: %w", act, err)
	}
	return nil
}

// run is As without the logging of refusals. A nil fn writes the entry alone.
func (s *Store) run(ctx context.Context, actor policy.Actor, entry *Entry, fn func(*Tx) error) error {
	pool, err := s.pool(actor.Role)
	if err != nil {
		return kinded(err)
	}
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return kinded(err)
	}
	defer conn.Release() // closes it if it is broken or still in a transaction
	tx := &Tx{Actor: actor, store: s, entry: *entry}
	defer tx.rollback(ctx)
	err = tx.begin(ctx, conn, fn != nil)
	if err == nil && fn != nil {
		err = fn(tx)
	}
	*entry = tx.entry
	if err != nil {
		return kinded(err)
	}
	return kinded(tx.commit(ctx))
}

// ids runs a query that gives one column of ids.
func (tx *Tx) ids(ctx context.Context, sql string, args ...any) ([]int64, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

// Safely turns a panic of a goroutine into an error: it would end everybody's
// session.
func Safely(fn func() error) func() error {
	return func() (err error) {
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("panic: %s\n%s", policy.PanicText(p), debug.Stack())
			}
		}()
		return fn()
	}
}
