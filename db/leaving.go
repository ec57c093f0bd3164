package db

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/policy"
	"balie/policy/text"
)

// Departure is one leaving of one person: planned, then cancelled or carried
// out. What they owned is handed over after it.
type Departure struct {
	ID          int32
	Person      int32
	Login       string
	Reason      text.Line
	OrderedBy   int32
	OrderedAt   time.Time
	Due         time.Time
	Heir        int32 // who takes over; 0 for nobody yet
	CancelledAt *time.Time
	CancelledBy int32
	LeftAt      *time.Time // all access ended
	Owned       int64      // customers, then
	Handed      int64      // of these, so far
	HandedAt    *time.Time // nothing is left to hand over
}

// Planned says that it is still to come.
func (d Departure) Planned() bool { return d.LeftAt == nil && d.CancelledAt == nil }

// Handing says that customers are still to be handed over.
func (d Departure) Handing() bool { return d.LeftAt != nil && d.HandedAt == nil }

type departureRow struct {
	ID          int32
	PersonID    int32
	Login       string
	Reason      []byte
	OrderedBy   int32
	OrderedAt   time.Time
	Due         time.Time
	HeirID      int32
	CancelledAt *time.Time
	CancelledBy int32
	LeftAt      *time.Time
	Owned       int64
	Handed      int64
	HandedAt    *time.Time
}

const (
	departureSQL = `select d.id, d.person_id, p.login, d.reason, d.ordered_by, d.ordered_at, d.due, coalesce(d.heir_id, 0) as heir_id,
  d.cancelled_at, coalesce(d.cancelled_by, 0) as cancelled_by, d.left_at, d.owned, d.handed, d.handed_at
from departures d join people p on p.id = d.person_id`
	listDeparturesSQL  = departureSQL + ` where $1 = 0 or d.person_id = $1 order by d.id desc limit 200`
	openDeparturesSQL  = departureSQL + ` where d.cancelled_at is null and d.handed_at is null and ($1 = 0 or d.person_id = $1) order by d.due, d.id limit 200`
	dueDeparturesSQL   = departureSQL + ` where d.left_at is null and d.cancelled_at is null and d.due <= now() order by d.due, d.id`
	handingSQL         = departureSQL + ` where d.left_at is not null and d.handed_at is null order by d.id`
	getDepartureSQL    = departureSQL + ` where d.id = $1`
	lockDepartureSQL   = getDepartureSQL + ` for update of d`
	newestDepartureSQL = departureSQL + ` where d.person_id = $1 and d.cancelled_at is null order by d.id desc limit 1`
	lockNewestSQL      = newestDepartureSQL + ` for update of d`
)

const departurePlace = "departures.reason"

func (tx *Tx) departures(ctx context.Context, sql string, args ...any) ([]Departure, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, tx.toDeparture)
}

func (tx *Tx) toDeparture(row pgx.CollectableRow) (Departure, error) {
	r, err := pgx.RowToStructByName[departureRow](row)
	if err != nil {
		return Departure{}, err
	}
	reason, err := tx.store.Keys.Open(departurePlace, int64(r.PersonID), r.Reason)
	return Departure{
		r.ID, r.PersonID, r.Login, text.New(string(reason)), r.OrderedBy, r.OrderedAt, r.Due, r.HeirID,
		r.CancelledAt, r.CancelledBy, r.LeftAt, r.Owned, r.Handed, r.HandedAt,
	}, err
}

// ListDepartures gives those of a person, or of everybody for 0, latest first.
func (tx *Tx) ListDepartures(ctx context.Context, person int32) ([]Departure, error) {
	return tx.departures(ctx, listDeparturesSQL, person)
}

// OpenDepartures gives what is planned or not handed over yet, the first to
// come first; of a person, or of everybody for 0.
func (tx *Tx) OpenDepartures(ctx context.Context, person int32) ([]Departure, error) {
	return tx.departures(ctx, openDeparturesSQL, person)
}

