package db

import "time"

// Cadence says how often something is due. Days and longer are those of the
// organisation's calendar, whatever their length; hours and shorter are counted
// on, so that each is one also when the clocks are put back.
type Cadence string

// The cadences; the migration of the clock knows them by these names.
const (
	EveryMinute      Cadence = "minute"
	EveryFiveMinutes Cadence = "five minutes"
	Hourly           Cadence = "hour"
	Daily            Cadence = "day"
	Weekly           Cadence = "week"
	Monthly          Cadence = "month"
	Quarterly        Cadence = "quarter"
)

// Period is one stretch of a cadence, computed by the database.
type Period struct {
	Key      string // "2026-Q4", "2026-11", "2026-W47", "2026-11-22", "2026-11-22T10Z", "2026-11-22T10:05Z"
	From, To time.Time
	Due      time.Time // when what belongs to it falls due
	Now      time.Time // the database's clock, when it was asked
}
