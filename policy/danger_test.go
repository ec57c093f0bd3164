package policy

import (
	"bufio"
	"os"
	"strings"
	"testing"
)

// TestFindDangers measures the guard on the labelled set: how many of the texts
// that hold something it finds, and at how many harmless ones it cries.
func TestFindDangers(t *testing.T) {
	var bad, hit, good, alarm int
	for kind, text := range labelled(t) {
		found := FindDangers(text)
		switch right := len(found) > 0 && (kind == "-" || hasKind(found, DangerKind(kind))); {
		case kind == "-":
			if good++; right {
				alarm++
				t.Logf("false alarm %v: %s", found, text)
			}
		case right:
			bad, hit = bad+1, hit+1
		default:
			bad++
			t.Logf("missed %s: %s", kind, text)
		}
	}
	t.Logf("found %d of %d; %d false alarms in %d harmless texts", hit, bad, alarm, good)
	if hit*100 < 90*bad || alarm*100 > 5*good {
		t.Errorf("found %d of %d (at least 90%% asked), %d false alarms in %d (at most 5%%)", hit, bad, alarm, good)
	}
}

func hasKind(found []Danger, kind DangerKind) bool {
	for _, d := range found {
		if d.Kind == kind {
			return true
		}
	}
	return false
}

// labelled gives kind and text of each line of the set.
func labelled(t *testing.T) func(func(string, string) bool) {
	f, err := os.Open("testdata/danger.txt")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return func(yield func(string, string) bool) {
		for lines := bufio.NewScanner(f); lines.Scan(); {
			kind, text, ok := strings.Cut(lines.Text(), "\t")
			if ok && !yield(kind, text) {
				return
			}
		}
	}
}

// FuzzFindDangers: any text, and places within it.
func FuzzFindDangers(f *testing.F) {
	f.Add("BSN 123456782, kanker, 4111 1111 1111 1111")
	f.Fuzz(func(t *testing.T, text string) {
		for _, d := range FindDangers(text) {
			if d.Start < 0 || d.End > len(text) || d.Start >= d.End || d.Kind.Law().Key == "" {
				t.Errorf("%+v in %q", d, text)
			}
		}
	})
}
