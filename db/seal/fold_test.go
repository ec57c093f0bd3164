package seal

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Müller": "muller", "MULLER": "muller", "Ĳsselstein": "ijsselstein", "IJsselstein": "ijsselstein",
		"Straße": "strasse", "STRASSE": "strasse", "Søren Ærø": "soren aero", "Łukasz Đorđević": "lukasz dordevic",
		"Coëlho": "coelho", "Şahin İpek": "sahin ipek", "d’Hondt": "dhondt", "D'Hondt": "dhondt", "D´Hondt": "dhondt", "D`Hondt": "dhondt",
		"Jansen & Zn., B.V.": "jansen zn bv", "J.P. Coen": "jp coen", "j.jansen": "j jansen", "  a--b  ": "a b",
		"Van 't Hof": "van t hof", "Meijer": "meijer", "Meyer": "meyer", "ＷＩＤＥ": "wide", "ﬁets": "fiets",
		"Иванов": "иванов", "李小龍": "李小龍", "": "", "...": "", "\xff": "", "a\xffb": "a b",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestWords(t *testing.T) {
	for in, want := range map[string][]string{
		"Joris van den Berg":         {"joris", "berg"},
		"Van Dam":                    {"dam"},
		"van":                        {"van"},
		"van de":                     {"van", "de"},
		"Anna van 't Hof":            {"anna", "hof"},
		"anna van t hof":             {"anna", "hof"},
		"Eva ter Horst-de Vries":     {"eva", "horst", "vries"},
		"Luc d'Hondt":                {"luc", "dhondt", "hondt"},
		"O’Neill":                    {"oneill", "neill"},
		"auto's":                     {"autos"},
		"'s-Gravenhage":              {"gravenhage"},
		"Jan.de.Vries+x@Example.org": {"jan", "vries", "x", "example", "org"},
		"Bakker B.V.":                {"bakker", "bv"},
		"Studio 54":                  {"studio", "54"},
		"":                           {},
	} {
		if diff := cmp.Diff(want, Words(in)); diff != "" {
			t.Errorf("Words(%q) (-want +got):\n%s", in, diff)
		}
	}
}

func TestPrefixes(t *testing.T) {
	for in, want := range map[string][]string{
		"berg":    {"b", "be", "ber", "berg"},
		"jansen":  {"j", "ja", "jan", "jans", "janse", "jansen"},
		"jansens": {"j", "ja", "jan", "jans", "janse", "jansen"},
		"иван":    {"и", "ив", "ива", "иван"},
		"":        {},
	} {
		if diff := cmp.Diff(want, Prefixes(in)); diff != "" {
			t.Errorf("Prefixes(%q) (-want +got):\n%s", in, diff)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Zoë van 't Hof-Ĳsselstein", "d´Hondt B.V.", "\xff\u0301", "İı½№"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Fold(s)
		switch {
		case !utf8.ValidString(got), strings.Contains(got, "  "), strings.TrimSpace(got) != got:
			t.Errorf("Fold(%q) = %q is not words a space apart", s, got)
		case Fold(got) != got:
			t.Errorf("Fold(%q) = %q folds on to %q", s, got, Fold(got))
		case utf8.ValidString(s) && Fold(norm.NFC.String(s)) != Fold(norm.NFD.String(s)):
			t.Errorf("Fold(%q) differs between NFC and NFD", s)
		}
		for _, w := range Words(s) {
			if w == "" || strings.ContainsAny(w, " '") {
				t.Errorf("Words(%q) has %q", s, w)
			}
		}
	})
}

func BenchmarkWords(b *testing.B) {
	for _, s := range []string{"Joris van den Berg", "Zoë Müller", "jan.jansen@example.nl"} {
		b.Run(s, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Words(s)
			}
		})
	}
}
