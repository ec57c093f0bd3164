package sample

import (
	"context"
	"fmt"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// Twins adds n customers twice, with a slip each, for owners in turn; the second
// record of every fourth is another owner's than the first.
func (f *Firm) Twins(ctx context.Context, o *ops.Ops, n int, owners ...policy.Actor) error {
	all, place := make([][]*db.New, len(owners)), map[int32]int{}
	for i, owner := range owners {
		place[owner.ID] = i
	}
	for i, found := 0, 0; found < n; i++ {
		p, ok := f.twice(f.next(-1), i)
		if !ok {
			continue
		}
		first := found % len(owners)
		alone(p.A, owners[first])
		alone(p.B, owners[(first+found%4/3)%len(owners)])
		if !db.Alike(p.A.Customer, p.B.Customer).Alike() {
			continue
		}
		for _, c := range []*db.New{p.A, p.B} {
			all[place[c.Owner]] = append(all[place[c.Owner]], c)
		}
		found++
	}
	for i, cs := range all {
		if err := o.AddMany(ctx, owners[i], cs, true); err != nil {
			return fmt.Errorf("add twins: %w", err)
		}
	}
	return nil
}

// alone is a customer without its company, which is not in the books.
func alone(c *db.New, owner policy.Actor) { c.Companies, c.Owner = nil, owner.ID }
