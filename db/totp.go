package db

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"balie/policy"
)

// Factor is a person's second factor and how the last tries went.
type Factor struct {
	Secret   policy.Sealed // base32
	LastStep int64
	Failures int
	NextTry  time.Time // no code counts before
}

const (
	// The lock makes the tries of one person follow each other, so that many
	// at once are no way round the limit.
	factorSQL = `select secret, last_step, failures, greatest(next_try, '0001-01-01') as next_try from totp where person_id = $1 for update`
	// Only rising steps: a code works once, on whichever node it came first.
	useStepSQL = `update totp set last_step = $2, failures = 0, next_try = '-infinity' where person_id = $1 and last_step < $2`
	forgiveSQL = `update totp set failures = 0, next_try = '-infinity' where person_id = $1`
	failSQL    = `update totp set failures = failures + 1, next_try = now() + $2 where person_id = $1`
	// A new secret starts with the step that confirmed it.
	setFactorSQL = `insert into totp (person_id, secret, last_step) values ($1, $2, $3)
on conflict (person_id) do update set secret = excluded.secret, last_step = excluded.last_step, failures = 0, next_try = '-infinity', set_at = now()`
)

const secretPlace = "totp.secret"

// Factor reads a person's second factor; ok is false when there is none. It
// keeps other tries of the person waiting until the transaction ends.
func (tx *Tx) Factor(ctx context.Context, person int32) (f Factor, ok bool, err error) {
	var sealed []byte
	err = tx.QueryRow(ctx, factorSQL, person).Scan(&sealed, &f.LastStep, &f.Failures, &f.NextTry)
	if errors.Is(err, pgx.ErrNoRows) {
		return Factor{}, false, nil
	}
	if err != nil {
		return Factor{}, false, err
	}
	secret, err := tx.store.Keys.Open(secretPlace, int64(person), sealed)
	f.Secret = policy.Seal(string(secret))
	return f, err == nil, err
}

// UseStep uses up a step; false when it or a later one was used before.
func (tx *Tx) UseStep(ctx context.Context, person int32, step int64) (bool, error) {
	return tx.did(ctx, useStepSQL, person, step)
}

// Fail counts a failed try; the next one counts only after wait.
func (tx *Tx) Fail(ctx context.Context, person int32, wait time.Duration) error {
	_, err := tx.Exec(ctx, failSQL, person, wait)
	return err
}

// SetFactor keeps a new secret, whose step was used to confirm it.
func (tx *Tx) SetFactor(ctx context.Context, person int32, secret policy.Sealed, step int64) error {
	sealed := tx.store.Keys.Seal(secretPlace, int64(person), []byte(secret.Reveal()))
	_, err := tx.Exec(ctx, setFactorSQL, person, sealed, step)
	return err
}

func (tx *Tx) did(ctx context.Context, sql string, args ...any) (bool, error) {
	tag, err := tx.Exec(ctx, sql, args...)
	return err == nil && tag.RowsAffected() > 0, err
}

// must is for a change that row security may have hidden the row from: of one
// who lost the role in mid-act nothing must seem done.
func (tx *Tx) must(ctx context.Context, sql string, args ...any) error {
	done, err := tx.did(ctx, sql, args...)
	if err == nil && !done {
		err = policy.ErrAbsent()
	}
	return err
}

const (
	factorAgeSQL = `select set_at from totp where person_id = $1 for update`

	recoveryLeftSQL   = `select count(*) from recovery_codes where person_id = $1 and used_at is null`
	useRecoverySQL    = `update recovery_codes set used_at = now() where person_id = $1 and digest = $2 and used_at is null`
	dropRecoverySQL   = `delete from recovery_codes where person_id = $1`
	insertRecoverySQL = `insert into recovery_codes (person_id, digest) select $1, unnest($2::bytea[])`
)

// The digest names its owner, so that a row moved to another person is worth
// nothing.
func (tx *Tx) recoveryDigest(person int32, code policy.Sealed) []byte {
	return tx.store.Keys.Digest("recovery", fmt.Sprint(person, ":", code.Reveal()))
}

// UseRecovery uses up a recovery code; false when it is none or was used.
func (tx *Tx) UseRecovery(ctx context.Context, person int32, code policy.Sealed) (bool, error) {
	used, err := tx.did(ctx, useRecoverySQL, person, tx.recoveryDigest(person, code))
	if used {
		_, err = tx.Exec(ctx, forgiveSQL, person)
	}
	return used, err
}

// FactorSet says when a person's second factor was set, and keeps others from
// setting it until the transaction ends.
func (tx *Tx) FactorSet(ctx context.Context, person int32) (at time.Time, err error) {
	err = tx.QueryRow(ctx, factorAgeSQL, person).Scan(&at)
	return at, err
}

// RecoveryLeft counts the codes that a person has not used.
func (tx *Tx) RecoveryLeft(ctx context.Context, person int32) (n int, err error) {
	err = tx.QueryRow(ctx, recoveryLeftSQL, person).Scan(&n)
	return n, err
}

// SetRecovery replaces a person's recovery codes; only their digests are kept.
func (tx *Tx) SetRecovery(ctx context.Context, person int32, codes []policy.Sealed) error {
	digests := make([][]byte, len(codes))
	for i, c := range codes {
		digests[i] = tx.recoveryDigest(person, c)
	}
	batch := &pgx.Batch{}
	batch.Queue(dropRecoverySQL, person)
	batch.Queue(insertRecoverySQL, person, digests)
	return tx.SendBatch(ctx, batch).Close()
}
