package ops

import (
	"context"
	"time"

	"balie/db"
	"balie/policy"
)

const (
	// With an open deal one hears from each other within quietDeal, else within
	// quietClient.
	quietDeal   = 14 * 24 * time.Hour
	quietClient = 90 * 24 * time.Hour
	// callsAtOnce is how many a first screen shows, and lateAtOnce of deals.
	callsAtOnce = 12
	lateAtOnce  = 10
	// doersAtOnce is a team.
	doersAtOnce = 30
)

// Calls are the customers to hear from again.
type Calls struct {
	Deals   []db.Row // an open deal, and nothing said for two weeks
	Clients []db.Row // nothing said for three months
}

// WhoToCall gives the customers of whom the actor has heard nothing for the
// longest: those with an open deal first.
func (o *Ops) WhoToCall(ctx context.Context, actor policy.Actor) (c Calls, err error) {
	err = o.act(ctx, actor, policy.CustomerList, policy.Resource{}, func(tx *db.Tx) error {
		if c.Deals, err = tx.ListQuiet(ctx, tx.Now.Add(-quietDeal), callsAtOnce); err != nil {
			return err
		}
		c.Clients, err = tx.ListUnheard(ctx, tx.Now.Add(-quietClient), callsAtOnce)
		return err
	})
	return c, err
}

// Team is how a manager's team does, in figures.
type Team struct {
	Today  time.Time
	Months []db.Forecast
	Late   []db.Deal // the longest in their stage first
	All    db.Late   // of which these are the first
	Week   time.Time // Monday
	Doings []db.Doings
}

// TeamFigures adds up what the manager's team may sell, what stays where it is,
// and what each did since Monday.
func (o *Ops) TeamFigures(ctx context.Context, actor policy.Actor) (t Team, err error) {
	err = o.act(ctx, actor, policy.DealList, policy.Resource{}, func(tx *db.Tx) error {
		now, err := tx.WallNow(ctx)
		if err != nil {
			return err
		}
		t.Today = policy.Day(now)
		monday := time.Date(now.Year(), now.Month(), now.Day()-(int(now.Weekday())+6)%7, 0, 0, 0, 0, now.Location())
		t.Week = policy.Day(monday)
		if t.Months, err = tx.ForecastDeals(ctx, 0, 0); err != nil {
			return err
		}
		if t.Late, t.All, err = tx.ListLate(ctx, lateAtOnce); err != nil {
			return err
		}
		t.Doings, err = tx.ListDoings(ctx, monday, doersAtOnce)
		return err
	})
	return t, err
}
