package db

import (
	"context"
	"encoding/json"
	"slices"

	"balie/db/seal"
	"balie/policy"
	"balie/policy/text"
)

// View is a list as somebody keeps it: narrowed, ordered, with chosen columns.
type View struct {
	ID      int64
	Owner   int32
	List    policy.List
	Place   int32
	Shared  bool // with the owner's team
	Version int32
	ViewBody
}

// ViewBody is the sealed part: a filter may name a person.
type ViewBody struct {
	Name    text.Line `json:"n"`
	Filter  string    `json:"f,omitempty"` // as policy.ParseFilter reads it
	Columns []string  `json:"c,omitempty"` // none: those that the list usually shows
}

const viewPlace = "saved_views.body"

type viewRow struct {
	ID             int64
	PersonID       int32
	List           string
	Place, Version int32
	Shared         bool
	Body           []byte
}

const (
	viewColumns = `id, person_id, list, place, version, shared, body from saved_views where `
	listViews   = `select ` + viewColumns + `$1 = '' or list = $1 order by person_id <> $2, person_id, list, place, id`
	selectView  = `select ` + viewColumns + `id = $1`
	nextView    = `select nextval('view_ids')`
	insertView  = `insert into saved_views (id, person_id, list, place, shared, updated_at, body) values ($1, $2, $3, $4, $5, $6, $7)`
	updateView  = `update saved_views set place = $3, shared = $4, updated_at = $5, body = $6, version = version + 1 where id = $1 and version = $2`
	placeView   = `update saved_views set place = $2, version = version + 1 where id = $1 and place <> $2`
	deleteView  = `delete from saved_views where id = $1`
)

// ListViews are those of a list, or of all with "", that the actor sees: the own
// ones in their order, then those that colleagues share.
func (tx *Tx) ListViews(ctx context.Context, l policy.List) ([]View, error) {
	return tx.views(ctx, listViews, string(l), tx.Actor.ID)
}

// GetView opens one.
func (tx *Tx) GetView(ctx context.Context, id int64) (View, error) {
	tx.About(id)
	all, err := tx.views(ctx, selectView, id)
	return one(all, err)
}

func (tx *Tx) views(ctx context.Context, sql string, args ...any) ([]View, error) {
	rows, err := collect[viewRow](ctx, tx, sql, args...)
	if err != nil {
		return nil, err
	}
	all := make([]View, len(rows))
	for i, r := range rows {
		all[i] = View{ID: r.ID, Owner: r.PersonID, List: policy.List(r.List), Place: r.Place, Shared: r.Shared, Version: r.Version}
		plain, err := tx.store.Keys.Open(viewPlace, r.ID, r.Body)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(plain, &all[i].ViewBody); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// AddView keeps a new one of the actor's own.
func (tx *Tx) AddView(ctx context.Context, v View) (View, error) {
	if err := tx.QueryRow(ctx, nextView).Scan(&v.ID); err != nil {
		return v, err
	}
	v.Owner, v.Version = tx.Actor.ID, 1
	tx.aboutView(v)
	_, err := tx.Exec(ctx, insertView, v.ID, v.Owner, string(v.List), v.Place, v.Shared, tx.Now, tx.sealView(v))
	return v, err
}

// UpdateView writes one anew, if it is still the version that was read.
func (tx *Tx) UpdateView(ctx context.Context, v View) (View, error) {
	tx.aboutView(v)
	tag, err := tx.Exec(ctx, updateView, v.ID, v.Version, v.Place, v.Shared, tx.Now, tx.sealView(v))
	if err == nil && tag.RowsAffected() == 0 {
		err = policy.Errorf(policy.Conflict, "This view was changed or deleted meanwhile: look at it again.")
	}
	v.Version++
	return v, err
}

// PlaceViews puts own views in an order.
func (tx *Tx) PlaceViews(ctx context.Context, ids []int64) error {
	batch := newBatch()
	for n, id := range ids {
		batch.Queue(placeView, id, n+1)
	}
	return tx.SendBatch(ctx, batch).Close()
}

// DeleteView throws one away; what isn't there to be deleted is absent.
func (tx *Tx) DeleteView(ctx context.Context, v View) error {
	tx.aboutView(v)
	tag, err := tx.Exec(ctx, deleteView, v.ID)
	if err == nil && tag.RowsAffected() == 0 {
		err = policy.ErrAbsent()
	}
	return err
}

func (tx *Tx) sealView(v View) []byte {
	return tx.store.Keys.Seal(viewPlace, v.ID, marshal(v.ViewBody))
}

// aboutView tells the log which list and whether it is shared: not the name,
// which may tell about somebody.
func (tx *Tx) aboutView(v View) {
	told := "own view of " + string(v.List)
	if v.Shared {
		told = "shared view of " + string(v.List)
	}
	tx.About(v.ID)
	tx.Detail(told)
}

// CheckFilter says whether a filter of a list can be used now: names are looked
// up.
func (tx *Tx) CheckFilter(ctx context.Context, l policy.List, line string) error {
	_, err := tx.newSieve(ctx, l, line)
	return err
}

// FindView is the one of a name, an own one rather than a colleague's.
func FindView(all []View, name string) (View, bool) {
	i := slices.IndexFunc(all, func(v View) bool { return sameName(v.Name.String(), name) })
	if i < 0 {
		return View{}, false
	}
	return all[i], true
}

func sameName(a, b string) bool { return seal.Fold(a) == seal.Fold(b) && seal.Fold(a) != "" || a == b }
