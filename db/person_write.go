package db

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"balie/policy"
	"balie/policy/text"
)

const (
	nextPersonSQL   = `select nextval('people_id_seq')::int`
	insertPersonSQL = `insert into people (id, login, name, team_id) values ($1, $2, $3, nullif($4, 0))`
)

// CreatePerson makes one who holds nothing yet; team is 0 for none. The name is
// sealed for the id, so that a row copied over another does not open.
func (tx *Tx) CreatePerson(ctx context.Context, login string, name text.Line, team int32) (id int32, err error) {
	if err := tx.QueryRow(ctx, nextPersonSQL).Scan(&id); err != nil {
		return 0, err
	}
	_, err = tx.Exec(ctx, insertPersonSQL, id, login, tx.sealName(id, name), team)
	return id, err
}

const (
	findTeamSQL   = `select id from teams where lower(name) = lower($1)`
	insertTeamSQL = `insert into teams (name) values ($1) returning id`
)

// Team gives the team of that name, made if there is none; 0 for no name.
func (tx *Tx) Team(ctx context.Context, name text.Line) (id int32, err error) {
	if name.IsZero() {
		return 0, nil
	}
	err = tx.QueryRow(ctx, findTeamSQL, name.String()).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		err = tx.QueryRow(ctx, insertTeamSQL, name.String()).Scan(&id)
	}
	return id, err
}

const setLanguageSQL = `update people set language = $2, version = version + 1 where id = $1`

const setTeamSQL = `select set_team($1, nullif($2, 0))`

// SetTeam puts a person into a team; 0 for none.
func (tx *Tx) SetTeam(ctx context.Context, person, team int32) error {
	if err := tx.yes(ctx, setTeamSQL, person, team); err != nil {
		return err
	}
	return tx.TellNodes(ctx)
}

// SetLanguage chooses the actor's own language.
func (tx *Tx) SetLanguage(ctx context.Context, language string) error {
	return tx.must(ctx, setLanguageSQL, tx.Actor.ID, language)
}

// adminsLock makes those wait for each other who change how many admins there
// are: counted apart, the last two could revoke each other.
const adminsLock = `select pg_advisory_xact_lock(7002, 0)`

// Admins counts those who can let others in: live now, and those of them for
// good. Until the transaction ends nobody else can change it.
func (tx *Tx) Admins(ctx context.Context) (live, lasting int, err error) {
	if _, err := tx.Exec(ctx, adminsLock); err != nil {
		return 0, 0, err
	}
	// A statement of its own: its snapshot must be newer than the lock.
	err = tx.QueryRow(ctx, `select live_admins(), lasting_admins()`).Scan(&live, &lasting)
	return live, lasting, err
}

// Founding waits for others who are founding, and says whether an admin has
// joined already.
func (tx *Tx) Founding(ctx context.Context) (done bool, err error) {
	if _, err := tx.Exec(ctx, adminsLock); err != nil {
		return false, err
	}
	err = tx.QueryRow(ctx, `select live_admins() > 0`).Scan(&done)
	return done, err
}

// stopTries bounds how long a revocation fights for the lock; each try first
// ends what is in its way.
const stopTries = 20

// StopWork ends what a person has under way and lets nothing new of theirs
// begin until this transaction is over. What began before it and commits, has
// committed when it returns.
func (tx *Tx) StopWork(ctx context.Context, person int32) error {
	for try := range stopTries {
		if _, err := tx.Exec(ctx, `select cancel_work_of($1, $2)`, person, try > 0); err != nil {
			return err
		}
		if done, err := tx.tryLock(ctx, person); done || err != nil {
			return err
		}
	}
	return policy.Errorf(policy.Conflict, "Work of this person could not be stopped: try again.")
}

func (tx *Tx) tryLock(ctx context.Context, person int32) (bool, error) {
	err := pgx.BeginFunc(ctx, tx.Tx, func(inner pgx.Tx) error {
		if _, err := inner.Exec(ctx, `set local lock_timeout = '50ms'`); err != nil {
			return err
		}
		_, err := inner.Exec(ctx, `select pg_advisory_xact_lock($1, $2)`, personLock, person)
		return err
	})
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok && pg.Code == "55P03" {
		return false, nil
	}
	return err == nil, err
}

const (
	revokePersonSQL = `update people set revoked_at = now(), version = version + 1 where id = $1`
	// What they asked for others, and nobody has agreed to yet, falls with them.
	livingGrantsSQL = grantSQL + ` where (person_id = $1 or granted_by = $1 and pending) and ended_at is null order by id for update`
)

// revokeSQL ends everything else by which a person could get in.
var revokeSQL = []string{
	`update keys set removed_at = now() where person_id = $1 and removed_at is null`,
	voidInvitationsSQL,
	`delete from recovery_codes where person_id = $1`,
	`delete from totp where person_id = $1`,
}

// RevokePerson takes everything from a person and says how many sessions that
// ends. StopWork comes first.
func (tx *Tx) RevokePerson(ctx context.Context, person int32, why text.Line) (ended int, err error) {
	if err := tx.must(ctx, revokePersonSQL, person); err != nil {
		return 0, err
	}
	grants, err := tx.grants(ctx, livingGrantsSQL, person)
	if err != nil {
		return 0, err
	}
	batch := &pgx.Batch{}
	for _, g := range grants {
		batch.Queue(endGrantSQL, g.ID, tx.Actor.ID, tx.sealEnd(g.PersonID, why))
	}
	for _, sql := range revokeSQL {
		batch.Queue(sql, person)
	}
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return 0, err
	}
	sessions, err := tx.EndSessionsOf(ctx, person, EndRevoked)
	return len(sessions), err
}
