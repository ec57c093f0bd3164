package db

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/policy"
)

// Checkpoint fixes the rows of the log of all transactions in [Lo, Hi), and by
// Prev all checkpoints before it.
type Checkpoint struct {
	N         int64
	Lo, Hi    uint64
	Rows      int32
	At        time.Time
	Leaves    []byte // id and hash of each row, in order of (xid, id)
	Digest    []byte // of Leaves
	Prev      []byte // Head of the one before
	Signature []byte
}

// LogHead stands for a checkpoint and all before it. Kept outside the database, it
// shows when the newest ones were cut off.
type LogHead struct {
	N    int64
	Hash []byte
}

func (h LogHead) String() string { return fmt.Sprintf("%d %s", h.N, hex.EncodeToString(h.Hash)) }

// leafBytes is a row's id and its SHA-256.
const leafBytes = 8 + sha256.Size

func (r AuditRow) leaf() []byte {
	b := binary.BigEndian.AppendUint64(nil, uint64(r.ID))
	b = binary.BigEndian.AppendUint64(b, r.XID)
	message := r.message()
	b = binary.AppendUvarint(b, uint64(len(message)))
	sum := sha256.Sum256(append(append(b, message...), r.MAC...))
	return append(binary.BigEndian.AppendUint64(nil, uint64(r.ID)), sum[:]...)
}

// message is what is signed. Each part has a fixed length.
func (c Checkpoint) message() []byte {
	b := []byte("balie checkpoint 1\n")
	for _, n := range []uint64{uint64(c.N), c.Lo, c.Hi, uint64(c.Rows), uint64(c.At.UnixMicro())} {
		b = binary.BigEndian.AppendUint64(b, n)
	}
	return append(append(b, c.Digest...), c.Prev...)
}

// head hashes the signature too: else there could be two checkpoints of one
// head, of which a single signature is good.
func (c Checkpoint) head() LogHead {
	if c.N == 0 {
		return LogHead{Hash: make([]byte, sha256.Size)} // before the first
	}
	sum := sha256.Sum256(append(c.message(), c.Signature...))
	return LogHead{c.N, sum[:]}
}

const (
	sealLock         = `select pg_try_advisory_xact_lock(7003, 0)`
	checkpointSQL    = `select n, lo, hi, rows, at, leaves, digest, prev, signature from checkpoints`
	lastCheckpoint   = checkpointSQL + ` order by n desc limit 1`
	settledSQL       = `select pg_snapshot_xmin(pg_current_snapshot()), clock_timestamp()`
	auditSQL         = `select id, xid, at, actor, role, session, act, refused, ref, subjects, purpose, fields, detail, nonce, mac from audit`
	unsealedSQL      = auditSQL + ` where xid >= $1 and xid < $2 order by xid, id limit $3`
	insertCheckpoint = `insert into checkpoints (n, lo, hi, rows, at, leaves, digest, prev, signature) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
)

// sealBatch bounds what one checkpoint covers, and so the memory that sealing
// and verifying take.
const sealBatch = 5000

// SealLog makes checkpoints of all rows of the log that are settled, and returns
// the heads of the new ones. Rows of a transaction that still runs, and of all
// that began after it, wait for its end: only then can no row slip in below a
// checkpoint. When another node is at it, there is nothing to do.
func (s *Store) SealLog(ctx context.Context) (heads []LogHead, err error) {
	for {
		c, more, err := s.sealOnce(ctx)
		if err != nil || c.N == 0 {
			return heads, kinded(err)
		}
		heads = append(heads, c.head())
		if !more {
			return heads, nil
		}
	}
}

// LastHead is the head of the newest checkpoint; N is 0 before the first.
func (s *Store) LastHead(ctx context.Context) (LogHead, error) {
	pool, err := s.pool(sealer)
	if err != nil {
		return LogHead{}, kinded(err)
	}
	last, err := newest(ctx, pool)
	return last.head(), kinded(err)
}

// sealOnce makes one checkpoint, or none (N is 0) when nothing is new. It reads
// in a plain transaction: a snapshot from before the lock would not show the
// last checkpoint, and rows below the mark stay as they are.
func (s *Store) sealOnce(ctx context.Context) (made Checkpoint, more bool, err error) {
	pool, err := s.pool(sealer)
	if err != nil {
		return made, false, err
	}
	err = pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		var mine bool
		if err := tx.QueryRow(ctx, sealLock).Scan(&mine); err != nil || !mine {
			return err
		}
		last, err := newest(ctx, tx)
		if err != nil {
			return err
		}
		made, more, err = s.sealAfter(ctx, tx, last)
		return err
	})
	return made, more, err
}

// reader is a pool, a connection or a transaction.
type reader interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

func newest(ctx context.Context, q reader) (Checkpoint, error) {
	all, err := gather[Checkpoint](ctx, q, lastCheckpoint)
	return append(all, Checkpoint{})[0], err
}

func gather[T any](ctx context.Context, q reader, sql string, args ...any) ([]T, error) {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[T])
}

func (s *Store) sealAfter(ctx context.Context, tx pgx.Tx, last Checkpoint) (c Checkpoint, more bool, err error) {
	c = Checkpoint{N: last.N + 1, Lo: last.Hi, Prev: last.head().Hash}
	if err := tx.QueryRow(ctx, settledSQL).Scan(&c.Hi, &c.At); err != nil {
		return Checkpoint{}, false, err
	}
	if c.Hi < c.Lo {
		return Checkpoint{}, false, behind(c)
	}
	rows, more, err := c.take(ctx, tx)
	if err != nil || len(rows) == 0 {
		return Checkpoint{}, false, err
	}
	for _, r := range rows {
		c.Leaves = append(c.Leaves, r.leaf()...)
	}
	digest := sha256.Sum256(c.Leaves)
	c.Rows, c.Digest = int32(len(rows)), digest[:]
	c.Signature = s.Keys.Sign(c.message())
	_, err = tx.Exec(ctx, insertCheckpoint, c.N, c.Lo, c.Hi, c.Rows, c.At, c.Leaves, c.Digest, c.Prev, c.Signature)
	return c, more, err
}

// take reads the rows to cover. If they are more than a batch, Hi comes down to
// the transaction at which the batch ends; one that is larger is taken whole.
func (c *Checkpoint) take(ctx context.Context, tx pgx.Tx) (rows []AuditRow, more bool, err error) {
	rows, err = gather[AuditRow](ctx, tx, unsealedSQL, c.Lo, c.Hi, sealBatch+1)
	if err != nil || len(rows) <= sealBatch {
		return rows, false, err
	}
	if c.Hi = rows[sealBatch].XID; c.Hi == rows[0].XID {
		c.Hi++
		rows, err = gather[AuditRow](ctx, tx, unsealedSQL, c.Lo, c.Hi, nil)
		return rows, true, err
	}
	end := slices.IndexFunc(rows, func(r AuditRow) bool { return r.XID == c.Hi })
	return rows[:end], true, nil
}

// behind is for a log that was restored onto a server which counts its
// transactions from a lower number: what it writes would lie below the last
// checkpoint and never be sealed. The epoch is not stored with any row, so
// raising it harms nothing.
func behind(c Checkpoint) error {
	return policy.Errorf(policy.Unavailable,
		"The log can't be sealed: this server counts transactions from %d, the log goes on to %d. It was restored from another server; stop PostgreSQL, run pg_resetwal --epoch=%d on its data directory, and start it again.",
		c.Hi, c.Lo, c.Lo>>32+1)
}
