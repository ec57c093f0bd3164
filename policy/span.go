package policy

import (
	"strconv"
	"strings"
	"time"

	"balie/policy/text"
)

// Span is a stretch of time from Since until just before Until; a zero end is
// open.
type Span struct{ Since, Until time.Time }

// ParseSpan reads a stretch of time as people type it, in the zone of now:
// "today", "yesterday", "3d" and "2h" (back from now), "2026-11-22",
// "2026-11-22 14:05", and two of these with .. between, of which one may be left
// out. After a time, the end may be one of the same day: "2026-11-22 09:00..12:00".
// A day or minute that ends a stretch is within it.
func ParseSpan(s string, now time.Time) (Span, error) {
	from, to, two := strings.Cut(strings.TrimSpace(s), "..")
	first, err := parseStretch(strings.TrimSpace(from), now, time.Time{})
	if !two || err != nil {
		return first, err
	}
	last, err := parseStretch(strings.TrimSpace(to), now, first.Since)
	span := Span{first.Since, last.Until}
	if err == nil && !span.Until.IsZero() && !span.Since.Before(span.Until) {
		err = Errorf(Invalid, "That time ends before it begins.")
	}
	return span, err
}

// parseStretch reads one end; day is where a time without one lies.
func parseStretch(s string, now, day time.Time) (Span, error) {
	y, m, d := now.Date()
	midnight := time.Date(y, m, d, 0, 0, 0, 0, now.Location())
	switch strings.ToLower(s) {
	case "":
		return Span{}, nil
	case "today", "vandaag":
		return wholeDay(midnight), nil
	case "yesterday", "gisteren":
		return wholeDay(midnight.AddDate(0, 0, -1)), nil
	}
	if at, ok := back(s, now, midnight); ok {
		return Span{Since: at}, nil
	}
	if at, err := time.ParseInLocation("2006-01-02", s, now.Location()); err == nil {
		return wholeDay(at), nil
	}
	if clock, err := time.Parse("15:04", s); err == nil && !day.IsZero() {
		y, m, d := day.Date()
		return minute(time.Date(y, m, d, clock.Hour(), clock.Minute(), 0, 0, now.Location())), nil
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", strings.Replace(s, "T", " ", 1), now.Location())
	if err != nil {
		return Span{}, Errorf(Invalid, "%q is no time: type 2026-12-31, 2026-12-31 14:05, yesterday, 3d or 2h, or two of them with .. between.", text.Clean(s))
	}
	return minute(at), nil
}

// wholeDay ends at the next midnight, which may be 23 or 25 hours later.
func wholeDay(midnight time.Time) Span { return Span{midnight, midnight.AddDate(0, 0, 1)} }

func minute(at time.Time) Span { return Span{at, at.Add(time.Minute)} }

// back reads "3d", from midnight three days ago, and "2h".
func back(s string, now, midnight time.Time) (time.Time, bool) {
	if s == "" {
		return now, false
	}
	n, err := strconv.Atoi(s[:len(s)-1])
	if err != nil || n < 0 || n > 100_000 {
		return now, false
	}
	switch s[len(s)-1] {
	case 'd':
		return midnight.AddDate(0, 0, -n), true
	case 'h', 'u':
		return now.Add(-time.Duration(n) * time.Hour), true
	}
	return now, false
}