// DueDepartures gives those whose time has come, by the database's clock.
func (tx *Tx) DueDepartures(ctx context.Context) ([]Departure, error) {
	return tx.departures(ctx, dueDeparturesSQL)
}

// HandingDepartures gives those of which customers are still to be handed over.
func (tx *Tx) HandingDepartures(ctx context.Context) ([]Departure, error) {
	return tx.departures(ctx, handingSQL)
}

// GetDeparture reads one.
func (tx *Tx) GetDeparture(ctx context.Context, id int32) (Departure, error) {
	return one(tx.departures(ctx, getDepartureSQL, id))
}

// LockDeparture reads one for changing it.
func (tx *Tx) LockDeparture(ctx context.Context, id int32) (Departure, error) {
	return one(tx.departures(ctx, lockDepartureSQL, id))
}

// LockNewest reads the last one of a person, that was not cancelled, for
// changing it.
func (tx *Tx) LockNewest(ctx context.Context, person int32) (Departure, error) {
	return one(tx.departures(ctx, lockNewestSQL, person))
}

// Newest reads the same one, over or not: what is over can't be locked.
func (tx *Tx) Newest(ctx context.Context, person int32) (Departure, error) {
	return one(tx.departures(ctx, newestDepartureSQL, person))
}

const (
	instantSQL  = `select $1::timestamp at time zone org_zone($2)`
	onWallSQL   = `select to_char($1::timestamptz at time zone org_zone($2), 'YYYY-MM-DD HH24:MI')`
	planSQL     = `insert into departures (person_id, reason, ordered_by, due, heir_id) values ($1, $2, $3, $4, nullif($5, 0)) returning id`
	leaveNowSQL = `insert into departures (person_id, reason, ordered_by, due, heir_id, left_at, owned, handed_at)
values ($1, $2, $3, now(), nullif($4, 0), now(), $5::bigint, case when $5::bigint = 0 then now() end) returning id`
	cancelSQL   = `update departures set cancelled_at = now(), cancelled_by = $2 where id = $1 and left_at is null and cancelled_at is null`
	cancelOfSQL = `update departures set cancelled_at = now(), cancelled_by = $2 where person_id = $1 and left_at is null and cancelled_at is null`
	passOnSQL   = `update departures set ordered_by = $2 where ordered_by = $1 and person_id <> $2 and left_at is null and cancelled_at is null`
	setHeirSQL  = `update departures set heir_id = $2 where id = $1 and handed_at is null and cancelled_at is null`
	leftSQL     = `update departures d set left_at = now(), owned = c.n, handed_at = case when c.n = 0 then now() end
from (select count(*) as n from customers where scope = $2) c where d.id = $1 and d.left_at is null and d.cancelled_at is null`
	handedSQL     = `update departures set handed = handed + $2 where id = $1`
	allHandedSQL  = `update departures set handed_at = now() where id = $1`
	nextOwnedSQL  = `select id from customers where scope = $1 order by last_activity desc, id desc limit $2`
	comeBackSQL   = `select come_back($1, nullif($2, 0))`
	leftWithSQL   = `select exists (select from departures where person_id = $1 and left_at = $2)`
	restoreKeySQL = `update keys set removed_at = null, added_at = now() where person_id = $1 and fingerprint = $2
  and removed_at in (select left_at from departures where person_id = $1)`
	changeNameSQL = `update people set name = $2 where id = $1`
)

// Instant is a time on the organisation's wall as an instant. The database
// knows the zone: of a time that comes twice it takes the second, and one that
// is skipped comes as much later.
func (tx *Tx) Instant(ctx context.Context, wall policy.Wall) (at time.Time, err error) {
	err = tx.QueryRow(ctx, instantSQL, wall.Time(), policy.DefaultZone).Scan(&at)
	return at, err
}

// OnTheWall is what the organisation's clock shows at an instant.
func (tx *Tx) OnTheWall(ctx context.Context, at time.Time) (wall string, err error) {
	err = tx.QueryRow(ctx, onWallSQL, at, policy.DefaultZone).Scan(&wall)
	return wall, err
}

