package db

import (
	"context"
	"slices"
	"time"

	"balie/policy"
	"balie/policy/text"
)

// said is what two records of one person said yes and no to, and what of the no
// must be recorded once more, since the other's later yes would outweigh it.
type said struct {
	events, still []policy.ConsentEvent
}

func (tx *Tx) saidBy(ctx context.Context, winner, loser int64) (said, error) {
	standing, err := tx.ListStandings(ctx, []int64{winner, loser})
	a, b := standing[winner].Events, standing[loser].Events
	return said{slices.Concat(a, b), policy.StillNo(a, b, tx.Now)}, err
}

// groundsOf takes away the grounds against which something was said.
func (tx *Tx) groundsOf(ctx context.Context, grounds []policy.Ground, s said) ([]policy.Ground, error) {
	all, err := tx.ListPurposes(ctx)
	events := slices.Clone(s.events)
	for _, e := range s.still {
		e.At = tx.Now
		events = append(events, e)
	}
	return policy.GroundsAfter(policy.Standing{Grounds: grounds, Events: events}, Rules(all), "", tx.Now), err
}

func (tx *Tx) recordNo(ctx context.Context, customer int64, events []policy.ConsentEvent, why string) error {
	for _, e := range events {
		c := Consent{ConsentEvent: policy.ConsentEvent{Purpose: e.Purpose, Kind: e.Kind, Marketing: e.Marketing}, Customer: customer, How: policy.OnForm}
		c.Remark = text.NewBlock(why)
		if _, err := tx.AddConsent(ctx, c, Wording{}, newRequest()); err != nil {
			return err
		}
	}
	return nil
}

// refusedSince gives the loser every no that the winner said since the merge:
// nobody can tell which of the two it was meant for.
func (tx *Tx) refusedSince(ctx context.Context, winner, loser int64, merged time.Time) error {
	standing, err := tx.ListStandings(ctx, []int64{winner})
	if err != nil {
		return err
	}
	var no []policy.ConsentEvent
	for _, e := range standing[winner].Events {
		if e.Kind.No() && !e.At.Before(merged) {
			no = append(no, e)
		}
	}
	return tx.recordNo(ctx, loser, no, "Was said while this record was merged with another.")
}
