package text

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"balie/policy/text/hostile"
)

func TestClean(t *testing.T) {
	const hole = "\ufffd"
	for _, c := range []struct{ name, in, line, block string }{
		{"plain", "Joris van den Berg", "Joris van den Berg", "Joris van den Berg"},
		{"accents", "Zoë Müller", "Zoë Müller", "Zoë Müller"},
		{"decomposed", "Zoe\u0308", "Zoe\u0308", "Zoe\u0308"},
		{"other scripts", "李小龍 Иван محمد สมชาย דָּוִד", "李小龍 Иван محمد สมชาย דָּוִד", "李小龍 Иван محمد สมชาย דָּוִד"},
		{"outer space", " \u00a0a \n", "a", " \u00a0a \n"},
		{"newline", "a\nb\r\nc\rd\te", "a b c d e", "a\nb\nc\nd\te"},
		{"emoji", "👨‍👩‍👧‍👦 🏳️‍🌈 👩🏽‍⚕️ 1️⃣ ❤️", "👨‍👩‍👧‍👦 🏳️‍🌈 👩🏽‍⚕️ 1️⃣ ❤️", "👨‍👩‍👧‍👦 🏳️‍🌈 👩🏽‍⚕️ 1️⃣ ❤️"},
		{"joiner between letters", "a\u200db", "a" + hole + "b", "a" + hole + "b"},
		{"joiner dangling", "👩\u200d", "👩" + hole, "👩" + hole},
		{"escape", "a\x1b[31mb", "a" + hole + "[31mb", "a" + hole + "[31mb"},
		{"a run is one", "a\x1b\x00\u202e\ufffdb", "a" + hole + "b", "a" + hole + "b"},
		{"C1 rune and byte", "\u009bm\x9bm", hole + "m" + hole + "m", hole + "m" + hole + "m"},
		{"half a rune", "a\xe2\x82", "a" + hole, "a" + hole},
		{"five marks", "e\u0301\u0301\u0301\u0301\u0301\u0301x", "e\u0301\u0301\u0301\u0301" + hole + "x", "e\u0301\u0301\u0301\u0301" + hole + "x"},
		{"mark without base", "\u0301a", hole + "a", hole + "a"},
		{"mark after space", " \u0301a", hole + "a", " " + hole + "a"},
		{"private use", "\ue0b0", hole, hole},
		{"empty", "", "", ""},
	} {
		if got := New(c.in).String(); got != c.line {
			t.Errorf("%s: New(%q) = %q, want %q", c.name, c.in, got, c.line)
		}
		if got := NewBlock(c.in).String(); got != c.block {
			t.Errorf("%s: NewBlock(%q) = %q, want %q", c.name, c.in, got, c.block)
		}
	}
}

func TestClean_Hostile(t *testing.T) {
	raw := 0 // the control: the raw corpus must trip the same check
	for _, s := range hostile.Strings {
		check(t, s)
		if fault(s, false) != "" {
			raw++
		}
	}
	if raw < 60 {
		t.Errorf("only %d hostile strings trip the check uncleaned; it has gone blind", raw)
	}
}

func TestClean_EveryRune(t *testing.T) {
	for r := range rune(unicode.MaxRune + 1) {
		s := "x" + string(r) + "x"
		if !utf8.ValidRune(r) || r == joiner {
			continue
		}
		if kept := CleanBlock(s) == s; kept == (hostile.Banned(r) || r == '\r') {
			t.Errorf("%U: kept is %v, banned is %v", r, kept, hostile.Banned(r))
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range hostile.Strings {
		if len(s) < 1<<12 {
			f.Add(s)
		}
	}
	f.Add("👨‍👩‍👧‍👦 🏳️‍🌈 1️⃣")
	f.Fuzz(check)
}

func check(t *testing.T, s string) {
	t.Helper()
	line, block := Clean(s), CleanBlock(s)
	if bad := fault(line, false); bad != "" {
		t.Errorf("Clean(%.80q) = %.80q: %s", s, line, bad)
	}
	if bad := fault(block, true); bad != "" {
		t.Errorf("CleanBlock(%.80q) = %.80q: %s", s, block, bad)
	}
	if Clean(line) != line || CleanBlock(block) != block || CleanBlock(line) != line {
		t.Errorf("%.80q: cleaning twice differs", s)
	}
	for n := range 5 {
		if cut := New(s).Cut(n).String(); Clean(cut) != cut || utf8.RuneCountInString(cut) > n {
			t.Errorf("Cut(%d) of %.80q gives %q", n, s, cut)
		}
	}
}

// fault judges a text by rules written apart from the cleaner.
func fault(s string, block bool) string {
	if !utf8.ValidString(s) {
		return "invalid UTF-8"
	}
	marks, last := 5, rune(0)
	for _, r := range s {
		switch {
		case hostile.Banned(r):
			return "banned rune"
		case !block && (r == '\n' || r == '\t'):
			return "not one line"
		case (r == joiner || last == joiner) && r < 0x2000:
			return "joiner outside an emoji"
		}
		if marks++; !unicode.Is(unicode.M, r) {
			marks = 0
		}
		if marks > 4 {
			return "too many marks, or a mark without a base"
		}
		last = r
	}
	if last == joiner {
		return "joiner at the end"
	}
	return ""
}

func TestJSON(t *testing.T) {
	type row struct {
		Name Line
		Note Block
	}
	var got row
	if err := json.Unmarshal([]byte(`{"Name":" a\u001b\nb","Note":"x\r\ny\u202e"}`), &got); err != nil {
		t.Fatal(err)
	}
	if want := (row{New("a\ufffd b"), NewBlock("x\ny\ufffd")}); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	raw, err := json.Marshal(got)
	if want := `{"Name":"a� b","Note":"x\ny�"}`; err != nil || string(raw) != want {
		t.Errorf("json.Marshal = %s, %v; want %s", raw, err, want)
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		in   string
		n    int
		want string
	}{{"abcdef", 3, "abc"}, {"abc", 3, "abc"}, {"ab cd", 3, "ab"}, {"éé", 1, "é"}, {"👩\u200d👧", 2, "👩"}, {"a", 0, ""}} {
		if got := New(c.in).Cut(c.n).String(); got != c.want {
			t.Errorf("New(%q).Cut(%d) = %q, want %q", c.in, c.n, got, c.want)
		}
	}
}

func TestClean_NoAllocation(t *testing.T) {
	for _, s := range []string{"Joris van den Berg", "Zoë Müller-Ångström", " padded ", strings.Repeat("x", 1000)} {
		if n := testing.AllocsPerRun(100, func() { Clean(s) }); n != 0 {
			t.Errorf("Clean(%.20q) allocates %v times", s, n)
		}
	}
}

func BenchmarkClean(b *testing.B) {
	for _, s := range []string{"Joris van den Berg", "Zoë Müller-Ångström", "\x1b[31m李小龍"} {
		b.Run(s[:3], func(b *testing.B) {
			for b.Loop() {
				Clean(s)
			}
		})
	}
}
