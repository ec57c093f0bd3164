package policy

import (
	"regexp"
	"strings"
)

// BSNHit is where a text seems to hold a citizen service number, in bytes.
// Strong means that a word near by says so, or that it is a sole trader's old
// VAT number, which is made of one.
type BSNHit struct {
	Start, End int
	Strong     bool
}

var (
	digitRun = regexp.MustCompile(`\d+`)
	bsnWord  = regexp.MustCompile(`(?i)\b(bsn|sofi|burgerservice|citizen service number)`)
	vatTail  = regexp.MustCompile(`^\.?B\d{2}\b`)
)

// bsnReach is how far from the number its name still counts.
const bsnReach = 40

// FindBSN looks for numbers that pass the 11-test, so that the author can be
// asked; a normal business may not keep them (UAVG 46). One in eleven numbers
// of that length passes by chance, so a hit warns and never blocks.
func FindBSN(text string) []BSNHit {
	var hits []BSNHit
	runs := digitRun.FindAllStringIndex(text, -1)
	for i := 0; i < len(runs); i++ {
		last, ok := bsnFrom(text, runs[i:])
		if !ok {
			continue
		}
		start, end := runs[i][0], runs[i+last][1]
		hits = append(hits, BSNHit{start, end, bsnNamed(text, start, end)})
		i += last
	}
	return hits
}

// bsnFrom joins groups of digits, as in 1234.56.782, until there are enough;
// last is the index of the final group. Eight digits count only when written
// in one, or every phone number would be tried.
func bsnFrom(text string, runs [][]int) (last int, ok bool) {
	digits := ""
	for last, run := range runs {
		if last > 0 && !bsnGap(text[runs[last-1][1]:run[0]]) {
			break
		}
		if digits += text[run[0]:run[1]]; len(digits) >= 9 || last == 0 && len(digits) == 8 {
			return last, passesBSN(digits)
		}
	}
	return 0, false
}

func bsnGap(s string) bool { return s == " " || s == "." || s == "-" || s == "\u00a0" }

func passesBSN(digits string) bool {
	if len(digits) == 8 {
		digits = "0" + digits
	}
	return len(digits) == 9 && elevenTest(digits)
}

func bsnNamed(text string, start, end int) bool {
	before, after := text[max(0, start-bsnReach):start], text[end:min(len(text), end+bsnReach)]
	vat := strings.HasSuffix(before, "NL") && vatTail.MatchString(after)
	return vat || bsnWord.MatchString(before) || bsnWord.MatchString(after)
}
