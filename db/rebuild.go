package db

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"balie/policy"
)

// bucketRows is how many customers share a place in the name order. Fewer would
// tell more of the order to who holds the database; more make every page open
// more heads: a page at 50 took half as long again, at 500 five times as long.
const bucketRows = 25

const searchReadySQL = `select exists (select from search_ready where epoch = $1)`

// SearchReady says whether the derived search rows are whole. After a crash,
// a restore or a large import they are not. It shows nobody anything and is
// asked all the time, so it isn't logged.
func (s *Store) SearchReady(ctx context.Context) (ready bool, err error) {
	pool, err := s.pool(indexer)
	if err != nil {
		return false, kinded(err)
	}
	err = pool.QueryRow(ctx, searchReadySQL, s.Keys.Latest()).Scan(&ready)
	return ready, kinded(err)
}

// as runs the program's own work on derived rows, which shows nobody anything.
func (s *Store) as(ctx context.Context, role policy.Role, fn func(*Tx) error) error {
	entry := Entry{Act: policy.SystemJob, Detail: string(role)}
	return s.run(ctx, policy.System(role), &entry, fn)
}

// RebuildSearch derives all search rows anew from the sealed ones, in one
// transaction: until it commits, searching waits. progress hears how many
// customers are done out of all.
func (s *Store) RebuildSearch(ctx context.Context, progress func(done, total int64)) error {
	return s.rebuildSearch(ctx, progress, false)
}

// MendSearch is RebuildSearch unless another node has made search whole before
// this one's turn.
func (s *Store) MendSearch(ctx context.Context, progress func(done, total int64)) error {
	return s.rebuildSearch(ctx, progress, true)
}

var errWhole = errors.New("search is whole")

func (s *Store) rebuildSearch(ctx context.Context, progress func(done, total int64), mend bool) error {
	err := s.as(ctx, indexer, func(tx *Tx) error {
		r := &rebuild{tx: tx, progress: progress, mend: mend}
		for _, step := range []func(context.Context) error{r.lock, r.open, r.cut, r.fill, r.close} {
			if err := step(ctx); err != nil {
				return fmt.Errorf("rebuild search: %w", err)
			}
		}
		return nil
	})
	if errors.Is(err, errWhole) {
		return nil
	}
	return err
}

type rebuild struct {
	tx       *Tx
	mend     bool
	progress func(done, total int64)
	total    int64
	bounds   []string
}

// lock keeps everybody out until the end, and looks again: whoever held the
// lock before may have done the work.
func (r *rebuild) lock(ctx context.Context) error {
	for _, sql := range []string{
		`set local lock_timeout = '60s'`,
		`lock table search_ready, search_tokens in access exclusive mode`,
	} {
		if _, err := r.tx.Exec(ctx, sql); err != nil {
			return err
		}
	}
	var whole bool
	err := r.tx.QueryRow(ctx, searchReadySQL, r.tx.store.Keys.Latest()).Scan(&whole)
	if err == nil && whole && r.mend {
		err = errWhole
	}
	return err
}

// open empties the tables. Row security forbids COPY, so it is lifted for the
// owner until close; the exclusive lock lets nobody see that.
func (r *rebuild) open(ctx context.Context) error {
	for _, sql := range []string{
		`set local maintenance_work_mem = '512MB'`,
		`truncate search_ready, search_tokens`,
		`drop index if exists search_tokens_scoped, search_tokens_all`,
		`alter table search_tokens no force row level security`,
	} {
		if _, err := r.tx.Exec(ctx, sql); err != nil {
			return err
		}
	}
	return r.tx.QueryRow(ctx, `select count(*) from customers`).Scan(&r.total)
}

// cut works out the bounds from a sample, so that about as many customers share
// each bucket.
func (r *rebuild) cut(ctx context.Context) error {
	const sample = 400_000 // fewer, and chance would make some buckets three times as large
	share := min(100, 100*float64(sample)/float64(max(r.total, 1)))
	rows, err := r.tx.Query(ctx, `select `+headColumns+`
		from customers c tablesample bernoulli ($1) join subject_keys k on k.subject_id = c.id`, share)
	if err != nil {
		return err
	}
	keys, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (string, error) {
		sealed, err := pgx.RowToStructByName[headRow](row)
		if err != nil {
			return "", err
		}
		head, err := r.tx.store.openHead(sealed)
		return place(head.Head, head.ID), err
	})
	if err != nil {
		return err
	}
	slices.Sort(keys)
	step := max(1, int(bucketRows*share/100))
	r.bounds = []string{}
	for i := step; i < len(keys); i += step {
		r.bounds = append(r.bounds, keys[i])
	}
	r.bounds = slices.Compact(r.bounds)
	return nil
}

