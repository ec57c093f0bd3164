package policy

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"balie/policy/text"
)

// LeavingSoon is how long before its term ends a customer asks for a decision.
const LeavingSoon = 60 * 24 * time.Hour

// RetentionTerm is how long something is kept: weeks, months or years by the
// calendar.
type RetentionTerm struct {
	N    int
	Unit TermUnit
}

// TermUnit is what a term is counted in.
type TermUnit string

// The units of terms.
const (
	Weeks  TermUnit = "weeks"
	Months TermUnit = "months"
	Years  TermUnit = "years"
)

func (t RetentionTerm) String() string {
	if t.N == 1 {
		return "1 " + strings.TrimSuffix(string(t.Unit), "s")
	}
	return fmt.Sprintf("%d %s", t.N, t.Unit)
}

// End is when the term that began at from is over, by the calendar of from's
// zone: 29 February becomes 28 February where that year has none, as art. 3(2)(c)
// of Regulation 1182/71 counts.
func (t RetentionTerm) End(from time.Time) time.Time {
	switch t.Unit {
	case Weeks:
		return from.AddDate(0, 0, 7*t.N)
	case Months:
		return addMonths(from, t.N)
	}
	return addMonths(from, 12*t.N)
}

// addMonths stays within the month in which it ends.
func addMonths(from time.Time, n int) time.Time {
	then := from.AddDate(0, n, 0)
	if then.Day() != from.Day() { // ran over into the next month
		then = then.AddDate(0, 0, -then.Day())
	}
	return then
}

// Latest is the instant before which something must have begun, to be over now:
// for an index. What began before it may still not be over, by some days.
func (t RetentionTerm) Latest(now time.Time) time.Time {
	back := RetentionTerm{-t.N, t.Unit}
	return back.End(now).AddDate(0, 0, 4) // 31 January and a month are 28 February
}

func (t RetentionTerm) beyondYears(n int) bool {
	return t.Unit == Years && t.N > n || t.Unit == Months && t.N > 12*n || t.Unit == Weeks && t.N > 52*n
}

// ParseRetentionTerm reads a term as people write it: 2 years, 4 weken, 18 months.
func ParseRetentionTerm(s string) (RetentionTerm, error) {
	number, word, _ := strings.Cut(strings.ToLower(strings.TrimSpace(s)), " ")
	n, err := strconv.Atoi(number)
	units := map[string]TermUnit{
		"week": Weeks, "weeks": Weeks, "weken": Weeks, "month": Months, "months": Months, "maand": Months, "maanden": Months,
		"year": Years, "years": Years, "jaar": Years, "jaren": Years,
	}
	unit, known := units[strings.TrimSpace(word)]
	if err != nil || !known || n < 1 || n > 600 {
		return RetentionTerm{}, Errorf(Invalid, "%q is no term: write a number and weeks, months or years, as in 2 years.", text.Clean(s)).On("term")
	}
	return RetentionTerm{n, unit}, nil
}

// StartEvent is what a term counts from.
type StartEvent string

// The events. An end must be recorded of a record before its term runs.
const (
	FromContact   StartEvent = "contact"   // the last contact
	FromContract  StartEvent = "contract"  // the end of the contract
	FromBookYear  StartEvent = "bookyear"  // the end of the book year of an invoice
	FromProcedure StartEvent = "procedure" // the end of a procedure, as of an application
)

// ParseStart reads an event from which a rule may count; of is what is kept.
func ParseStart(s string) (StartEvent, error) {
	switch e := StartEvent(s); e {
	case FromContact, FromContract, FromProcedure:
		return e, nil
	}
	return "", Errorf(Invalid, "There is no start %q: use contact, contract or procedure.", text.Clean(s)).On("start")
}

// RuleKey names a rule of the retention schedule.
type RuleKey string

// The default rules.
const (
	RuleLead      RuleKey = "lead"
	RuleCustomer  RuleKey = "customer"
	RuleFormer    RuleKey = "former"
	RuleApplicant RuleKey = "applicant"
	RulePool      RuleKey = "applicant-pool" // with consent to be kept
	RuleInvoice   RuleKey = "invoice"
)

// RetentionRule says how long one kind of record is kept, or what stands on one
// purpose.
type RetentionRule struct {
	Key        RuleKey
	Status     Status  // of which records; 0: by purpose, or invoices
	Purpose    Purpose // "": every one that has no rule of its own
	Basis      Basis   // "": every one
	Start      StartEvent
	Term       RetentionTerm
	Statistics bool // count who leaves, so that nobody can be told from it
	Source     string
	Version    int           // 0: the default
	Approved   bool          // a person agreed to it; before that it takes nothing
	Next       RetentionTerm // a change that waits for a second person; zero for none
}

