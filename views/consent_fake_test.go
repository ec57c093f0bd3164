package views

import (
	"context"

	"balie/db"
	"balie/policy"
)

func (f *fakeActs) ListPurposes(context.Context, policy.Actor) ([]db.Purpose, error) {
	all := make([]db.Purpose, len(policy.Purposes))
	for i, p := range policy.Purposes {
		all[i].PurposeRules = p
	}
	return all, nil
}
