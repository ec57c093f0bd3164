package policy

import "testing"

// TestAlarms: a name is looked at for its numbers only, and what stood there
// before is not asked about again, in other letters neither.
func TestAlarms(t *testing.T) {
	free := func(s string) []Said { return []Said{{Field: "note", Text: s}} }
	for _, c := range []struct {
		now, before []Said
		want        int
	}{
		{free("belt liever"), nil, 0},
		{free("is zwanger"), nil, 1},
		{free("is zwanger, zwanger"), nil, 1},
		{free("BSN 123456782, zwanger"), nil, 2},
		{free("Zwanger, en moe"), free("is zwanger"), 0},
		{free("zwanger, hernia"), free("is zwanger"), 1},
		{[]Said{{Text: "Ziekenhuis", Name: true}}, nil, 0},
		{[]Said{{Text: "Jansen 123456782", Name: true}}, nil, 1},
	} {
		if got := Alarms(c.now, c.before); len(got) != c.want {
			t.Errorf("%v after %v: %+v", c.now, c.before, got)
		}
	}
}

// TestDangerKinds: each kind has its words, and its law.
func TestDangerKinds(t *testing.T) {
	for kind := range dangerTerms {
		if kind.Words().Key == "" || kind.Law().Key == "" {
			t.Errorf("%s has no words", kind)
		}
	}
}
