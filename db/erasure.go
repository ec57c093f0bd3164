package db

import (
	"context"
	"time"

	"balie/policy"
)

// Erasure is one that was done. It tells a number, and what the record says.
type Erasure struct {
	Subject   int64
	Kind      policy.CustomerKind
	At        time.Time
	Person    int32 // 0: the clock
	Rule      string
	Invoices  int
	KeptUntil time.Time // zero: no invoice stayed
	Untold    int       // recipients who were not told yet
	Record    []byte    // opened
}

type erasureRow struct {
	SubjectID int64
	Kind      int16
	At        time.Time
	PersonID  int32
	Rule      string
	Invoices  int
	KeptUntil *time.Time
	Untold    int
	Record    []byte
}

// ErasureQuery says which to list; zero fields don't filter.
type ErasureQuery struct {
	Subject int64
	Rule    string // of retention
	Before  int64  // the subject after which the next page begins
	Limit   int
}

const (
	erasureSQL = `select e.subject_id, e.kind, e.at, coalesce(e.person_id, 0) as person_id, e.rule, e.invoices, e.kept_until,
		(select count(*)::int from erasure_recipients r where r.subject_id = e.subject_id and r.told_at is null) as untold, e.record from erasures e`
	listErasuresSQL = erasureSQL + ` where ($1 = 0 or e.subject_id = $1) and ($2 = '' or e.rule = $2)
		and ($3 = 0 or (e.at, e.subject_id) < (select b.at, b.subject_id from erasures b where b.subject_id = $3))
		order by e.at desc, e.subject_id desc limit $4`
	recipientsSQL = `select n, at, person_id as person, act, told_at, coalesce(told_by, 0) as told_by from erasure_recipients where subject_id = $1 order by n`
	tellSQL       = `update erasure_recipients set told_at = now(), told_by = $3 where subject_id = $1 and n = $2 and told_at is null`
	untoldSQL     = `select count(distinct subject_id)::int from erasure_recipients where told_at is null`
)

// ListErasures gives erasures, latest first.
func (tx *Tx) ListErasures(ctx context.Context, q ErasureQuery) ([]Erasure, error) {
	if q.Limit <= 0 || q.Limit > 1000 {
		q.Limit = 200
	}
	rows, err := collect[erasureRow](ctx, tx, listErasuresSQL, q.Subject, q.Rule, q.Before, q.Limit)
	if err != nil {
		return nil, err
	}
	all := make([]Erasure, len(rows))
	for n, r := range rows {
		record, err := tx.store.Keys.Open(erasurePlace, r.SubjectID, r.Record)
		if err != nil {
			return nil, err
		}
		all[n] = Erasure{r.SubjectID, policy.CustomerKind(r.Kind), r.At, r.PersonID, r.Rule, r.Invoices, orZero(r.KeptUntil), r.Untold, record}
	}
	return all, nil
}

// GetErasure gives one, by the number that the customer had.
func (tx *Tx) GetErasure(ctx context.Context, subject int64) (Erasure, error) {
	tx.About(subject)
	return one(tx.ListErasures(ctx, ErasureQuery{Subject: subject}))
}

// ListRecipients are those to whom data of one who was erased had gone.
func (tx *Tx) ListRecipients(ctx context.Context, subject int64) ([]Recipient, error) {
	return collect[Recipient](ctx, tx, recipientsSQL, subject)
}

// TellRecipient notes that a recipient was told of the erasure.
func (tx *Tx) TellRecipient(ctx context.Context, subject int64, n int) error {
	tx.About(subject)
	return tx.must(ctx, tellSQL, subject, n, tx.Actor.ID)
}

// UntoldErasures is of how many erasures somebody is still to be told.
func (tx *Tx) UntoldErasures(ctx context.Context) (n int, err error) {
	err = tx.QueryRow(ctx, untoldSQL).Scan(&n)
	return n, err
}
