package db

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// Read is a question that can go to the database together with others: a round
// trip costs as much as most answers.
type Read func(*pgx.Batch)

// Together asks all in one round trip. The answers are taken in the order of the
// questions; the first error ends it.
func (tx *Tx) Together(ctx context.Context, reads ...Read) error {
	if len(reads) == 0 {
		return nil
	}
	batch := newBatch()
	for _, read := range reads {
		read(batch)
	}
	return tx.SendBatch(ctx, batch).Close()
}

// taking asks for rows whose columns are exactly those of T. take must ask
// nothing itself: the answers behind it are still to come.
func taking[T any](take func([]T) error, sql string, args ...any) Read {
	return func(batch *pgx.Batch) {
		batch.Queue(sql, args...).Query(func(rows pgx.Rows) error {
			all, err := pgx.CollectRows(rows, pgx.RowToStructByName[T])
			if err != nil {
				return err
			}
			return take(all)
		})
	}
}

// reading is taking that keeps what open makes of the rows.
func reading[T, U any](into *U, open func([]T) (U, error), sql string, args ...any) Read {
	return taking(func(rows []T) (err error) {
		*into, err = open(rows)
		return err
	}, sql, args...)
}

// hanging asks for what hangs on one customer, who counts as seen.
func hanging[T, U any](tx *Tx, customer int64, into *[]U, open func(int64, T) (U, error), sql string) Read {
	return reading(into, func(rows []T) ([]U, error) {
		tx.Saw(customer)
		tx.About(customer)
		return openEach(rows, func(r T) (U, error) { return open(customer, r) })
	}, sql, customer)
}

// also is collect as one of several queries that go together.
func also[T any](batch *pgx.Batch, into *[]T, sql string, args ...any) {
	taking(func(rows []T) error { *into = rows; return nil }, sql, args...)(batch)
}

// openEach opens rows in their order.
func openEach[T, U any](rows []T, open func(T) (U, error)) ([]U, error) {
	all := make([]U, len(rows))
	for i, row := range rows {
		var err error
		if all[i], err = open(row); err != nil {
			return nil, err
		}
	}
	return all, nil
}
