package db

import (
	"testing"
	"time"

	"balie/policy"
)

// A row stands for an open screen during an hour, for one session and reason.
func TestShown(t *testing.T) {
	var s shown
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	a := policy.Actor{ID: 1, Session: "s"}
	e := Entry{Act: policy.CustomerList, Subjects: []int64{5, 6}}
	s.add(a, e, now)
	for name, c := range map[string]struct {
		actor policy.Actor
		entry Entry
		later time.Duration
		want  bool
	}{
		"the same":          {a.Looking(), e, time.Minute, true},
		"fewer":             {a.Looking(), Entry{Act: e.Act, Subjects: []int64{6}}, time.Minute, true},
		"one's own doing":   {a, e, time.Minute, false},
		"somebody new":      {a.Looking(), Entry{Act: e.Act, Subjects: []int64{6, 7}}, time.Minute, false},
		"an hour later":     {a.Looking(), e, time.Hour, false},
		"nobody, later":     {a.Looking(), Entry{Act: e.Act}, time.Hour, false},
		"another screen":    {a.Looking(), Entry{Act: e.Act, Ref: 9, Subjects: []int64{6}}, time.Minute, false},
		"another act":       {a.Looking(), Entry{Act: policy.CustomerView, Subjects: []int64{6}}, time.Minute, false},
		"a change":          {a.Looking(), Entry{Act: policy.CustomerUpdate, Subjects: []int64{6}}, time.Minute, false},
		"a refusal":         {a.Looking(), Entry{Act: e.Act, Refused: true}, time.Minute, false},
		"without a session": {policy.Actor{ID: 1}.Looking(), e, time.Minute, false},
	} {
		if got := s.covers(c.actor, c.entry, now.Add(c.later)); got != c.want {
			t.Errorf("%s: covered %v, want %v", name, got, c.want)
		}
	}
	for n := range mostScreens { // and what a session looks at is bounded
		s.add(a, Entry{Act: policy.CustomerView, Ref: int64(n)}, now)
	}
	if s.covers(a.Looking(), e, now) || len(s.sessions["s"]) > mostScreens {
		t.Errorf("%d screens are remembered", len(s.sessions["s"]))
	}
}