// fill reads all customers on a second connection, works out their tokens on
// another core, and copies these in. Writers can't come between: each reads
// search_ready first, which is locked, or takes it away afterwards.
func (r *rebuild) fill(ctx context.Context) error {
	names, err := r.companies(ctx)
	if err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	read := make(chan []indexRow, 2)
	derived := make(chan []byte, 2)
	group.Go(Safely(func() error { defer close(read); return r.read(ctx, read) }))
	group.Go(Safely(func() error { defer close(derived); return r.derive(ctx, names, read, derived) }))
	group.Go(Safely(func() error { return r.copy(ctx, derived) }))
	return group.Wait()
}

// indexRow is a customer as a rebuild reads it.
type indexRow struct {
	sealedRow
	TagIDs     []int32
	CompanyIDs []int64
}

const selectIndexRows = `select ` + rowColumns + `, c.body,
	array(select t.tag_id from customer_tags t where t.customer_id = c.id) as tag_ids,
	array(select m.company_id from memberships m where m.contact_id = c.id) as company_ids
	from customers c join subject_keys k on k.subject_id = c.id`

const rebuildChunk = 2000

func (r *rebuild) read(ctx context.Context, out chan<- []indexRow) error {
	return r.tx.store.as(ctx, indexer, func(tx *Tx) error {
		rows, err := tx.Query(ctx, selectIndexRows)
		if err != nil {
			return err
		}
		defer rows.Close()
		chunk := make([]indexRow, 0, rebuildChunk)
		for rows.Next() {
			row, err := pgx.RowToStructByName[indexRow](rows)
			if err != nil {
				return err
			}
			if chunk = append(chunk, row); len(chunk) == rebuildChunk {
				if err := send(ctx, out, chunk); err != nil {
					return err
				}
				chunk = make([]indexRow, 0, rebuildChunk)
			}
		}
		return errors.Join(rows.Err(), send(ctx, out, chunk))
	})
}

func send[T any](ctx context.Context, out chan<- T, v T) error {
	select {
	case out <- v:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (r *rebuild) derive(ctx context.Context, names map[int64]string, in <-chan []indexRow, out chan<- []byte) error {
	var done int64
	words := r.tx.store.Keys.Remembering(wordSpace)
	for chunk := range in {
		rows := make([]byte, 0, 32*len(chunk)*copyRowBytes)
		for _, row := range chunk {
			var err error
			if rows, err = r.tokensOf(rows, words, row, names); err != nil {
				return err
			}
		}
		if err := send(ctx, out, rows); err != nil {
			return err
		}
		done += int64(len(chunk))
		r.progress(done, r.total)
	}
	return nil
}

func (r *rebuild) tokensOf(rows []byte, word func(string) int64, row indexRow, names map[int64]string) ([]byte, error) {
	c, _, err := r.tx.store.openWhole(row.sealedRow)
	if err != nil {
		return nil, fmt.Errorf("customer %d: %w", row.ID, err)
	}
	c.Tags = row.TagIDs
	companies := make([]string, len(row.CompanyIDs))
	for i, id := range row.CompanyIDs {
		companies[i] = names[id]
	}
	bucket := bucketOf(r.bounds, c)
	for _, t := range r.tx.store.tokensBy(word, c, companies) {
		rows = appendCopyRow(rows, t, c.Owner, bucket, c.ID)
	}
	return rows, nil
}

// companies are the names of all companies that have contacts.
func (r *rebuild) companies(ctx context.Context) (map[int64]string, error) {
	rows, err := collect[headRow](ctx, r.tx, `select `+headColumns+`
		from customers c join subject_keys k on k.subject_id = c.id where c.id in (select company_id from memberships)`)
	if err != nil {
		return nil, err
	}
	names := make(map[int64]string, len(rows))
	for _, row := range rows {
		head, err := r.tx.store.openHead(row)
		if err != nil {
			return nil, err
		}
		names[row.ID] = head.Name().String()
	}
	return names, nil
}

// copy feeds COPY in its binary form: pgx's own encoding of 25 million rows took
// longer than deriving them.
func (r *rebuild) copy(ctx context.Context, in <-chan []byte) error {
	stream := &copyStream{ctx: ctx, in: in, left: []byte(copyHeader)}
	_, err := r.tx.Conn().PgConn().CopyFrom(ctx, stream, `copy search_tokens (token, scope, bucket, customer_id) from stdin binary`)
	return err
}

// close makes the indexes, puts row security back and says that search is
// whole.
func (r *rebuild) close(ctx context.Context) error {
	bounds, err := json.Marshal(r.bounds)
	if err != nil {
		return err
	}
	keys := r.tx.store.Keys
	for _, sql := range []string{
		`create index search_tokens_scoped on search_tokens (token, scope, bucket, customer_id)`,
		`create index search_tokens_all on search_tokens (token, bucket, customer_id)`,
		`alter table search_tokens force row level security`,
		`analyze search_tokens`,
	} {
		if _, err := r.tx.Exec(ctx, sql); err != nil {
			return err
		}
	}
	_, err = r.tx.Exec(ctx, `insert into search_ready (version, epoch, rows, bounds) values (pg_current_xact_id()::text::bigint, $1, $2, $3)`,
		keys.Latest(), r.total, keys.Seal(boundsPlace, 0, bounds))
	return err
}
