package db

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/policy"
	"balie/policy/text"
)

// Grant is one role of one person: why, since when, by whom. It never goes: it
// ends.
type Grant struct {
	ID        int32
	PersonID  int32
	Role      policy.Role
	Reason    text.Line
	GrantedBy int32 // 0: the program itself, for the first admin
	AgreedBy  int32 // the second admin, where one was needed
	Pending   bool  // waits for a second admin
	Since     time.Time
	Until     *time.Time
	EndedAt   *time.Time
	EndedBy   int32     // 0: the program itself, or time
	EndReason text.Line // empty where nobody gave one
}

// Live says that the role can be worn.
func (g Grant) Live(now time.Time) bool {
	return !g.Pending && g.EndedAt == nil && (g.Until == nil || g.Until.After(now))
}

type grantRow struct {
	ID        int32
	PersonID  int32
	Role      policy.Role
	Reason    []byte
	GrantedBy int32
	AgreedBy  int32
	Pending   bool
	Since     time.Time
	Until     *time.Time
	EndedAt   *time.Time
	EndedBy   int32
	EndReason []byte
}

const (
	grantSQL = `select id, person_id, role, reason, coalesce(granted_by, 0) as granted_by, coalesce(agreed_by, 0) as agreed_by,
  pending, since, until, ended_at, coalesce(ended_by, 0) as ended_by, end_reason from grants`
	allGrantsSQL  = grantSQL + ` where person_id = any($1) order by id`
	liveGrantsSQL = grantSQL + ` where person_id = any($1) and ended_at is null order by id`
	getGrantSQL   = grantSQL + ` where id = $1`
	// The lock holds off a second answer to the same question.
	lockGrantSQL = getGrantSQL + ` for update`
)

const (
	reasonPlace    = "grants.reason"
	endReasonPlace = "grants.end_reason"
)

func (tx *Tx) sealEnd(person int32, why text.Line) []byte {
	return tx.store.Keys.Seal(endReasonPlace, int64(person), []byte(why.String()))
}

// openEnd gives no words for a grant that time ended, or an older program.
func (s *Store) openEnd(r grantRow) (text.Line, error) {
	if r.EndReason == nil {
		return text.Line{}, nil
	}
	plain, err := s.Keys.Open(endReasonPlace, int64(r.PersonID), r.EndReason)
	return text.New(string(plain)), err
}

func (tx *Tx) grants(ctx context.Context, sql string, args ...any) ([]Grant, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Grant, error) {
		r, err := pgx.RowToStructByName[grantRow](row)
		if err != nil {
			return Grant{}, err
		}
		reason, err := tx.store.Keys.Open(reasonPlace, int64(r.PersonID), r.Reason)
		if err != nil {
			return Grant{}, err
		}
		end, err := tx.store.openEnd(r)
		return Grant{
			r.ID, r.PersonID, r.Role, text.New(string(reason)), r.GrantedBy, r.AgreedBy,
			r.Pending, r.Since, r.Until, r.EndedAt, r.EndedBy, end,
		}, err
	})
}

func (tx *Tx) addGrants(ctx context.Context, people []Person, sql string) error {
	ids, at := make([]int32, len(people)), map[int32]int{}
	for i, p := range people {
		ids[i], at[p.ID] = p.ID, i
	}
	all, err := tx.grants(ctx, sql, ids)
	for _, g := range all {
		p := &people[at[g.PersonID]]
		p.Grants = append(p.Grants, g)
	}
	return err
}

// GetGrant reads one.
func (tx *Tx) GetGrant(ctx context.Context, id int32) (Grant, error) {
	return one(tx.grants(ctx, getGrantSQL, id))
}

// LockGrant reads a grant for changing it.
func (tx *Tx) LockGrant(ctx context.Context, id int32) (Grant, error) {
	return one(tx.grants(ctx, lockGrantSQL, id))
}

const (
	clearGrantSQL  = `update grants set ended_at = until, ended_by = $3 where person_id = $1 and role = $2 and ended_at is null and until <= now()`
	insertGrantSQL = `insert into grants (person_id, role, reason, granted_by, pending, until) values ($1, $2, $3, nullif($4, 0), $5, $6)`
	agreeGrantSQL  = `update grants set pending = false, agreed_by = $2 where id = $1`
	endGrantSQL    = `update grants set ended_at = now(), ended_by = nullif($2, 0), end_reason = $3 where id = $1 and ended_at is null`
)

// CreateGrant gives g.Role to g.PersonID.
func (tx *Tx) CreateGrant(ctx context.Context, g Grant) error {
	reason := tx.store.Keys.Seal(reasonPlace, int64(g.PersonID), []byte(g.Reason.String()))
	_, err := tx.Exec(ctx, insertGrantSQL, g.PersonID, g.Role, reason, tx.Actor.ID, g.Pending, g.Until)
	return err
}

// ClearGrant makes room for a grant after one that has run out.
func (tx *Tx) ClearGrant(ctx context.Context, person int32, role policy.Role) error {
	_, err := tx.Exec(ctx, clearGrantSQL, person, role, tx.Actor.ID)
	return err
}

// AgreeGrant makes a pending grant count.
func (tx *Tx) AgreeGrant(ctx context.Context, id int32) error {
	return tx.must(ctx, agreeGrantSQL, id, tx.Actor.ID)
}

// EndGrant ends one, by the actor or by the program itself.
func (tx *Tx) EndGrant(ctx context.Context, g Grant, why text.Line) error {
	return tx.must(ctx, endGrantSQL, g.ID, tx.Actor.ID, tx.sealEnd(g.PersonID, why))
}
