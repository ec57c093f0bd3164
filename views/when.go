package views

import (
	"fmt"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// num writes a number the way the language does: 1.204 or 1,204.
func (k *kit) num(n int) string {
	if -1000 < n && n < 1000 {
		return fmt.Sprint(n)
	}
	return message.NewPrinter(language.Make(k.Lang)).Sprintf("%d", n)
}

// ago is how long ago t was, short enough for a column.
func (k *kit) ago(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	switch d := k.Now().Sub(t); {
	case d < time.Minute:
		return k.t.JustNow
	case d < time.Hour:
		return fmt.Sprintf(k.t.MinutesAgo, int(d/time.Minute))
	case d < 24*time.Hour:
		return fmt.Sprintf(k.t.HoursAgo, int(d/time.Hour))
	case d < 14*24*time.Hour:
		return fmt.Sprintf(k.t.DaysAgo, int(d/(24*time.Hour)))
	case d < 60*24*time.Hour:
		return fmt.Sprintf(k.t.WeeksAgo, int(d/(7*24*time.Hour)))
	case d < 730*24*time.Hour:
		return fmt.Sprintf(k.t.MonthsAgo, int(d/(30*24*time.Hour)))
	default:
		return fmt.Sprintf(k.t.YearsAgo, int(d/(365*24*time.Hour)))
	}
}

// day is a date in full: 3 mrt 2026.
func (k *kit) day(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	t = t.In(k.Zone)
	return fmt.Sprintf("%d %s %d", t.Day(), k.t.Months[t.Month()-1], t.Year())
}

// moment is a date with the time of day.
func (k *kit) moment(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return k.day(t) + " " + t.In(k.Zone).Format("15:04")
}

// near is a moment as people say it: yesterday 17:42.
func (k *kit) near(t time.Time) string {
	t, now := t.In(k.Zone), k.Now().In(k.Zone)
	clock := t.Format("15:04")
	switch today := now.Truncate(0); {
	case sameDay(t, today):
		return k.t.Today + " " + clock
	case sameDay(t, today.AddDate(0, 0, -1)):
		return k.t.Yesterday + " " + clock
	}
	return k.moment(t)
}

func sameDay(a, b time.Time) bool {
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}

// monthOf is a month in full: mrt 2024.
func (k *kit) monthOf(t time.Time) string {
	t = t.In(k.Zone)
	return fmt.Sprintf("%s %d", k.t.Months[t.Month()-1], t.Year())
}
