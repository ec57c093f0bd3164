package policy

import (
	"slices"
	"time"
)

// MergeTime is how long a merge of two customers can be undone.
const MergeTime = 30 * 24 * time.Hour

// StillNo are the events that must be recorded when two records of one person
// become one: a withdrawal or an objection that stands in either stands in both,
// whatever was said in the other since. A person who said no once means it, and
// didn't know of two records.
func StillNo(a, b []ConsentEvent, now time.Time) []ConsentEvent {
	both := slices.Concat(a, b)
	var still []ConsentEvent
	for _, p := range purposesOf(both) {
		one, other, after := StateOn(a, p.Purpose, p.Marketing, now), StateOn(b, p.Purpose, p.Marketing, now), StateOn(both, p.Purpose, p.Marketing, now)
		if (one.Is == Withdrawn || other.Is == Withdrawn) && after.Is != Withdrawn {
			still = append(still, ConsentEvent{Purpose: p.Purpose, Kind: Withdrawn, Marketing: p.Marketing})
		}
		if !(one.Objected.IsZero() && other.Objected.IsZero()) && after.Objected.IsZero() {
			still = append(still, ConsentEvent{Purpose: p.Purpose, Kind: Objected, Marketing: p.Marketing})
		}
	}
	return still
}

// purposesOf has one event for each purpose.
func purposesOf(events []ConsentEvent) []ConsentEvent {
	var out []ConsentEvent
	for _, e := range events {
		if !slices.ContainsFunc(out, func(o ConsentEvent) bool { return o.Purpose == e.Purpose }) {
			out = append(out, e)
		}
	}
	return out
}
