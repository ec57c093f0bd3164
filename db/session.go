package db

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/policy"
)

// Session is one signed-in SSH session, on any node.
type Session struct {
	ID        string
	PersonID  int32
	Login     string
	KeyID     int32
	KeyName   string
	Address   string
	Node      string
	Recovery  bool // signed in with a recovery code
	StartedAt time.Time
	EndedAt   *time.Time
	EndReason string

	LastActive time.Time  // of the last key press, or byte of a command
	Doing      policy.Act // the kind of the last act
	NewAddress bool       // its person had never come from there before
	NewKey     bool       // nor with that key
}

// Why a session was ended from outside; Watch tells the person in words.
const (
	EndRevoked = "revoked"
	EndClosed  = "closed"
	EndKey     = "key removed"
	EndRejoin  = "joined again"
	EndRestart = "node restarted"
	EndLong    = "too long"
)

const (
	openSessionsSQL = `select s.id, s.person_id, p.login, s.key_id, k.name as key_name, s.address, s.node, s.recovery,
  s.started_at, s.ended_at, coalesce(s.end_reason, '') as end_reason, s.last_active, s.doing, s.new_address, s.new_key
from sessions s join people p on p.id = s.person_id join keys k on k.id = s.key_id
where s.ended_at is null and ($1::int = 0 or s.person_id = $1) order by s.started_at`
	sessionPersonSQL = `select person_id from sessions where id = $1`
	sessionOpenSQL   = `select exists (select from sessions where id = $1 and person_id = $2 and ended_at is null)`
)

// OpenSessions gives those of a person, or of everybody for 0, on all nodes.
func (tx *Tx) OpenSessions(ctx context.Context, person int32) ([]Session, error) {
	rows, err := tx.Query(ctx, openSessionsSQL, person)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[Session])
}

// SessionPerson says whose a session is.
func (tx *Tx) SessionPerson(ctx context.Context, id string) (person int32, err error) {
	err = tx.QueryRow(ctx, sessionPersonSQL, id).Scan(&person)
	return person, err
}

// SessionOpen says whether a session of the person's is still open.
func (tx *Tx) SessionOpen(ctx context.Context, id string, person int32) (open bool, err error) {
	err = tx.QueryRow(ctx, sessionOpenSQL, id, person).Scan(&open)
	return open, err
}

// EndSession ends one that is still open, and says whether it was.
func (tx *Tx) EndSession(ctx context.Context, id, reason string) (bool, error) {
	ended, err := tx.endSessions(ctx, "id = $1", id, reason)
	return len(ended) > 0, err
}

// EndSessionsOf ends all open ones of a person and gives their ids.
func (tx *Tx) EndSessionsOf(ctx context.Context, person int32, reason string) ([]string, error) {
	return tx.endSessions(ctx, "person_id = $1", person, reason)
}

// EndSessionsOn ends those that a node left open when it stopped.
func (tx *Tx) EndSessionsOn(ctx context.Context, node string) ([]string, error) {
	return tx.endSessions(ctx, "node = $1", node, EndRestart)
}

func (tx *Tx) endSessions(ctx context.Context, where string, arg any, reason string) ([]string, error) {
	rows, err := tx.Query(ctx, "update sessions set ended_at = now(), end_reason = $2 where ended_at is null and "+where+" returning id", arg, reason)
	if err != nil {
		return nil, err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, err
	}
	return ids, tx.TellNodes(ctx)
}

// accessChannel is where a node hears that it has to look at its sessions anew.
const accessChannel = "balie_access"

// TellNodes makes every node look at its sessions anew when the transaction
// commits: who was revoked, closed, or holds other roles.
func (tx *Tx) TellNodes(ctx context.Context) error {
	_, err := tx.Exec(ctx, `select pg_notify('`+accessChannel+`', '')`)
	return err
}

// Standing is what the database says of a session that a node serves.
type Standing struct {
	ID     string
	Open   bool
	Reason string        // why it ended, when not Open
	Roles  []policy.Role // that its person holds now, sorted by name
	Reach  string        // changes with the team, and for a manager with who is in it
}

// The absolute limit holds by the database's clock, too: a node that was
// stopped and goes on hears of it here.
const standingSQL = `select s.id, s.ended_at is null and p.revoked_at is null and not long as open,
  coalesce(s.end_reason, case when long then '` + EndLong + `' else '' end) as reason,
  array(select g.role from grants g where g.person_id = p.id and not g.pending and g.ended_at is null
    and (g.until is null or g.until > now()) order by g.role) as roles,
  coalesce(p.team_id, 0) || ':' || coalesce((select string_agg(c.id::text, ',' order by c.id) from people c where c.team_id = p.team_id
    and exists (select from grants g where g.person_id = p.id and g.role = 'manager' and g.ended_at is null)), '') as reach
from sessions s join people p on p.id = s.person_id, lateral (select s.started_at < now() - make_interval(hours => coalesce(
    (select (value #>> '{}')::int from settings where key = 'session.hours' order by version desc limit 1), $2))) l (long)
where s.id = any($1)`

// Standing looks at sessions; one that is not in the answer is not known at
// all. Nobody acts here, so nothing is logged.
func (s *Store) Standing(ctx context.Context, ids []string) ([]Standing, error) {
	pool, err := s.pool(policy.Door)
	if err != nil {
		return nil, kinded(err)
	}
	usual, err := policy.FindSetting(policy.SessionHours)
	if err != nil {
		return nil, err
	}
	rows, err := pool.Query(ctx, standingSQL, ids, usual.Default.Int())
	if err != nil {
		return nil, kinded(err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByName[Standing])
	return all, kinded(err)
}

// Listen calls heard after each TellNodes that commits, and once when it has
// begun to listen, until the connection or ctx ends.
func (s *Store) Listen(ctx context.Context, heard func()) error {
	config, err := pgx.ParseConfig(s.url)
	if err != nil {
		return kinded(err)
	}
	config.ConnectTimeout = silence
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return kinded(err)
	}
	defer conn.Close(context.WithoutCancel(ctx)) //nolint:errcheck // nothing was written
	if err := become(ctx, conn, policy.Door); err != nil {
		return kinded(err)
	}
	if _, err := conn.Exec(ctx, "listen "+accessChannel); err != nil {
		return kinded(err)
	}
	for {
		heard()
		if err := nextWord(ctx, conn); err != nil {
			return kinded(err)
		}
	}
}

// nextWord waits for a notification. When none comes for a while it asks
// whether the connection still lives: one that swallows says nothing either.
func nextWord(ctx context.Context, conn *pgx.Conn) error {
	for {
		waiting, cancel := context.WithTimeout(ctx, silence)
		_, err := conn.WaitForNotification(waiting)
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) || ctx.Err() != nil {
			return err
		}
		answering, cancel := context.WithTimeout(ctx, silence)
		err = conn.Ping(answering)
		cancel()
		if err != nil {
			return err
		}
	}
}
