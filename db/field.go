package db

import (
	"context"
	"time"

	"balie/policy"
	"balie/policy/text"
)

// fieldRow is a field of the organisation's own as PostgreSQL keeps it.
type fieldRow struct {
	ID                                          int32
	Entity, Name, English, Kind, Purpose, Basis string
	Choices                                     []policy.Choice
	Months                                      int
	Readers                                     []string
	Version                                     int
	Retired                                     bool
}

func (r fieldRow) field() policy.Field {
	f := policy.Field{
		ID: r.ID, Entity: policy.FieldEntity(r.Entity), Name: text.New(r.Name), English: text.New(r.English), Kind: policy.FieldKind(r.Kind),
		Choices: r.Choices, Ground: policy.Ground{Purpose: policy.Purpose(r.Purpose), Basis: policy.Basis(r.Basis)},
		Months: r.Months, Version: r.Version, Retired: r.Retired,
	}
	for _, reader := range r.Readers {
		f.Readers = append(f.Readers, policy.Role(reader))
	}
	return f
}

const (
	fieldColumns = `f.id, f.entity, f.name, f.english, f.kind, f.purpose, f.basis, f.choices, f.months, f.readers, f.version, f.retired_at is not null as retired`
	selectFields = `select ` + fieldColumns + ` from fields f where f.dropped_at is null order by f.entity desc, f.name, f.id`
	selectField  = `select ` + fieldColumns + ` from fields f where f.id = $1 and f.dropped_at is null`
)

// ListFields are the fields that the actor may know of: those of people first,
// by name. What was dropped is none any more.
func (tx *Tx) ListFields(ctx context.Context) ([]policy.Field, error) {
	if tx.known != nil {
		return tx.known, nil
	}
	rows, err := collect[fieldRow](ctx, tx, selectFields)
	if err == nil {
		tx.known = fieldsFrom(rows)
	}
	return tx.known, err
}

func fieldsFrom(rows []fieldRow) []policy.Field {
	all := make([]policy.Field, len(rows))
	for i, r := range rows {
		all[i] = r.field()
	}
	return all
}

// GetField reads one.
func (tx *Tx) GetField(ctx context.Context, id int32) (policy.Field, error) {
	r, err := one(collect[fieldRow](ctx, tx, selectField, id))
	return r.field(), err
}

// fieldLock is the advisory lock that those who fill in fields share, and that
// dropping one takes alone: whoever has read that a field is there has
// committed before it is gone, and whoever comes later reads that it is gone.
const fieldLock = 7009

// FieldsToFill are ListFields for one who is going to fill some in, until the
// transaction ends.
func (tx *Tx) FieldsToFill(ctx context.Context) ([]policy.Field, error) {
	if tx.fields != nil {
		return tx.fields, nil
	}
	var rows []fieldRow
	batch := newBatch()
	batch.Queue(`select pg_advisory_xact_lock_shared($1)`, int64(fieldLock))
	also(batch, &rows, selectFields)
	err := tx.SendBatch(ctx, batch).Close()
	tx.fields = fieldsFrom(rows)
	return tx.fields, err
}

// filled checks what the actor filled in: it is what is going to stand in the
// fields that the actor sees.
func (tx *Tx) filled(ctx context.Context, entity policy.FieldEntity, was, now policy.FieldValues) (policy.FieldValues, error) {
	if was.Equal(now) {
		return was, nil
	}
	fields, err := tx.FieldsToFill(ctx)
	if err != nil {
		return nil, err
	}
	return policy.Fill(policy.VisibleFields(fields, entity, tx.Actor.Role), was, now)
}

const (
	insertField = `insert into fields (entity, name, english, kind, choices, purpose, basis, months, readers, created_by)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id`
	updateField = `update fields set name = $3, english = $4, choices = $5, purpose = $6, basis = $7, months = $8, readers = $9,
		retired_at = case when $10 then coalesce(retired_at, now()) end, version = version + 1 where id = $1 and version = $2 and dropped_at is null`
	insertFieldHistory = `insert into field_history (field_id, version, at, person_id, was)
		select f.id, f.version, $2, $3, to_jsonb(f) - array['id', 'version'] from fields f where f.id = $1`
)

// AddField writes a new field.
func (tx *Tx) AddField(ctx context.Context, f policy.Field) (id int32, err error) {
	err = tx.QueryRow(ctx, insertField, f.Entity, f.Name.String(), f.English.String(), f.Kind, choicesOf(f),
		f.Ground.Purpose, f.Ground.Basis, f.Months, readersOf(f), tx.Actor.ID).Scan(&id)
	tx.About(int64(id), "field")
	return id, err
}