// DefaultSchedule holds until the organisation decides otherwise, and takes
// nothing before somebody has agreed to it.
func DefaultSchedule() Schedule {
	return Schedule{
		{Key: RuleLead, Status: Lead, Start: FromContact, Term: RetentionTerm{1, Years}, Source: "art. 5(1)(e) GDPR"},
		{Key: RuleCustomer, Status: Client, Start: FromContact, Term: RetentionTerm{2, Years}, Statistics: true, Source: "art. 5(1)(e) GDPR"},
		{Key: RuleFormer, Status: Former, Start: FromContact, Term: RetentionTerm{2, Years}, Statistics: true, Source: "art. 5(1)(e) GDPR"},
		{Key: RuleApplicant, Purpose: Recruitment, Start: FromProcedure, Term: RetentionTerm{4, Weeks}, Source: "art. 5(1)(e) GDPR"},
		{Key: RulePool, Purpose: Recruitment, Basis: Consent, Start: FromProcedure, Term: RetentionTerm{1, Years}, Source: "art. 5(1)(e), 6(1)(a) GDPR"},
		{Key: RuleInvoice, Start: FromBookYear, Term: RetentionTerm{7, Years}, Source: "art. 52(4) AWR"},
	}
}

var ruleKey = regexp.MustCompile(`^[a-z][a-z0-9-]{1,30}$`)

// CheckRuleKey says whether a rule may have that name.
func CheckRuleKey(k RuleKey) error {
	if !ruleKey.MatchString(string(k)) {
		return Errorf(Invalid, "A rule has a name of small letters, digits and hyphens, as lead; see retention list.").On("rule")
	}
	return nil
}

// Check says whether the organisation may decide so, beside why.
func (r RetentionRule) Check() error {
	switch {
	case r.Key == RuleInvoice && (r.Term.Unit != Years || r.Term.N < 7 || r.Start != FromBookYear):
		return Errorf(Invalid, "Invoices are kept seven years at least from the end of the book year (art. 52(4) AWR).").On("term")
	case r.Key != RuleInvoice && r.Start == FromBookYear:
		return Errorf(Invalid, "There is no start %q: use contact, contract or procedure.", string(r.Start)).On("start")
	case r.Key != RuleInvoice && r.Status == 0 && r.Purpose == "":
		return Errorf(Invalid, "A rule of your own is for a purpose: name it with --purpose.").On("purpose")
	}
	return nil
}

// Long says that a term asks for an explicit reason.
func (r RetentionRule) Long() bool { return r.Key != RuleInvoice && r.Term.beyondYears(3) }

// Schedule is all that the organisation decided about how long it keeps what.
type Schedule []RetentionRule

// Find gives a rule by its name.
func (s Schedule) Find(key RuleKey) (RetentionRule, bool) {
	for _, r := range s {
		if r.Key == key {
			return r, true
		}
	}
	return RetentionRule{}, false
}

// of is the rule for what stands on a ground: the one that says most about it.
func (s Schedule) of(status Status, g Ground) (found RetentionRule, ok bool) {
	best := -1
	for _, r := range s {
		fits := 0
		switch {
		case r.Purpose != "" && r.Purpose == g.Purpose && r.Basis == g.Basis:
			fits = 3
		case r.Purpose != "" && r.Purpose == g.Purpose && r.Basis == "":
			fits = 2
		case r.Purpose == "" && r.Status == status && status != 0:
			fits = 1
		default:
			continue
		}
		if fits > best {
			found, ok, best = r, true, fits
		}
	}
	return found, ok
}

// LeavesOn is when somebody with that status leaves, as far as the last contact
// tells it; zero when it doesn't.
func (s Schedule) LeavesOn(status Status, contact time.Time) time.Time {
	l := s.leavesBy(Keeping{Status: status, Contact: contact}, Ground{})
	if l.Start != FromContact {
		return time.Time{}
	}
	return l.On
}

// Before is the instant before which the last contact was with everybody of that
// status whose term is over at horizon.
func (s Schedule) Before(status Status, horizon time.Time) time.Time {
	r, ok := s.of(status, Ground{})
	if !ok || r.Start != FromContact {
		return time.Time{}
	}
	return r.Term.Latest(horizon)
}

