package ops

import (
	"context"

	"balie/db"
	"balie/policy"
)

// requestJobs look every morning what falls due.
func requestJobs() []Job {
	return []Job{{Name: "request.deadlines", Spec: "0 7 * * *", Every: db.Daily, Run: noteDeadlines}}
}

// noteDeadlines writes into the register when a request was about to be due, when
// it missed the house target and when it was overdue: each once.
func noteDeadlines(ctx context.Context, r *Run) error {
	return r.Batch(ctx, policy.SystemJob, func(tx *db.Tx) error {
		all, err := openSights(ctx, tx)
		if err != nil {
			return err
		}
		n := 0
		for _, s := range all {
			for _, step := range s.marks {
				fresh, err := tx.NoteStep(ctx, s.ID, step)
				if err != nil {
					return err
				}
				if fresh {
					r.Count(string(step), 1)
					n++
				}
			}
		}
		if n == 0 {
			return ErrIdle
		}
		return nil
	})
}

// markedSight is a request with what the clock has to say of it.
type markedSight struct {
	RequestSight
	marks []policy.RequestStep
}

// openSights are the open requests, the first due first.
func openSights(ctx context.Context, tx *db.Tx) (all []markedSight, err error) {
	t, err := termsOf(ctx, tx)
	if err != nil {
		return nil, err
	}
	found, err := tx.ListRequests(ctx, false, db.RequestCursor{}, 0)
	for _, s := range pageOf(t, RequestQuery{}, found).Rows {
		all = append(all, markedSight{s, t.marks(s)})
	}
	return all, err
}

// marks say what is late or nearly so.
func (t terms) marks(s RequestSight) (all []policy.RequestStep) {
	if s.Today.After(s.Deadline.Target) && s.SentAt.IsZero() {
		all = append(all, policy.StepTarget)
	}
	switch left := s.DaysLeft(); {
	case left < 0:
		all = append(all, policy.StepOverdue)
	case left <= t.soonDays:
		all = append(all, policy.StepDueSoon)
	}
	return all
}
