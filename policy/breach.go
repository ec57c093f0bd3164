package policy

import "time"

// checkBreach holds a breach to art. 33(1): what is reported later than 72 hours
// after somebody became aware has its reasons recorded.
func checkBreach(v Values, zone *time.Location) error {
	aware, err := ParseMoment(v["aware"].String(), zone)
	if err != nil || v["reported"].IsZero() {
		return err
	}
	reported, err := ParseMoment(v["reported"].String(), zone)
	if err != nil {
		return err
	}
	if reported.Before(aware) {
		return Errorf(Invalid, "A breach is reported after somebody became aware of it, not before.").On("reported")
	}
	if reported.After(BreachDeadline(aware).Due) && v["late"].IsZero() {
		return Errorf(Invalid, "This was reported later than 72 hours after becoming aware: record the reasons (art. 33(1) GDPR).").On("late")
	}
	return nil
}

// BreachState is how a breach stands.
type BreachState string

// The states. Settled: reported, or recorded why it need not be.
const (
	BreachRuns    BreachState = "runs"
	BreachLate    BreachState = "late"
	BreachUntold  BreachState = "untold" // a high risk, and the people concerned were not told: art. 34(1)
	BreachSettled BreachState = "settled"
)

// BreachStands says how a breach stands, and until when it has to be reported.
func BreachStands(v Values, zone *time.Location, now time.Time) (BreachState, BreachDue) {
	aware, err := ParseMoment(v["aware"].String(), zone)
	if err != nil {
		return BreachRuns, BreachDue{}
	}
	due := BreachDeadline(aware)
	switch {
	case v["reported"].IsZero() && v["unreported"].IsZero() && now.After(due.Due):
		return BreachLate, due
	case v["reported"].IsZero() && v["unreported"].IsZero():
		return BreachRuns, due
	case v["risk"].String() == "high" && v["told"].IsZero():
		return BreachUntold, due
	}
	return BreachSettled, due
}
