package sample

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"balie/db"
	"balie/ops"
	"balie/policy"
)

var now = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func customers(n int) (all []*db.New) {
	for c := range New(1, now, []int32{1, 2, 3}).Cases(n) {
		if c.Company != nil {
			all = append(all, c.Company)
		}
		all = append(all, c.People...)
	}
	return all
}

// What the generator makes passes every check of a form unchanged: it goes past
// them into the database.
func TestCases_WellFormed(t *testing.T) {
	for _, c := range customers(5000) {
		was := *c
		if err := ops.CheckCustomer(&c.Customer, "NL"); err != nil {
			t.Fatalf("%v: %+v", err, c.Customer)
		}
		if c.KvK != was.KvK || c.VAT != was.VAT || c.Address != was.Address || c.Website != was.Website {
			t.Fatalf("the check changes %+v to %+v", was, c.Customer)
		}
	}
}

func TestCases_Deterministic(t *testing.T) {
	opt := cmp.Comparer(func(a, b db.New) bool {
		return a.Name() == b.Name() && a.Request == b.Request && a.Body.Address == b.Body.Address && a.LastActivity.Equal(b.LastActivity)
	})
	if diff := cmp.Diff(customers(500), customers(500), opt); diff != "" {
		t.Error(diff)
	}
}

func TestCases_Count(t *testing.T) {
	for _, n := range []int{0, 1, 2, 7, 1000} {
		if got := len(customers(n)); got != n {
			t.Errorf("%d customers, want %d", got, n)
		}
	}
}

// Nobody real is ever mailed.
func TestCases_ReservedDomains(t *testing.T) {
	for _, c := range customers(5000) {
		for _, m := range c.Mails {
			if !strings.HasSuffix(m.Value.String(), ".example") {
				t.Fatalf("%s is in a domain that may exist", m.Value)
			}
		}
	}
}

// The shape of the firm: what lists, filters and searches meet.
func TestCases_Shape(t *testing.T) {
	const n = 10_000
	seen := map[string]int{}
	names := map[string]int{}
	for _, c := range customers(n) {
		seen[c.Kind.String()]++
		seen[c.Status.String()]++
		seen[c.Address.Country.String()]++
		seen["lang "+c.Language.String()]++
		if len(c.Companies) > 0 {
			seen["at a company"]++
		}
		if c.LastActivity.After(now) || c.LastActivity.Before(now.AddDate(-3, 0, -1)) {
			t.Fatalf("last activity %v", c.LastActivity)
		}
		if c.Kind == policy.Person {
			names[c.Family.String()]++
		}
	}
	for what, share := range map[string][2]float64{
		"company": {.15, .35}, "at a company": {.25, .5}, "lead": {.15, .35}, "former": {.1, .25},
		"BE": {.2, .3}, "lang fr": {.05, .15},
	} {
		if got := float64(seen[what]) / n; got < share[0] || got > share[1] {
			t.Errorf("%s: %.2f of all, want %v", what, got, share)
		}
	}
	common := 0
	for _, count := range names {
		common = max(common, count)
	}
	if len(names) < 800 || common < 100 {
		t.Errorf("%d family names, the commonest %d times: too even or too few", len(names), common)
	}
}

func BenchmarkCases(b *testing.B) {
	made := 0
	for c := range New(1, now, []int32{1, 2, 3}).Cases(-1) {
		if made += c.Size(); made >= b.N {
			break
		}
	}
}
