package db

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// Report is what verifying the log found.
type Report struct {
	Checkpoints int64
	Rows        int64 // under checkpoints
	Unsealed    int64 // too new for one
	Heads       int64 // noted outside, found in the chain
	// Ranges are where all is as it was written, in order; the first ones.
	Ranges []Range
	// Faults has the first ones, in order; Found counts all.
	Faults []Fault
	Found  int64
}

// OK says that nothing was changed.
func (r Report) OK() bool { return r.Found == 0 }

// Range is a run of checkpoints in which all is as it was written.
type Range struct {
	From, To          int64 // checkpoints
	Rows              int64
	FirstRow, LastRow int64 // the lowest and the highest id
	Since, Until      time.Time
}

func (g Range) String() string {
	return fmt.Sprintf("checkpoints %d to %d: %d rows, %d to %d, from %s to %s", g.From, g.To, g.Rows, g.FirstRow, g.LastRow,
		g.Since.UTC().Format(time.RFC3339), g.Until.UTC().Format(time.RFC3339))
}

// Fault is one thing that is not as it was written.
type Fault struct {
	Checkpoint int64 // 0: none
	Row        int64 // 0: the checkpoint itself
	What       string
}

func (f Fault) String() string {
	switch {
	case f.Row == 0:
		return fmt.Sprintf("checkpoint %d %s", f.Checkpoint, f.What)
	case f.Checkpoint == 0:
		return fmt.Sprintf("row %d %s", f.Row, f.What)
	}
	return fmt.Sprintf("row %d (checkpoint %d) %s", f.Row, f.Checkpoint, f.What)
}

// maxFaults bounds a report, and its ranges: one changed key makes every row a
// fault.
const maxFaults = 20

func (r *Report) fault(checkpoint, row int64, what string) {
	if r.Found++; len(r.Faults) < maxFaults {
		r.Faults = append(r.Faults, Fault{checkpoint, row, what})
	}
}

// VerifyLog walks the whole log, and compares it with the heads that were kept
// outside (nil: none). It reads as the sealer, who sees all rows and gives away
// none: the caller asks policy first, and logs who asked.
func (s *Store) VerifyLog(ctx context.Context, heads io.Reader) (Report, error) {
	pool, err := s.pool(sealer)
	if err != nil {
		return Report{}, kinded(err)
	}
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return Report{}, kinded(err)
	}
	defer conn.Release()
	report, err := verify(ctx, conn.Conn(), s.Keys.Public(), s.Keys.MAC, heads)
	return report, kinded(err)
}

// VerifyWith does the same for who holds the public key only, and may read both
// tables. Rows that were forged before they were sealed go unnoticed so.
func VerifyWith(ctx context.Context, conn *pgx.Conn, public ed25519.PublicKey, heads io.Reader) (Report, error) {
	return verify(ctx, conn, public, nil, heads)
}

// verifier walks rows and checkpoints side by side, some of each in memory.
type verifier struct {
	Report
	tx     pgx.Tx
	public ed25519.PublicKey
	mac    func([]byte) []byte // nil: not known
	last   Checkpoint
	rows   stream[AuditRow]
	// replaced is the first checkpoint that is not the one noted outside, 0 for
	// none: from there on the chain is another one.
	replaced int64
}

func verify(ctx context.Context, conn *pgx.Conn, public ed25519.PublicKey, mac func([]byte) []byte, heads io.Reader) (Report, error) {
	// One snapshot for all, however long it takes.
	tx, err := conn.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return Report{}, err
	}
	defer tx.Rollback(context.WithoutCancel(ctx)) //nolint:errcheck // it only read
	v := &verifier{tx: tx, public: public, mac: mac}
	v.rows.next = v.nextRows
	if err := v.compare(ctx, heads); err != nil {
		return v.Report, err
	}
	outside := v.Report
	v.Report = Report{Heads: outside.Heads}
	err = v.walk(ctx)
	v.add(outside) // what is wrong inside says more, so it comes first
	return v.Report, err
}

func (r *Report) add(other Report) {
	r.Found += other.Found
	r.Faults = append(r.Faults, other.Faults...)
	r.Faults = r.Faults[:min(len(r.Faults), maxFaults)]
}

const (
	nextRowsSQL        = auditSQL + ` where (xid, id) > ($1, $2) order by xid, id limit 1000`
	firstRowsSQL       = auditSQL + ` order by xid, id limit 1000`
	nextCheckpointsSQL = checkpointSQL + ` where n > $1 order by n limit 50`
	checkpointsOfSQL   = checkpointSQL + ` where n = any($1)`
)

