package db

import (
	"context"
	"time"

	"balie/policy"
)

// Exposure is how often somebody saw a customer on one day by one act.
type Exposure struct {
	Day         time.Time // midnight UTC of the organisation's date
	Actor       int32
	Role        policy.Role
	Act         policy.Act
	Times       int64
	First, Last time.Time
	Total       int64 // lines of this page and those after it
}

// ExposurePage has whole days, the latest first.
type ExposurePage struct {
	Seen []Exposure
	Next time.Time // the first day of the next page is before it; zero at the end
}

const (
	customerSeenSQL = `select exists (select from customers where id = $1)`
	exposureSQL     = `select day, actor, role, act, times, first, last, total from exposure($1, $2, $3, $4)`
)

// ListExposure says who has seen a customer before a day, zero for all days. As
// this tells about the customer too, it is itself one who saw.
func (tx *Tx) ListExposure(ctx context.Context, id int64, before time.Time, most int) (page ExposurePage, err error) {
	zone, err := tx.Setting(ctx, policy.TimeZone)
	if err != nil {
		return page, err
	}
	var there bool
	if err := tx.QueryRow(ctx, customerSeenSQL, id).Scan(&there); err != nil {
		return page, err
	}
	if !there {
		return page, policy.ErrAbsent()
	}
	tx.Saw(id)
	tx.About(id)
	page.Seen, err = collect[Exposure](ctx, tx, exposureSQL, id, string(zone), orNull(before), most)
	if n := len(page.Seen); n > 0 && int64(n) < page.Seen[0].Total {
		page.Next = page.Seen[n-1].Day
	}
	return page, err
}

// orNull makes a zero time null.
func orNull(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
