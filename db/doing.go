package db

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/policy"
)

// Doing is what a node knows of a session that it serves: since when nothing
// was typed, and the kind of the last act, never about whom.
type Doing struct {
	Session string
	Idle    time.Duration
	Act     policy.Act
}

// Terms are the organisation's limits of a session; 0 where it decided none.
type Terms struct {
	IdleMinutes, Hours int
}

const (
	decidedSQL = `coalesce((select (value #>> '{}')::int from settings where key = '`
	newestSQL  = `' order by version desc limit 1), 0)`
	termsSQL   = decidedSQL + `session.idle_minutes` + newestSQL + ` as idle_minutes, ` +
		decidedSQL + `session.hours` + newestSQL + ` as hours`
	// One statement, which waits for nobody: who revokes a person holds their
	// sessions, and must not be held up.
	noteDoingSQL = `with mine as (select id from sessions where id = any($1) and ended_at is null for update skip locked),
  noted as (update sessions s set last_active = now() - make_interval(secs => d.idle), doing = d.act
    from unnest($1::text[], $2::float8[], $3::text[]) d (id, idle, act) where s.id = d.id and s.id in (select id from mine))
select array(select id from mine) as noted, ` + termsSQL
)

type notedRow struct {
	Noted []string
	Terms
}

// NoteDoing writes what sessions are doing and gives the ids of those written,
// which are not those that somebody else is changing, and the limits that count
// now. Nobody acts here, so nothing is logged.
func (s *Store) NoteDoing(ctx context.Context, all []Doing) (noted []string, terms Terms, err error) {
	pool, err := s.pool(policy.Door)
	if err != nil {
		return nil, Terms{}, kinded(err)
	}
	ids, idle, acts := make([]string, len(all)), make([]float64, len(all)), make([]string, len(all))
	for i, d := range all {
		ids[i], idle[i], acts[i] = d.Session, d.Idle.Seconds(), string(d.Act)
	}
	rows, err := pool.Query(ctx, noteDoingSQL, ids, idle, acts)
	if err != nil {
		return nil, Terms{}, kinded(err)
	}
	r, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[notedRow])
	return r.Noted, r.Terms, kinded(err)
}
