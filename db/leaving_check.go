package db

import (
	"context"
	"time"
)

// Check is a line of the checklist of one who left.
type Check struct {
	Position int32
	Item     string
	TickedAt *time.Time
	TickedBy int32
}

const (
	insertChecksSQL = `insert into departure_checks (departure_id, position, item)
select $1, n, item from unnest($2::text[]) with ordinality u (item, n)`
	listChecksSQL = `select position, item, ticked_at, coalesce(ticked_by, 0) as ticked_by from departure_checks where departure_id = $1 order by position`
	tickSQL       = `update departure_checks set ticked_at = now(), ticked_by = $3 where departure_id = $1 and position = $2 and ticked_at is null`
	untickSQL     = `update departure_checks set ticked_at = null, ticked_by = null where departure_id = $1 and position = $2 and ticked_at is not null`
	uncheckedSQL  = `select d.person_id as id, p.login, count(*) as open from departure_checks c join departures d on d.id = c.departure_id
join people p on p.id = d.person_id where c.ticked_at is null group by d.person_id, p.login order by min(d.left_at)`
)

// AddChecks writes the checklist of a departure.
func (tx *Tx) AddChecks(ctx context.Context, departure int32, items []string) error {
	_, err := tx.Exec(ctx, insertChecksSQL, departure, items)
	return err
}

// ListChecks gives the checklist of a departure in its order.
func (tx *Tx) ListChecks(ctx context.Context, departure int32) ([]Check, error) {
	return collect[Check](ctx, tx, listChecksSQL, departure)
}

// Tick says that a line of the checklist is done, or that it isn't after all;
// false when that was so already.
func (tx *Tx) Tick(ctx context.Context, departure, position int32, done bool) (bool, error) {
	if done {
		return tx.did(ctx, tickSQL, departure, position, tx.Actor.ID)
	}
	return tx.did(ctx, untickSQL, departure, position)
}

// Unchecked is one who left with lines of the checklist still open.
type Unchecked struct {
	ID    int32
	Login string
	Open  int64
}

// ListUnchecked gives those, who left first first.
func (tx *Tx) ListUnchecked(ctx context.Context) ([]Unchecked, error) {
	return collect[Unchecked](ctx, tx, uncheckedSQL)
}
