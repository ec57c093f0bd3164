package db

import (
	"context"
	"time"

	"balie/policy"
	"balie/policy/text"
)

// refusals keeps what the two said no to: a withdrawal or an objection in either
// record is recorded once more where the other's later yes would outweigh it.
func (tx *Tx) refusals(ctx context.Context, winner, loser int64) (record func() error, err error) {
	standing, err := tx.ListStandings(ctx, []int64{winner, loser})
	return func() error {
		return tx.recordNo(ctx, winner, policy.StillNo(standing[winner].Events, standing[loser].Events, tx.Now), "Stood in one of two records of this person that became one.")
	}, err
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
