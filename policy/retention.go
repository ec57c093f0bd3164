package policy

import "time"

// LeavingSoon is how long before its term ends a customer asks for a decision.
const LeavingSoon = 60 * 24 * time.Hour

// RetentionYears is the default term in calendar years after the last contact:
// a lead stays one, a customer and a former one two. Art. 5(1)(e) GDPR asks for
// a term no longer than the purpose needs; the figure is the organisation's.
func RetentionYears(s Status) int {
	if s == Lead {
		return 1
	}
	return 2
}

// LeavesOn is when the default term of somebody with that status ends: as many
// calendar years after lastActivity as RetentionYears says (art. 5(1)(e) GDPR),
// by the calendar of its time zone. 29 February becomes 28 February where that
// year has none, as art. 3(2)(c) of Regulation 1182/71 counts.
func LeavesOn(s Status, lastActivity time.Time) time.Time {
	then := lastActivity.AddDate(RetentionYears(s), 0, 0)
	if then.Day() != lastActivity.Day() { // 29 February ran over into March
		then = then.AddDate(0, 0, -1)
	}
	return then
}
