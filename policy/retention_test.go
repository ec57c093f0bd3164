package policy

import (
	"testing"
	"time"
)

func TestLeavesOn(t *testing.T) {
	for _, c := range []struct {
		status    Status
		last, end string
	}{
		{Lead, "2025-11-22 13:00", "2026-11-22 13:00"},
		{Client, "2025-11-22 13:00", "2027-11-22 13:00"},
		{Former, "2025-11-22 13:00", "2027-11-22 13:00"},
		{Lead, "2024-02-29 09:30", "2025-02-28 09:30"},
		{Client, "2024-02-29 09:30", "2026-02-28 09:30"},
		{Lead, "2024-02-28 09:30", "2025-02-28 09:30"}, // 366 days: "365 days" is wrong
		{Lead, "2023-03-01 09:30", "2024-03-01 09:30"}, // over a leap day
		{Client, "2025-12-31 23:59", "2027-12-31 23:59"},
	} {
		if got := LeavesOn(c.status, day(t, c.last)); !got.Equal(day(t, c.end)) {
			t.Errorf("a %s last heard of on %s leaves on %s, want %s", c.status, c.last, got, c.end)
		}
	}
}

// The clock's change in spring and autumn doesn't move the hour of the wall.
func TestLeavesOn_Zone(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Skip("no time zones here:", err)
	}
	last := time.Date(2025, 3, 30, 12, 0, 0, 0, zone) // summer time began that day; in 2026 a day earlier
	if got := LeavesOn(Lead, last); got.In(zone).Hour() != 12 || got.In(zone).Day() != 30 {
		t.Errorf("leaves on %s", got)
	}
}

func day(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}
