package policy

import (
	"strings"
	"time"

	"balie/policy/text"
)

// Quick is what one line says: what, with whom, when and about what.
type Quick struct {
	Deed     Deed
	Happened bool   // it is an activity of the past, and no task
	Who      string // to be found among the customers
	About    string
	Due      Due
	Minutes  int // how long it took
	Repeat   Repeat
	Priority Priority
}

// Title is what a task is called of which nobody knows who is meant.
func (q Quick) Title() string {
	if q.Who != "" && q.About != "" {
		return q.Who + ": " + q.About
	}
	return q.Who + q.About
}

// At is the moment of an activity: without a time now, or noon of another day.
func (q Quick) At(now time.Time) time.Time {
	switch {
	case q.Due.Timed:
		return q.Due.At(now.Location())
	case q.Due.Day.Equal(Day(now)):
		return now
	}
	noon := Due{Day: q.Due.Day, Timed: true, Minute: 12 * 60}
	return noon.At(now.Location())
}

type deedWord struct {
	deed     Deed
	happened bool
}

// deedWords begin a line, in both languages.
var deedWords = map[string]deedWord{
	"call": {DeedCall, false}, "phone": {DeedCall, false}, "ring": {DeedCall, false}, "bel": {DeedCall, false}, "bellen": {DeedCall, false},
	"called": {DeedCall, true}, "phoned": {DeedCall, true}, "gebeld": {DeedCall, true}, "belde": {DeedCall, true},
	"mail": {DeedMail, false}, "email": {DeedMail, false}, "e-mail": {DeedMail, false}, "mailen": {DeedMail, false},
	"mailed": {DeedMail, true}, "emailed": {DeedMail, true}, "gemaild": {DeedMail, true}, "mailde": {DeedMail, true},
	"meet": {DeedMeeting, false}, "meeting": {DeedMeeting, false}, "visit": {DeedMeeting, false}, "afspraak": {DeedMeeting, false}, "bezoek": {DeedMeeting, false}, "bespreking": {DeedMeeting, false},
	"met": {DeedMeeting, true}, "visited": {DeedMeeting, true}, "bezocht": {DeedMeeting, true}, "gesproken": {DeedMeeting, true}, "ontmoet": {DeedMeeting, true},
	"todo": {DeedToDo, false}, "task": {DeedToDo, false}, "taak": {DeedToDo, false},
}

var (
	aboutWords = wordSet("about over re re: regarding betreft betreffende inzake omtrent for voor")
	whoWords   = wordSet("with met to naar aan bij @")
	ofWords    = wordSet("of van from since sinds uit")
)

// ParseQuick reads a line such as "call Jan Jansen tomorrow 10:00 about offer" or
// "bel Jan Jansen morgen 10:00 over offerte", in the zone of now. What it does not
// understand stays text, so the reader must see what became of the line before it
// is kept.
func ParseQuick(line string, now time.Time) (Quick, error) {
	q, err := readQuick(line, now)
	if err == nil && q.Who+q.About == "" {
		err = errEmptyLine()
	}
	return q, err
}

// ParseQuickOf is ParseQuick where it is known who is meant: nobody has to be
// named, and whoever is named belongs to the subject.
func ParseQuickOf(line string, now time.Time) (Quick, error) {
	q, err := readQuick(line, now)
	if err == nil && q.Deed == DeedToDo && q.About == "" {
		err = errEmptyLine()
	}
	q.About, q.Who = q.Title(), ""
	return q, err
}

func readQuick(line string, now time.Time) (Quick, error) {
	l := quickLine{now: now, words: strings.Fields(text.Clean(line))}
	if len(l.words) == 0 {
		return Quick{}, errEmptyLine()
	}
	l.Deed, l.Priority = DeedToDo, PriorityNormal
	if w, ok := deedWords[strings.ToLower(l.words[0])]; ok {
		l.Deed, l.Happened = w.deed, w.happened
		l.words = l.words[1:]
	}
	l.read()
	l.settle()
	if l.Happened && l.Due.Day.After(Day(now)) {
		return l.Quick, Errorf(Invalid, "What is still to come can't have happened: give an earlier day, or write it as something to do.").On("line")
	}
	return l.Quick, nil
}

