package policy

import "time"

// Reask says whether a person is to be asked anew for a consent: it lacks
// something, which why names, or ends within soon.
func Reask(s Standing, p PurposeRules, now time.Time, soon time.Duration) (why Why, since time.Time, ask bool) {
	b := MayUse(s, p, "", now)
	state := StateOn(s.Events, p.Name, p.Marketing, now)
	switch {
	case b != nil:
		return b.Why, b.Since, b.Why == WhyTooOld || b.Why == WhyUnproven
	case state.Is != Given || p.ConsentMonths == 0:
		return "", state.Since, false
	}
	return "", state.Since, state.Since.AddDate(0, p.ConsentMonths, 0).Before(now.Add(soon))
}

// MayMail says whether a person may get any marketing by mail now. A mail that
// asks for consent is marketing itself (art. 11.7 Tw).
func MayMail(s Standing, all []PurposeRules, now time.Time) bool {
	for _, p := range all {
		if p.Marketing && MayUse(s, p, ByMail, now) == nil {
			return true
		}
	}
	return false
}
