package db

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/policy"
	"balie/policy/text"
)

// Invitation is how a person joins; its code is kept as a digest only.
type Invitation struct {
	ID          int32
	PersonID    int32
	CreatedBy   int32 // 0: the program itself, for the first admin
	CreatedAt   time.Time
	ExpiresAt   time.Time
	UsedAt      *time.Time
	VoidedAt    *time.Time
	Fingerprint string // of the key that joined with it
}

const (
	voidInvitationsSQL  = `update invitations set voided_at = now() where person_id = $1 and used_at is null and voided_at is null`
	insertInvitationSQL = `insert into invitations (person_id, digest, created_by, expires_at)
values ($1, $2, nullif($3, 0), now() + interval '72 hours') returning expires_at`
	listInvitationsSQL = `select id, person_id, coalesce(created_by, 0) as created_by, created_at, expires_at, used_at, voided_at,
  coalesce(fingerprint, '') as fingerprint from invitations where person_id = $1 order by id desc`
	openInvitationSQL = `select id, person_id from invitations
where digest = $1 and used_at is null and voided_at is null and expires_at > now()`
	useInvitationSQL = `update invitations set used_at = now(), fingerprint = $2
where id = $1 and used_at is null and voided_at is null and expires_at > now()`
)

func (tx *Tx) invitationDigest(code policy.Sealed) []byte {
	return tx.store.Keys.Digest("invitation", code.Reveal())
}

// Invite makes code the one way for a person to join, and voids earlier codes.
func (tx *Tx) Invite(ctx context.Context, person int32, code policy.Sealed) (expires time.Time, err error) {
	if _, err := tx.Exec(ctx, voidInvitationsSQL, person); err != nil {
		return time.Time{}, err
	}
	err = tx.QueryRow(ctx, insertInvitationSQL, person, tx.invitationDigest(code), tx.Actor.ID).Scan(&expires)
	return expires, err
}

// ListInvitations gives a person's, the newest first.
func (tx *Tx) ListInvitations(ctx context.Context, person int32) ([]Invitation, error) {
	rows, err := tx.Query(ctx, listInvitationsSQL, person)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[Invitation])
}

// OpenInvitation finds the one that code opens; zeros when it opens none.
func (tx *Tx) OpenInvitation(ctx context.Context, code policy.Sealed) (id, person int32, err error) {
	err = tx.QueryRow(ctx, openInvitationSQL, tx.invitationDigest(code)).Scan(&id, &person)
	if errors.Is(err, pgx.ErrNoRows) {
		err = nil
	}
	return id, person, err
}

// UseInvitation uses one up with a key; false when it was used, voided or ran
// out meanwhile. Of two at once one gets true.
func (tx *Tx) UseInvitation(ctx context.Context, id int32, fingerprint string) (bool, error) {
	return tx.did(ctx, useInvitationSQL, id, fingerprint)
}

// Joiner is the person an invitation is for.
type Joiner struct {
	Login   string
	Name    text.Line
	Inviter text.Line // empty for the first admin
}

const (
	joinerSQL = `select p.login, p.name, coalesce(i.created_by, 0), coalesce(b.name, '')
from invitations i join people p on p.id = i.person_id left join people b on b.id = i.created_by where i.id = $1`
	joinedSQL = `update people set joined_at = coalesce(joined_at, now()), version = version + 1 where id = $1`
)

// Joiner reads whom an invitation is for and from whom.
func (tx *Tx) Joiner(ctx context.Context, invitation, person int32) (j Joiner, err error) {
	var name, inviter []byte
	var by int32
	if err := tx.QueryRow(ctx, joinerSQL, invitation).Scan(&j.Login, &name, &by, &inviter); err != nil {
		return j, err
	}
	if j.Name, err = tx.openName(person, name); err == nil && by != 0 {
		j.Inviter, err = tx.openName(by, inviter)
	}
	return j, err
}

// Joined marks a person as joined.
func (tx *Tx) Joined(ctx context.Context, person int32) error {
	_, err := tx.Exec(ctx, joinedSQL, person)
	return err
}
