package db

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/policy"
	"balie/policy/text"
)

// Person is a colleague as lists and details show one.
type Person struct {
	ID        int32
	Login     string
	Name      text.Line
	TeamID    int32 // 0 for none
	Team      text.Line
	Language  string
	CreatedAt time.Time
	JoinedAt  *time.Time
	RevokedAt *time.Time
	LastSeen  *time.Time // start of the last session, where the reader may know it
	Version   int32
	Grants    []Grant // not ended; those of the past too in GetPerson
}

// Roles are those that the person can wear now, in policy's order.
func (p Person) Roles(now time.Time) []policy.Role {
	var held []policy.Role
	for _, g := range p.Grants {
		if g.Live(now) {
			held = append(held, g.Role)
		}
	}
	return policy.InOrder(held)
}

type personRow struct {
	ID        int32
	Login     string
	Name      []byte
	TeamID    int32
	Team      string
	Language  string
	CreatedAt time.Time
	JoinedAt  *time.Time
	RevokedAt *time.Time
	LastSeen  *time.Time
	Version   int32
}

const (
	personSQL = `select p.id, p.login, p.name, coalesce(p.team_id, 0) as team_id, coalesce(t.name, '') as team,
  p.language, p.created_at, p.joined_at, p.revoked_at,
  (select max(s.started_at) from sessions s where s.person_id = p.id) as last_seen, p.version
from people p left join teams t on t.id = p.team_id`
	listPeopleSQL = personSQL + ` order by p.login`
	getPersonSQL  = personSQL + ` where p.id = $1`
	findPersonSQL = personSQL + ` where p.login = $1`
)

const namePlace = "people.name"

func (tx *Tx) sealName(id int32, name text.Line) []byte {
	return tx.store.Keys.Seal(namePlace, int64(id), []byte(name.String()))
}

func (tx *Tx) openName(id int32, sealed []byte) (text.Line, error) {
	plain, err := tx.store.Keys.Open(namePlace, int64(id), sealed)
	return text.New(string(plain)), err
}

// ListPeople gives everybody, by login name, with the grants that have not
// ended; row security leaves out the grants that the actor may not see.
func (tx *Tx) ListPeople(ctx context.Context) ([]Person, error) {
	return tx.people(ctx, liveGrantsSQL, listPeopleSQL)
}

// GetPerson gives one with all grants there ever were.
func (tx *Tx) GetPerson(ctx context.Context, id int32) (Person, error) {
	return one(tx.people(ctx, allGrantsSQL, getPersonSQL, id))
}

// FindPerson gives the one with that login name.
func (tx *Tx) FindPerson(ctx context.Context, login string) (Person, error) {
	return one(tx.people(ctx, allGrantsSQL, findPersonSQL, login))
}

func one[T any](all []T, err error) (T, error) {
	var zero T
	if err == nil && len(all) == 0 {
		err = policy.ErrAbsent()
	}
	return append(all, zero)[0], err
}

func (tx *Tx) people(ctx context.Context, grantsSQL, sql string, args ...any) ([]Person, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	all, err := pgx.CollectRows(rows, tx.toPerson)
	if err != nil {
		return nil, err
	}
	return all, tx.addGrants(ctx, all, grantsSQL)
}

func (tx *Tx) toPerson(row pgx.CollectableRow) (Person, error) {
	r, err := pgx.RowToStructByName[personRow](row)
	if err != nil {
		return Person{}, err
	}
	name, err := tx.openName(r.ID, r.Name)
	return Person{
		ID: r.ID, Login: r.Login, Name: name, TeamID: r.TeamID, Team: text.New(r.Team), Language: r.Language,
		CreatedAt: r.CreatedAt, JoinedAt: r.JoinedAt, RevokedAt: r.RevokedAt, LastSeen: r.LastSeen, Version: r.Version,
	}, err
}

// Colleague is what everybody in the firm knows of a person.
type Colleague struct {
	ID     int32
	Login  string
	Name   text.Line
	TeamID int32
	Gone   bool // revoked
}

type colleagueRow struct {
	ID     int32
	Login  string
	Name   []byte
	TeamID int32
	Gone   bool
}

const colleaguesSQL = `select id, login, name, coalesce(team_id, 0) as team_id, revoked_at is not null as gone from people`

// Colleagues gives everybody's name by id.
func (tx *Tx) Colleagues(ctx context.Context) (map[int32]Colleague, error) {
	rows, err := tx.Query(ctx, colleaguesSQL)
	if err != nil {
		return nil, err
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByName[colleagueRow])
	byID := make(map[int32]Colleague, len(all))
	for _, r := range all {
		name, err := tx.openName(r.ID, r.Name)
		if err != nil {
			return nil, err
		}
		byID[r.ID] = Colleague{ID: r.ID, Login: r.Login, Name: name, TeamID: r.TeamID, Gone: r.Gone}
	}
	return byID, err
}
