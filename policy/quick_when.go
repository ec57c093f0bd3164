package policy

import (
	"regexp"
	"slices"
	"strconv"
	"time"
)

// when reads a day, a time, a length or a repeat at the beginning of words and
// says how many it took; 0 when there is none, or it was said already.
func (l *quickLine) when(words []string) int {
	for _, read := range []func([]string) int{l.lasted, l.relative, l.named, l.weekday, l.date, l.every, l.clock} {
		if n := read(words); n > 0 {
			return n
		}
	}
	return 0
}

// on sets the day and gives n, unless it is set already.
func (l *quickLine) on(day time.Time, n int) int {
	if l.dated {
		return 0
	}
	l.Due.Day, l.dated = Day(day), true
	return n
}

func (l *quickLine) at(minute, n int) int {
	if l.Due.Timed {
		return 0
	}
	l.Due.Timed, l.Due.Minute = true, int16(minute)
	return n
}

// word is the i-th one, "" beyond the end.
func word(words []string, i int) string {
	if i < len(words) {
		return words[i]
	}
	return ""
}

var numberWords = map[string]int{
	"a": 1, "an": 1, "one": 1, "een": 1, "één": 1, "two": 2, "twee": 2, "three": 3, "drie": 3, "four": 4, "vier": 4, "five": 5, "vijf": 5,
	"six": 6, "zes": 6, "seven": 7, "zeven": 7, "eight": 8, "acht": 8, "nine": 9, "negen": 9, "ten": 10, "tien": 10, "eleven": 11, "elf": 11, "twelve": 12, "twaalf": 12,
}

