package seal

import (
	"slices"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// accented are names of which a letter can be written as one rune or as a
// letter and a mark: 26 letters, both cases, twelve marks.
func accented() (names []string) {
	marks := []rune{0x300, 0x301, 0x302, 0x303, 0x304, 0x306, 0x307, 0x308, 0x30A, 0x30C, 0x327, 0x328}
	for letter := 'A'; letter <= 'z'; letter++ {
		for _, mark := range marks {
			name := "Ma" + string(letter) + string(mark) + "rten van 't Hof"
			if letter <= 'Z' || letter >= 'a' {
				if norm.NFC.String(name) != norm.NFD.String(name) {
					names = append(names, name)
				}
			}
		}
	}
	return append(names, "Nguyễn Thị Hồng", "한지민", "Ζωή Παπαδοπούλου", "Йосиф", "Şahin Öztürk")
}

// TestFold_oneSpelling: a name is found however the keyboard composed it
// (threat 29).
func TestFold_oneSpelling(t *testing.T) {
	names := accented()
	if len(names) < 200 {
		t.Errorf("only %d pairs", len(names))
	}
	for _, name := range names {
		one, apart := norm.NFC.String(name), norm.NFD.String(name)
		if one == apart {
			t.Fatalf("control: %q has one form", name)
		}
		if Fold(one) != Fold(apart) || !slices.Equal(Words(one), Words(apart)) {
			t.Errorf("%q and %q fold to %q and %q", one, apart, Fold(one), Fold(apart))
		}
	}
	t.Logf("%d pairs", len(names))
}

// TestFold_neverMerged: letters that only look alike make other names. People
// of two scripts must not become one customer.
func TestFold_neverMerged(t *testing.T) {
	for latin, like := range map[string]string{
		"Anna": "Аnna", "Jansen": "Јansen", "Peter": "Рeter", "Otto": "Οtto", "Xander": "Хander",
		"Clara": "C1ara", "Bob": "B0b", "Marn": "Mam", "Meijer": "Meyer", "Aart": "Art",
	} {
		if Fold(latin) == Fold(like) {
			t.Errorf("%q and %q are one", latin, like)
		}
	}
}
