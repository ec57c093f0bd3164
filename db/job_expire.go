package db

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"balie/policy"
)

const (
	expireGrantSQL = `update grants set ended_at = until where id = (select id from grants
  where ended_at is null and until <= now() order by id limit 1 for update skip locked) returning person_id, role`
	expireInvitationSQL = `update invitations set voided_at = now() where id = (select id from invitations
  where used_at is null and voided_at is null and expires_at <= now() order by id limit 1 for update skip locked) returning person_id`
)

// ExpireGrant ends one grant that has run out; false when there is none left.
// It counted for nothing since then, but nobody was told.
func (tx *Tx) ExpireGrant(ctx context.Context) (role policy.Role, found bool, err error) {
	var person int32
	err = tx.QueryRow(ctx, expireGrantSQL).Scan(&person, &role)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", false, nil
	}
	tx.About(int64(person), "role")
	return role, err == nil, err
}

// ExpireInvitation voids one that nobody used in time; false when there is none
// left.
func (tx *Tx) ExpireInvitation(ctx context.Context) (found bool, err error) {
	var person int32
	err = tx.QueryRow(ctx, expireInvitationSQL).Scan(&person)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	tx.About(int64(person), "invitation")
	return err == nil, err
}
