package policy

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Name is a person's name in the parts that Dutch forms know. Every part keeps
// the spelling that its owner uses.
type Name struct{ Given, Prefix, Family string }

// String is the name as one says it.
func (n Name) String() string { return joinWords(n.Given, n.Prefix, n.Family) }

// SortName is the name as a list of that country (ISO 3166) orders it: the
// Dutch look under the family name without its prefix, Belgians under the
// prefix.
func (n Name) SortName(country string) string {
	parts := []string{n.Family, n.Prefix, n.Given}
	if isBelgian(country) {
		parts = []string{joinWords(n.Prefix, n.Family), n.Given}
	}
	return strings.Join(filled(parts), ", ")
}

// Initials are those of the given names: "J.P.", "J.-P.", "IJ.". What ends in
// a dot already, as in "Th.", stays.
func (n Name) Initials() string {
	var b strings.Builder
	for _, word := range strings.Fields(strings.ReplaceAll(n.Given, ".", ". ")) {
		b.WriteString(initial(word))
	}
	return b.String()
}

func initial(word string) string {
	if strings.HasSuffix(word, ".") {
		return word
	}
	parts := filled(strings.Split(word, "-"))
	for i, p := range parts {
		_, size := utf8.DecodeRuneInString(p)
		if strings.HasPrefix(p, "IJ") {
			size = 2 // one letter to the Dutch
		}
		parts[i] = strings.ToUpper(p[:size]) + "."
	}
	return strings.Join(parts, "-")
}

// SplitName takes a name apart: "Joris van den Berg", "Jansen, J. van",
// "Berg, van den, Joris" or "Van den Berg, Joris". In Belgium a prefix with a
// capital belongs to the family name. A single word is a family name, because
// that is what lists are ordered by.
func SplitName(full, country string) Name {
	family, rest, comma := strings.Cut(full, ",")
	n := splitSpoken(strings.Fields(full))
	if comma {
		n = splitListed(family, rest)
	}
	if isBelgian(country) && startsUpper(n.Prefix) {
		n.Prefix, n.Family = "", joinWords(n.Prefix, n.Family)
	}
	return n
}

// splitSpoken looks for the first prefix that has a word after it; one at the
// very start means that no given name was told.
func splitSpoken(words []string) Name {
	for i := range words {
		if n := prefixLen(words[i:]); n > 0 && i+n < len(words) {
			return Name{joinWords(words[:i]...), joinWords(words[i : i+n]...), joinWords(words[i+n:]...)}
		}
	}
	last := max(0, len(words)-1)
	return Name{Given: joinWords(words[:last]...), Family: joinWords(words[last:]...)}
}

// splitListed reads the forms with the family name first; the prefix may stand
// before it, between the commas or at the end.
func splitListed(family, rest string) Name {
	words, prefix := strings.Fields(family), ""
	if n := prefixLen(words); n < len(words) {
		prefix, words = joinWords(words[:n]...), words[n:]
	}
	given := strings.Fields(strings.ReplaceAll(rest, ",", " "))
	if n := prefixLen(given); prefix == "" && n > 0 && strings.Contains(rest, ",") {
		prefix, given = joinWords(given[:n]...), given[n:]
	}
	for i := range given {
		if prefix == "" && prefixLen(given[i:]) == len(given)-i {
			prefix, given = joinWords(given[i:]...), given[:i]
			break
		}
	}
	return Name{Given: joinWords(given...), Prefix: prefix, Family: joinWords(words...)}
}

// prefixLen counts the prefix words at the start.
func prefixLen(words []string) int {
	for i, w := range words {
		if !IsNamePrefix(w) {
			return i
		}
	}
	return len(words)
}

// IsNamePrefix says that word can be part of a family name's prefix.
func IsNamePrefix(word string) bool {
	if len(word) > len("onder") {
		return false // spares most of a million names the look
	}
	return namePrefixes[strings.ToLower(word)]
}

var namePrefixes = wordSet("van von vom der den de het 't ’t ‘t `t 's ’s ‘s `s te ten ter tot op in aan bij onder over uit uijt voor " +
	"zu zum zur du des la le les da di do dos das del della dal el al af av")

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

func isBelgian(country string) bool { return strings.EqualFold(country, "BE") }

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "'’‘`"))
	return unicode.IsUpper(r)
}

func joinWords(words ...string) string { return strings.Join(filled(words), " ") }

func filled(parts []string) []string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}
