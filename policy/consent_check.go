package policy

import (
	"slices"
	"strings"
	"time"
)

// OptinLife is how long the link of a double opt-in works.
const OptinLife = 7 * 24 * time.Hour

// firstConsent is before any that can be kept here: an older date is a slip.
var firstConsent = time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)

// CheckEvent says whether something may be recorded of a person: e as it is
// meant, s as the record stands now.
func CheckEvent(e ConsentEvent, s Standing, p PurposeRules, now time.Time) error {
	state := StateOn(s.Events, p.Name, p.Marketing, now)
	switch {
	case e.At.After(now) || !e.At.IsZero() && e.At.Before(firstConsent):
		return Errorf(Invalid, "This can't be in the future, or before 1990.").On("at")
	case e.Kind.Yes() && p.Retired:
		return Errorf(Invalid, "The purpose %s is no longer in use.", string(p.Name)).On("purpose")
	case e.Kind.Yes() && !state.Objected.IsZero():
		return Errorf(Invalid, "This person has objected: record first that the objection is taken back, if the person says so.").On("kind")
	case (e.Kind == Given || e.Kind == Asked) && !p.AsksConsent():
		return Errorf(Invalid, "%s does not stand on consent, so nobody needs to give it.", string(p.Name)).On("purpose")
	case e.Kind == Asked && s.Restricted:
		return Errorf(Invalid, "The data of this customer is restricted: nobody may be asked by it (art. 18 GDPR).").On("kind")
	case e.Kind == Offered && !p.Soft:
		return Errorf(Invalid, "%s knows no soft opt-in.", string(p.Name)).On("purpose")
	case e.Kind == Offered && !s.Sold:
		return Errorf(Invalid, "Soft opt-in needs a sale, and this is a lead (art. 11.7 Tw).").On("kind")
	case e.Kind == Objected && !p.Marketing && !standsOn(s, p.Name, Interest):
		return Errorf(Invalid, "One can object to marketing, and to what stands on legitimate interest (art. 21 GDPR); this does not.").On("purpose")
	case e.Kind == Lifted && state.Objected.IsZero():
		return Errorf(Invalid, "No objection stands that could be taken back.").On("kind")
	case !slices.Contains(ConsentKinds, e.Kind):
		return Errorf(Invalid, "Say what happened: given, offered, withdrawn, objected or lifted.").On("kind")
	}
	return nil
}

func standsOn(s Standing, p Purpose, b Basis) bool { return slices.Contains(s.Grounds, Ground{p, b}) }

// GroundsAfter are the grounds of a record as an event on a purpose leaves them:
// what was said against one takes its ground away, a yes brings one.
func GroundsAfter(s Standing, all []PurposeRules, about Purpose, now time.Time) []Ground {
	var kept []Ground
	for _, g := range s.Grounds {
		p, err := FindPurpose(all, g.Purpose)
		if state := StateOn(s.Events, g.Purpose, err == nil && p.Marketing, now); !ends(state, g, p) {
			kept = append(kept, g)
		}
	}
	p, _ := FindPurpose(all, about)
	state := StateOn(s.Events, about, p.Marketing, now)
	has := slices.ContainsFunc(kept, func(g Ground) bool { return g.Purpose == about })
	if basis := (map[ConsentKind]Basis{Given: Consent, Offered: Interest})[state.Is]; basis != "" && !has && state.Objected.IsZero() {
		kept = append(kept, Ground{about, basis})
	}
	slices.SortFunc(kept, func(a, b Ground) int { return strings.Compare(string(a.Purpose), string(b.Purpose)) })
	return kept
}

func ends(state ConsentState, g Ground, p PurposeRules) bool {
	switch {
	case !state.Objected.IsZero():
		return p.Marketing || g.Basis == Interest || g.Basis == Consent
	case state.Is == Withdrawn:
		return g.Basis == Consent || p.Soft && g.Basis == Interest
	}
	return false
}
