package db

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/policy"
)

// Record is a thing of a kind, by its number.
type Record struct {
	Kind policy.RecordKind
	ID   int64
}

// LiveChange tells that a record is another now, or is there no more: which it
// is and whose, never what it says.
type LiveChange struct {
	Kind     policy.RecordKind
	ID       int64 // 0: many
	Customer int64 // 0: none, or many
	Scope    int32 // 0: nobody's
}

type lookRow struct {
	Snapshot     string
	Kind         *string
	ID, Customer *int64
	Scope        *int32
}

const (
	snapshotSQL = `select pg_current_snapshot()::text`
	// What the last snapshot could not see and this one can: the order in which
	// transactions began, or took their numbers, doesn't matter.
	lookSQL = `select s.snapshot::text, c.kind, c.id, c.customer, c.scope from (select pg_current_snapshot() as snapshot) s
	left join (select distinct kind, id, customer, scope from changes
		where xid >= pg_snapshot_xmin($1::text::pg_snapshot) and not pg_visible_in_snapshot(xid, $1::text::pg_snapshot)) c on true`
	dropChangesSQL = `delete from changes where xid < pg_snapshot_xmin($1::text::pg_snapshot)`
)

// Snapshot is a place in the stream of changes from which LookSince goes on.
func (s *Store) Snapshot(ctx context.Context) (snapshot string, err error) {
	pool, err := s.pool(policy.Door)
	if err != nil {
		return "", kinded(err)
	}
	return snapshot, kinded(pool.QueryRow(ctx, snapshotSQL).Scan(&snapshot))
}

// LookSince gives what was committed since a snapshot, and the next one. Nobody
// acts here and nobody's data is shown, so nothing is logged.
func (s *Store) LookSince(ctx context.Context, snapshot string) (all []LiveChange, next string, err error) {
	pool, err := s.pool(policy.Door)
	if err != nil {
		return nil, "", kinded(err)
	}
	rows, err := pool.Query(ctx, lookSQL, snapshot)
	if err != nil {
		return nil, "", kinded(err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[lookRow])
	for _, r := range found {
		if next = r.Snapshot; r.Kind != nil {
			all = append(all, LiveChange{policy.RecordKind(*r.Kind), *r.ID, *r.Customer, *r.Scope})
		}
	}
	return all, next, kinded(err)
}

// DropChanges forgets what every node has seen that has looked since that
// snapshot was taken.
func (s *Store) DropChanges(ctx context.Context, snapshot string) error {
	return s.door(ctx, dropChangesSQL, snapshot)
}

func (s *Store) door(ctx context.Context, sql string, args ...any) error {
	pool, err := s.pool(policy.Door)
	if err != nil {
		return kinded(err)
	}
	_, err = pool.Exec(ctx, sql, args...)
	return kinded(err)
}

// Presence is a record that lies open on somebody's screen.
type Presence struct {
	Pane     string // the screen
	PersonID int32
	Kind     policy.RecordKind
	ID       int64
	Editing  bool
}

const (
	// One statement each: a node that is stopped between two would keep rows
	// locked.
	putPresenceSQL = `with p as (insert into presence (pane, node, person_id, kind, id, editing)
	select p.pane, $1, p.person, p.kind, p.id, p.editing from unnest($2::text[], $3::int[], $4::text[], $5::bigint[], $6::bool[]) p (pane, person, kind, id, editing)
	on conflict (pane) do update set kind = excluded.kind, id = excluded.id, editing = excluded.editing, seen_at = now() returning 1)
insert into changes (kind, id, customer, scope) select distinct '` + string(policy.RecordPresence) + `', 0, 0, 0 from p`
	dropPresenceSQL = `with p as (delete from presence where pane = any($1) or seen_at < now() - make_interval(secs => $2) returning 1)
insert into changes (kind, id, customer, scope) select distinct '` + string(policy.RecordPresence) + `', 0, 0, 0 from p`
	listPresenceSQL = `select pane, person_id, kind, id, editing from presence where seen_at > now() - make_interval(secs => $1)`
)

// PutPresence says what lies open on screens of a node, still or now, and has all
// nodes look.
func (s *Store) PutPresence(ctx context.Context, node string, all []Presence) error {
	n := len(all)
	panes, people, kinds, ids, editing := make([]string, n), make([]int32, n), make([]string, n), make([]int64, n), make([]bool, n)
	for i, p := range all {
		panes[i], people[i], kinds[i], ids[i], editing[i] = p.Pane, p.PersonID, string(p.Kind), p.ID, p.Editing
	}
	return s.door(ctx, putPresenceSQL, node, panes, people, kinds, ids, editing)
}

// DropPresence forgets these screens, and those that nobody has vouched for
// during lease.
func (s *Store) DropPresence(ctx context.Context, panes []string, lease time.Duration) error {
	return s.door(ctx, dropPresenceSQL, orEmpty(panes), lease.Seconds())
}

// ListPresence is what lies open on all nodes. Who is told of it is up to the
// caller: nobody who doesn't see the record.
func (s *Store) ListPresence(ctx context.Context, lease time.Duration) ([]Presence, error) {
	pool, err := s.pool(policy.Door)
	if err != nil {
		return nil, kinded(err)
	}
	rows, err := pool.Query(ctx, listPresenceSQL, lease.Seconds())
	if err != nil {
		return nil, kinded(err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByName[Presence])
	return all, kinded(err)
}
