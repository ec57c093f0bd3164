package ops

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"balie/ops/sheet"
	"balie/policy"
	"balie/policy/text"
)

// dateReader reads times as files have them. Whether 03/04 is in March or April
// no cell tells by itself; the first rows together often do.
type dateReader struct {
	zone       *time.Location
	monthFirst bool
}

var dateFields = []sheet.Field{sheet.At, sheet.Until, sheet.Due, sheet.Expected, sheet.Closed, sheet.Created}

var numericDate = regexp.MustCompile(`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[ T](\d{1,2}):(\d{2})(?::\d{2})?\s*([ap]m)?)?$`)

// newDateReader learns from the sample: a number above 12 is no month. In doubt
// the day comes first, as here.
func newDateReader(zone string, p Preview) (d dateReader, err error) {
	if d.zone, err = time.LoadLocation(zone); err != nil {
		return d, err
	}
	for _, row := range p.Sample {
		v := p.Mapping.Row(row)
		for _, f := range dateFields {
			m := numericDate.FindStringSubmatch(strings.ToLower(v.One(f)))
			if m == nil {
				continue
			}
			if first, _ := strconv.Atoi(m[1]); first > 12 {
				d.monthFirst = false
				return d, nil
			}
			if second, _ := strconv.Atoi(m[2]); second > 12 {
				d.monthFirst = true
			}
		}
	}
	return d, nil
}

var isoForms = []string{time.DateTime, "2006-01-02 15:04", time.DateOnly, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006/01/02"}

// read gives the zero time for nothing.
func (d dateReader) read(s string) (time.Time, error) {
	if s = strings.TrimSpace(s); s == "" {
		return time.Time{}, nil
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return inReach(s, t)
	}
	for _, form := range isoForms {
		if t, err := time.ParseInLocation(form, s, d.zone); err == nil {
			return inReach(s, t)
		}
	}
	m := numericDate.FindStringSubmatch(strings.ToLower(s))
	if m == nil {
		return time.Time{}, noDate(s)
	}
	return d.numeric(s, m)
}

func (d dateReader) numeric(s string, m []string) (time.Time, error) {
	n := make([]int, 5)
	for i := range n {
		n[i], _ = strconv.Atoi(m[i+1]) // digits, or nothing
	}
	day, month, hour := n[0], n[1], n[3]
	if d.monthFirst {
		day, month = month, day
	}
	switch {
	case m[6] == "pm" && hour < 12:
		hour += 12
	case m[6] == "am" && hour == 12:
		hour = 0
	}
	t := time.Date(n[2], time.Month(month), day, hour, n[4], 0, 0, d.zone)
	if t.Day() != day || t.Month() != time.Month(month) || hour > 23 || n[4] > 59 {
		return time.Time{}, noDate(s)
	}
	return inReach(s, t)
}

func inReach(s string, t time.Time) (time.Time, error) {
	if t.Year() < 1900 || t.Year() > 2199 {
		return time.Time{}, noDate(s)
	}
	return t, nil
}

func noDate(s string) error {
	return policy.Errorf(policy.Invalid, "%q is no date that can be read: write it as 2026-12-31 or 31-12-2026.", text.Clean(s)).On("at")
}

// day is the date by the organisation's wall.
func (d dateReader) day(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	y, m, day := t.In(d.zone).Date()
	return time.Date(y, m, day, 0, 0, 0, 0, time.UTC)
}
