package db

import (
	"context"
	"time"

	"balie/db/seal"
	"balie/policy"
	"balie/policy/text"
)

// Note is what somebody wrote about a customer. A private one is its author's,
// and the privacy officer's for a request.
type Note struct {
	ID       int64
	Customer int64
	Author   int32
	Private  bool
	At       time.Time
	Text     text.Block
	Import   int64 // of a new one: the import that brings it, with its time
}

type noteRow struct {
	ID       int64
	Author   int32
	Private  bool
	At       time.Time
	Body     []byte
	KekEpoch int
	Wrapped  []byte
}

const (
	selectNotes = `select n.id, n.author, n.private, n.at, n.body, k.kek_epoch, k.wrapped
		from notes n join subject_keys k on k.subject_id = n.customer_id
		where n.customer_id = $1 order by n.at desc, n.id desc limit 500`
	selectKeyOf   = `select kek_epoch, wrapped from subject_keys k join customers c on c.id = k.subject_id where c.id = $1`
	insertNote    = `insert into notes (customer_id, author, private, at, request, body, import_id) values ($1, $2, $3, $4, $5, $6, nullif($7::bigint, 0)) returning id`
	touchCustomer = `update customers set last_activity = greatest(last_activity, $2) where id = $1`
)

// ListNotes are the notes on a customer that the actor may read, latest first.
func (tx *Tx) ListNotes(ctx context.Context, customer int64) (all []Note, err error) {
	err = tx.Together(ctx, tx.NotesOf(customer, &all))
	return all, err
}

// NotesOf is ListNotes as one of several questions.
func (tx *Tx) NotesOf(customer int64, into *[]Note) Read {
	return hanging(tx, customer, into, tx.store.openNote, selectNotes)
}

func (s *Store) openNote(customer int64, r noteRow) (Note, error) {
	n := Note{ID: r.ID, Customer: customer, Author: r.Author, Private: r.Private, At: r.At}
	key, err := s.Keys.Unwrap(customer, seal.Wrapped{Epoch: r.KekEpoch, Key: r.Wrapped})
	if err != nil {
		return n, err
	}
	plain, err := key.Open(notePlace, r.Body)
	n.Text = text.NewBlock(string(plain))
	return n, err
}

// AddNote writes a note; the customer counts as active from then on.
func (tx *Tx) AddNote(ctx context.Context, n Note, request [16]byte) (Note, error) {
	key, err := tx.customerKey(ctx, n.Customer)
	if err != nil {
		return n, err
	}
	if n.Author = tx.Actor.ID; n.Import == 0 {
		n.At = tx.Now
	}
	err = tx.QueryRow(ctx, insertNote, n.Customer, n.Author, n.Private, n.At, request, key.Seal(notePlace, []byte(n.Text.String())), n.Import).Scan(&n.ID)
	if policy.KindOf(kinded(err)) == policy.Conflict {
		return n, nil // the same request, committed before
	}
	if err == nil {
		_, err = tx.Exec(ctx, touchCustomer, n.Customer, n.At)
	}
	tx.Saw(n.Customer)
	tx.About(n.Customer, "note")
	return n, err
}

// customerKey gives the data key of a customer whom the actor may see.
func (tx *Tx) customerKey(ctx context.Context, customer int64) (seal.DataKey, error) {
	var w seal.Wrapped
	if err := tx.QueryRow(ctx, selectKeyOf, customer).Scan(&w.Epoch, &w.Key); err != nil {
		return seal.DataKey{}, err
	}
	return tx.store.Keys.Unwrap(customer, w)
}