// ParseDue reads a day and perhaps a time, as 2026-12-31, tomorrow 10:00 or
// vrijdag; nothing is today.
func ParseDue(s string, now time.Time) (Due, error) {
	l := quickLine{now: now}
	for words := lower(strings.Fields(text.Clean(s))); len(words) > 0; {
		n := l.when(words)
		if n == 0 || l.Repeat != Once {
			return Due{}, Errorf(Invalid, "Give the day on which it is due, as 2026-12-31 or tomorrow.").On("due")
		}
		words = words[n:]
	}
	l.settle()
	return l.Due, nil
}

func errEmptyLine() error {
	return Errorf(Invalid, "Type what to do, as: call Jan Jansen tomorrow 10:00 about offer.").On("line")
}

// quickLine is a line being read.
type quickLine struct {
	Quick
	now   time.Time
	words []string
	dated bool
}

// read shares the words out: who comes first, then when, then about what.
func (l *quickLine) read() {
	var head, tail []string
	seen := false
	for i := 0; i < len(l.words); {
		w := strings.ToLower(l.words[i])
		n := l.when(lower(l.words[i:]))
		switch {
		case n > 0:
			seen = true
			i += n
			continue
		case w == "!":
			l.Priority = PriorityHigh
		case l.Deed != DeedToDo && aboutWords[w]:
			if len(head) == 0 {
				head, tail = tail, nil
			}
			l.share(head, append(tail, l.ending(l.words[i+1:])...))
			return
		case seen:
			tail = append(tail, l.words[i])
		default:
			head = append(head, l.words[i])
		}
		i++
	}
	l.share(head, tail)
}

// ending reads what it is about; a time at its very end is when.
func (l *quickLine) ending(words []string) []string {
	for i := range words {
		if i == 0 || ofWords[strings.ToLower(words[i-1])] {
			continue
		}
		trial := *l
		at := i
		for at < len(words) {
			n := trial.when(lower(words[at:]))
			if n == 0 && words[at] == "!" {
				trial.Priority, n = PriorityHigh, 1
			}
			if n == 0 {
				break
			}
			at += n
		}
		if at == len(words) {
			*l = trial
			return words[:i]
		}
	}
	return words
}

// share says which words are who and which are about what. Something to do has
// nobody before it; whom it is for comes after an @.
func (l *quickLine) share(head, tail []string) {
	if l.Deed == DeedToDo {
		for i, w := range head {
			if len(w) > 1 && w[0] == '@' {
				l.Who = strings.ReplaceAll(w[1:], "_", " ")
				head = append(head[:i:i], head[i+1:]...)
				break
			}
		}
		l.About = strings.Join(append(head, tail...), " ")
		return
	}
	if len(head) == 0 {
		head, tail = tail, nil
	}
	for len(head) > 0 && whoWords[strings.ToLower(head[0])] {
		head = head[1:]
	}
	l.Who, l.About = strings.TrimPrefix(strings.Join(head, " "), "@"), strings.Join(tail, " ")
}

// settle fills in the day where only a time was given: the next such moment for
// what is to be done, the last for what happened.
func (l *quickLine) settle() {
	if l.dated {
		return
	}
	l.Due.Day = Day(l.now)
	if !l.Due.Timed {
		return
	}
	switch at := l.Due.At(l.now.Location()); {
	case !l.Happened && at.Before(l.now):
		l.Due.Day = l.Due.Day.AddDate(0, 0, 1)
	case l.Happened && at.After(l.now):
		l.Due.Day = l.Due.Day.AddDate(0, 0, -1)
	}
}

func lower(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = strings.ToLower(strings.TrimRight(w, ",;"))
	}
	return out
}
