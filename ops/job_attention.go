package ops

import (
	"context"

	"balie/db"
	"balie/policy"
)

// failingJobs are for those who can do something about them.
func (o *Ops) failingJobs() attentionFinder {
	return attentionFinder{[]policy.Role{policy.Admin, policy.Privacy}, func(ctx context.Context, tx *db.Tx) ([]Attention, error) {
		all, err := statuses(ctx, tx, o.Jobs())
		var found []Attention
		for _, s := range all {
			if s.Last.Failing() && s.Last.Error != errLogChanged.Msg.Key {
				found = append(found, Attention{
					What:  policy.Message{Key: "The job %s fails; it was tried %d times.", Args: []any{s.Name, s.Last.Tries}},
					Opens: "jobs", Grave: true,
				})
			}
		}
		return found, err
	}}
}

// changedLog is what the nightly walk of the log found.
func (o *Ops) changedLog() attentionFinder {
	return attentionFinder{[]policy.Role{policy.Privacy, policy.Auditor, policy.Admin}, func(ctx context.Context, tx *db.Tx) ([]Attention, error) {
		all, err := statuses(ctx, tx, o.verifyJobs())
		var found []Attention
		for _, s := range all {
			if s.Last.Counts["faults"] > 0 {
				found = append(found, Attention{What: errLogChanged.Msg, Opens: "verify", Grave: true})
			}
		}
		return found, err
	}}
}
