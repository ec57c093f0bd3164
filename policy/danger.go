package policy

import (
	"regexp"
	"slices"
	"strings"
)

// DangerKind is what a free text seems to hold that a normal business has no
// basis for.
type DangerKind string

// The kinds: a citizen service number (UAVG 46), a payment card, the special
// categories (art. 9(1) GDPR), and criminal data (art. 10 GDPR).
const (
	DangerBSN       DangerKind = "bsn"
	DangerCard      DangerKind = "card"
	DangerHealth    DangerKind = "health"
	DangerReligion  DangerKind = "religion"
	DangerPolitics  DangerKind = "politics"
	DangerUnion     DangerKind = "union"
	DangerSexual    DangerKind = "sexual life"
	DangerEthnicity DangerKind = "ethnicity"
	DangerBiometric DangerKind = "biometrics"
	DangerCrime     DangerKind = "crime"
)

// DangerKinds are all.
var DangerKinds = []DangerKind{
	DangerBSN, DangerCard, DangerHealth, DangerReligion, DangerPolitics, DangerUnion, DangerSexual, DangerEthnicity, DangerBiometric, DangerCrime,
}

// Law is the article for which the kind may not be kept.
func (k DangerKind) Law() Message {
	switch k {
	case DangerBSN:
		return Message{Key: "art. 46 UAVG"}
	case DangerCard:
		return Message{Key: "art. 5(1)(c) GDPR"}
	case DangerCrime:
		return Message{Key: "art. 10 GDPR"}
	}
	return Message{Key: "art. 9(1) GDPR"}
}

// Danger is where a text seems to hold such a thing, in bytes. Strong is as in
// BSNHit; words are always strong.
type Danger struct {
	Kind       DangerKind
	Start, End int
	Strong     bool
}

// FindDangers looks through a free text in Dutch or English, in its order. It
// reads words, not meaning: a hit asks the author and never blocks.
func FindDangers(text string) []Danger {
	found := findNumbers(text)
	for _, at := range dangerWord.FindAllStringIndex(text, -1) {
		word := strings.ToLower(text[at[0]:at[1]])
		if kind, ok := dangerOf(word); ok && !harmless(text, at[0], at[1]) {
			found = append(found, Danger{kind, at[0], at[1], true})
		}
	}
	slices.SortFunc(found, func(a, b Danger) int { return a.Start - b.Start })
	return found
}

// findNumbers looks for what numbers alone give away.
func findNumbers(text string) []Danger {
	if countDigits(text) < shortestNumber {
		return nil
	}
	var found []Danger
	for _, h := range FindBSN(text) {
		found = append(found, Danger{DangerBSN, h.Start, h.End, h.Strong})
	}
	return append(found, findCards(text)...)
}

// shortestNumber is how many digits the shortest of them has: most texts of an
// import have fewer, and expressions are slow.
const shortestNumber = 8

func countDigits(text string) (n int) {
	for i := range len(text) {
		if '0' <= text[i] && text[i] <= '9' {
			n++
		}
	}
	return n
}

// dangerWord is a word, or several that mean something together.
var dangerWord = regexp.MustCompile(`(?i)` + phrases() + `|[\p{L}\d]+(?:[-'’][\p{L}\d]+)*`)

// phrases are the terms of more than one word, longest first.
func phrases() string {
	var all []string
	for _, terms := range dangerTerms {
		for _, t := range strings.Fields(terms) {
			if strings.Contains(t, "_") {
				all = append(all, `\b`+strings.ReplaceAll(regexp.QuoteMeta(t), "_", `[ -]`)+`\b`)
			}
		}
	}
	slices.SortFunc(all, func(a, b string) int { return len(b) - len(a) })
	return strings.Join(all, "|")
}

// dangerOf is the kind of a word in lower case: itself among the terms, or
// beginning with one that ends in an asterisk.
func dangerOf(word string) (DangerKind, bool) {
	word = strings.NewReplacer(" ", "_", "’", "'").Replace(word)
	for cut := range len(word) + 1 {
		begin := word[:len(word)-cut]
		if kind, ok := dangerIndex[begin+"*"]; ok {
			return kind, true
		}
		if kind, ok := dangerIndex[begin]; ok && cut == 0 {
			return kind, true
		}
	}
	kind, ok := dangerIndex[strings.ReplaceAll(word, "-", "_")]
	return kind, ok
}

var dangerIndex = func() map[string]DangerKind {
	index := map[string]DangerKind{}
	for kind, terms := range dangerTerms {
		for _, t := range strings.Fields(terms) {
			index[t] = kind
		}
	}
	return index
}()

// harmless says whether the words round a hit turn it into something else, as
// in "the patient portal", "hart van de stad", "burn-out of the motor".
func harmless(text string, start, end int) bool {
	around := strings.ToLower(text[max(0, start-dangerReach):min(len(text), end+dangerReach)])
	return harmlessRound.MatchString(around)
}

const dangerReach = 24