func (tx *Tx) sealDeparture(person int32, why text.Line) []byte {
	return tx.store.Keys.Seal(departurePlace, int64(person), []byte(why.String()))
}

// PlanDeparture writes one to come; the actor ordered it.
func (tx *Tx) PlanDeparture(ctx context.Context, d Departure) (id int32, err error) {
	err = tx.QueryRow(ctx, planSQL, d.Person, tx.sealDeparture(d.Person, d.Reason), tx.Actor.ID, d.Due, d.Heir).Scan(&id)
	return id, err
}

// LeaveNow writes one that is carried out in this transaction, and cancels what
// was planned.
func (tx *Tx) LeaveNow(ctx context.Context, d Departure) (id int32, err error) {
	if _, err := tx.Exec(ctx, cancelOfSQL, d.Person, tx.Actor.ID); err != nil {
		return 0, err
	}
	err = tx.QueryRow(ctx, leaveNowSQL, d.Person, tx.sealDeparture(d.Person, d.Reason), tx.Actor.ID, d.Heir, d.Owned).Scan(&id)
	return id, err
}

// Left says that a planned one was carried out in this transaction.
func (tx *Tx) Left(ctx context.Context, d Departure) error {
	return tx.must(ctx, leftSQL, d.ID, d.Person)
}

// CancelDeparture calls off one that is planned.
func (tx *Tx) CancelDeparture(ctx context.Context, id int32) error {
	return tx.must(ctx, cancelSQL, id, tx.Actor.ID)
}

// PassOn makes another admin answer for the departures that one who leaves has
// planned: cancelling them would keep somebody in.
func (tx *Tx) PassOn(ctx context.Context, from, to int32) error {
	_, err := tx.Exec(ctx, passOnSQL, from, to)
	return err
}

// SetHeir chooses who takes over.
func (tx *Tx) SetHeir(ctx context.Context, id, heir int32) error {
	return tx.must(ctx, setHeirSQL, id, heir)
}

// HandOn gives at most n customers of one who left to the heir, and says how
// many that were; with none left, the hand-over is over.
func (tx *Tx) HandOn(ctx context.Context, d Departure, n int) (moved int, err error) {
	ids, err := tx.ids(ctx, nextOwnedSQL, d.Person, n)
	if err != nil {
		return 0, err
	}
	if len(ids) == 0 {
		return 0, tx.must(ctx, allHandedSQL, d.ID)
	}
	gone, err := tx.handOver(ctx, ids, d.Heir, d.OrderedBy)
	if err != nil {
		return 0, err
	}
	return len(gone), tx.must(ctx, handedSQL, d.ID, len(gone))
}

// ComeBack makes one who was revoked a person who has not joined yet: nothing
// held before comes back. team is 0 for none.
func (tx *Tx) ComeBack(ctx context.Context, person int32, name text.Line, team int32) error {
	if err := tx.yes(ctx, comeBackSQL, person, team); err != nil {
		return err
	}
	return tx.must(ctx, changeNameSQL, person, tx.sealName(person, name))
}

// EndedByLeaving says that a key ended because its owner left, and not because
// it was removed: who comes back may show it again.
func (tx *Tx) EndedByLeaving(ctx context.Context, k Key) (yes bool, err error) {
	if k.RemovedAt == nil {
		return false, nil
	}
	err = tx.QueryRow(ctx, leftWithSQL, k.PersonID, *k.RemovedAt).Scan(&yes)
	return yes, err
}

// RestoreKey takes a key into use again that ended with its owner's leaving.
func (tx *Tx) RestoreKey(ctx context.Context, person int32, fingerprint string) error {
	_, err := tx.Exec(ctx, restoreKeySQL, person, fingerprint)
	return err
}

// yes is must for a function that says whether it did anything.
func (tx *Tx) yes(ctx context.Context, sql string, args ...any) error {
	var did bool
	if err := tx.QueryRow(ctx, sql, args...).Scan(&did); err != nil || did {
		return err
	}
	return policy.ErrAbsent()
}