func (v *verifier) nextRows(ctx context.Context, last *AuditRow) ([]AuditRow, error) {
	if last == nil {
		return gather[AuditRow](ctx, v.tx, firstRowsSQL)
	}
	return gather[AuditRow](ctx, v.tx, nextRowsSQL, last.XID, last.ID)
}

// stream gives rows one by one and reads them a page at a time.
type stream[T any] struct {
	page []T
	at   int
	next func(ctx context.Context, last *T) ([]T, error)
}

// peek is the row under hand, nil at the end.
func (s *stream[T]) peek(ctx context.Context) (*T, error) {
	if s.at == len(s.page) {
		var last *T
		if s.at > 0 {
			last = &s.page[s.at-1]
		}
		page, err := s.next(ctx, last)
		if err != nil || len(page) == 0 {
			return nil, err
		}
		s.page, s.at = page, 0
	}
	return &s.page[s.at], nil
}

func (v *verifier) walk(ctx context.Context) error {
	checkpoints := stream[Checkpoint]{next: func(ctx context.Context, last *Checkpoint) ([]Checkpoint, error) {
		return gather[Checkpoint](ctx, v.tx, nextCheckpointsSQL, orZero(last).N)
	}}
	for {
		c, err := checkpoints.peek(ctx)
		if err != nil {
			return err
		}
		if c == nil {
			return v.unsealed(ctx)
		}
		if err := v.checkpoint(ctx, *c); err != nil {
			return err
		}
		checkpoints.at++
	}
}

