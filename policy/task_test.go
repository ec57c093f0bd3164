package policy

import (
	"strings"
	"testing"
	"time"
)

func date(s string) time.Time {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return d
}

// Each task is done on the day on which it is due, time after time.
func TestRepeat_Next(t *testing.T) {
	for _, c := range []struct {
		repeat Repeat
		dates  string
	}{
		{Daily, "2026-02-27 2026-02-28 2026-03-01"},
		{Daily, "2028-02-28 2028-02-29 2028-03-01"},
		{Weekly, "2026-12-24 2026-12-31 2027-01-07"},
		{Monthly, "2026-01-31 2026-02-28 2026-03-31 2026-04-30 2026-05-31"}, // the 31st comes back
		{Monthly, "2027-12-30 2028-01-30 2028-02-29 2028-03-30"},
		{Yearly, "2028-02-29 2029-02-28 2030-02-28 2031-02-28 2032-02-29"}, // as does the leap day
		{Yearly, "2096-02-29 2097-02-28 2098-02-28 2099-02-28 2100-02-28 2101-02-28 2102-02-28 2103-02-28 2104-02-29"},
	} {
		days := strings.Fields(c.dates)
		for i := range days[1:] {
			if got := c.repeat.Next(date(days[0]), date(days[i]), date(days[i])); !got.Equal(date(days[i+1])) {
				t.Errorf("%s after %s: %s, want %s", c.repeat, days[i], got.Format(time.DateOnly), days[i+1])
			}
		}
	}
}

// What is done late comes back after today; what is done early still comes
// after the day on which it was due.
func TestRepeat_Next_late(t *testing.T) {
	for _, c := range []struct {
		repeat                   Repeat
		anchor, due, today, want string
	}{
		{Daily, "2026-01-01", "2026-03-01", "2026-03-12", "2026-03-12"},
		{Weekly, "2026-03-02", "2026-03-02", "2026-03-12", "2026-03-16"},
		{Monthly, "2025-10-31", "2025-10-31", "2026-02-28", "2026-02-28"},
		{Monthly, "2025-10-31", "2025-10-31", "2026-03-01", "2026-03-31"},
		{Yearly, "2020-02-29", "2020-02-29", "2026-03-01", "2027-02-28"},
		{Monthly, "2026-03-31", "2026-03-31", "2026-03-02", "2026-04-30"},
		{Weekly, "2026-03-20", "2026-03-20", "2026-03-01", "2026-03-27"},
		{Monthly, "2026-03-31", "2026-01-15", "2026-01-15", "2026-01-31"}, // due was brought forward once
		{Once, "2026-03-31", "2026-03-31", "2026-03-31", "0001-01-01"},
	} {
		if got := c.repeat.Next(date(c.anchor), date(c.due), date(c.today)); got.Format(time.DateOnly) != c.want {
			t.Errorf("%s from %s, due %s, done %s: %s, want %s", c.repeat, c.anchor, c.due, c.today, got.Format(time.DateOnly), c.want)
		}
	}
}

// The moment of a time on the wall moves with summer time.
func TestDue_At(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		day    string
		minute int16
		want   string
	}{
		{"2026-03-28", 600, "2026-03-28T09:00:00Z"}, {"2026-03-30", 600, "2026-03-30T08:00:00Z"}, {"2026-10-26", 600, "2026-10-26T09:00:00Z"},
	} {
		if got := (Due{date(c.day), true, c.minute}).At(zone).UTC().Format(time.RFC3339); got != c.want {
			t.Errorf("%s %d: %s, want %s", c.day, c.minute, got, c.want)
		}
	}
	now := time.Date(2026, 3, 12, 10, 0, 0, 0, zone)
	for d, want := range map[Due]bool{
		{Day: date("2026-03-12")}: false, {Day: date("2026-03-11")}: true, {date("2026-03-12"), true, 599}: true, {date("2026-03-12"), true, 600}: false,
	} {
		if d.Overdue(now) != want {
			t.Errorf("%+v", d)
		}
	}
}