// HeldBy is what keeps a record whose term is over.
type HeldBy string

// What can hold a record.
const (
	HeldLegally HeldBy = "hold"       // a legal hold: art. 17(3)(e) GDPR
	HeldLonger  HeldBy = "keep"       // a documented reason for keeping it longer
	HeldStill   HeldBy = "restricted" // art. 18 GDPR: kept, and not deleted either
	HeldRequest HeldBy = "request"    // the person asked something that is not closed yet: art. 12(3) GDPR
	HeldUnpaid  HeldBy = "unpaid"     // an invoice is to be paid
	HeldDeal    HeldBy = "deal"       // a deal is open
)

// Keeping is what is known of a record as far as its term needs it. The times
// are in the organisation's zone.
type Keeping struct {
	Status    Status
	Grounds   []Ground
	Contact   time.Time
	Contract  time.Time // when the contract ended; zero: not recorded
	Procedure time.Time
	Hold      time.Time // the last day of a legal hold; zero: none
	Keep      time.Time // the last day of a documented reason
	Still     bool      // restricted
	Asked     bool      // a request of the person is open
	Unpaid    bool
	OpenDeal  bool
}

// Leaving is when a record leaves, by which rule and because of what.
type Leaving struct {
	On         time.Time // zero: it waits for an event that nobody recorded, or has no rule
	Rule       RuleKey
	Start      StartEvent
	Since      time.Time
	Held       HeldBy
	Until      time.Time // of a hold with an end
	Unapproved bool      // nobody has agreed to the rule yet: it takes nothing
}

// Due says that the record is to go now.
func (l Leaving) Due(now time.Time) bool {
	return !l.On.IsZero() && !l.On.After(now) && l.Held == "" && !l.Unapproved
}

// Leaves says when a record leaves: when the longest of the terms of all that it
// stands on is over, and nothing holds it.
func (s Schedule) Leaves(k Keeping, now time.Time) Leaving {
	grounds := k.Grounds
	if len(grounds) == 0 {
		grounds = []Ground{{}}
	}
	var last Leaving
	unapproved := false
	for i, g := range grounds {
		l := s.leavesBy(k, g)
		unapproved = unapproved || l.Unapproved
		if i == 0 || later(l, last) {
			last = l
		}
	}
	last.Unapproved = unapproved
	last.Held, last.Until = k.held(now)
	return last
}

// later says that a leaves after b; what never leaves is the last.
func later(a, b Leaving) bool {
	if a.On.IsZero() || b.On.IsZero() {
		return a.On.IsZero() && !b.On.IsZero()
	}
	return a.On.After(b.On)
}

func (s Schedule) leavesBy(k Keeping, g Ground) Leaving {
	r, ok := s.of(k.Status, g)
	if !ok {
		return Leaving{}
	}
	l := Leaving{Rule: r.Key, Start: r.Start, Since: k.since(r.Start), Unapproved: !r.Approved}
	if l.Since.IsZero() {
		return l
	}
	l.On = r.Term.End(l.Since)
	if r.Next.N > 0 { // while a change waits, the longer one counts
		if next := r.Next.End(l.Since); next.After(l.On) {
			l.On = next
		}
	}
	return l
}

func (k Keeping) since(e StartEvent) time.Time {
	switch e {
	case FromContract:
		return k.Contract
	case FromProcedure:
		return k.Procedure
	}
	return k.Contact
}

// held is what keeps the record now, the strongest first. A day counts to its
// end.
func (k Keeping) held(now time.Time) (HeldBy, time.Time) {
	through := func(day time.Time) bool { return !day.IsZero() && now.Before(day.AddDate(0, 0, 1)) }
	switch {
	case through(k.Hold):
		return HeldLegally, k.Hold
	case k.Still:
		return HeldStill, time.Time{}
	case through(k.Keep):
		return HeldLonger, k.Keep
	case k.Asked:
		return HeldRequest, time.Time{}
	case k.Unpaid:
		return HeldUnpaid, time.Time{}
	case k.OpenDeal:
		return HeldDeal, time.Time{}
	}
	return "", time.Time{}
}

// Region is the part of a postcode that statistics keep: two figures, or the
// country outside the Netherlands.
func Region(postcode, country string) string {
	if c := cmp.Or(country, "NL"); c != "NL" {
		return c
	}
	return postcode[:min(len(postcode), 2)]
}

// StatisticsLeast is of how many a figure is told at least: of fewer, somebody
// might be told from it.
const StatisticsLeast = 10
