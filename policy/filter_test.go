package policy_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"balie/policy"
)

func TestParseFilter(t *testing.T) {
	for _, c := range []struct {
		list       policy.List
		line, want string // as it is said again, or what is wrong
	}{
		{policy.ContactList, "status=lead tag=nl activity<6mo city=Gent", "status=lead tag=nl activity<6mo city=Gent"},
		{policy.ContactList, "STATUS=klant en label!=nl,vip  plaats~gent", "status=customer tag!=nl,vip city~gent"},
		{policy.ContactList, `stad="Den Haag" bron~'de "Fair"' /van dam = x`, `city="Den Haag" source~'de "Fair"' /van dam = x`},
		{policy.ContactList, "mail=ja telefoon=nee city=leeg website!=leeg", "mail=yes phone=empty city=empty website=yes"},
		{policy.ContactList, `city="nee" restricted=ja`, `city="nee" restricted=yes`},
		{policy.ContactList, "grondslag=toestemming doel=marketing", "basis=consent purpose=marketing"},
		{policy.ContactList, "created=2026-01..dit-kwartaal sort=activiteit", "created=2026-01..dit-kwartaal sort=activity"},
		{policy.ContactList, "import=12 id=3,4 import=no", "import=12 id=3,4 import=empty"},
		{policy.DealsList, "value>=1.234,50 expected=+30d closed=empty sort=-waarde", `value>="1.234,50" expected=+30d closed=empty sort=-value`},
		{policy.TasksList, "prioriteit=hoog voor<=morgen wie=ik", "priority=high due<=morgen assignee=ik"},
		{policy.InvoicesList, "status=te-laat totaal=100..200", "state=overdue total=100..200"},
		{policy.InvoicesList, "sort=total", "can't be ordered"},
		{policy.ContactList, "sort=-name", "can't be ordered"},
		{policy.ContactList, "status=leed", "use customer, former, lead"},
		{policy.ContactList, "colour=red", "no field"},
		{policy.ContactList, "red", "no condition"},
		{policy.ContactList, "city>gent", "can't be compared"},
		{policy.ContactList, "activity=soon", "is no time"},
		{policy.ContactList, "activity=2026-13", "is no time"},
		{policy.ContactList, "created=2026-05..2026-01", "ends before"},
		{policy.ContactList, "created=..", "neither"},
		{policy.ContactList, "created<today,tomorrow", "takes one value"},
		{policy.ContactList, `city="gent`, "has no end"},
		{policy.ContactList, "city=gent,", "lacks a value"},
		{policy.ContactList, strings.Repeat("city=gent ", 25), "too much"},
		{policy.ContactList, strings.Repeat("city=gent ", 200), "too long"},
		{policy.ContactList, "id=x", "whole number"},
		{policy.DealsList, "value>much", "no amount"},
	} {
		f, err := policy.ParseFilter(c.list, c.line)
		got := f.String()
		if err != nil {
			if got = err.Error(); policy.KindOf(err) == policy.Invalid && strings.Contains(got, c.want) {
				continue
			}
		}
		if got != c.want {
			t.Errorf("%s %q: got %q, want %q", c.list, c.line, got, c.want)
		}
		again, err := policy.ParseFilter(c.list, got)
		if d := cmp.Diff(f, again); err != nil || d != "" {
			t.Errorf("%q isn't read as it is said: %v %s", got, err, d)
		}
	}
}

// What a filter says is what it is, whatever one writes between quotes.
func TestParseFilter_Random(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	signs := []string{"=", "!=", "~", "<", ">=", " ", "/", "'", `"`, ",", "city", "created", "6mo", "..", "no", "x", "é", "value"}
	for range 5000 {
		var line strings.Builder
		for range 1 + r.IntN(8) {
			line.WriteString(signs[r.IntN(len(signs))])
		}
		f, err := policy.ParseFilter(policy.ContactList, line.String())
		if err != nil {
			continue
		}
		again, err := policy.ParseFilter(policy.ContactList, f.String())
		if d := cmp.Diff(f, again); err != nil || d != "" {
			t.Fatalf("%q became %q: %v %s", line.String(), f.String(), err, d)
		}
	}
}

