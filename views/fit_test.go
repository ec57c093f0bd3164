package views

import (
	"testing"

	"github.com/charmbracelet/x/ansi"

	"balie/policy/text"
	"balie/policy/text/hostile"
)

// The quick way to count columns agrees with the library's slow one.
func TestWidth(t *testing.T) {
	all := []string{"", "plain", "Noor Çelik", "…│─▸●", "e\u0301a", "日本語", "👩‍👩‍👧 x", "\x1b[1mbold\x1b[m é", "é\u0301", "│\u0301", "a\u00ad", "\x1b[38;2;1;2;3mx"}
	for _, s := range hostile.Strings {
		if len(s) < 1000 {
			all = append(all, text.New(s).String())
		}
	}
	for _, s := range all {
		if got, want := width(s), ansi.StringWidth(s); got != want {
			t.Errorf("width(%q) = %d, want %d", s, got, want)
		}
		for w := range 12 {
			if got := width(pad(s, w)); got != w {
				t.Errorf("pad(%q, %d) is %d wide", s, w, got)
			}
		}
	}
}
