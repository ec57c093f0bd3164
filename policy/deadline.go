package policy

import "time"

// Pause is a stretch in which the clock of a request stood still: between a
// justified question about identity and its answer, art. 12(6) GDPR. A zero
// Until: it still does.
type Pause struct{ Since, Until time.Time }

// Term is what the deadline of a request is computed from.
type Term struct {
	Received Date
	Target   int // the house target in days after receipt; 0: the day before it is rolled over
	Extended bool
	Pauses   []Pause
	Now      time.Time // of a pause that lasts; in the organisation's zone
}

// Deadline is when a request has to be answered, and how that was computed.
type Deadline struct {
	Due    Date // by law
	Plain  Date // the same without the roll-over to a working day
	Target Date // the house target
	TellBy Date // the last day to tell of an extension, with reasons
	Paused int  // days for which the clock stood still
	Stands bool // it stands still now
	Rule   Message
	Source Message
	Steps  []Message // the arithmetic, a sentence each
}

// The rules that a deadline can follow.
var (
	ruleMonth    = Message{Key: "Answer within one month of receipt; a last day that is no working day moves to the next one."}
	ruleExtended = Message{Key: "Answer within three months of receipt, because it was extended; a last day that is no working day moves to the next one."}
	ruleBreach   = Message{Key: "Report within 72 consecutive hours of becoming aware, weekends and public holidays included; later only with the reasons."}

	sourceMonth  = Message{Key: "art. 12(3) GDPR; Reg. 1182/71 art. 3(2)(c) and 3(4)"}
	sourcePause  = Message{Key: "art. 12(3) and 12(6) GDPR; Reg. 1182/71 art. 3(2)(c) and 3(4)"}
	sourceBreach = Message{Key: "art. 33(1) GDPR; Reg. 1182/71 art. 3(1)"}
)

// Deadline computes when t has to be answered. A pause counts for the whole days
// that it lasted, so that the date is never too late.
func (c Calendar) Deadline(t Term) Deadline {
	d := Deadline{Rule: ruleMonth, Source: sourceMonth}
	months := 1
	if t.Extended {
		d.Rule, months = ruleExtended, 3
	}
	d.Paused, d.Stands = pausedDays(t)
	if len(t.Pauses) > 0 {
		d.Source = sourcePause
	}
	d.step(Message{Key: "Received on %s.", Args: []any{t.Received}})
	d.Plain = d.months(t.Received, months)
	if d.Paused > 0 {
		d.Plain = d.Plain.Plus(d.Paused)
		d.step(Message{Key: "Whole days for which the clock stood still: %d, so %s.", Args: []any{d.Paused, d.Plain}})
	}
	d.Due = d.roll(c, d.Plain)
	first, _ := t.Received.monthsOn(1)
	d.TellBy = c.next(first.Plus(d.Paused))
	d.Target = d.Plain
	if t.Target > 0 {
		d.Target = t.Received.Plus(t.Target + d.Paused)
	}
	return d
}

func (d *Deadline) step(m Message) { d.Steps = append(d.Steps, m) }

// months goes to the same day number, art. 3(2)(c).
func (d *Deadline) months(from Date, n int) Date {
	on, exact := from.monthsOn(n)
	switch {
	case !exact && n == 1:
		d.step(Message{Key: "One month on there is no day %d: the last day of that month, %s.", Args: []any{from.Day(), on}})
	case !exact:
		d.step(Message{Key: "%d months on there is no day %d: the last day of that month, %s.", Args: []any{n, from.Day(), on}})
	case n == 1:
		d.step(Message{Key: "One month on: %s.", Args: []any{on}})
	default:
		d.step(Message{Key: "%d months on, counted from receipt: %s.", Args: []any{n, on}})
	}
	return on
}

// roll goes to the next working day, art. 3(4), and says past what.
func (d *Deadline) roll(c Calendar, day Date) Date {
	start := day
	for why, off := c.Off(day); off; why, off = c.Off(day) {
		d.step(Message{Key: "%s is %s.", Args: []any{day, why}})
		day = day.Plus(1)
	}
	if day != start {
		d.step(Message{Key: "The next working day: %s.", Args: []any{day}})
	}
	if !c.Knows() {
		d.step(Message{Key: "No public holidays of %s are known here: only weekends and those of the settings were left out, which never gives a later date.", Args: []any{c.Country}})
	}
	return day
}

func (c Calendar) next(day Date) Date {
	for _, off := c.Off(day); off; _, off = c.Off(day) {
		day = day.Plus(1)
	}
	return day
}

func pausedDays(t Term) (days int, stands bool) {
	for _, p := range t.Pauses {
		until := p.Until
		if until.IsZero() {
			until, stands = t.Now, true
		}
		days += wholeDays(p.Since.In(t.Now.Location()), until.In(t.Now.Location()))
	}
	return days, stands
}

// wholeDays counts days by the calendar, of which one may have 23 or 25 hours.
func wholeDays(since, until time.Time) int {
	n := DateOf(since).Until(DateOf(until))
	if n > 0 && since.AddDate(0, 0, n).After(until) {
		n--
	}
	return max(n, 0)
}

// BreachDue is when a breach has to be reported at the latest.
type BreachDue struct {
	Due    time.Time // the last minute, in the zone of aware
	Rule   Message
	Source Message
}

// breachHours is the term of art. 33(1). A term in hours is not rolled over to a
// working day.
const breachHours = 72 * time.Hour

// BreachDeadline counts from the minute in which somebody became aware. The
// hours are real ones: on the clock on the wall they differ when summer time
// begins or ends between.
func BreachDeadline(aware time.Time) BreachDue {
	return BreachDue{aware.Truncate(time.Minute).Add(breachHours), ruleBreach, sourceBreach}
}
