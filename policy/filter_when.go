package policy

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"balie/policy/text"
)

// stretch is a value of a filter on days: from Since until just before Until,
// both days as Day gives them. An ago or ahead one says how far from today it
// is: there a comparison is about the distance.
type stretch struct {
	Span
	ago, ahead bool
}

// anyDay is for checking a value when the day doesn't matter.
var anyDay = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

var (
	farPattern   = regexp.MustCompile(`^(?:(last|laatste|afgelopen|next|komende|\+)[-_]?)?([0-9]{1,5})([a-z]+)$`)
	namedPattern = regexp.MustCompile(`^(this|deze|dit|last|vorige|vorig|next|volgende|volgend)[-_]([a-z]+)$`)
	partPattern  = regexp.MustCompile(`^([0-9]{4})(?:-(?:[qk]([1-4])|([0-9]{2})))?$`)
)

var spanUnits = map[string]unit{
	"d": perDay, "day": perDay, "days": perDay, "dag": perDay, "dagen": perDay,
	"w": perWeek, "wk": perWeek, "week": perWeek, "weeks": perWeek, "weken": perWeek,
	"mo": perMonth, "m": perMonth, "mnd": perMonth, "month": perMonth, "months": perMonth, "maand": perMonth, "maanden": perMonth,
	"q": perQuarter, "kw": perQuarter, "quarter": perQuarter, "quarters": perQuarter, "kwartaal": perQuarter, "kwartalen": perQuarter,
	"y": perYear, "j": perYear, "yr": perYear, "year": perYear, "years": perYear, "jaar": perYear, "jaren": perYear,
}

// onward is n units after day, or before it. A month after the 31st is the last
// of the next one.
func (u unit) onward(day time.Time, n int) time.Time {
	switch u {
	case perWeek:
		return day.AddDate(0, 0, 7*n)
	case perMonth:
		return MonthsOn(day, n)
	case perQuarter:
		return MonthsOn(day, 3*n)
	case perYear:
		return MonthsOn(day, 12*n)
	}
	return day.AddDate(0, 0, n)
}

// begin is the first day of the unit in which day lies; weeks begin on Monday.
func (u unit) begin(day time.Time) time.Time {
	y, m, d := day.Date()
	switch u {
	case perWeek:
		return day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
	case perMonth:
		d = 1
	case perQuarter:
		m, d = m-(m-1)%3, 1
	case perYear:
		m, d = 1, 1
	}
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// parseWhen reads one value: today, this-quarter, last-30d, 6mo (ago), +7d,
// 2026, 2026-05, 2026-q3, 2026-12-31, 31-12-2026.
func parseWhen(v string, today time.Time) (stretch, error) {
	v = strings.ToLower(v)
	switch v {
	case "today", "vandaag":
		return dayStretch(today), nil
	case "yesterday", "gisteren":
		return dayStretch(today.AddDate(0, 0, -1)), nil
	case "tomorrow", "morgen":
		return dayStretch(today.AddDate(0, 0, 1)), nil
	}
	for _, read := range []func(string, time.Time) (stretch, bool){farWhen, namedWhen, partWhen, dateWhen} {
		if s, ok := read(v, today); ok {
			return s, nil
		}
	}
	return stretch{}, Errorf(Invalid, "%q is no time: type 2026-12-31, 2026-05, 2026-q3, today, this-quarter, last-30d, 6mo (ago), +7d (ahead), or two with .. between.", text.Clean(v)).On("filter")
}

func dayStretch(day time.Time) stretch { return stretch{Span: Span{day, day.AddDate(0, 0, 1)}} }

func farWhen(v string, today time.Time) (stretch, bool) {
	m := farPattern.FindStringSubmatch(v)
	if m == nil {
		return stretch{}, false
	}
	u, ok := spanUnits[m[3]]
	n, err := strconv.Atoi(m[2])
	if !ok || err != nil || n > 5000 {
		return stretch{}, false
	}
	switch m[1] {
	case "next", "komende", "+":
		return stretch{Span: Span{today, u.onward(today, n).AddDate(0, 0, 1)}, ahead: true}, true
	}
	return stretch{Span: Span{u.onward(today, -n), today.AddDate(0, 0, 1)}, ago: true}, true
}

func namedWhen(v string, today time.Time) (stretch, bool) {
	m := namedPattern.FindStringSubmatch(v)
	if m == nil {
		return stretch{}, false
	}
	u, ok := spanUnits[m[2]]
	if !ok {
		return stretch{}, false
	}
	begin := u.begin(today)
	switch m[1][0] {
	case 'l':
		begin = u.onward(begin, -1)
	case 'n':
		begin = u.onward(begin, 1)
	case 'v':
		by := -1
		if m[1] == "volgende" || m[1] == "volgend" {
			by = 1
		}
		begin = u.onward(begin, by)
	}
	return stretch{Span: Span{begin, u.onward(begin, 1)}}, true
}

// partWhen reads a year, a quarter or a month.
func partWhen(v string, _ time.Time) (stretch, bool) {
	m := partPattern.FindStringSubmatch(v)
	if m == nil {
		return stretch{}, false
	}
	year, _ := strconv.Atoi(m[1])
	month, u := 1, perYear
	switch {
	case m[2] != "":
		q, _ := strconv.Atoi(m[2])
		month, u = 3*q-2, perQuarter
	case m[3] != "":
		month, _ = strconv.Atoi(m[3])
		u = perMonth
	}
	if year < 1900 || month < 1 || month > 12 {
		return stretch{}, false
	}
	begin := time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC)
	return stretch{Span: Span{begin, u.onward(begin, 1)}}, true
}