func orZero[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

func (v *verifier) checkpoint(ctx context.Context, c Checkpoint) error {
	before := v.Found
	v.link(c)
	rows, err := v.rowsBelow(ctx, c.Hi, max(4*sealBatch, 2*int(c.Rows)))
	if err != nil {
		return err
	}
	v.compareRows(c, rows)
	v.last = c
	v.Checkpoints++
	v.Rows += int64(len(rows))
	if v.Found == before && (v.replaced == 0 || c.N < v.replaced) {
		v.intact(c, rows)
	}
	return nil
}

// intact adds a good checkpoint to the range that ends before it, or begins one.
func (v *verifier) intact(c Checkpoint, rows []AuditRow) {
	if n := len(v.Ranges); n == 0 || v.Ranges[n-1].To != c.N-1 {
		if n == maxFaults || len(rows) == 0 {
			return
		}
		v.Ranges = append(v.Ranges, Range{From: c.N, FirstRow: rows[0].ID, Since: rows[0].At})
	}
	r := &v.Ranges[len(v.Ranges)-1]
	r.To, r.Until, r.Rows = c.N, c.At, r.Rows+int64(len(rows))
	for _, row := range rows {
		r.FirstRow, r.LastRow = min(r.FirstRow, row.ID), max(r.LastRow, row.ID)
		if row.At.Before(r.Since) {
			r.Since = row.At
		}
	}
}

// link checks the checkpoint itself and that it follows the one before.
func (v *verifier) link(c Checkpoint) {
	if c.N != v.last.N+1 {
		v.fault(v.last.N+1, 0, "is missing")
	} else if !bytes.Equal(c.Prev, v.last.head().Hash) || c.Lo != v.last.Hi {
		v.fault(c.N, 0, "does not follow from the one before, which was replaced")
	}
	digest := sha256.Sum256(c.Leaves)
	switch {
	case !ed25519.Verify(v.public, c.message(), c.Signature):
		v.fault(c.N, 0, "was edited, or signed with another key")
	case !bytes.Equal(digest[:], c.Digest) || len(c.Leaves) != int(c.Rows)*leafBytes:
		v.fault(c.N, 0, "was edited: its list of rows is not the one that was signed")
	}
}

// rowsBelow takes the rows of transactions below hi. Were somebody to add
// millions, the first surplus ones are enough to say so.
func (v *verifier) rowsBelow(ctx context.Context, hi uint64, most int) ([]AuditRow, error) {
	var rows []AuditRow
	for {
		r, err := v.rows.peek(ctx)
		if err != nil || r == nil || r.XID >= hi {
			return rows, err
		}
		if len(rows) < most {
			rows = append(rows, *r)
		}
		v.rows.at++
	}
}

// compareRows names each row that differs from what the checkpoint lists.
func (v *verifier) compareRows(c Checkpoint, rows []AuditRow) {
	found := make(map[int64]AuditRow, len(rows))
	for _, r := range rows {
		found[r.ID] = r
	}
	for leaves := c.Leaves; len(leaves) >= leafBytes; leaves = leaves[leafBytes:] {
		id := int64(binary.BigEndian.Uint64(leaves))
		r, ok := found[id]
		if !ok {
			v.fault(c.N, id, "is missing: it was deleted or moved")
			continue
		}
		v.compareRow(c.N, r, leaves[:leafBytes])
		delete(found, id)
	}
	for _, r := range rows {
		if _, surplus := found[r.ID]; surplus {
			v.fault(c.N, r.ID, "was added later")
		}
	}
}

func (v *verifier) compareRow(n int64, r AuditRow, leaf []byte) {
	same, written := bytes.Equal(r.leaf(), leaf), v.written(r)
	switch {
	case !same && written && v.mac != nil:
		v.fault(n, r.ID, "holds what was written as another row: it was swapped or copied")
	case !same:
		v.fault(n, r.ID, "was edited")
	case !written:
		v.fault(n, r.ID, "was forged: balie did not write it")
	}
}

// written says that the program itself wrote the row, as far as that is known.
func (v *verifier) written(r AuditRow) bool {
	return v.mac == nil || hmac.Equal(v.mac(r.message()), r.MAC)
}

func (v *verifier) unsealed(ctx context.Context) error {
	for {
		r, err := v.rows.peek(ctx)
		if err != nil || r == nil {
			return err
		}
		if !v.written(*r) {
			v.fault(0, r.ID, "was edited or forged before it was sealed")
		}
		v.Unsealed++
		v.rows.at++
	}
}

// compare looks up in the chain what was noted outside. Lines that can't be
// read are what a crash leaves, or others' lines in a log that was kept; who can
// write the file could as well drop them.
func (v *verifier) compare(ctx context.Context, heads io.Reader) error {
	if heads == nil {
		return nil
	}
	newest, err := newest(ctx, v.tx)
	if err != nil {
		return err
	}
	v.last = newest
	defer func() { v.last = Checkpoint{} }()
	lines := bufio.NewScanner(heads)
	var noted []LogHead
	for lines.Scan() {
		if h, err := parseHead(lines.Text()); err == nil {
			noted = append(noted, h)
		}
		if len(noted) == 50 {
			if err := v.lookUp(ctx, noted); err != nil {
				return err
			}
			noted = noted[:0]
		}
	}
	if err := v.lookUp(ctx, noted); err != nil {
		return err
	}
	return lines.Err()
}

// parseHead reads a line of a file of heads, or one of the server's log in which
// a head is told.
func parseHead(line string) (h LogHead, err error) {
	if _, told, ok := strings.Cut(line, HeadWord+" "); ok {
		line = told
	}
	var sum string
	if _, err = fmt.Sscanf(line, "%d %64s", &h.N, &sum); err == nil {
		h.Hash, err = hex.DecodeString(sum)
	}
	if err == nil && len(h.Hash) != sha256.Size {
		err = io.ErrUnexpectedEOF
	}
	return h, err
}

func (v *verifier) lookUp(ctx context.Context, noted []LogHead) error {
	ns := make([]int64, len(noted))
	for i, h := range noted {
		ns[i] = h.N
	}
	all, err := gather[Checkpoint](ctx, v.tx, checkpointsOfSQL, ns)
	if err != nil {
		return err
	}
	kept := make(map[int64]LogHead, len(all))
	for _, c := range all {
		kept[c.N] = c.head()
	}
	for _, h := range noted {
		v.compareHead(h, kept)
	}
	return nil
}

func (v *verifier) compareHead(noted LogHead, kept map[int64]LogHead) {
	h, ok := kept[noted.N]
	switch {
	case !ok && noted.N > v.last.N:
		v.fault(noted.N, 0, "is missing, though its head was noted outside: the log's end was cut off, or an old copy was put back")
	case !ok:
		v.fault(noted.N, 0, "is missing, though its head was noted outside")
	case !bytes.Equal(h.Hash, noted.Hash):
		v.fault(noted.N, 0, "is not the one whose head was noted outside: the log was chained anew")
		if v.replaced == 0 || noted.N < v.replaced {
			v.replaced = noted.N
		}
	default:
		v.Heads++
	}
}
