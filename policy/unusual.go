package policy

import (
	"slices"
	"time"
)

// Viewing is how many customers one person saw in an hour: each counts once,
// however often it was seen.
type Viewing struct {
	Opened int // looked at one by one, or exported
	Listed int // stood in a list and were not opened
}

// ListedPerOpened is how many names in lists weigh as much as one customer
// opened. A page of a list shows fifty, which nobody reads one by one, so a page
// weighs as two or three looks. Whoever pages through everything still stands
// out: two thousand names weigh as a hundred looks.
const ListedPerOpened = 20

// Score is one figure for both.
func (v Viewing) Score() int { return v.Opened + v.Listed/ListedPerOpened }

const (
	// UsualDays is how far back it is looked what is usual for somebody.
	UsualDays = 90
	// enoughHours is how many busy hours make a past of one's own; who has fewer
	// is measured by the others of the role.
	enoughHours = 40
	// unusualFactor is how many times the usual is unusual.
	unusualFactor = 2
)

// Measure is what somebody's viewing is compared with.
type Measure struct {
	Usual    int  // what one's own busy hours stay below, 95 of 100
	Bar      int  // a score above it is unusual
	Newcomer bool // the past is that of others in the role
}

// Newcomer says that so many busy hours are too few to know somebody by, so that
// the others in the role are the measure.
func Newcomer(busyHours int) bool { return busyHours < enoughHours }

// MeasureViewing tells the bar from busy hours of the past. Below the floor
// nothing is unusual, so that a quiet person who has a busy day is left alone.
func MeasureViewing(past []Viewing, newcomer bool, floor int) Measure {
	m := Measure{Usual: usual(past), Newcomer: newcomer}
	m.Bar = max(floor, unusualFactor*m.Usual)
	return m
}

// Unusual says whether viewing is above the bar.
func (m Measure) Unusual(v Viewing) bool { return v.Score() > m.Bar }

// usual is the score that 95 of 100 hours don't exceed.
func usual(past []Viewing) int {
	if len(past) == 0 {
		return 0
	}
	scores := make([]int, len(past))
	for i, v := range past {
		scores[i] = v.Score()
	}
	slices.Sort(scores)
	return scores[(len(scores)*95+99)/100-1]
}

// ViewingActs are those by which customers are seen; what is done to one that
// is open already, or to many at once without showing them, is none.
var ViewingActs = []Act{CustomerList, CustomerView, CustomerExport, CustomerExposure, NoteView}

// UnusualOutcome is what an officer found out.
type UnusualOutcome string

// The outcomes.
const (
	Explained    UnusualOutcome = "explained" // there was a good reason
	TakenFurther UnusualOutcome = "further"   // it may be a breach, or somebody is spoken to
)

// ParseUnusualOutcome reads one.
func ParseUnusualOutcome(s string) (UnusualOutcome, error) {
	if o := UnusualOutcome(s); o == Explained || o == TakenFurther {
		return o, nil
	}
	return "", Errorf(Invalid, "Choose explained or further.").On("outcome")
}

// EpisodeGap is how long it must have been quiet before more unusual viewing of
// the same person is a new episode; while one lasts it grows.
const EpisodeGap = time.Hour

// Outgrown says that an episode which was settled has become a graver one since:
// what was explained was half of it.
func Outgrown(settled, score int) bool { return score > 2*settled }
