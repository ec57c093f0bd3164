package policy

import (
	"math/rand/v2"
	"testing"
	"time"
)

// approved is the default schedule, agreed to.
func approved() Schedule {
	s := DefaultSchedule()
	for i := range s {
		s[i].Approved = true
	}
	return s
}

func TestTerm(t *testing.T) {
	for _, c := range []struct {
		term      RetentionTerm
		last, end string
	}{
		{RetentionTerm{1, Years}, "2025-11-22 13:00", "2026-11-22 13:00"},
		{RetentionTerm{2, Years}, "2025-11-22 13:00", "2027-11-22 13:00"},
		{RetentionTerm{1, Years}, "2024-02-29 09:30", "2025-02-28 09:30"},
		{RetentionTerm{2, Years}, "2024-02-29 09:30", "2026-02-28 09:30"},
		{RetentionTerm{4, Years}, "2024-02-29 09:30", "2028-02-29 09:30"},
		{RetentionTerm{1, Years}, "2024-02-28 09:30", "2025-02-28 09:30"}, // 366 days: "365 days" is wrong
		{RetentionTerm{1, Years}, "2023-03-01 09:30", "2024-03-01 09:30"}, // over a leap day
		{RetentionTerm{2, Years}, "2025-12-31 23:59", "2027-12-31 23:59"},
		{RetentionTerm{4, Weeks}, "2026-02-20 10:00", "2026-03-20 10:00"},
		{RetentionTerm{1, Months}, "2026-01-31 10:00", "2026-02-28 10:00"},
		{RetentionTerm{18, Months}, "2026-08-31 10:00", "2028-02-29 10:00"},
	} {
		if got := c.term.End(day(t, c.last)); !got.Equal(day(t, c.end)) {
			t.Errorf("%s from %s ends on %s, want %s", c.term, c.last, got, c.end)
		}
	}
}

// The clock's change in spring and autumn doesn't move the hour of the wall.
func TestTerm_Zone(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Skip("no time zones here:", err)
	}
	last := time.Date(2025, 3, 30, 12, 0, 0, 0, zone) // summer time began that day; in 2026 a day earlier
	if got := (RetentionTerm{1, Years}).End(last); got.In(zone).Hour() != 12 || got.In(zone).Day() != 30 {
		t.Errorf("leaves on %s", got)
	}
}

// Whatever is over by a term began before Latest, so that an index finds it.
func TestTerm_Latest(t *testing.T) {
	for _, term := range []RetentionTerm{{4, Weeks}, {1, Months}, {1, Years}, {2, Years}} {
		for d := range 366 * 5 {
			began := day(t, "2023-01-01 15:00").AddDate(0, 0, d)
			if over := term.End(began); !began.Before(term.Latest(over)) {
				t.Fatalf("%s from %s is over on %s, and Latest is %s", term, began, over, term.Latest(over))
			}
		}
	}
}

func TestSchedule(t *testing.T) {
	now := day(t, "2026-11-22 13:00")
	old, applied := day(t, "2024-01-10 09:00"), Ground{Recruitment, Interest}
	delivery := Ground{Delivery, Contract}
	for name, c := range map[string]struct {
		k    Keeping
		rule RuleKey
		on   string
		held HeldBy
	}{
		"a lead":                         {Keeping{Status: Lead, Contact: old, Grounds: []Ground{{Quotes, Contract}}}, RuleLead, "2025-01-10 09:00", ""},
		"a customer":                     {Keeping{Status: Client, Contact: old, Grounds: []Ground{delivery}}, RuleCustomer, "2026-01-10 09:00", ""},
		"nothing that it stands on":      {Keeping{Status: Former, Contact: old}, RuleFormer, "2026-01-10 09:00", ""},
		"an applicant":                   {Keeping{Status: Lead, Contact: old, Procedure: day(t, "2026-09-01 00:00"), Grounds: []Ground{applied}}, RuleApplicant, "2026-09-29 00:00", ""},
		"an applicant who consented":     {Keeping{Status: Lead, Contact: old, Procedure: day(t, "2026-09-01 00:00"), Grounds: []Ground{{Recruitment, Consent}}}, RulePool, "2027-09-01 00:00", ""},
		"an applicant who is waited for": {Keeping{Status: Lead, Contact: old, Grounds: []Ground{applied}}, RuleApplicant, "", ""},
		"an applicant who is a customer": {Keeping{Status: Client, Contact: now, Procedure: old, Grounds: []Ground{applied, delivery}}, RuleCustomer, "2028-11-22 13:00", ""},
		"a legal hold":                   {Keeping{Status: Client, Contact: old, Hold: day(t, "2026-11-22 00:00"), Still: true}, RuleCustomer, "2026-01-10 09:00", HeldLegally},
		"a hold that ended yesterday":    {Keeping{Status: Client, Contact: old, Hold: day(t, "2026-11-21 00:00")}, RuleCustomer, "2026-01-10 09:00", ""},
		"restricted":                     {Keeping{Status: Client, Contact: old, Still: true}, RuleCustomer, "2026-01-10 09:00", HeldStill},
		"an unpaid invoice":              {Keeping{Status: Client, Contact: old, Unpaid: true}, RuleCustomer, "2026-01-10 09:00", HeldUnpaid},
		"a reason to keep it":            {Keeping{Status: Client, Contact: old, Keep: now, OpenDeal: true}, RuleCustomer, "2026-01-10 09:00", HeldLonger},
		"a request that is open":         {Keeping{Status: Client, Contact: old, Asked: true}, RuleCustomer, "2026-01-10 09:00", HeldRequest},
		"a deal that is open":            {Keeping{Status: Client, Contact: old, OpenDeal: true}, RuleCustomer, "2026-01-10 09:00", HeldDeal},
	} {
		l := approved().Leaves(c.k, now)
		if l.Rule != c.rule || c.on == "" && !l.On.IsZero() || c.on != "" && !l.On.Equal(day(t, c.on)) || l.Held != c.held {
			t.Errorf("%s: %+v, want rule %s, %s, held by %q", name, l, c.rule, c.on, c.held)
		}
		if want := c.held == "" && c.on != "" && !day(t, c.on).After(now); l.Due(now) != want {
			t.Errorf("%s: due %v", name, l.Due(now))
		}
	}
}

