package ops

import (
	"context"
	"time"

	"balie/db"
	"balie/policy"
)

// RequestDeadline computes when a request for access that came in on a day has
// to be answered; country is "" for the organisation's own.
func (o *Ops) RequestDeadline(ctx context.Context, actor policy.Actor, received policy.Date, country string) (d policy.Deadline, err error) {
	err = o.act(ctx, actor, policy.RequestList, policy.Resource{}, func(tx *db.Tx) error {
		h, err := termsOf(ctx, tx)
		if err != nil {
			return err
		}
		if country != "" {
			h.Country = country
		}
		if country != "" && !h.Knows() {
			return policy.Errorf(policy.Invalid, "Public holidays are known of NL and BE: choose one of these.").On("country")
		}
		d = h.Deadline(policy.Term{Received: received, Target: h.accessDays, Now: h.now})
		return nil
	})
	return d, err
}

// terms is what the organisation decided about deadlines.
type terms struct {
	policy.Calendar
	accessDays int
	soonDays   int
	now        time.Time // by the database's clock, in the organisation's zone
}

// termsOf reads the settings that deadlines hang on.
func termsOf(ctx context.Context, tx *db.Tx) (h terms, err error) {
	all, err := tx.ListSettings(ctx)
	if err != nil {
		return h, err
	}
	now := settingOf(all)
	held := func(key policy.SettingKey) policy.SettingValue { return now[key].Value }
	h.Calendar = policy.HouseCalendar(held(policy.OrgCountry), held(policy.HolidayGoodFriday), held(policy.HolidayLiberation), held(policy.HolidayExtra))
	h.accessDays, h.soonDays = held(policy.RequestAccessDays).Int(), held(policy.RequestSoonDays).Int()
	zone, err := time.LoadLocation(string(held(policy.TimeZone)))
	h.now = tx.Now.In(zone)
	return h, err
}

// RequestToday is today on the organisation's calendar.
func (o *Ops) RequestToday(ctx context.Context, actor policy.Actor) (day policy.Date, err error) {
	err = o.act(ctx, actor, policy.RequestRecord, policy.Resource{}, func(tx *db.Tx) error {
		t, err := termsOf(ctx, tx)
		day = policy.DateOf(t.now)
		return err
	})
	return day, err
}
