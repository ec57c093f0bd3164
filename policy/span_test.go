package policy

import (
	"testing"
	"time"
)

func TestParseSpan(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Skip("no zones here")
	}
	// The day on which the clocks were put back, which has 25 hours.
	now := time.Date(2026, 10, 25, 14, 30, 0, 0, zone)
	for _, c := range []struct{ in, since, until string }{
		{"", "", ""},
		{"today", "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00"},
		{"gisteren", "2026-10-24T00:00:00+02:00", "2026-10-25T00:00:00+02:00"},
		{"3d", "2026-10-22T00:00:00+02:00", ""},
		{"2h", "2026-10-25T12:30:00+01:00", ""},
		{"2026-02-28", "2026-02-28T00:00:00+01:00", "2026-03-01T00:00:00+01:00"},
		{"2026-11-22 14:05", "2026-11-22T14:05:00+01:00", "2026-11-22T14:06:00+01:00"},
		{"2026-11-01..2026-11-22", "2026-11-01T00:00:00+01:00", "2026-11-23T00:00:00+01:00"},
		{"2026-11-22T09:00..12:00", "2026-11-22T09:00:00+01:00", "2026-11-22T12:01:00+01:00"},
		{"2026-11-22 ..", "2026-11-22T00:00:00+01:00", ""},
		{"..2026-11-22", "", "2026-11-23T00:00:00+01:00"},
	} {
		s, err := ParseSpan(c.in, now)
		if err != nil || stamp(s.Since) != c.since || stamp(s.Until) != c.until {
			t.Errorf("%q: %s to %s, %v; want %s to %s", c.in, stamp(s.Since), stamp(s.Until), err, c.since, c.until)
		}
	}
	for _, bad := range []string{"tomorrow", "2026-02-30", "14:05", "2026-11-22..2026-11-01", "d", "-3d", "9999999d", "\x1b[2J"} {
		if s, err := ParseSpan(bad, now); KindOf(err) != Invalid {
			t.Errorf("%q is taken for %v, %v", bad, s, err)
		}
	}
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}