func dateWhen(v string, _ time.Time) (stretch, bool) {
	for _, layout := range []string{time.DateOnly, "2-1-2006"} {
		if at, err := time.Parse(layout, v); err == nil && at.Year() >= 1900 {
			return dayStretch(at), true
		}
	}
	return stretch{}, false
}

// parseRange reads a value or two with .. between, of which one may be left out.
func parseRange(v string, today time.Time) (stretch, error) {
	from, to, two := strings.Cut(v, "..")
	if !two {
		return parseWhen(v, today)
	}
	var s stretch
	if from == "" && to == "" {
		return s, Errorf(Invalid, "%q has neither a beginning nor an end.", v).On("filter")
	}
	if from != "" {
		first, err := parseWhen(from, today)
		if err != nil {
			return s, err
		}
		s.Since = first.Since
		if first.ahead {
			s.Since = first.Until.AddDate(0, 0, -1)
		}
	}
	if to != "" {
		last, err := parseWhen(to, today)
		if err != nil {
			return s, err
		}
		s.Until = last.Until
		if last.ago {
			s.Until = last.Since.AddDate(0, 0, 1)
		}
	}
	if from != "" && to != "" && !s.Since.Before(s.Until) {
		return s, Errorf(Invalid, "%q ends before it begins.", v).On("filter")
	}
	return s, nil
}

// Spans are the days of which one must fit, on the day that it is on the
// organisation's wall; a zero end is open. "Less than 6mo" is since then, "more"
// is before it.
func (t Condition) Spans(now time.Time) ([]Span, error) {
	today := Day(now)
	spans := make([]Span, len(t.Values))
	for i, v := range t.Values {
		s, err := parseRange(v, today)
		if err != nil {
			return nil, err
		}
		spans[i] = s.compared(t.Op)
	}
	return spans, nil
}

func (s stretch) compared(op FilterOp) Span {
	if s.ago && op != OpIs {
		if op == OpLess || op == OpMost {
			return s.Span
		}
		return Span{Until: s.Since}
	}
	if s.ahead && op != OpIs {
		s.Since = s.Until.AddDate(0, 0, -1)
	}
	switch op {
	case OpLess:
		return Span{Until: s.Since}
	case OpMost:
		return Span{Until: s.Until}
	case OpMore:
		return Span{Since: s.Until}
	case OpLeast:
		return Span{Since: s.Since}
	}
	return s.Span
}

// HoldsDay says whether a day lies within; a day that isn't known lies in none.
func (s Span) HoldsDay(day time.Time) bool {
	return !day.IsZero() && (s.Since.IsZero() || !day.Before(s.Since)) && (s.Until.IsZero() || day.Before(s.Until))
}

// In is a span of days as moments in a zone: from midnight to midnight, which
// may be 23 or 25 hours.
func (s Span) In(zone *time.Location) Span {
	at := func(day time.Time) time.Time {
		if day.IsZero() {
			return day
		}
		y, m, d := day.Date()
		return time.Date(y, m, d, 0, 0, 0, 0, zone)
	}
	return Span{at(s.Since), at(s.Until)}
}

// Limits are the numbers, money in cents, between which each value asks a field
// to lie, both included.
func (t Condition) Limits() (low, high []int64, err error) {
	for _, v := range t.Values {
		l, h, err := t.Field.limits(t.Op, v)
		if err != nil {
			return nil, nil, err
		}
		low, high = append(low, l), append(high, h)
	}
	return low, high, nil
}

func (f FilterField) limits(op FilterOp, v string) (low, high int64, err error) {
	from, to, two := strings.Cut(v, "..")
	if !two {
		to = from
	}
	low, high = math.MinInt64, math.MaxInt64
	if from != "" {
		if low, err = f.amount(from); err != nil {
			return low, high, err
		}
	}
	if to != "" {
		if high, err = f.amount(to); err != nil {
			return low, high, err
		}
	}
	switch op {
	case OpLess:
		return math.MinInt64, low - 1, nil
	case OpMost:
		return math.MinInt64, high, nil
	case OpMore:
		return high + 1, math.MaxInt64, nil
	case OpLeast:
		return low, math.MaxInt64, nil
	}
	return low, high, nil
}

func (f FilterField) amount(s string) (int64, error) {
	switch f.Kind {
	case FilterMoney:
		c, err := ParseCents(s)
		return int64(c), err
	case FilterDecimal:
		return Decimal(s)
	}
	return filterNumber(s)
}
