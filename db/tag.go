package db

import (
	"context"
	"time"
)

// Tag is one of the organisation's managed list. Names of tags are readable in
// the database: they must not tell about a person.
type Tag struct {
	ID        int32
	Name      string
	RetiredAt *time.Time
}

const (
	selectTags = `select id, name, retired_at from tags order by name`
	insertTag  = `insert into tags (name) values ($1) returning id`
	retireTag  = `update tags set retired_at = case when $2 then now() end where id = $1`
)

// ListTags are all tags, the retired ones too.
func (tx *Tx) ListTags(ctx context.Context) ([]Tag, error) { return collect[Tag](ctx, tx, selectTags) }

// AddTag adds one to the list.
func (tx *Tx) AddTag(ctx context.Context, name string) (id int32, err error) {
	err = tx.QueryRow(ctx, insertTag, name).Scan(&id)
	tx.Detail("tag " + name)
	return id, err
}

// RetireTag takes a tag off the forms, or puts it back; customers keep it.
func (tx *Tx) RetireTag(ctx context.Context, id int32, retired bool) error {
	_, err := tx.Exec(ctx, retireTag, id, retired)
	tx.About(int64(id))
	return err
}