// ChangeField writes a field over the version that was read, and keeps what it
// was. What it belongs to and its kind stay.
func (tx *Tx) ChangeField(ctx context.Context, f policy.Field) error {
	if _, err := tx.Exec(ctx, insertFieldHistory, f.ID, tx.Now, tx.Actor.ID); err != nil {
		return err
	}
	tx.About(int64(f.ID), "field")
	return tx.fresh(ctx, updateField, f.ID, f.Version, f.Name.String(), f.English.String(), choicesOf(f),
		f.Ground.Purpose, f.Ground.Basis, f.Months, readersOf(f), f.Retired)
}

func choicesOf(f policy.Field) []policy.Choice { return append([]policy.Choice{}, f.Choices...) }

func readersOf(f policy.Field) []string {
	names := []string{}
	for _, r := range policy.InOrder(f.Readers) {
		names = append(names, string(r))
	}
	return names
}

const dropField = `update fields set dropped_at = now(), dropped_by = $2, version = version + 1 where id = $1 and dropped_at is null`

// DropField takes a field away: from the commit on nobody sees what stands in
// it, and the clock deletes that.
func (tx *Tx) DropField(ctx context.Context, id int32) error {
	if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock($1)`, int64(fieldLock)); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, insertFieldHistory, id, tx.Now, tx.Actor.ID); err != nil {
		return err
	}
	tx.About(int64(id), "field")
	return tx.must(ctx, dropField, id, tx.Actor.ID)
}

// FieldUse is how much a field is used: one of the organisation's own, by its
// Key, or one that comes with the program, by its name.
type FieldUse struct {
	Entity    policy.FieldEntity
	Field     string
	Filled    int64
	UsedAt    *time.Time // when somebody last filled it in or changed it
	Total     int64      // records of the entity
	CountedAt time.Time
}

const selectFieldUse = `select entity, field, filled, used_at, total, counted_at from field_usage order by entity, field`

// ListFieldUse is what the clock counted last.
func (tx *Tx) ListFieldUse(ctx context.Context) ([]FieldUse, error) {
	return collect[FieldUse](ctx, tx, selectFieldUse)
}

// DroppedField is one that was dropped, and how far deleting is.
type DroppedField struct {
	ID        int32
	Entity    string
	Name      string
	DroppedAt time.Time
	DroppedBy int32
	ClearedAt *time.Time
	Cleared   int64
}

const selectDropped = `select id, entity, name, dropped_at, dropped_by, cleared_at, cleared from fields where dropped_at is not null order by dropped_at desc limit 100`

// ListDropped are the fields that were dropped, the latest first.
func (tx *Tx) ListDropped(ctx context.Context) ([]DroppedField, error) {
	return collect[DroppedField](ctx, tx, selectDropped)
}

// AllFields are Fields with those of the organisation's own in which something
// stands in one of the states.
func AllFields(states ...*Customer) []Field {
	return withValues(Fields, states, func(c *Customer) *policy.FieldValues { return &c.Values })
}

// AllDealFields are DealFields, likewise.
func AllDealFields(states ...*Deal) []FieldOf[Deal] {
	return withValues(DealFields, states, func(d *Deal) *policy.FieldValues { return &d.Values })
}

func withValues[T any](fields []FieldOf[T], states []*T, values func(*T) *policy.FieldValues) []FieldOf[T] {
	filled := policy.FieldValues{}
	for _, s := range states {
		for id, v := range *values(s) {
			filled[id] = v
		}
	}
	all := fields[:len(fields):len(fields)]
	for _, id := range filled.IDs() {
		all = append(all, FieldOf[T]{
			Name: policy.FieldKey(id),
			Tell: func(t *T) string { return (*values(t))[id].String() },
			Copy: func(to, from *T) { *values(to) = values(to).Set(id, (*values(from))[id]) },
		})
	}
	return all
}

// withoutHidden leaves out of a history what was done to fields that the actor
// doesn't see.
func (tx *Tx) withoutHidden(fields []policy.Field, past []Past) []Past {
	var seen []Past
	for _, p := range past {
		var changes []Change
		for _, c := range p.Changes {
			id, own := policy.ParseFieldKey(c.Field)
			if f, ok := policy.FindField(fields, id); !own || ok && f.SeenBy(tx.Actor.Role) {
				changes = append(changes, c)
			}
		}
		if len(changes) > 0 || len(p.Changes) == 0 {
			p.Changes = changes
			seen = append(seen, p)
		}
	}
	return seen
}
