package ops

import (
	"context"

	"balie/db"
	"balie/policy"
)

// expireJobs end what was given for a time. Row security counts a grant that
// has run out for nothing anyway; the job is what the log and the open sessions
// hear it from.
func (o *Ops) expireJobs() []Job {
	return []Job{{Name: "access.expire", Spec: "* * * * *", Every: db.EveryMinute, Run: expire}}
}

func expire(ctx context.Context, r *Run) error {
	if err := each(ctx, r, "grants ended", expireGrant); err != nil {
		return err
	}
	return each(ctx, r, "invitations voided", expireInvitation)
}

// each does one thing per transaction, so that each has its own row in the log,
// until there is none left.
func each(ctx context.Context, r *Run, what string, one func(context.Context, *db.Tx) (bool, error)) error {
	for {
		found := false
		err := r.Batch(ctx, policy.PersonExpire, func(tx *db.Tx) (err error) {
			if found, err = one(ctx, tx); err == nil && !found {
				return ErrIdle
			}
			r.Count(what, 1)
			return err
		})
		if err != nil || !found {
			return err
		}
	}
}

func expireGrant(ctx context.Context, tx *db.Tx) (bool, error) {
	role, found, err := tx.ExpireGrant(ctx)
	if err != nil || !found {
		return false, err
	}
	tx.Detail(string(role))
	return true, tx.TellNodes(ctx)
}

func expireInvitation(ctx context.Context, tx *db.Tx) (bool, error) { return tx.ExpireInvitation(ctx) }