// A rule takes nothing before a person agreed to it; a change that waits takes
// nothing that the old rule keeps, nor what itself would keep.
func TestSchedule_change(t *testing.T) {
	now, k := day(t, "2026-11-22 13:00"), Keeping{Status: Lead, Contact: day(t, "2025-01-01 00:00")}
	if DefaultSchedule().Leaves(k, now).Due(now) {
		t.Error("the default takes somebody before anybody agreed to it")
	}
	s := approved()
	if !s.Leaves(k, now).Due(now) {
		t.Fatal("the control: agreed to, it takes nobody")
	}
	for _, next := range []RetentionTerm{{2, Years}, {1, Weeks}} {
		s[0].Next = next
		if got, want := s.Leaves(k, now).Due(now), next.N == 1; got != want {
			t.Errorf("while %s waits, due is %v", next, got)
		}
	}
	s[0].Next = RetentionTerm{1, Weeks}
	k.Contact = now.AddDate(0, -1, 0)
	if s.Leaves(k, now).Due(now) {
		t.Error("a change that waits takes what the rule keeps")
	}
}

// Over random records, nothing goes that any rule or hold keeps: said a second
// time, ground by ground, without the schedule's own arithmetic.
func TestSchedule_property(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	s, now := approved(), day(t, "2026-11-22 13:00")
	grounds := []Ground{{Delivery, Contract}, {Recruitment, Interest}, {Recruitment, Consent}, {Quotes, Contract}}
	some := func() time.Time {
		if r.IntN(3) == 0 {
			return time.Time{}
		}
		return now.AddDate(0, 0, 200-r.IntN(1200))
	}
	due := 0
	for range 50_000 {
		k := Keeping{Status: Statuses[r.IntN(3)], Contact: now.AddDate(0, 0, -r.IntN(1200)), Contract: some(), Procedure: some(), Still: r.IntN(8) == 0, Unpaid: r.IntN(8) == 0, OpenDeal: r.IntN(8) == 0}
		if r.IntN(4) == 0 {
			k.Hold = some()
		}
		if r.IntN(4) == 0 {
			k.Keep = some()
		}
		for range r.IntN(3) {
			k.Grounds = append(k.Grounds, grounds[r.IntN(len(grounds))])
		}
		if !s.Leaves(k, now).Due(now) {
			continue
		}
		due++
		if why := keeps(k, now); why != "" {
			t.Fatalf("%+v goes, but %s", k, why)
		}
	}
	if due < 1000 {
		t.Errorf("only %d were due: the draws say nothing", due)
	}
}

// keeps is why a record is to stay, worked out by days.
func keeps(k Keeping, now time.Time) string {
	day := 24 * time.Hour
	over := func(since time.Time, days int) bool {
		return !since.IsZero() && now.Sub(since) >= time.Duration(days)*day
	}
	switch {
	case k.Hold.Add(day).After(now), k.Keep.Add(day).After(now), k.Still, k.Unpaid, k.OpenDeal:
		return "something holds it"
	}
	for _, g := range k.Grounds {
		if g.Purpose == Recruitment && (g.Basis == Consent && !over(k.Procedure, 365) || g.Basis != Consent && !over(k.Procedure, 28)) {
			return "the procedure was not over long enough"
		}
		if g.Purpose != Recruitment && (k.Status == Lead && !over(k.Contact, 365) || k.Status != Lead && !over(k.Contact, 730)) {
			return "there was contact"
		}
	}
	return ""
}

func TestParseRetentionTerm(t *testing.T) {
	for in, want := range map[string]RetentionTerm{"2 years": {2, Years}, "4 weken": {4, Weeks}, " 18 maanden ": {18, Months}, "1 jaar": {1, Years}} {
		if got, err := ParseRetentionTerm(in); err != nil || got != want {
			t.Errorf("%q: %v, %v", in, got, err)
		}
	}
	for _, in := range []string{"", "years", "0 years", "-1 year", "2", "2 days", "9999 years"} {
		if _, err := ParseRetentionTerm(in); KindOf(err) != Invalid {
			t.Errorf("%q was taken: %v", in, err)
		}
	}
}

func day(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}
