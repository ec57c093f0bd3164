package policy

import (
	"fmt"
	"time"

	"balie/policy/text"
)

// Date is a day on the calendar, at midnight UTC whatever the zone.
type Date struct{ time.Time }

// DateOf is the day that t falls on, in t's own zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return NewDate(y, m, d)
}

// NewDate is a day; 31 February runs over into March.
func NewDate(year int, month time.Month, day int) Date {
	return Date{time.Date(year, month, day, 0, 0, 0, 0, time.UTC)}
}

// ParseDate reads 2026-12-31.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1990 || t.Year() > 2200 {
		return Date{}, Errorf(Invalid, "%q is no day: type it as 2026-12-31.", text.Clean(s)).On("date")
	}
	return Date{t}, nil
}

// Plus is so many days later.
func (d Date) Plus(days int) Date { return Date{d.AddDate(0, 0, days)} }

// Until is how many days lie between d and other.
func (d Date) Until(other Date) int { return int(other.Sub(d.Time) / (24 * time.Hour)) }

// After says whether d is a later day.
func (d Date) After(other Date) bool { return d.Time.After(other.Time) }

// monthsOn is art. 3(2)(c) of Regulation 1182/71: the same day number so many
// months on, or that month's last day where it has none; exact says which.
func (d Date) monthsOn(n int) (on Date, exact bool) {
	on = Date{d.AddDate(0, n, 0)}
	if on.Day() == d.Day() {
		return on, true
	}
	return on.Plus(-on.Day()), false // it ran over: back to the last day before
}

var dutchDays = [...]string{"zo", "ma", "di", "wo", "do", "vr", "za"}

var dutchMonths = [...]string{"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"}

// String is as in Sat 28 Feb 2026.
func (d Date) String() string { return d.Format("Mon 2 Jan 2006") }

// In is the day in a language: za 28 feb 2026.
func (d Date) In(lang string) string {
	if lang != "nl" {
		return d.String()
	}
	return fmt.Sprintf("%s %d %s %d", dutchDays[d.Weekday()], d.Day(), dutchMonths[d.Month()-1], d.Year())
}

// ISO is as in 2026-02-28.
func (d Date) ISO() string { return d.Format(time.DateOnly) }