func number(s string) (int, bool) {
	if n, ok := numberWords[s]; ok {
		return n, true
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 0 && n < 1000 && s[0] != '+'
}

type unit int

const (
	perMinute unit = iota + 1
	perHour
	perDay
	perWeek
	perMonth
	perYear
	perQuarter
)

var unitWords = map[string]unit{
	"minute": perMinute, "minutes": perMinute, "min": perMinute, "mins": perMinute, "minuut": perMinute, "minuten": perMinute,
	"hour": perHour, "hours": perHour, "uur": perHour, "uren": perHour, "day": perDay, "days": perDay, "dag": perDay, "dagen": perDay,
	"week": perWeek, "weeks": perWeek, "weken": perWeek, "month": perMonth, "months": perMonth, "maand": perMonth, "maanden": perMonth,
	"year": perYear, "years": perYear, "jaar": perYear, "jaren": perYear,
}

// lasted reads how long something took that happened: 20 min.
func (l *quickLine) lasted(words []string) int {
	n, ok := number(word(words, 0))
	if u := unitWords[word(words, 1)]; !l.Happened || !ok || l.Minutes > 0 || u != perMinute || slices.Contains([]string{"ago", "geleden"}, word(words, 2)) {
		return 0
	}
	l.Minutes = n
	return 2
}

// relative reads in 3 days, over een week, 2 days ago, next month.
func (l *quickLine) relative(words []string) int {
	switch first := word(words, 0); first {
	case "in", "over":
		if word(words, 1) == "half" && word(words, 2) == "an" && word(words, 3) == "hour" || word(words, 1) == "een" && word(words, 2) == "half" && word(words, 3) == "uur" {
			return l.shift(30, perMinute, 4)
		}
		if n, ok := number(word(words, 1)); ok {
			return l.shift(n, unitWords[word(words, 2)], 3)
		}
	case "next", "volgende", "volgend":
		if u := unitWords[word(words, 1)]; u >= perWeek {
			return l.shift(1, u, 2)
		}
	default:
		if n, ok := number(first); ok && slices.Contains([]string{"ago", "geleden"}, word(words, 2)) {
			return l.shift(-n, unitWords[word(words, 1)], 3)
		}
	}
	return 0
}

// shift is n units from now; took is how many words that was.
func (l *quickLine) shift(n int, u unit, took int) int {
	today := Day(l.now)
	switch u {
	case perMinute, perHour:
		by := time.Minute
		if u == perHour {
			by = time.Hour
		}
		at := l.now.Add(time.Duration(n) * by)
		if l.dated || l.Due.Timed {
			return 0
		}
		l.at(at.Hour()*60+at.Minute(), took)
		return l.on(at, took)
	case perDay:
		return l.on(today.AddDate(0, 0, n), took)
	case perWeek:
		return l.on(today.AddDate(0, 0, 7*n), took)
	case perMonth:
		return l.on(MonthsOn(today, n), took)
	case perYear:
		return l.on(MonthsOn(today, 12*n), took)
	}
	return 0
}

// named reads tomorrow and its like.
func (l *quickLine) named(words []string) int {
	if slices.Equal(words[:min(len(words), 3)], []string{"day", "after", "tomorrow"}) {
		return l.on(Day(l.now).AddDate(0, 0, 2), 3)
	}
	ahead, ok := map[string]int{
		"today": 0, "vandaag": 0, "tomorrow": 1, "morgen": 1, "overmorgen": 2, "yesterday": -1, "gisteren": -1, "eergisteren": -2,
	}[word(words, 0)]
	if ok {
		return l.on(Day(l.now).AddDate(0, 0, ahead), 1)
	}
	part, ok := map[string][2]int{
		"tonight": {0, 19}, "vanavond": {0, 19}, "vanmiddag": {0, 14}, "vanochtend": {0, 9}, "vanmorgen": {0, 9},
		"morgenochtend": {1, 9}, "morgenmiddag": {1, 14}, "morgenavond": {1, 19}, "gisteravond": {-1, 19}, "gistermiddag": {-1, 14}, "gisterochtend": {-1, 9},
	}[word(words, 0)]
	if !ok || l.dated || l.Due.Timed {
		return 0
	}
	l.at(part[1]*60, 1)
	return l.on(Day(l.now).AddDate(0, 0, part[0]), 1)
}

var (
	weekdays = map[string]time.Weekday{
		"monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 0,
		"maandag": 1, "dinsdag": 2, "woensdag": 3, "donderdag": 4, "vrijdag": 5, "zaterdag": 6, "zondag": 0,
	}
	// shortWeekdays count only after a word such as on: they are words themselves.
	shortWeekdays = map[string]time.Weekday{
		"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 0, "ma": 1, "di": 2, "wo": 3, "do": 4, "vr": 5, "za": 6, "zo": 0,
	}
	onWords = wordSet("on op by before uiterlijk this deze komende coming aanstaande a.s. next volgende last afgelopen vorige voor")
)

// weekday reads friday, on fri, next friday, afgelopen vrijdag. The plain day is
// the next one, or the last for what happened; today is called today.
func (l *quickLine) weekday(words []string) int {
	first, n := word(words, 0), 1
	day, ok := weekdays[first]
	if !ok && onWords[first] {
		n = 2
		if day, ok = weekdays[word(words, 1)]; !ok {
			day, ok = shortWeekdays[word(words, 1)]
		}
	}
	if !ok {
		return 0
	}
	today := Day(l.now)
	ahead := (int(day-today.Weekday())+6)%7 + 1
	switch {
	case first == "next" || first == "volgende":
		monday := today.AddDate(0, 0, 7-(int(today.Weekday())+6)%7)
		return l.on(monday.AddDate(0, 0, (int(day)+6)%7), n)
	case first == "last" || first == "afgelopen" || first == "vorige" || l.Happened:
		ahead -= 7
		if ahead == 0 {
			ahead = -7
		}
	}
	return l.on(today.AddDate(0, 0, ahead), n)
}

// every reads every week, elke maandag, dagelijks.
func (l *quickLine) every(words []string) int {
	often := map[string]Repeat{
		"daily": Daily, "dagelijks": Daily, "weekly": Weekly, "wekelijks": Weekly, "monthly": Monthly, "maandelijks": Monthly, "yearly": Yearly, "jaarlijks": Yearly, "annually": Yearly,
	}
	if r, ok := often[word(words, 0)]; ok && l.Repeat == Once && !l.Happened {
		l.Repeat = r
		return 1
	}
	if !slices.Contains([]string{"every", "each", "elke", "elk", "iedere", "ieder"}, word(words, 0)) || l.Repeat != Once || l.Happened {
		return 0
	}
	if _, ok := weekdays[word(words, 1)]; ok && l.weekday(words[1:]) > 0 {
		l.Repeat = Weekly
		return 2
	}
	r, ok := map[unit]Repeat{perDay: Daily, perWeek: Weekly, perMonth: Monthly, perYear: Yearly}[unitWords[word(words, 1)]]
	if !ok {
		return 0
	}
	l.Repeat = r
	return 2
}

var clockForm = regexp.MustCompile(`^(\d{1,2})(?:([:.hu])(\d{2}))?([hu]|am|pm)?$`)

// clock reads 10:00, at 10, om 10 uur, 3pm, half drie, kwart over 2. Hours
// without minutes are office hours: at 3 is 15:00.
func (l *quickLine) clock(words []string) int {
	first, n := word(words, 0), 0
	if slices.Contains([]string{"at", "om", "rond", "around", "tegen"}, first) {
		n = 1
	}
	if minute, took := spoken(words[n:]); took > 0 {
		return l.at(minute, n+took)
	}
	if part, ok := map[string]int{"morning": 9, "ochtend": 9, "morgen": 9, "afternoon": 14, "middag": 14, "evening": 19, "avond": 19}[first]; ok && l.dated {
		return l.at(part*60, 1)
	}
	m := clockForm.FindStringSubmatch(word(words, n))
	if m == nil {
		return 0
	}
	hour, _ := strconv.Atoi(m[1])
	min, _ := strconv.Atoi(m[3])
	took, said := n+1, n > 0 || m[4] != "" || m[2] != "" && m[2] != "."
	half := m[4]
	switch next := word(words, took); next {
	case "uur", "u", "o'clock", "am", "pm":
		took, said = took+1, true
		if next == "am" || next == "pm" {
			half = next
		}
	}
	if hour = onDial(hour, half, m[3] == ""); !said || hour < 0 || min > 59 {
		return 0
	}
	return l.at(hour*60+min, took)
}

// onDial is the hour of 24; -1 when there is no such hour.
func onDial(hour int, half string, bare bool) int {
	switch {
	case hour > 23 || (half == "am" || half == "pm") && (hour == 0 || hour > 12):
		return -1
	case half == "pm" && hour < 12, half != "am" && half != "pm" && bare && hour >= 1 && hour <= 6:
		return hour + 12
	case half == "am" && hour == 12:
		return 0
	}
	return hour
}

// spoken reads half drie (14:30), kwart over 2, quarter to three, noon.
func spoken(words []string) (minute, took int) {
	off, n := 0, 0
	switch w := word(words, 0); {
	case w == "noon" || w == "midday":
		return 12 * 60, 1
	case w == "half" && word(words, 1) == "past":
		off, n = 30, 2
	case w == "half":
		off, n = -30, 1
	case (w == "kwart" && word(words, 1) == "over") || (w == "quarter" && word(words, 1) == "past"):
		off, n = 15, 2
	case (w == "kwart" && word(words, 1) == "voor") || (w == "quarter" && word(words, 1) == "to"):
		off, n = -15, 2
	default:
		return 0, 0
	}
	hour, ok := number(word(words, n))
	if !ok || hour < 1 || hour > 12 {
		return 0, 0
	}
	if minute = hour*60 + off; minute < 7*60 {
		minute += 12 * 60
	}
	return minute, n + 1
}

var (
	isoForm   = regexp.MustCompile(`^(\d{4})-(\d{2})-(\d{2})$`)
	dayForm   = regexp.MustCompile(`^(\d{1,2})[-/](\d{1,2})(?:[-/](\d{4}|\d{2}))?$`)
	nthForm   = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th|e|ste|de)?$`)
	yearForm  = regexp.MustCompile(`^20\d{2}$`)
	longMonth = map[string]time.Month{
		"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
		"januari": 1, "februari": 2, "maart": 3, "mei": 5, "juni": 6, "juli": 7, "augustus": 8, "oktober": 10,
	}
	shortMonth = map[string]time.Month{
		"jan": 1, "feb": 2, "mar": 3, "mrt": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "okt": 10, "nov": 11, "dec": 12,
	}
)

// date reads 2026-12-31, 31-12, 31/12/2026, 31 december, december 31.
func (l *quickLine) date(words []string) int {
	n := 0
	if onWords[word(words, 0)] {
		n = 1
	}
	first := word(words, n)
	if m := isoForm.FindStringSubmatch(first); m != nil {
		return l.onDate(m[1], m[2], m[3], n+1)
	}
	if m := dayForm.FindStringSubmatch(first); m != nil {
		return l.onDate(m[3], m[2], m[1], n+1)
	}
	if first == "the" || first == "de" {
		n++
		first = word(words, n)
	}
	if m := nthForm.FindStringSubmatch(first); m != nil {
		at := n + 1
		if word(words, at) == "of" {
			at++
		}
		if month, ok := monthOf(word(words, at)); ok {
			return l.inYear(words, at+1, month, m[1])
		}
	}
	// Short names of months come after the day only: Jan 12 is a person at noon.
	if month, ok := longMonth[first]; ok {
		if m := nthForm.FindStringSubmatch(word(words, n+1)); m != nil {
			return l.inYear(words, n+2, month, m[1])
		}
	}
	return 0
}

func monthOf(s string) (time.Month, bool) {
	if m, ok := longMonth[s]; ok {
		return m, true
	}
	if len(s) > 0 && s[len(s)-1] == '.' {
		s = s[:len(s)-1]
	}
	m, ok := shortMonth[s]
	return m, ok
}

func (l *quickLine) inYear(words []string, at int, month time.Month, day string) int {
	year := ""
	if yearForm.MatchString(word(words, at)) {
		year = word(words, at)
		at++
	}
	return l.onDate(year, strconv.Itoa(int(month)), day, at)
}

// onDate sets a date that exists. Without a year it is the next such one, or the
// last for what happened.
func (l *quickLine) onDate(year, month, day string, took int) int {
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	y, given := strconv.Atoi(year)
	today := Day(l.now)
	if given != nil {
		y = today.Year()
	} else if y < 100 {
		y += 2000
	}
	on := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if on.Day() != d || int(on.Month()) != m {
		return 0
	}
	switch {
	case given != nil && !l.Happened && on.Before(today):
		on = on.AddDate(1, 0, 0)
	case given != nil && l.Happened && on.After(today):
		on = on.AddDate(-1, 0, 0)
	}
	return l.on(on, took)
}
