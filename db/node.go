package db

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/policy"
)

// EndLost is why a session ended of which no node had said for long that it
// served it.
const EndLost = "node lost"

// Pulse is the answer to a node's word that it serves its sessions.
type Pulse struct {
	Now  time.Time // the database's clock
	Lost bool      // there are open sessions that nobody vouches for
}

const (
	// One statement, which commits by itself: a node that is stopped between
	// two would keep the rows locked, and hold up who revokes somebody. For the
	// same reason it passes over rows that others have locked.
	pulseSQL = `with mine as (select id from sessions where id = any($1) and ended_at is null for update skip locked),
  seen as (update sessions set seen_at = now() where id in (select id from mine))
select now() as now, exists (select from sessions where ended_at is null and id <> all($1)
  and seen_at < now() - make_interval(secs => $2)) as lost`
	endLostSQL = `update sessions set ended_at = now(), end_reason = '` + EndLost + `' where id in
  (select id from sessions where ended_at is null and seen_at < now() - make_interval(secs => $1) for update skip locked)
returning id`
)

// Pulse notes that the calling node serves these sessions, and says whether
// there are others that no node has vouched for during limit. Nobody acts here,
// so nothing is logged.
func (s *Store) Pulse(ctx context.Context, sessions []string, limit time.Duration) (Pulse, error) {
	pool, err := s.pool(policy.Door)
	if err != nil {
		return Pulse{}, kinded(err)
	}
	rows, err := pool.Query(ctx, pulseSQL, sessions, limit.Seconds())
	if err != nil {
		return Pulse{}, kinded(err)
	}
	p, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Pulse])
	return p, kinded(err)
}

// EndLostSessions ends those that no node has vouched for during limit, on
// whichever node they were, and gives their ids.
func (tx *Tx) EndLostSessions(ctx context.Context, limit time.Duration) ([]string, error) {
	rows, err := tx.Query(ctx, endLostSQL, limit.Seconds())
	if err != nil {
		return nil, err
	}
	ended, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, err
	}
	return ended, tx.TellNodes(ctx)
}

// Rest lets the transaction wait between two statements for as long as work
// elsewhere takes; without it the connection is ended after a while (see
// become).
func (tx *Tx) Rest(ctx context.Context) error {
	_, err := tx.Exec(ctx, `set local idle_in_transaction_session_timeout = 0`)
	return err
}
