package db

import (
	"context"
	"strconv"
	"time"

	"balie/db/seal"
	"balie/policy"
)

// ActivityFields are the fields of an activity by name, in the order of the form.
var ActivityFields = []FieldOf[Activity]{
	{"kind", func(a *Activity) string { return string(a.Deed) }, func(to, from *Activity) { to.Deed = from.Deed }},
	{"at", func(a *Activity) string { return a.At.UTC().Format(time.RFC3339) }, func(to, from *Activity) { to.At = from.At }},
	{"subject", func(a *Activity) string { return a.Subject.String() }, func(to, from *Activity) { to.Subject = from.Subject }},
	{"people", func(a *Activity) string { return a.People.String() }, func(to, from *Activity) { to.People = from.People }},
	{"minutes", func(a *Activity) string { return strconv.Itoa(a.Minutes) }, func(to, from *Activity) { to.Minutes = from.Minutes }},
	{"outcome", func(a *Activity) string { return a.Outcome.String() }, func(to, from *Activity) { to.Outcome = from.Outcome }},
	{"text", func(a *Activity) string { return a.Text.String() }, func(to, from *Activity) { to.Text = from.Text }},
}

const (
	selectActivity       = `select a.customer_id, a.updated_at, ` + activityColumns + ` where a.id = $1`
	activityHistoryPlace = "activity_history.detail"
	updateActivity       = `update activities set kind = $3, at = $4, minutes = $5, body = $6, updated_at = $7, version = version + 1 where id = $1 and version = $2`
	addActivityHistory   = `insert into activity_history (activity_id, version, at, person_id, act, request, fields, detail) values ($1, $2, $3, $4, $5, $6, $7, $8)`
	activityDone         = `select exists (select from activity_history where activity_id = $1 and version = $2 and request = $3 and person_id = $4)`
	listActivityHistory  = `select h.version, h.at, h.person_id, h.act, h.detail, k.kek_epoch, k.wrapped
		from activity_history h join activities a on a.id = h.activity_id join subject_keys k on k.subject_id = a.customer_id
		where h.activity_id = $1 order by h.version desc limit 200`
)

type oneActivityRow struct {
	CustomerID int64
	UpdatedAt  *time.Time
	activityRow
}

// openedActivity is one with what it takes to write it anew.
type openedActivity struct {
	Activity
	key     seal.DataKey
	changed time.Time // zero: never
}

func (tx *Tx) openActivity(ctx context.Context, id int64) (o openedActivity, err error) {
	r, err := one(collect[oneActivityRow](ctx, tx, selectActivity, id))
	if err != nil {
		return o, err
	}
	tx.Saw(r.CustomerID)
	o.changed = orZero(r.UpdatedAt)
	o.Activity, o.key, err = tx.store.openActivity(r.CustomerID, r.activityRow)
	return o, err
}

// GetActivity opens one.
func (tx *Tx) GetActivity(ctx context.Context, id int64) (Activity, error) {
	tx.About(id)
	o, err := tx.openActivity(ctx, id)
	return o.Activity, err
}

// ActivityHistory is what was changed of one, latest first.
func (tx *Tx) ActivityHistory(ctx context.Context, a Activity) ([]Past, error) {
	return tx.pasts(ctx, a.Customer, activityHistoryPlace, listActivityHistory, a.ID)
}

// UpdateActivity writes one anew that was read as a.Version, and its history; it
// gives both states. An error that holds a *StaleOf[Activity] carries both versions.
func (tx *Tx) UpdateActivity(ctx context.Context, a Activity, request [16]byte) (before, after Activity, err error) {
	old, err := tx.openActivity(ctx, a.ID)
	if err != nil {
		return before, after, err
	}
	a.Customer, a.Author, a.Way = old.Customer, old.Author, old.Way
	changes := DiffOf(ActivityFields, old.Activity, a)
	if old.Version == a.Version && len(changes) == 0 {
		return old.Activity, old.Activity, nil
	}
	tx.About(a.ID, fieldsOf(changes)...)
	done, err := tx.did(ctx, updateActivity, a.ID, a.Version, string(a.Deed), a.At, a.Minutes, sealJSON(old.key, activityPlace, a.ActivityBody), tx.Now)
	if err != nil {
		return before, after, err
	}
	if !done {
		return tx.activityStale(ctx, a, request)
	}
	a.Version++
	if _, err := tx.Exec(ctx, addActivityHistory, a.ID, a.Version, tx.Now, tx.Actor.ID, string(policy.ActivityUpdate), request, fieldsOf(changes), sealJSON(old.key, activityHistoryPlace, changes)); err != nil {
		return before, after, err
	}
	_, err = tx.Exec(ctx, touchCustomer, a.Customer, a.At)
	return old.Activity, a, err
}

// activityStale says whether this very request was carried out before, and what
// stands there now.
func (tx *Tx) activityStale(ctx context.Context, mine Activity, request [16]byte) (before, after Activity, err error) {
	theirs, err := tx.openActivity(ctx, mine.ID)
	if err != nil {
		return before, after, err
	}
	var done bool
	if err := tx.QueryRow(ctx, activityDone, mine.ID, mine.Version+1, request, tx.Actor.ID).Scan(&done); err != nil || done {
		return theirs.Activity, theirs.Activity, err
	}
	return before, after, policy.Errorf(policy.Conflict, "Somebody else changed this meanwhile: look at it again.").Because(&StaleOf[Activity]{mine, theirs.Activity})
}

// FreshActivity refuses to take back the change that made a version when that is
// too long ago by the database's clock.
func (tx *Tx) FreshActivity(ctx context.Context, id int64, version int32) error {
	o, err := tx.openActivity(ctx, id)
	if err == nil && o.Version == version && tx.Now.Sub(o.changed) > policy.UndoTime {
		err = policy.Errorf(policy.Conflict, "This change is more than ten minutes ago: change it back by hand.")
	}
	return err
}
