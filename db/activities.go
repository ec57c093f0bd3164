package db

import (
	"context"
	"time"

	"balie/db/seal"
	"balie/policy"
	"balie/policy/text"
)

// Activity is a call, a mail or a meeting that happened.
type Activity struct {
	ID       int64
	Customer int64
	Author   int32
	Deed     policy.Deed
	At       time.Time
	Minutes  int
	Version  int32
	Import   int64 // of a new one: the import that brings it
	ActivityBody
}

// ActivityBody is the sealed part.
type ActivityBody struct {
	Subject text.Line        `json:"s,omitzero"`
	People  text.Line        `json:"p,omitzero"` // who were there
	Outcome text.Line        `json:"o,omitzero"`
	Text    text.Block       `json:"x,omitzero"`
	Way     policy.Direction `json:"d,omitzero"` // of a mail
}

const activityPlace = "activities.body"

type activityRow struct {
	ID       int64
	Author   int32
	Kind     string
	At       time.Time
	Minutes  int
	Version  int32
	Body     []byte
	KekEpoch int
	Wrapped  []byte
}

const (
	activityColumns  = `a.id, a.author, a.kind, a.at, a.minutes, a.version, a.body, k.kek_epoch, k.wrapped from activities a join subject_keys k on k.subject_id = a.customer_id`
	selectActivities = `select ` + activityColumns + ` where a.customer_id = $1 order by a.at desc, a.id desc limit 500`
	insertActivity   = `insert into activities (customer_id, author, kind, at, minutes, created_at, request, body, import_id) values ($1, $2, $3, $4, $5, $6, $7, $8, nullif($9::bigint, 0)) returning id`
)

// ListActivities are those with a customer, latest first.
func (tx *Tx) ListActivities(ctx context.Context, customer int64) (all []Activity, err error) {
	err = tx.Together(ctx, tx.ActivitiesOf(customer, &all))
	return all, err
}

// ActivitiesOf is ListActivities as one of several questions.
func (tx *Tx) ActivitiesOf(customer int64, into *[]Activity) Read {
	return hanging(tx, customer, into, tx.store.readActivity, selectActivities)
}

func (s *Store) readActivity(customer int64, r activityRow) (Activity, error) {
	a, _, err := s.openActivity(customer, r)
	return a, err
}

func (s *Store) openActivity(customer int64, r activityRow) (Activity, seal.DataKey, error) {
	a := Activity{ID: r.ID, Customer: customer, Author: r.Author, Deed: policy.Deed(r.Kind), At: r.At, Minutes: r.Minutes, Version: r.Version}
	key, err := s.Keys.Unwrap(customer, seal.Wrapped{Epoch: r.KekEpoch, Key: r.Wrapped})
	if err != nil {
		return a, key, err
	}
	return a, key, openJSON(key, activityPlace, r.Body, &a.ActivityBody)
}

// AddActivity writes one; the customer counts as active since then.
func (tx *Tx) AddActivity(ctx context.Context, a Activity, request [16]byte) (Activity, error) {
	key, err := tx.customerKey(ctx, a.Customer)
	if err != nil {
		return a, err
	}
	a.Author, a.Version = tx.Actor.ID, 1
	err = tx.QueryRow(ctx, insertActivity, a.Customer, a.Author, string(a.Deed), a.At, a.Minutes, tx.Now, request, sealJSON(key, activityPlace, a.ActivityBody), a.Import).Scan(&a.ID)
	if err == nil {
		_, err = tx.Exec(ctx, touchCustomer, a.Customer, a.At)
	}
	tx.Saw(a.Customer)
	tx.About(a.Customer, "activity")
	return a, err
}
