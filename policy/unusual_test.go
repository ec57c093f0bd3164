package policy

import (
	"slices"
	"testing"
)

func hours(n int, v Viewing) []Viewing { return slices.Repeat([]Viewing{v}, n) }

func TestMeasureViewing(t *testing.T) {
	for _, c := range []struct {
		name    string
		past    []Viewing
		usual   int
		bar     int
		crawled Viewing
		unusual bool
	}{
		{"nobody knows", nil, 0, 100, Viewing{Opened: 101}, true},
		{"at the floor", nil, 0, 100, Viewing{Opened: 100}, false},
		{"quiet", hours(200, Viewing{Opened: 5}), 5, 100, Viewing{Opened: 60}, false},
		{"busy", hours(200, Viewing{Opened: 80}), 80, 160, Viewing{Opened: 150}, false},
		{"busy, and more than twice", hours(200, Viewing{Opened: 80}), 80, 160, Viewing{Opened: 161}, true},
		{"lists weigh little", nil, 0, 100, Viewing{Opened: 40, Listed: 900}, false},
		{"paging through all", nil, 0, 100, Viewing{Listed: 10_000}, true},
		// What 1 hour in 20 may exceed can't be raised by an hour now and then.
		{"rare peaks", append(hours(96, Viewing{Opened: 10}), hours(4, Viewing{Opened: 5000})...), 10, 100, Viewing{Opened: 500}, true},
	} {
		m := MeasureViewing(c.past, false, 100)
		if m.Usual != c.usual || m.Bar != c.bar || m.Unusual(c.crawled) != c.unusual {
			t.Errorf("%s: %+v, %d is unusual: %t", c.name, m, c.crawled.Score(), m.Unusual(c.crawled))
		}
	}
	if !Newcomer(39) || Newcomer(40) {
		t.Error("40 busy hours make a past of one's own")
	}
}
