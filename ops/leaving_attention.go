package ops

import (
	"context"

	"balie/db"
	"balie/policy"
)

// leavingFinder tells admins of those who leave, and of what is left to do
// after them.
func (o *Ops) leavingFinder() attentionFinder {
	return attentionFinder{roles: []policy.Role{policy.Admin}, find: findLeaving}
}

func findLeaving(ctx context.Context, tx *db.Tx) (all []Attention, err error) {
	open, err := tx.OpenDepartures(ctx, 0)
	if err != nil {
		return nil, err
	}
	for _, d := range open {
		if a, err := leavingAttention(ctx, tx, d); err != nil {
			return nil, err
		} else if a.What.Key != "" {
			all = append(all, a)
		}
	}
	unchecked, err := tx.ListUnchecked(ctx)
	for _, u := range unchecked {
		all = append(all, Attention{
			What:  policy.Message{Key: "%s has left: %d lines of the checklist are not ticked off.", Args: []any{u.Login, u.Open}},
			Opens: "leaving " + u.Login,
		})
	}
	return all, err
}

// leavingAttention is about a departure to come, or one whose customers nobody
// takes over.
func leavingAttention(ctx context.Context, tx *db.Tx, d db.Departure) (Attention, error) {
	a := Attention{Opens: "leaving " + d.Login}
	if d.Planned() {
		wall, err := tx.OnTheWall(ctx, d.Due)
		a.What = policy.Message{Key: "%s leaves on %s.", Args: []any{d.Login, wall}}
		return a, err
	}
	heir, err := dueHeir(ctx, tx, d)
	if heir == 0 && err == nil {
		a.Grave = true
		a.What = policy.Message{Key: "%s has left, and nobody takes over the customers: name a colleague.", Args: []any{d.Login}}
	}
	return a, err
}
