package policy

import (
	"slices"
	"strings"
	"time"
)

// Calendar says which days are no working days for an organisation: weekends and
// the public holidays of its country (Reg. 1182/71 art. 2). What is not certain
// is off until somebody decides: a day too few gives an earlier date.
type Calendar struct {
	Country    string // "NL", "BE"; of others only weekends and Extra are known
	GoodFriday bool   // counts in NL
	Liberation string // whether 5 May counts in NL: "yes", "no", or "lustrum", every five years
	Extra      []Date // further days that the organisation's government named
}

// holiday is one row: a day of a month, or so many days from Easter Sunday, in
// the years from First on.
type holiday struct {
	name   Message
	month  time.Month
	day    int // of the month; from Easter where month is 0
	first  int // the first year in which it counts; 0: always
	counts func(Calendar, int) bool
}

// The names of the days.
var (
	newYear      = Message{Key: "New Year's Day"}
	goodFriday   = Message{Key: "Good Friday"}
	easterMonday = Message{Key: "Easter Monday"}
	kingsDay     = Message{Key: "King's Day"}
	labourDay    = Message{Key: "Labour Day"}
	liberation   = Message{Key: "Liberation Day"}
	ascension    = Message{Key: "Ascension Day"}
	whitMonday   = Message{Key: "Whit Monday"}
	belgianDay   = Message{Key: "Belgian National Day"}
	assumption   = Message{Key: "Assumption Day"}
	allSaints    = Message{Key: "All Saints' Day"}
	armistice    = Message{Key: "Armistice Day"}
	christmas    = Message{Key: "Christmas Day"}
	boxingDay    = Message{Key: "Boxing Day"}
	namedByHouse = Message{Key: "a public holiday that the organisation added"}
)

// holidays are those that can fall on a working day, by country.
var holidays = map[string][]holiday{
	"NL": {
		{name: newYear, month: time.January, day: 1},
		{name: goodFriday, day: -2, counts: func(c Calendar, _ int) bool { return c.GoodFriday }},
		{name: easterMonday, day: 1},
		{name: kingsDay, month: time.April, day: 27, first: 2014}, // on a Sunday it is kept on the Saturday before: no working day either
		{name: liberation, month: time.May, day: 5, counts: liberationCounts},
		{name: ascension, day: 39},
		{name: whitMonday, day: 50},
		{name: christmas, month: time.December, day: 25},
		{name: boxingDay, month: time.December, day: 26},
	},
	"BE": {
		{name: newYear, month: time.January, day: 1},
		{name: easterMonday, day: 1},
		{name: labourDay, month: time.May, day: 1},
		{name: ascension, day: 39},
		{name: whitMonday, day: 50},
		{name: belgianDay, month: time.July, day: 21},
		{name: assumption, month: time.August, day: 15},
		{name: allSaints, month: time.November, day: 1},
		{name: armistice, month: time.November, day: 11},
		{name: christmas, month: time.December, day: 25},
	},
}

func liberationCounts(c Calendar, year int) bool {
	return c.Liberation == "yes" || c.Liberation == "lustrum" && year%5 == 0
}

// Knows says whether the country's public holidays are known.
func (c Calendar) Knows() bool { return len(holidays[c.Country]) > 0 }

// each goes through the public holidays of a year, in no order, until yield
// has had enough.
func (c Calendar) each(year int, yield func(Date, Message) bool) {
	for _, h := range holidays[c.Country] {
		if year >= h.first && (h.counts == nil || h.counts(c, year)) && !yield(h.in(year), h.name) {
			return
		}
	}
	for _, d := range c.Extra {
		if d.Year() == year && !yield(d, namedByHouse) {
			return
		}
	}
}

func (h holiday) in(year int) Date {
	if h.month == 0 {
		return easter(year).Plus(h.day)
	}
	return NewDate(year, h.month, h.day)
}

// easter is Easter Sunday by the Gregorian computus, as Butcher wrote it down.
func easter(year int) Date {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return NewDate(year, time.Month(n/31), n%31+1)
}

var (
	saturday = Message{Key: "a Saturday"}
	sunday   = Message{Key: "a Sunday"}
)

// Off says why d is no working day; ok is false on a working day.
func (c Calendar) Off(d Date) (why Message, ok bool) {
	c.each(d.Year(), func(day Date, name Message) bool {
		if day == d {
			why, ok = name, true
		}
		return !ok
	})
	if ok {
		return why, true
	}
	switch d.Weekday() {
	case time.Saturday:
		return saturday, true
	case time.Sunday:
		return sunday, true
	}
	return why, false
}

// parseDates reads 2027-01-02; 2030-05-10.
func parseDates(v SettingValue) (all []Date, err error) {
	for one := range strings.SplitSeq(string(v), ";") {
		if one = strings.TrimSpace(one); one == "" {
			continue
		}
		d, err := ParseDate(one)
		if err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	return all, nil
}

// HouseCalendar is the calendar that the organisation's settings make.
func HouseCalendar(country, goodFriday, liberation, extra SettingValue) Calendar {
	days, _ := parseDates(extra) // checked when it was decided
	return Calendar{Country: string(country), GoodFriday: goodFriday == "yes", Liberation: string(liberation), Extra: days}
}

func checkDates(v SettingValue) error {
	_, err := parseDates(v)
	return err
}

// oneOf checks a setting that is one of a few words.
func oneOf(words ...string) func(SettingValue) error {
	return func(v SettingValue) error {
		if !slices.Contains(words, string(v)) {
			return Errorf(Invalid, "Choose one of: %s.", strings.Join(words, ", ")).On("value")
		}
		return nil
	}
}
