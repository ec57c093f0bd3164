package db

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"balie/policy"
)

// A transaction's first statements go to the database together, and so do its
// last: each round trip costs as much as opening ten customers.

// personLock is the class of the advisory locks that let a revocation wait for
// what the person still has under way.
const personLock = 7001

const (
	beginSQL = `select now(), set_config('app.actor', $1, true), set_config('app.reason', $2, true)`
	aliveSQL = `select me($1) is not null`
)

// begin opens the transaction, sets the actor and, for people, takes the lock
// and then checks, in a statement of its own with a snapshot of its own, that
// they are still alive in the role. So nothing of theirs commits after their
// revocation's commit.
func (tx *Tx) begin(ctx context.Context, conn *pgxpool.Conn, mustLive bool) error {
	id, live := "", true
	if tx.Actor.ID != 0 {
		id = fmt.Sprint(tx.Actor.ID)
	}
	batch := &pgx.Batch{}
	batch.BeginTx(pgx.TxOptions{})
	batch.Queue(beginSQL, id, tx.Actor.Reason.String()).QueryRow(func(row pgx.Row) error {
		return row.Scan(&tx.Now, nil, nil)
	})
	if tx.Actor.ID != 0 && mustLive {
		batch.Queue(`select pg_advisory_xact_lock_shared($1, $2)`, personLock, tx.Actor.ID)
		batch.Queue(aliveSQL, string(tx.Actor.Role)).QueryRow(func(row pgx.Row) error { return row.Scan(&live) })
	}
	results := conn.SendBatch(ctx, batch)
	tx.Tx = results.Tx()
	if err := results.Close(); err != nil {
		return err
	}
	if !live {
		return policy.Errorf(policy.Denied, "Your access in this role has ended.")
	}
	return nil
}

// commit writes the entry, unless the log has it already, and ends the
// transaction. PostgreSQL skips the commit
// when the entry fails, and says ROLLBACK when something failed before.
func (tx *Tx) commit(ctx context.Context) error {
	var end pgconn.CommandTag
	batch := &pgx.Batch{}
	told := tx.store.shown.covers(tx.Actor, tx.entry, tx.Now)
	if !told {
		tx.queueEntry(batch)
	}
	batch.Queue("commit").Exec(func(tag pgconn.CommandTag) error { end = tag; return nil })
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return fmt.Errorf("write audit and commit: %w", err)
	}
	tx.Tx = ended
	if end.String() != "COMMIT" {
		return pgx.ErrTxCommitRollback
	}
	if !told {
		tx.store.shown.add(tx.Actor, tx.entry, tx.Now)
	}
	return nil
}

// rollback undoes what was not committed. The context may be the reason, and
// the rollback must go on.
func (tx *Tx) rollback(ctx context.Context) {
	if tx.Tx != nil {
		_ = tx.Rollback(context.WithoutCancel(ctx)) // fails after commit; otherwise it closes the connection itself
	}
}

// ended is a transaction that refuses everything: the connection of one that
// was committed is somebody else's.
var ended = func() pgx.Tx {
	never := &pgx.Batch{}
	never.BeginTx(pgx.TxOptions{})
	return pgx.FailedBatchResults(never, pgx.ErrTxClosed).Tx()
}()
