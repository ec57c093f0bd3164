package ops

import (
	"context"
	"fmt"
	"time"

	"balie/db"
	"balie/policy"
	"balie/policy/text"
)

// unusualJobs look who sees many more customers than usual.
func (o *Ops) unusualJobs() []Job {
	return []Job{{Name: "log.unusual", Spec: "*/5 * * * *", Every: db.EveryFiveMinutes, Run: lookForUnusual}}
}

func lookForUnusual(ctx context.Context, r *Run) error {
	if err := foldViewing(ctx, r); err != nil {
		return err
	}
	return r.Batch(ctx, policy.UnusualFlag, func(tx *db.Tx) error {
		n, err := flagUnusual(ctx, tx, r.Period.Now)
		if err == nil && n == 0 {
			err = ErrIdle
		}
		r.Count("flagged", n)
		return err
	})
}

// foldStep bounds what one transaction folds.
const foldStep = 24 * time.Hour

// foldViewing counts the hours that are over: what is usual is told from these.
func foldViewing(ctx context.Context, r *Run) error {
	end := r.Period.Now.Truncate(time.Hour)
	for next := end.AddDate(0, 0, -policy.UsualDays); next.Before(end); {
		err := r.Batch(ctx, policy.SystemJob, func(tx *db.Tx) error {
			from, err := tx.LastFold(ctx)
			if err != nil {
				return err
			}
			if from.Before(next) {
				from = next
			}
			next = from.Add(foldStep)
			n, err := tx.FoldViewing(ctx, from, earlier(next, end))
			if err == nil && n == 0 {
				err = ErrIdle
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// missedTime is how far back hours that are over are looked at again: nothing
// may have run while they were not.
const missedTime = 24 * time.Hour

// flagUnusual looks at the hour that ends now, and again at the hours by the
// clock before it. It says how many flags are new or have grown.
func flagUnusual(ctx context.Context, tx *db.Tx, now time.Time) (n int, err error) {
	floor, err := tx.Setting(ctx, policy.UnusualFloor)
	if err != nil {
		return 0, err
	}
	missed, err := tx.HourViewers(ctx, now.Add(-missedTime), floor.Int())
	if err != nil {
		return 0, err
	}
	viewers, err := tx.Viewers(ctx, now, floor.Int())
	for _, v := range append(missed, viewers...) {
		flagged := false
		if flagged, err = flagViewer(ctx, tx, v, floor.Int()); err != nil {
			return 0, err
		}
		if flagged {
			n++
		}
	}
	return n, err
}

// flagViewer flags a person who saw more than usual in an hour; what belongs to
// an episode that is known is added to it.
func flagViewer(ctx context.Context, tx *db.Tx, v db.Viewer, floor int) (bool, error) {
	m, err := measure(ctx, tx, v, floor)
	if err != nil || !m.Unusual(v.Viewing()) {
		return false, err
	}
	known, found, err := tx.EpisodeOf(ctx, v, policy.EpisodeGap)
	switch {
	case err != nil:
		return false, err
	case !found || known.SettledAt != nil && policy.Outgrown(known.Peak, v.Viewing().Score()):
		return true, tx.FlagUnusual(ctx, v, m)
	case known.SettledAt != nil:
		return false, nil
	}
	return tx.GrowUnusual(ctx, known, v, m)
}

// measure compares with the person's own past, or that of the others in the
// role while it is short.
func measure(ctx context.Context, tx *db.Tx, v db.Viewer, floor int) (policy.Measure, error) {
	past, err := tx.PastViewing(ctx, v.PersonID, "", v.Hour)
	newcomer := policy.Newcomer(len(past))
	if err == nil && newcomer {
		past, err = tx.PastViewing(ctx, v.PersonID, v.Role, v.Hour)
	}
	return policy.MeasureViewing(past, newcomer, floor), err
}

// unusualShown is how many a list gives.
const unusualShown = 200

// ListUnusual gives the flags that wait for an officer, and with all those that
// are settled too, the latest first.
func (o *Ops) ListUnusual(ctx context.Context, actor policy.Actor, all bool) (found []db.Unusual, err error) {
	err = o.act(ctx, actor, policy.UnusualList, policy.Resource{}, func(tx *db.Tx) error {
		found, err = tx.ListUnusual(ctx, all, unusualShown)
		return err
	})
	return found, err
}

// SettleUnusual keeps what an officer found out about a flag.
func (o *Ops) SettleUnusual(ctx context.Context, actor policy.Actor, id int32, outcome policy.UnusualOutcome, note text.Line) error {
	if note.IsZero() {
		return policy.Errorf(policy.Invalid, "Say what it was: the note is kept with the flag.").On("note")
	}
	if len([]rune(note.String())) > maxUnusualNote {
		return policy.Errorf(policy.Invalid, "This is too long: keep it under %d characters.", maxUnusualNote).On("note")
	}
	return o.act(ctx, actor, policy.UnusualSettle, policy.Resource{}, func(tx *db.Tx) error {
		u, err := tx.GetUnusual(ctx, id)
		if err != nil {
			return err
		}
		if err := policy.Can(actor, policy.UnusualSettle, policy.Resource{Person: u.Person}); err != nil {
			return err
		}
		tx.About(int64(u.Person))
		tx.Detail(fmt.Sprintf("%d %s: %s", id, outcome, note))
		return tx.SettleUnusual(ctx, id, outcome, note)
	})
}

const maxUnusualNote = 500

// findUnusual tells how many flags wait for an officer. The auditor hears of
// them too: one may be about the only officer.
var findUnusual = attentionFinder{
	roles: []policy.Role{policy.Privacy, policy.Auditor},
	find: func(ctx context.Context, tx *db.Tx) ([]Attention, error) {
		n, err := tx.CountUnusual(ctx)
		if err != nil || n == 0 {
			return nil, err
		}
		return []Attention{{
			What: policy.Message{Key: "Colleagues saw many more customers than usual; times to look at: %d.", Args: []any{n}}, Opens: "unusual", Grave: true,
		}}, nil
	},
}
