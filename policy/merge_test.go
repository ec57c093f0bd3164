package policy

import (
	"testing"
	"time"
)

func TestStillNo(t *testing.T) {
	at := func(day int) time.Time { return time.Date(2026, 1, day, 0, 0, 0, 0, time.UTC) }
	event := func(kind ConsentKind, day int) ConsentEvent {
		return ConsentEvent{ID: int64(day), Purpose: Newsletter, Kind: kind, At: at(day), Marketing: true}
	}
	for name, c := range map[string]struct {
		a, b []ConsentEvent
		want string
	}{
		"nothing":                          {nil, nil, ""},
		"both yes":                         {[]ConsentEvent{event(Given, 1)}, []ConsentEvent{event(Given, 2)}, ""},
		"withdrawn, then given elsewhere":  {[]ConsentEvent{event(Given, 1), event(Withdrawn, 2)}, []ConsentEvent{event(Given, 3)}, "withdrawn"},
		"given, withdrawn later elsewhere": {[]ConsentEvent{event(Given, 1)}, []ConsentEvent{event(Withdrawn, 2)}, ""},
		"withdrawn and given again":        {[]ConsentEvent{event(Withdrawn, 1), event(Given, 2)}, nil, ""},
		"objected, lifted elsewhere":       {[]ConsentEvent{event(Objected, 1)}, []ConsentEvent{event(Objected, 2), event(Lifted, 3)}, "objected"},
		"objected, given elsewhere":        {[]ConsentEvent{event(Objected, 1)}, []ConsentEvent{event(Given, 3)}, ""},
	} {
		for _, sides := range [][2][]ConsentEvent{{c.a, c.b}, {c.b, c.a}} {
			got := ""
			for _, e := range StillNo(sides[0], sides[1], at(9)) {
				got += string(e.Kind)
			}
			if got != c.want {
				t.Errorf("%s: %q, want %q", name, got, c.want)
			}
		}
	}
}
