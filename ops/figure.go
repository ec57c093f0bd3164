package ops

import (
	"context"
	"time"

	"balie/db"
	"balie/policy"
)

// Figure is a number that the privacy officer steers by, and where the rows behind
// it are.
type Figure struct {
	What  policy.Message
	N     int
	Grave bool      // something is late or wrong, if N is not 0
	Idle  bool      // it only tells: nothing waits
	At    time.Time // when it was counted; zero: now
	Opens string    // what the palette opens for it
}

// figureFinder gives some of them, under the rights of the one who asks. None
// needs a reason: they are numbers, of nobody's data.
type figureFinder func(context.Context, *db.Tx) ([]Figure, error)

// figureFinders are all, in the order in which they are shown; each area adds its
// own.
func (o *Ops) figureFinders() []figureFinder {
	return []figureFinder{
		requestFigures,
		breachFigures,
		standingFigures,
		erasureFigures,
		documentFigures,
		o.hygieneFigures,
	}
}

// PrivacyFigures are the officer's dashboard.
func (o *Ops) PrivacyFigures(ctx context.Context, actor policy.Actor) (all []Figure, err error) {
	err = o.act(ctx, actor, policy.PrivacyFigures, policy.Resource{}, func(tx *db.Tx) error {
		for _, find := range o.figureFinders() {
			found, err := find(ctx, tx)
			if err != nil {
				return err
			}
			all = append(all, found...)
		}
		return nil
	})
	return all, err
}

func figure(opens string, what policy.Message, n int) Figure {
	return Figure{What: what, N: n, Opens: opens}
}

// requestFigures are those that wait for an answer, and of these the urgent ones.
func requestFigures(ctx context.Context, tx *db.Tx) ([]Figure, error) {
	all, err := openSights(ctx, tx)
	open, late, soon := figure("requests", policy.Message{Key: "Requests of data subjects to answer"}, len(all)), figure("requests", policy.Message{Key: "Requests that are overdue"}, 0), figure("requests", policy.Message{Key: "Requests due soon"}, 0)
	late.N, _ = countMarked(all, policy.StepOverdue)
	soon.N, _ = countMarked(all, policy.StepDueSoon)
	open.Idle, late.Grave = true, true
	return []Figure{late, soon, open}, err
}

// breachFigures are those that are not settled, and of these the late ones.
func breachFigures(ctx context.Context, tx *db.Tx) ([]Figure, error) {
	entries, err := tx.ListEntries(ctx, policy.Breaches)
	if err != nil {
		return nil, err
	}
	now, err := tx.WallNow(ctx)
	open, late := figure("breaches", policy.Message{Key: "Breaches to see to"}, 0), figure("breaches", policy.Message{Key: "Breaches past their 72 hours"}, 0)
	late.Grave = true
	for _, e := range entries {
		if e.Retired {
			continue
		}
		switch sighted(e, now).State {
		case policy.BreachRuns, policy.BreachUntold:
			open.N++
		case policy.BreachLate:
			open.N, late.N = open.N+1, late.N+1
		}
	}
	return []Figure{open, late}, err
}

func standingFigures(ctx context.Context, tx *db.Tx) ([]Figure, error) {
	n, err := tx.CountGroundless(ctx, groundlessMost)
	return []Figure{figure("undecided", policy.Message{Key: "Records that stand on nothing"}, n)}, err
}

func erasureFigures(ctx context.Context, tx *db.Tx) ([]Figure, error) {
	n, err := tx.UntoldErasures(ctx)
	return []Figure{figure("erasures", policy.Message{Key: "Erasures with recipients to tell"}, n)}, err
}

// documentFigures are the published texts that the live configuration has left
// behind.
func documentFigures(ctx context.Context, tx *db.Tx) ([]Figure, error) {
	all, err := documents(ctx, tx)
	n := 0
	for _, d := range all {
		if d.Version > 0 && d.Differs {
			n++
		}
	}
	return []Figure{figure("documents", policy.Message{Key: "Published texts that differ from now"}, n)}, err
}

// hygieneFigures are what the weekly look counted, but for what is counted anew
// each time.
func (o *Ops) hygieneFigures(ctx context.Context, tx *db.Tx) ([]Figure, error) {
	all, err := statuses(ctx, tx, o.hygieneJobs())
	if err != nil || all[0].Last.EndedAt == nil {
		return nil, err
	}
	counts, at := all[0].Last.Counts, *all[0].Last.EndedAt
	figures := []Figure{
		figure("duplicates", policy.Message{Key: "Pairs of customers that look like one"}, counts[countTwins]),
		figure("reask", policy.Message{Key: "Consents to be asked again"}, counts[countReask]),
		figure("stale", policy.Message{Key: "On lists that went out, now refused"}, counts[countStale]),
		figure("bounced", policy.Message{Key: "Customers with a dead mail address"}, counts[countDead]),
		figure("idle", policy.Message{Key: "Roles that nobody used for a quarter"}, counts[countIdleRoles]),
		figure("keys", policy.Message{Key: "Keys that nobody uses"}, counts[countIdleKeys]),
		figure("fields", policy.Message{Key: "Fields of our own that nobody uses"}, counts[countFields]),
		figure("despite", policy.Message{Key: "Sensitive texts kept for a reason, 30 days"}, counts[countDespite]),
	}
	figures[len(figures)-1].Idle = true
	for i := range figures {
		figures[i].At = at
	}
	return figures, nil
}
