package policy

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)

func ago(days int) time.Time { return noon.AddDate(0, 0, -days) }

func did(p Purpose, k ConsentKind, daysAgo int) ConsentEvent {
	e := ConsentEvent{ID: int64(10_000 - daysAgo), Purpose: p, Kind: k, At: ago(daysAgo)}
	rules, err := FindPurpose(Purposes, p)
	e.Marketing = err == nil && rules.Marketing
	if k == Asked {
		e.Until = e.At.Add(OptinLife)
	}
	return e
}

func rulesOf(t *testing.T, p Purpose) PurposeRules {
	t.Helper()
	rules, err := FindPurpose(Purposes, p)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// TestMayUse goes through the rules of law: each line is left out for its own
// reason, and the line above it shows that nothing else was in the way.
func TestMayUse(t *testing.T) {
	yes := []Ground{{Newsletter, Consent}}
	soft := []Ground{{Marketing, Interest}}
	for _, c := range []struct {
		name string
		s    Standing
		p    Purpose
		m    Means
		want Why
	}{
		{"proven consent", Standing{Grounds: yes, Events: []ConsentEvent{did(Newsletter, Given, 30)}}, Newsletter, ByMail, ""},
		{"one yes never covers two purposes", Standing{Grounds: yes, Events: []ConsentEvent{did(Newsletter, Given, 30)}}, Marketing, ByMail, WhyNoBasis},
		{"nor with a ground claimed for the other", Standing{Grounds: []Ground{{Marketing, Consent}}, Events: []ConsentEvent{did(Newsletter, Given, 30)}}, Marketing, ByMail, WhyUnproven},
		{"by mail is not by phone", Standing{Grounds: yes, Events: []ConsentEvent{did(Newsletter, Given, 30)}}, Newsletter, ByPhone, WhyMeans},
		{"a ground without an event", Standing{Grounds: yes}, Newsletter, ByMail, WhyUnproven},
		{"an event whose ground was taken off", Standing{Events: []ConsentEvent{did(Newsletter, Given, 30)}}, Newsletter, ByMail, WhyNoBasis},
		{"withdrawn", Standing{Grounds: yes, Events: []ConsentEvent{did(Newsletter, Given, 30), did(Newsletter, Withdrawn, 0)}}, Newsletter, ByMail, WhyWithdrawn},
		{"given again", Standing{Grounds: yes, Events: []ConsentEvent{did(Newsletter, Given, 30), did(Newsletter, Withdrawn, 20), did(Newsletter, Given, 10)}}, Newsletter, ByMail, ""},
		{"given and withdrawn at once", Standing{Grounds: yes, Events: []ConsentEvent{did(Newsletter, Withdrawn, 5), did(Newsletter, Given, 5)}}, Newsletter, ByMail, WhyWithdrawn},
		{"pending", Standing{Grounds: yes, Events: []ConsentEvent{did(Newsletter, Asked, 1)}}, Newsletter, ByMail, WhyPending},
		{"pending ran out", Standing{Grounds: yes, Events: []ConsentEvent{did(Newsletter, Asked, 8)}}, Newsletter, ByMail, WhyUnproven},
		{"on its last day", Standing{Grounds: yes, Events: []ConsentEvent{did(Newsletter, Given, 729)}}, Newsletter, ByMail, ""},
		{"too old", Standing{Grounds: yes, Events: []ConsentEvent{did(Newsletter, Given, 731)}}, Newsletter, ByMail, WhyTooOld},
		{"objected", Standing{Grounds: yes, Events: []ConsentEvent{did(Newsletter, Given, 30), did(Newsletter, Objected, 1)}}, Newsletter, ByMail, WhyObjected},
		{"objection to one marketing is to all", Standing{Grounds: yes, Events: []ConsentEvent{did(Newsletter, Given, 30), did(Calling, Objected, 1)}}, Newsletter, ByMail, WhyObjected},
		{"but not to delivery", Standing{Grounds: []Ground{{Delivery, Contract}}, Events: []ConsentEvent{did(Calling, Objected, 1)}}, Delivery, ByMail, ""},
		{"no yes ends an objection", Standing{Grounds: yes, Events: []ConsentEvent{did(Calling, Objected, 9), did(Newsletter, Given, 1)}}, Newsletter, ByMail, WhyObjected},
		{"taken back", Standing{Grounds: yes, Events: []ConsentEvent{did(Calling, Objected, 9), did(Calling, Lifted, 2), did(Newsletter, Given, 1)}}, Newsletter, ByMail, ""},
		{"soft opt-in", Standing{Sold: true, Grounds: soft, Events: []ConsentEvent{did(Marketing, Offered, 9)}}, Marketing, ByMail, ""},
		{"soft opt-in without the offer", Standing{Sold: true, Grounds: soft}, Marketing, ByMail, WhyNoOptOut},
		{"soft opt-in without a sale", Standing{Grounds: soft, Events: []ConsentEvent{did(Marketing, Offered, 9)}}, Marketing, ByMail, WhyNoSale},
		{"soft opt-in, opted out", Standing{Sold: true, Grounds: soft, Events: []ConsentEvent{did(Marketing, Offered, 9), did(Marketing, Withdrawn, 8), did(Marketing, Offered, 7)}}, Marketing, ByMail, WhyWithdrawn},
		{"the newsletter knows no soft opt-in", Standing{Sold: true, Grounds: []Ground{{Newsletter, Interest}}, Events: []ConsentEvent{did(Newsletter, Offered, 9)}}, Newsletter, ByMail, WhyNoBasis},
		{"marketing on a contract", Standing{Sold: true, Grounds: []Ground{{Marketing, Contract}}}, Marketing, ByMail, WhyNoBasis},
		{"restricted", Standing{Restricted: true, Grounds: []Ground{{Delivery, Contract}}}, Delivery, "", WhyRestricted},
		{"suppressed", Standing{Suppressed: true, Grounds: yes, Events: []ConsentEvent{did(Newsletter, Given, 30)}}, Newsletter, ByMail, WhySuppressed},
	} {
		got := Why("")
		if b := MayUse(c.s, rulesOf(t, c.p), c.m, noon); b != nil {
			got = b.Why
			if b.Law().Key == "" || b.Message().Key == "" {
				t.Errorf("%s: %q has no sentence or article", c.name, got)
			}
		}
		if got != c.want {
			t.Errorf("%s: left out for %q, want %q", c.name, got, c.want)
		}
	}
	retired := rulesOf(t, Delivery)
	retired.Retired = true
	if b := MayUse(Standing{Grounds: []Ground{{Delivery, Contract}}}, retired, "", noon); b == nil || b.Why != WhyRetired {
		t.Errorf("a purpose out of use: %v", b)
	}
}

// TestStateOn_anyDate: over random histories, what the replay says of a date is
// what somebody would have been told who asked on that date, whatever came later
// and in whichever order it was written down.
func TestStateOn_anyDate(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	names := []Purpose{Marketing, Calling, Newsletter, Relationship}
	for range 3000 {
		var events []ConsentEvent
		for range r.IntN(12) {
			events = append(events, did(names[r.IntN(len(names))], ConsentKinds[r.IntN(len(ConsentKinds))], r.IntN(60)))
		}
		day := ago(r.IntN(60))
		then := slices.DeleteFunc(slices.Clone(events), func(e ConsentEvent) bool { return e.At.After(day) })
		r.Shuffle(len(then), func(i, j int) { then[i], then[j] = then[j], then[i] })
		for _, name := range names {
			p := rulesOf(t, name)
			was, is := StateOn(then, name, p.Marketing, day), StateOn(events, name, p.Marketing, day)
			if was.Is != is.Is || !was.Since.Equal(is.Since) || !was.Objected.Equal(is.Objected) {
				t.Fatalf("%s on %s: %+v, then %+v, of %+v", name, day, is, was, events)
			}
			if !is.Objected.IsZero() || is.Is == Withdrawn {
				s := Standing{Sold: true, Grounds: []Ground{{name, Consent}}, Events: events}
				if MayUse(s, p, "", day) == nil {
					t.Fatalf("%s may be used on %s after %+v", name, day, is)
				}
			}
		}
	}
}

func TestPurposeRules_Check(t *testing.T) {
	for _, p := range Purposes {
		if err := p.Check(); err != nil {
			t.Errorf("%s: %v", p.Name, err)
		}
	}
	for field, spoil := range map[string]func(*PurposeRules){
		"bases":          func(p *PurposeRules) { p.Bases = append(p.Bases, Interest) },
		"means":          func(p *PurposeRules) { p.Means = nil },
		"wording":        func(p *PurposeRules) { p.Wording = Both{} },
		"title":          func(p *PurposeRules) { p.Title.NL = both("a\nb", "").NL },
		"purpose":        func(p *PurposeRules) { p.Name = "Nieuws Brief" },
		"consent_months": func(p *PurposeRules) { p.ConsentMonths = -1 },
		"soft":           func(p *PurposeRules) { p.Marketing, p.Soft = false, true },
	} {
		p := rulesOf(t, Newsletter)
		spoil(&p)
		err, _ := p.Check().(*Error)
		if err == nil || err.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}
