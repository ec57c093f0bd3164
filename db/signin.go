package db

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/policy"
	"balie/policy/text"
)

// Refuse marks the act as refused in the log, under the name of act, where the
// transaction has to commit all the same: to count a failure.
func (tx *Tx) Refuse(act policy.Act) { tx.entry.Act, tx.entry.Refused = act, true }

// Holder is whose key it is.
type Holder struct {
	PersonID int32
	KeyID    int32
	KeyName  string
}

const holderSQL = `select p.id as person_id, k.id as key_id, k.name as key_name
from keys k join people p on p.id = k.person_id join totp t on t.person_id = p.id
where k.fingerprint = $1 and k.removed_at is null and k.suspended_at is null and p.login = $2
  and p.joined_at is not null and p.revoked_at is null`

// Holder finds who may sign in under a login name with a key; the zero Holder
// is nobody. Nobody has acted yet, so nothing is logged: a flood of offered
// keys must not fill the log.
func (s *Store) Holder(ctx context.Context, login, fingerprint string) (Holder, error) {
	pool, err := s.pool(policy.Door)
	if err != nil {
		return Holder{}, kinded(err)
	}
	rows, err := pool.Query(ctx, holderSQL, fingerprint, login)
	if err != nil {
		return Holder{}, kinded(err)
	}
	h, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Holder])
	if errors.Is(err, pgx.ErrNoRows) {
		return Holder{}, nil
	}
	return h, kinded(err)
}

// HoldPerson keeps a person from being revoked until the transaction ends, as
// every transaction of their own does, and says whether they were before.
func (tx *Tx) HoldPerson(ctx context.Context, person int32) (live bool, err error) {
	if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock_shared($1, $2)`, personLock, person); err != nil {
		return false, err
	}
	err = tx.QueryRow(ctx, `select exists (select from people where id = $1 and revoked_at is null)`, person).Scan(&live)
	return live, err
}

// Beginning is a session that starts.
type Beginning struct {
	ID            string
	Person, Key   int32
	Address, Node string
	Recovery      bool
}

const (
	// The first session of all is new in every way, and stands out in none.
	insertSessionSQL = `insert into sessions (id, person_id, key_id, address, node, recovery, new_address, new_key)
select $1, $2, $3, $4, $5, $6, coalesce(bool_and(address <> $4), false), coalesce(bool_and(key_id <> $3), false)
from sessions where person_id = $2`
	usedKeySQL = `update keys set last_used = now(), last_from = $2 where id = $1`
	keyLiveSQL = `select exists (select from keys where id = $1 and person_id = $2 and removed_at is null and suspended_at is null)`
)

// BeginSession writes a session; its key must still be in use.
func (tx *Tx) BeginSession(ctx context.Context, b Beginning) error {
	var live bool
	if err := tx.QueryRow(ctx, keyLiveSQL, b.Key, b.Person).Scan(&live); err != nil {
		return err
	}
	if !live {
		return policy.Errorf(policy.Denied, "This key was removed.")
	}
	batch := &pgx.Batch{}
	batch.Queue(usedKeySQL, b.Key, b.Address)
	batch.Queue(insertSessionSQL, b.ID, b.Person, b.Key, b.Address, b.Node, b.Recovery)
	return tx.SendBatch(ctx, batch).Close()
}

// Earlier is what came before the present session of a person.
type Earlier struct {
	At      time.Time // zero: this is the first
	Address string
	KeyName string
	// Then the session came from an address, or with a key, that its person
	// had never used before.
	NewAddress, NewKey bool

	Recovery int      // recovery codes used since
	Left     int      // recovery codes left
	NewKeys  []string // names of the keys added since
	Phone    bool     // the second factor was set anew since
	Roles    int      // roles that came or went since
	Language string
}

const earlierSQL = `with last as (
  select s.started_at, s.address, s.new_address, s.new_key, k.name from sessions s join keys k on k.id = s.key_id
  where s.person_id = $1 order by s.started_at desc limit 1)
select coalesce((select started_at from last), '0001-01-01') as at, coalesce((select address from last), '') as address,
  coalesce((select name from last), '') as key_name,
  coalesce((select new_address from last), false) as new_address, coalesce((select new_key from last), false) as new_key,
  (select count(*) from recovery_codes r where r.person_id = $1 and r.used_at > (select started_at from last)) as recovery,
  (select count(*) from recovery_codes r where r.person_id = $1 and r.used_at is null) as left,
  array(select k.name from keys k where k.person_id = $1 and k.added_at > (select started_at from last) order by k.id) as new_keys,
  exists (select from totp t where t.person_id = $1 and t.set_at > (select started_at from last)) as phone,
  (select count(*) from grants g where g.person_id = $1 and not g.pending
    and (g.since > (select started_at from last) or g.ended_at > (select started_at from last))) as roles,
  (select language from people p where p.id = $1) as language`

// Earlier tells what to say at a sign-in; call it before BeginSession.
func (tx *Tx) Earlier(ctx context.Context, person int32) (Earlier, error) {
	rows, err := tx.Query(ctx, earlierSQL, person)
	if err != nil {
		return Earlier{}, err
	}
	return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Earlier])
}

type wearerRow struct {
	Login string
	Name  []byte
	Team  int32
	Roles []policy.Role
}

const wearerSQL = `select p.login, p.name, coalesce(p.team_id, 0) as team,
  array(select g.role from grants g where g.person_id = p.id and not g.pending and g.ended_at is null
    and (g.until is null or g.until > now())) as roles
from people p where p.id = $1 and p.revoked_at is null`

// looker is a pool or a transaction.
type looker interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// Wearer is the person as an actor in the first role held; Denied when revoked
// or without any. Like Standing it is a look-up, which no role of the person's
// need allow: the worn one may just have ended.
func (s *Store) Wearer(ctx context.Context, person int32) (policy.Actor, error) {
	pool, err := s.pool(policy.Door)
	if err != nil {
		return policy.Actor{}, kinded(err)
	}
	return s.wearerOf(ctx, pool, person)
}

// Wearer is the same within the transaction of a sign-in.
func (tx *Tx) Wearer(ctx context.Context, person int32) (policy.Actor, error) {
	return tx.store.wearerOf(ctx, tx, person)
}

func (s *Store) wearerOf(ctx context.Context, q looker, person int32) (policy.Actor, error) {
	rows, err := q.Query(ctx, wearerSQL, person)
	if err != nil {
		return policy.Actor{}, kinded(err)
	}
	r, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[wearerRow])
	if errors.Is(err, pgx.ErrNoRows) {
		return policy.Actor{}, errEnded()
	}
	if err != nil {
		return policy.Actor{}, kinded(err)
	}
	return s.wearer(person, r)
}

func errEnded() error { return policy.Errorf(policy.Denied, "Your access has ended: ask an admin.") }

func (s *Store) wearer(person int32, r wearerRow) (policy.Actor, error) {
	name, err := s.Keys.Open(namePlace, int64(person), r.Name)
	if err != nil {
		return policy.Actor{}, err
	}
	held := policy.InOrder(r.Roles)
	if len(held) == 0 {
		return policy.Actor{}, policy.Errorf(policy.Denied, "You hold no role at present: ask an admin.")
	}
	return policy.Actor{ID: person, Login: r.Login, Name: text.New(string(name)), Role: held[0], Held: held, Team: r.Team}, nil
}
