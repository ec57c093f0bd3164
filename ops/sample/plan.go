package sample

import (
	"context"
	"fmt"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

// plans are what a salesperson has to do, and did, with one customer after the
// other; some of it is late, as it is everywhere.
var plans = []string{
	"bel gisteren 10:00 over de offerte", "bel vandaag 16:30 over de plaatsing van de keuken", "mail vandaag over de kleurstalen !",
	"afspraak morgen 9:30 over de inmeting van de badkamer", "bel morgen 11:00 over de levertijd", "stuur de folder van houten vloeren overmorgen",
	"bel over 3 dagen over de offerte", "bel volgende week over onderhoud", "bel eergisteren over de aanbetaling", "bel elke maand over nieuwe projecten",
	"gebeld gisteren 14:00 15 min over de wens voor een kookeiland", "gemaild eergisteren over de tekening", "bezocht 4 dagen geleden 10:00 60 min over de badkamer",
	"gebeld vandaag 9:00 5 min over de afspraak", "gebeld 2 weken geleden over de nazorg",
}

// Plan gives an owner tasks and activities with the customers that were active
// last, and one task without any.
func Plan(ctx context.Context, o *ops.Ops, owner policy.Actor) error {
	page, err := o.FindCustomers(ctx, owner, db.Query{Sort: db.ByActivity, Limit: len(plans)})
	if err != nil {
		return fmt.Errorf("find whom to plan for: %w", err)
	}
	for i, row := range page.Rows {
		if err := keep(ctx, o, owner, plans[i], row.ID); err != nil {
			return fmt.Errorf("plan %q: %w", plans[i], err)
		}
	}
	return keep(ctx, o, owner, "rittenregistratie bijwerken elke week vrijdag", 0)
}

func keep(ctx context.Context, o *ops.Ops, owner policy.Actor, line string, customer int64) error {
	u, err := o.Understand(ctx, owner, line, customer)
	if err == nil && u.Happened && u.At(u.Now).After(u.Now) {
		u.Due.Timed = false // it is earlier in the day than the line has it
	}
	if err == nil {
		_, err = o.KeepQuick(ctx, owner, u, customer, ops.NewRequestKey())
	}
	return err
}
