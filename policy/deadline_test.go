package policy_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"balie/policy"
)

func date(t *testing.T, s string) policy.Date {
	t.Helper()
	d, err := policy.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The worked examples of the rules.
func TestDeadline_Examples(t *testing.T) {
	nl := policy.Calendar{Country: "NL", Liberation: "no"}
	for _, c := range []struct {
		received string
		extended bool
		due      string
	}{
		{"2026-01-31", false, "2026-03-02"},
		{"2026-03-05", false, "2026-04-07"}, // Easter
		{"2026-04-14", false, "2026-05-15"}, // Ascension
		{"2026-08-31", false, "2026-09-30"},
		{"2026-01-31", true, "2026-04-30"},
		{"2028-01-31", false, "2028-02-29"},
		{"2025-11-25", false, "2025-12-29"}, // both Christmas days and a weekend
	} {
		d := nl.Deadline(policy.Term{Received: date(t, c.received), Extended: c.extended})
		if d.Due.ISO() != c.due {
			t.Errorf("received %s, extended %v: %s, want %s\n%v", c.received, c.extended, d.Due, c.due, d.Steps)
		}
	}
}

// What an officer reads: the day without the roll-over, the house target, and a
// sentence for each step.
func TestDeadline_Said(t *testing.T) {
	d := policy.Calendar{Country: "NL"}.Deadline(policy.Term{Received: date(t, "2026-01-31"), Target: 1})
	var said []string
	for _, s := range d.Steps {
		said = append(said, s.String())
	}
	want := "Received on Sat 31 Jan 2026. One month on there is no day 31: the last day of that month, Sat 28 Feb 2026. " +
		"Sat 28 Feb 2026 is a Saturday. Sun 1 Mar 2026 is a Sunday. The next working day: Mon 2 Mar 2026."
	if got := strings.Join(said, " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if d.Plain.ISO() != "2026-02-28" || d.Target.ISO() != "2026-02-01" {
		t.Errorf("plain %s, target %s", d.Plain, d.Target)
	}
	if got := d.Due.In("nl"); got != "ma 2 mrt 2026" {
		t.Error(got)
	}
}

// A pause moves the date by the whole days it lasted, never more, across the
// change to summer time as well.
func TestDeadline_Pause(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", s, zone)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	nl := policy.Calendar{Country: "NL"}
	for _, c := range []struct {
		since, until string
		days         int
	}{
		{"2026-03-10 10:00", "2026-03-10 23:59", 0},
		{"2026-03-10 23:00", "2026-03-11 01:00", 0},
		{"2026-03-10 10:00", "2026-03-11 10:00", 1},
		{"2026-03-28 12:00", "2026-03-29 12:00", 1}, // 23 hours
		{"2026-03-10 10:00", "2026-03-13 09:59", 2},
	} {
		term := policy.Term{Received: date(t, "2026-03-01"), Now: at("2026-04-01 12:00"), Pauses: []policy.Pause{{Since: at(c.since), Until: at(c.until)}}}
		d := nl.Deadline(term)
		if d.Paused != c.days {
			t.Errorf("%s to %s: %d days, want %d", c.since, c.until, d.Paused, c.days)
		}
		if want := date(t, "2026-04-01").Plus(c.days); d.Plain.ISO() != want.ISO() {
			t.Errorf("%s to %s: %s, want %s", c.since, c.until, d.Plain, want)
		}
		if d.TellBy != d.Due {
			t.Errorf("telling of an extension by %s, due %s", d.TellBy, d.Due)
		}
	}
	lasts := nl.Deadline(policy.Term{Received: date(t, "2026-03-01"), Now: at("2026-03-15 12:00"), Pauses: []policy.Pause{{Since: at("2026-03-10 11:00")}}})
	if !lasts.Stands || lasts.Paused != 5 {
		t.Errorf("a pause that lasts: %+v", lasts)
	}
}

// 72 hours, weekends and the change to summer time included.
func TestBreachDeadline(t *testing.T) {
	zone, _ := time.LoadLocation("Europe/Amsterdam")
	for aware, due := range map[string]string{
		"2026-04-02 16:20:59": "2026-04-05 16:20",
		"2026-03-27 16:20:00": "2026-03-30 17:20",
		"2026-10-23 09:00:00": "2026-10-26 08:00",
		"2028-02-28 00:00:00": "2028-03-02 00:00",
	} {
		at, err := time.ParseInLocation(time.DateTime, aware, zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := policy.BreachDeadline(at).Due.Format("2006-01-02 15:04"); got != due {
			t.Errorf("aware %s: %s, want %s", aware, got, due)
		}
	}
}

// Every day of 21 years, in both countries and every choice, extended or not,
// after pauses, agrees with another way to compute it.
func TestDeadline_EveryDay(t *testing.T) {
	calendars := []policy.Calendar{
		{Country: "NL"},
		{Country: "NL", GoodFriday: true, Liberation: "yes"},
		{Country: "NL", Liberation: "lustrum"},
		{Country: "BE"},
		{Country: "DE"},
	}
	pauses := map[string][]int{"NL": {0, 3}, "BE": {0}, "DE": {3}}
	zone := time.UTC
	n := 0
	for _, c := range calendars {
		free := freeDays(c)
		for day := date(t, "2020-01-01"); day.Year() <= 2040; day = day.Plus(1) {
			for _, extended := range []bool{false, true} {
				for _, paused := range pauses[c.Country] {
					term := policy.Term{Received: day, Extended: extended, Now: day.AddDate(0, 0, 60).In(zone)}
					if paused > 0 {
						term.Pauses = []policy.Pause{{Since: day.Plus(1).Time, Until: day.Plus(1 + paused).Time}}
					}
					months := map[bool]int{false: 1, true: 3}[extended]
					want := slowDeadline(free, day.Year(), int(day.Month()), day.Day(), months, paused)
					if got := c.Deadline(term).Due; num(got.Year(), int(got.Month()), got.Day()) != want {
						t.Fatalf("%s %+v extended %v paused %d: %s, want %d", day.ISO(), c, extended, paused, got, want)
					}
					n++
				}
			}
		}
	}
	if n < 7671*16 {
		t.Errorf("only %d cases", n)
	}
}

// easters are Easter Sundays as the tables of the churches print them.
var easters = strings.Fields(`2020-04-12 2021-04-04 2022-04-17 2023-04-09 2024-03-31 2025-04-20 2026-04-05 2027-03-28
	2028-04-16 2029-04-01 2030-04-21 2031-04-13 2032-03-28 2033-04-17 2034-04-09 2035-03-25 2036-04-13 2037-04-05
	2038-04-25 2039-04-10 2040-04-01 2041-04-21`)

var lengths = [...]int{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

func long(y, m int) int {
	if m == 2 && (y%4 == 0 && y%100 != 0 || y%400 == 0) {
		return 29
	}
	return lengths[m]
}

// slowDeadline shares nothing with the other: no time package, days one by one,
// weekdays by Zeller, Easter from a table, holidays as words.
func slowDeadline(free map[int]bool, y, m, d, months, paused int) int {
	for range months {
		if m++; m == 13 {
			y, m = y+1, 1
		}
	}
	d = min(d, long(y, m))
	for range paused {
		y, m, d = tomorrow(y, m, d)
	}
	for free[num(y, m, d)] {
		y, m, d = tomorrow(y, m, d)
	}
	return num(y, m, d)
}

func tomorrow(y, m, d int) (int, int, int) {
	if d < long(y, m) {
		return y, m, d + 1
	}
	if m < 12 {
		return y, m + 1, 1
	}
	return y + 1, 1, 1
}

func num(y, m, d int) int { return y*10000 + m*100 + d }

// weekday is Zeller's: 0 is Saturday, 1 Sunday.
func weekday(y, m, d int) int {
	if m < 3 {
		y, m = y-1, m+12
	}
	return (d + 13*(m+1)/5 + y%100 + y%100/4 + y/100/4 + 5*(y/100)) % 7
}

// freeDays are all of 2020 to 2041.
func freeDays(c policy.Calendar) map[int]bool {
	free := map[int]bool{}
	for y := 2020; y < 2042; y++ {
		for _, day := range strings.Fields(named(c, y)) {
			var m, d int
			_, _ = fmt.Sscanf(day, "%d-%d", &m, &d)
			free[num(y, m, d)] = true
		}
		for _, n := range fromEaster(c) {
			free[afterEaster(y, n)] = true
		}
		for m, d := 1, 1; m < 13; d++ {
			if d > long(y, m) {
				m, d = m+1, 0
			} else if weekday(y, m, d) < 2 {
				free[num(y, m, d)] = true
			}
		}
	}
	return free
}

func named(c policy.Calendar, y int) string {
	switch c.Country {
	case "BE":
		return "1-1 5-1 7-21 8-15 11-1 11-11 12-25"
	case "DE":
		return ""
	}
	set := "1-1 12-25 12-26 4-27"
	if weekday(y, 4, 27) == 1 {
		set = "1-1 12-25 12-26 4-26"
	}
	if c.Liberation == "yes" || c.Liberation == "lustrum" && strings.Contains("2020 2025 2030 2035 2040", fmt.Sprint(y)) {
		set += " 5-5"
	}
	return set
}

func fromEaster(c policy.Calendar) (days []int) {
	if c.Country == "DE" {
		return nil
	}
	if c.GoodFriday {
		days = []int{-2}
	}
	return append(days, 1, 39, 50)
}

// afterEaster counts days one by one, those before Easter from New Year on.
func afterEaster(year, n int) int {
	var y, m, d int
	_, _ = fmt.Sscanf(easters[year-2020], "%d-%d-%d", &y, &m, &d)
	if n < 0 {
		m, d, n = 1, 1, n+dayOfYear(y, m, d)-1
	}
	for range n {
		y, m, d = tomorrow(y, m, d)
	}
	return num(y, m, d)
}

func dayOfYear(y, m, d int) int {
	for i := 1; i < m; i++ {
		d += long(y, i)
	}
	return d
}
