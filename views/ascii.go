package views

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"
)

// plainSigns stand for ours where the terminal knows ASCII only. All are as
// wide as what they replace.
var plainSigns = map[string]string{
	"─": "-", "│": "|", "┼": "+", "▸": ">", "●": "*", "›": ">", "·": "-", "…": "~", "–": "-", "—": "-",
	"▏": "|", "█": "#", "▓": "#", "░": ".", "✓": "v", "✗": "x", "‹": "<", "«": "<", "»": ">", "“": `"`, "”": `"`, "’": "'", "‘": "'",
	"↑": "^", "↓": "v", "←": "<", "→": ">", "▲": "^", "▼": "v", "€": "E", "×": "x", "²": "2", "ß": "s", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "æ": "e", "Æ": "E", "œ": "e", "đ": "d",
}

// toASCII rewrites a frame for a terminal that would garble anything else:
// letters lose their accents, the rest becomes a question mark per column.
func toASCII(s string) string {
	if isASCII(s) {
		return s
	}
	var b strings.Builder
	for s != "" {
		if s[0] == '\n' || s[0] < 0x80 && (len(s) == 1 || s[1] < 0x80) {
			b.WriteByte(s[0])
			s = s[1:]
			continue
		}
		cluster, w := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
		b.WriteString(plainSign(cluster, w))
		s = s[len(cluster):]
	}
	return b.String()
}

func plainSign(cluster string, w int) string {
	if p, ok := plainSigns[cluster]; ok {
		return p
	}
	base := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(cluster))
	if isASCII(base) && len(base) == w {
		return base
	}
	return strings.Repeat("?", w)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
