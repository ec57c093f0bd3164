package db

import (
	"context"
	"encoding/json"
	"time"

	"balie/policy"
	"balie/policy/text"
)

// Audience is a mailing list: a saved selection, for a purpose by a means.
type Audience struct {
	ID      int32
	Purpose policy.Purpose
	Means   policy.Means
	At      time.Time
	By      int32
	Retired *time.Time
	AudienceHead
}

// AudienceHead is what of it may tell of a person.
type AudienceHead struct {
	Name  text.Line `json:"n"`
	Query Query     `json:"q"`
}

const audiencePlace = "audiences.head"

type audienceRow struct {
	ID             int32
	Purpose, Means string
	Head           []byte
	At             time.Time
	By             int32
	RetiredAt      *time.Time
}

const (
	audienceSQL       = `select id, purpose, means, head, at, by, retired_at from audiences`
	listAudiencesSQL  = audienceSQL + ` where retired_at is null order by id`
	oneAudienceSQL    = audienceSQL + ` where id = $1`
	insertAudienceSQL = `insert into audiences (purpose, means, head, by) values ($1, $2, $3, $4) returning id`
	retireAudienceSQL = `update audiences set retired_at = now() where id = $1 and retired_at is null`
)

func (tx *Tx) audiences(ctx context.Context, sql string, args ...any) ([]Audience, error) {
	rows, err := collect[audienceRow](ctx, tx, sql, args...)
	if err != nil {
		return nil, err
	}
	all := make([]Audience, len(rows))
	for i, r := range rows {
		all[i] = Audience{ID: r.ID, Purpose: policy.Purpose(r.Purpose), Means: policy.Means(r.Means), At: r.At, By: r.By, Retired: r.RetiredAt}
		plain, err := tx.store.Keys.Open(audiencePlace, 0, r.Head)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(plain, &all[i].AudienceHead); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// ListAudiences gives those in use.
func (tx *Tx) ListAudiences(ctx context.Context) ([]Audience, error) {
	return tx.audiences(ctx, listAudiencesSQL)
}

// GetAudience gives one, in use or not.
func (tx *Tx) GetAudience(ctx context.Context, id int32) (Audience, error) {
	return one(tx.audiences(ctx, oneAudienceSQL, id))
}

// AddAudience keeps a new one.
func (tx *Tx) AddAudience(ctx context.Context, a Audience) (id int32, err error) {
	a.Query.After, a.Query.Limit = Cursor{}, 0
	head := tx.store.Keys.Seal(audiencePlace, 0, marshal(a.AudienceHead))
	err = tx.QueryRow(ctx, insertAudienceSQL, a.Purpose, a.Means, head, tx.Actor.ID).Scan(&id)
	tx.About(int64(id), string(a.Purpose))
	return id, err
}

// RetireAudience takes one out of use: its maker, or the privacy officer.
func (tx *Tx) RetireAudience(ctx context.Context, id int32) error {
	tx.About(int64(id))
	return tx.must(ctx, retireAudienceSQL, id)
}

// AudienceExport is one time that a list went out.
type AudienceExport struct {
	ID         int64
	AudienceID int32
	At         time.Time
	PersonID   int32
	Hash       []byte
	Manifest   []byte
}

const (
	listAudienceExports  = `select id, audience_id, at, person_id, hash, manifest from audience_exports where audience_id = $1 order by id desc limit 100`
	insertAudienceExport = `insert into audience_exports (audience_id, person_id, hash, manifest) values ($1, $2, $3, $4) returning id`
	insertAudience       = `insert into audience_members (export_id, customer_id) select $1, unnest($2::bigint[])`
)

// ListAudienceExports gives the times that a list went out, the latest first.
func (tx *Tx) ListAudienceExports(ctx context.Context, audience int32) ([]AudienceExport, error) {
	return collect[AudienceExport](ctx, tx, listAudienceExports, audience)
}

// AddAudienceExport keeps that a list went out, with whom it held.
func (tx *Tx) AddAudienceExport(ctx context.Context, e AudienceExport, members []int64) (id int64, err error) {
	err = tx.QueryRow(ctx, insertAudienceExport, e.AudienceID, tx.Actor.ID, e.Hash, e.Manifest).Scan(&id)
	if err != nil {
		return 0, err
	}
	_, err = tx.Exec(ctx, insertAudience, id, members)
	tx.Saw(members...)
	tx.About(int64(e.AudienceID))
	return id, err
}