func TestCondition_Spans(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ now, term, want string }{
		{"2026-08-31 23:30", "created<6mo", "2026-02-28..2026-09-01"},  // there is no 31 February
		{"2028-08-31 00:30", "created>6mo", "..2028-02-29"},            // more than 6 months ago, in a leap year
		{"2026-03-31 12:00", "created=1mo", "2026-02-28..2026-04-01"},  // in the last month
		{"2026-12-31 12:00", "created=+2mo", "2026-12-31..2027-03-01"}, // in the coming two
		{"2026-05-31 12:00", "created=this-quarter", "2026-04-01..2026-07-01"},
		{"2026-01-01 00:10", "created=vorig-kwartaal", "2025-10-01..2026-01-01"},
		{"2026-01-01 00:10", "created=last-week", "2025-12-22..2025-12-29"},
		{"2026-11-22 08:00", "created=deze-week", "2026-11-16..2026-11-23"}, // a Sunday
		{"2026-12-15 08:00", "created=volgende-maand", "2027-01-01..2027-02-01"},
		{"2026-12-15 08:00", "created=this-year", "2026-01-01..2027-01-01"},
		{"2026-03-29 12:00", "created=last-30d", "2026-02-27..2026-03-30"},
		{"2026-03-29 12:00", "created=6mo..3mo", "2025-09-29..2025-12-30"},
		{"2026-03-29 12:00", "created=3mo..", "2025-12-29.."},
		{"2026-03-29 12:00", "created=..+1w", "..2026-04-06"},
		{"2026-03-29 12:00", "created<+7d", "..2026-04-05"},
		{"2026-03-29 12:00", "created>+7d", "2026-04-06.."},
		{"2026-03-29 12:00", "created<2026-05", "..2026-05-01"},
		{"2026-03-29 12:00", "created<=2026-05", "..2026-06-01"},
		{"2026-03-29 12:00", "created>2026-q2", "2026-07-01.."},
		{"2026-03-29 12:00", "created>=31-12-2025", "2025-12-31.."},
		{"2026-03-29 12:00", "created=gisteren", "2026-03-28..2026-03-29"},
	} {
		now, err := time.ParseInLocation("2006-01-02 15:04", c.now, zone)
		if err != nil {
			t.Fatal(err)
		}
		f, err := policy.ParseFilter(policy.ContactList, c.term)
		if err != nil {
			t.Error(err)
			continue
		}
		spans, err := f.Conditions[0].Spans(now)
		if err != nil || len(spans) != 1 {
			t.Errorf("%s: %v", c.term, err)
			continue
		}
		if got := dayOrNone(spans[0].Since) + ".." + dayOrNone(spans[0].Until); got != c.want {
			t.Errorf("%s at %s: got %s, want %s", c.term, c.now, got, c.want)
		}
	}
}

func dayOrNone(day time.Time) string {
	if day.IsZero() {
		return ""
	}
	return day.Format(time.DateOnly)
}

// A day begins and ends at midnight on the wall, also when it lasts 23 or 25
// hours.
func TestSpan_In(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Brussels")
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[string]time.Duration{"2026-03-29": 23 * time.Hour, "2026-10-25": 25 * time.Hour, "2026-10-26": 24 * time.Hour} {
		f, err := policy.ParseFilter(policy.ContactList, "activity="+day)
		if err != nil {
			t.Fatal(err)
		}
		spans, err := f.Conditions[0].Spans(time.Now())
		if err != nil {
			t.Fatal(err)
		}
		if s := spans[0].In(zone); s.Until.Sub(s.Since) != want || s.Since.Hour() != 0 {
			t.Errorf("%s lasts from %v to %v", day, s.Since, s.Until)
		}
	}
}
