package policy

import "strings"

// sounds are spellings that the Dutch and Flemish mix up, the longer first.
var sounds = strings.NewReplacer(
	"sch", "sg", "ij", "y", "ei", "y", "ey", "y", "ie", "i", "ck", "k", "ph", "f", "th", "t", "dt", "t", "gh", "g", "ch", "g",
	"ae", "a", "ue", "u", "oe", "u", "ou", "au", "c", "k", "q", "k", "z", "s", "v", "f", "x", "ks",
)

// Sound is equal for names that sound alike: Meijer, Meyer and Meier; Janssen and
// Jansen; Visser and Fisser. The name is folded already.
func Sound(folded string) string {
	s := sounds.Replace(folded)
	out := make([]byte, 0, len(s))
	for i := range len(s) {
		if i == 0 || s[i] != s[i-1] {
			out = append(out, s[i])
		}
	}
	return string(out)
}

// slips says that at most so many slips of the fingers lie between two words: a
// letter too many, too few, another one, or two changed about.
func slips(a, b string, most int) bool {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) > most || len(y)-len(x) > most {
		return false
	}
	before, row, next := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		next[0] = i + 1
		least := next[0]
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			next[j+1] = min(row[j+1]+1, next[j]+1, row[j]+cost)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
			least = min(least, next[j+1])
		}
		if least > most {
			return false
		}
		before, row, next = row, next, before
	}
	return row[len(y)] <= most
}
