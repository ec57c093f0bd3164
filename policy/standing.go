package policy

import (
	"cmp"
	"slices"
	"time"
)

// Standing is what a person's record stands on.
type Standing struct {
	ID         int64
	Sold       bool // is or was a customer: the address may come from a sale
	Restricted bool // art. 18 GDPR
	Suppressed bool // erased once, and not let in again by himself
	Grounds    []Ground
	Events     []ConsentEvent
}

// Why is the reason for which a record is left out of a use.
type Why string

// The reasons.
const (
	WhyHidden     Why = "hidden" // not the actor's to see, or gone
	WhySuppressed Why = "suppressed"
	WhyRestricted Why = "restricted"
	WhyObjected   Why = "objected"
	WhyRetired    Why = "retired" // the purpose
	WhyMeans      Why = "means"
	WhyNoBasis    Why = "no_basis"
	WhyWithdrawn  Why = "withdrawn"
	WhyPending    Why = "pending"
	WhyUnproven   Why = "unproven"
	WhyTooOld     Why = "too_old"
	WhyNoOptOut   Why = "no_opt_out"
	WhyNoSale     Why = "no_sale"
	WhyNoAddress  Why = "no_address" // for the means; found when the record is opened
	WhyDead       Why = "dead"       // its address, as was noted
	WhyGroundless Why = "groundless" // stands on nothing at all
)

var whys = map[Why]struct {
	says, law Message
}{
	WhyHidden:     {Message{Key: "Not yours to see, or gone."}, Message{Key: "art. 32 GDPR"}},
	WhySuppressed: {Message{Key: "Erased on request; stands on the suppression list."}, Message{Key: "art. 17, 21(3) GDPR"}},
	WhyRestricted: {Message{Key: "The data is restricted."}, Message{Key: "art. 18(2) GDPR"}},
	WhyObjected:   {Message{Key: "Has objected."}, Message{Key: "art. 21 GDPR"}},
	WhyRetired:    {Message{Key: "The purpose is no longer in use."}, Message{Key: "art. 5(1)(b) GDPR"}},
	WhyMeans:      {Message{Key: "The purpose does not know this means."}, Message{Key: "art. 5(1)(b) GDPR"}},
	WhyNoBasis:    {Message{Key: "Does not stand on this purpose."}, Message{Key: "art. 6(1) GDPR"}},
	WhyWithdrawn:  {Message{Key: "The consent was withdrawn."}, Message{Key: "art. 7(3) GDPR"}},
	WhyPending:    {Message{Key: "Asked, but not confirmed yet."}, Message{Key: "art. 4(11) GDPR"}},
	WhyUnproven:   {Message{Key: "The consent can't be proven: no event with a wording."}, Message{Key: "art. 7(1) GDPR"}},
	WhyTooOld:     {Message{Key: "The consent is too old."}, Message{Key: "art. 5(1)(e) GDPR"}},
	WhyNoOptOut:   {Message{Key: "No opt-out was offered when the address was collected."}, Message{Key: "art. 11.7(3) Tw"}},
	WhyNoSale:     {Message{Key: "Never was a customer: soft opt-in needs a sale."}, Message{Key: "art. 11.7(3) Tw"}},
	WhyNoAddress:  {Message{Key: "Has no address for this means."}, Message{Key: "art. 5(1)(c) GDPR"}},
	WhyDead:       {Message{Key: "Mail came back from the address."}, Message{Key: "art. 5(1)(d) GDPR"}},
	WhyGroundless: {Message{Key: "Stands on nothing."}, Message{Key: "art. 6(1) GDPR"}},
}

// MayTouch answers whether a record may be used for anything at all, where the
// use has no purpose of its own: a tag or a status for many.
func MayTouch(s Standing) *Blocked {
	switch {
	case s.Suppressed:
		return &Blocked{Why: WhySuppressed}
	case s.Restricted:
		return &Blocked{Why: WhyRestricted}
	case len(s.Grounds) == 0:
		return &Blocked{Why: WhyGroundless}
	}
	return nil
}

// Whys are all reasons, for tests.
func Whys() []Why {
	var all []Why
	for w := range whys {
		all = append(all, w)
	}
	slices.Sort(all)
	return all
}

// Message says the reason to people.
func (w Why) Message() Message { return whys[w].says }

// Law is its article.
func (w Why) Law() Message { return whys[w].law }

// Blocked says why a record may not be used.
type Blocked struct {
	Why   Why
	Since time.Time // zero where nothing happened
}

// Law is the article of the reason.
func (b Blocked) Law() Message { return b.Why.Law() }

// Message says the reason to people.
func (b Blocked) Message() Message { return b.Why.Message() }

// MayUse answers whether the record may be used for a purpose by a means, "" for
// none in particular: nil, or why not. Everything that uses data asks it.
func MayUse(s Standing, p PurposeRules, m Means, now time.Time) *Blocked {
	state := StateOn(s.Events, p.Name, p.Marketing, now)
	switch {
	case s.Suppressed:
		return &Blocked{Why: WhySuppressed}
	case s.Restricted:
		return &Blocked{Why: WhyRestricted}
	case !state.Objected.IsZero():
		return &Blocked{Why: WhyObjected, Since: state.Objected}
	case p.Retired:
		return &Blocked{Why: WhyRetired}
	case m != "" && !slices.Contains(p.Means, m):
		return &Blocked{Why: WhyMeans}
	}
	return stands(s, p, state, now)
}

// stands asks the basis. A consent needs the ground on the record and the event
// that proves it: neither alone is enough.
func stands(s Standing, p PurposeRules, state ConsentState, now time.Time) *Blocked {
	at := slices.IndexFunc(s.Grounds, func(g Ground) bool { return g.Purpose == p.Name })
	if at < 0 {
		return unconsented(state, WhyNoBasis)
	}
	basis := s.Grounds[at].Basis
	switch {
	case state.Is == Given && p.AsksConsent() && (basis == Consent || p.Marketing):
		return tooOld(p, state, now)
	case basis == Consent:
		return unconsented(state, WhyUnproven)
	case basis == Interest && p.Soft:
		return softOptIn(s, state)
	case !slices.Contains(p.Bases, basis):
		return &Blocked{Why: WhyNoBasis}
	}
	return nil
}

func unconsented(state ConsentState, otherwise Why) *Blocked {
	why := map[ConsentKind]Why{Withdrawn: WhyWithdrawn, Asked: WhyPending}[state.Is]
	return &Blocked{Why: cmp.Or(why, otherwise), Since: state.Since}
}

func tooOld(p PurposeRules, state ConsentState, now time.Time) *Blocked {
	if p.ConsentMonths > 0 && !now.Before(state.Since.AddDate(0, p.ConsentMonths, 0)) {
		return &Blocked{Why: WhyTooOld, Since: state.Since}
	}
	return nil
}

func softOptIn(s Standing, state ConsentState) *Blocked {
	switch {
	case state.Is != Offered:
		return unconsented(state, WhyNoOptOut)
	case !s.Sold:
		return &Blocked{Why: WhyNoSale}
	}
	return nil
}

// YesOn is the hash of the wording to which a person said the yes on which a
// purpose stands; nil where it stands on another basis.
func YesOn(s Standing, p PurposeRules, now time.Time) []byte {
	state := StateOn(s.Events, p.Name, p.Marketing, now)
	for _, e := range s.Events {
		if e.ID == state.Event && state.Is.Yes() {
			return e.Wording
		}
	}
	return nil
}
