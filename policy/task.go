package policy

import (
	"slices"
	"strings"
	"time"

	"balie/policy/text"
)

// Deed is what a task asks for, or what an activity was.
type Deed string

// The deeds. Only a task can be something to do without a counterpart.
const (
	DeedToDo    Deed = "todo"
	DeedCall    Deed = "call"
	DeedMail    Deed = "mail"
	DeedMeeting Deed = "meeting"
)

// Deeds are all, in the order in which forms offer them.
var Deeds = []Deed{DeedToDo, DeedCall, DeedMail, DeedMeeting}

// Check says whether there is such a deed.
func (d Deed) Check() error {
	if !slices.Contains(Deeds, d) {
		return Errorf(Invalid, "There is no %q: use todo, call, mail or meeting.", text.Clean(string(d))).On("kind")
	}
	return nil
}

// Direction says who wrote a mail.
type Direction string

// The directions; the zero one says nothing.
const (
	WayIn  Direction = "in"  // from the customer
	WayOut Direction = "out" // to the customer
)

// Priority says what goes first.
type Priority int16

// The priorities, the first of which goes first.
const (
	PriorityHigh   Priority = 1
	PriorityNormal Priority = 2
	PriorityLow    Priority = 3
)

// Priorities are all, in order.
var Priorities = []Priority{PriorityHigh, PriorityNormal, PriorityLow}

func (p Priority) String() string {
	return map[Priority]string{PriorityHigh: "high", PriorityNormal: "normal", PriorityLow: "low"}[p]
}

// ParsePriority reads one in English or Dutch.
func ParsePriority(s string) (Priority, error) {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "high", "hoog", "!":
		return PriorityHigh, nil
	case "", "normal", "normaal", "gewoon":
		return PriorityNormal, nil
	case "low", "laag":
		return PriorityLow, nil
	}
	return 0, Errorf(Invalid, "There is no priority %q: use high, normal or low.", text.Clean(s)).On("priority")
}

// Repeat is how often a task comes back.
type Repeat string

// The ways in which a task comes back; Once doesn't.
const (
	Once    Repeat = ""
	Daily   Repeat = "daily"
	Weekly  Repeat = "weekly"
	Monthly Repeat = "monthly"
	Yearly  Repeat = "yearly"
)

// Repeats are all, in the order in which forms offer them.
var Repeats = []Repeat{Once, Daily, Weekly, Monthly, Yearly}

// Check says whether there is such a repeat.
func (r Repeat) Check() error {
	if !slices.Contains(Repeats, r) {
		return Errorf(Invalid, "A task repeats daily, weekly, monthly or yearly, or not at all.").On("repeat")
	}
	return nil
}

// Next is the day on which a task comes back that was due on due and is done
// today: the first that lies after due and not in the past. anchor is the day on
// which it was due first: what began on the 31st falls on the 30th in a month
// of 30 days, and on the 31st again in the month after.
func (r Repeat) Next(anchor, due, today time.Time) time.Time {
	from := Day(due).AddDate(0, 0, 1)
	if t := Day(today); t.After(from) {
		from = t
	}
	anchor = Day(anchor)
	switch r {
	case Daily:
		return from
	case Weekly:
		apart := int(from.Sub(anchor) / (24 * time.Hour))
		return from.AddDate(0, 0, ((-apart)%7+7)%7)
	case Monthly, Yearly:
		step := 1
		if r == Yearly {
			step = 12
		}
		months := (from.Year()-anchor.Year())*12 + int(from.Month()-anchor.Month())
		n := months - ((months%step)+step)%step
		for ; ; n += step {
			if next := MonthsOn(anchor, n); !next.Before(from) {
				return next
			}
		}
	}
	return time.Time{}
}

// Day is the date of t, as a midnight that belongs to no zone.
func Day(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// MonthsOn is n months after day: on the same day of the month, or on the last
// where there is none such. AddDate would go on into the next month.
func MonthsOn(day time.Time, n int) time.Time {
	y, m, d := day.Date()
	last := time.Date(y, m+time.Month(n)+1, 0, 0, 0, 0, 0, time.UTC)
	return time.Date(last.Year(), last.Month(), min(d, last.Day()), 0, 0, 0, 0, time.UTC)
}

// Due is when a task has to be done: on a day, and perhaps at a time of it.
type Due struct {
	Day    time.Time // a midnight that belongs to no zone
	Timed  bool
	Minute int16 // of the day, when Timed
}

// At is the moment in a zone: without a time, the end of the day.
func (d Due) At(zone *time.Location) time.Time {
	y, m, day := d.Day.Date()
	if !d.Timed {
		return time.Date(y, m, day+1, 0, 0, 0, 0, zone)
	}
	return time.Date(y, m, day, int(d.Minute)/60, int(d.Minute)%60, 0, 0, zone)
}

// Overdue says whether it should have been done, now being the time on the
// organisation's wall.
func (d Due) Overdue(now time.Time) bool { return d.At(now.Location()).Before(now) }

// Clock is the time of day as 15:04; "" without one.
func (d Due) Clock() string {
	if !d.Timed {
		return ""
	}
	return time.Date(0, 1, 1, int(d.Minute)/60, int(d.Minute)%60, 0, 0, time.UTC).Format("15:04")
}

// TaskSpan is which tasks a list shows.
type TaskSpan string

// The spans of a list of tasks.
const (
	TasksToday   TaskSpan = "today" // what is due today or earlier
	TasksWeek    TaskSpan = "week"  // and in the six days after
	TasksOverdue TaskSpan = "overdue"
	TasksAll     TaskSpan = "all"
	TasksDone    TaskSpan = "done"
)

// TaskSpans are all, in the order in which lists offer them.
var TaskSpans = []TaskSpan{TasksToday, TasksWeek, TasksOverdue, TasksAll, TasksDone}

// Holds says whether an open task that is due on d belongs in the span.
func (s TaskSpan) Holds(d Due, now time.Time) bool {
	switch today := Day(now); s {
	case TasksToday:
		return !d.Day.After(today)
	case TasksWeek:
		return d.Day.Before(today.AddDate(0, 0, 7))
	case TasksOverdue:
		return d.Overdue(now)
	}
	return true
}
