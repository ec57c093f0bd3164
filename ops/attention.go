package ops

import (
	"context"
	"slices"

	"balie/db"
	"balie/policy"
)

// Attention is something that waits for somebody, shown on the first screen.
type Attention struct {
	What  policy.Message
	Opens string // what the palette opens for it, such as "jobs"
	Grave bool
}

// attentionFinder looks for what waits for who wears one of the roles. It runs
// in the transaction of the one who asks, under the rights of the role worn.
type attentionFinder struct {
	roles []policy.Role
	find  func(context.Context, *db.Tx) ([]Attention, error)
}

// attentionFinders are all, in the order in which they are shown; each area
// adds its own.
func (o *Ops) attentionFinders() []attentionFinder {
	return append([]attentionFinder{
		o.failingJobs(),
		o.leavingFinder(),
		o.weakKeys(),
		o.idleKeysOfOwn(),
		reviewsOfMine(),
		openReviews(),
		keptGrants(),
		o.changedLog(),
		findUnusual,
		requestsDue(),
		lastDrill(),
		exportsWaiting(),
		invoicesWaiting(),
		tasksWaiting(),
		standingOnNothing(),
		erasuresUntold(),
		breachesRunning(),
		documentsDiffer(),
		rulesWaiting(),
	}, pairsWaiting()...)
}

// Attention gives what waits for the actor in the role worn, the grave first.
func (o *Ops) Attention(ctx context.Context, actor policy.Actor) (all []Attention, err error) {
	err = o.act(ctx, actor, policy.AttentionList, policy.Resource{}, func(tx *db.Tx) error {
		for _, f := range o.attentionFinders() {
			if !slices.Contains(f.roles, actor.Role) {
				continue
			}
			found, err := f.find(ctx, tx)
			if err != nil {
				return err
			}
			all = append(all, found...)
		}
		return nil
	})
	slices.SortStableFunc(all, func(a, b Attention) int { return rank(a) - rank(b) })
	return all, err
}

func rank(a Attention) int {
	if a.Grave {
		return 0
	}
	return 1
}
