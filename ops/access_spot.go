package ops

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"balie/db"
	"balie/db/seal"
	"balie/policy"
)

var (
	whyMail      = policy.Message{Key: "somebody else's mail address"}
	whyPhone     = policy.Message{Key: "perhaps somebody else's phone number"}
	whyColleague = policy.Message{Key: "the name of a colleague"}
	whyCustomer  = policy.Message{Key: "perhaps the name of another customer"}
	whyTitle     = policy.Message{Key: "somebody who is named with a title"}
	whyFile      = policy.Message{Key: "a file that nobody has read for others in it"}
	whyEye       = policy.Message{Key: "marked by eye"}
)

var (
	mailShape  = regexp.MustCompile(`[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\.\p{L}{2,}`)
	phoneShape = regexp.MustCompile(`(?:\+|\b0)[0-9](?:[ ().-]?[0-9]){7,12}\b`)
)

// stretch is a stretch of a text with why it is marked.
type stretch struct {
	from, to int
	why      policy.Message
}

// spotter looks for others in texts about one person.
type spotter struct {
	own        words  // of the person, with the own addresses
	digits     string // the own numbers, one after the other
	colleagues words
}

// words are folded words of names.
type words map[string]bool

func (w words) add(name string) {
	for _, word := range seal.Words(name) {
		if len(word) > 2 {
			w[word] = true
		}
	}
}

func newSpotter(h db.Holding, colleagues map[int32]db.Colleague) spotter {
	s := spotter{own: words{}, colleagues: words{}}
	c := h.Customer
	s.own.add(c.Name().String())
	for _, m := range c.Mails {
		s.own[strings.ToLower(m.Value.String())] = true
	}
	for _, p := range c.Phones {
		s.digits += " " + digitsOf(p.Value.String())
	}
	for _, m := range c.Companies {
		s.own.add(m.Name.String())
	}
	for _, p := range colleagues {
		s.colleagues.add(p.Name.String())
	}
	return s
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// ownNumber compares the last nine digits: 06… and +31 6… are the same.
func (s spotter) ownNumber(text string) bool {
	d := digitsOf(text)
	return len(d) >= 9 && strings.Contains(s.digits, d[len(d)-9:])
}

// addresses are mail addresses and phone numbers that aren't the person's own.
func (s spotter) addresses(text string) (all []stretch) {
	for _, at := range mailShape.FindAllStringIndex(text, -1) {
		if !s.own[strings.ToLower(text[at[0]:at[1]])] {
			all = append(all, stretch{at[0], at[1], whyMail})
		}
	}
	for _, at := range phoneShape.FindAllStringIndex(text, -1) {
		if !s.ownNumber(text[at[0]:at[1]]) {
			all = append(all, stretch{at[0], at[1], whyPhone})
		}
	}
	return all
}

// word is a word of a text that may be a part of a name.
type word struct {
	from, to int
	text     string
	folded   string
	capital  bool
	link     bool // van, de: within a name
	title    bool // mevrouw, dhr: a name follows
}

var (
	wordShape = regexp.MustCompile(`[\p{L}\p{M}'’.-]+`)
	nameLinks = []string{"van", "de", "der", "den", "ter", "ten", "te", "het", "'t", "von", "la", "le", "du", "el", "d'"}
	titles    = []string{"mevrouw", "mevr", "mw", "meneer", "mijnheer", "dhr", "heer", "mr", "mrs", "ms", "miss", "madame", "monsieur"}
)

func wordsOf(text string) (all []word) {
	for _, at := range wordShape.FindAllStringIndex(text, -1) {
		raw := strings.TrimRight(text[at[0]:at[1]], ".'’-")
		low := strings.ToLower(raw)
		first := []rune(raw + " ")[0]
		w := word{from: at[0], to: at[0] + len(raw), text: raw, capital: unicode.IsUpper(first), link: slices.Contains(nameLinks, low), title: slices.Contains(titles, low)}
		if folded := seal.Words(raw); len(folded) > 0 {
			w.folded = folded[0]
		}
		all = append(all, w)
	}
	return all
}

// pair is two words of a text that may be a name together.
type pair struct {
	stretch
	words [2]string
}

// names are colleagues and those named with a title, and pairs of words that may
// be the name of a customer, which the caller looks up.
func (s spotter) names(text string) (sure []stretch, pairs []pair) {
	ws := wordsOf(text)
	for i, w := range ws {
		if !w.capital || w.title || w.folded == "" {
			continue
		}
		switch next, ok := s.follows(ws, i); {
		case s.colleagues[w.folded] && !s.own[w.folded]:
			sure = append(sure, stretch{w.from, w.to, whyColleague})
		case ok && !(s.own[w.folded] && s.own[next.folded]):
			pairs = append(pairs, pair{stretch{w.from, next.to, whyCustomer}, [2]string{w.text, next.text}})
		case s.titled(ws, i) && !s.own[w.folded]:
			sure = append(sure, stretch{w.from, w.to, whyTitle})
		}
	}
	return sure, pairs
}

// follows gives the next word with a capital, past van and de, when nothing but a
// blank or a dot of an initial stands between.
func (s spotter) follows(ws []word, i int) (word, bool) {
	for j := i + 1; j < len(ws) && j <= i+4; j++ {
		if ws[j].from > ws[j-1].to+2 {
			break
		}
		if ws[j].capital && ws[j].folded != "" && !ws[j].link {
			return ws[j], true
		}
		if !ws[j].link {
			break
		}
	}
	return word{}, false
}

func (s spotter) titled(ws []word, i int) bool {
	for j := i - 1; j >= 0 && j >= i-3; j-- {
		if ws[j].title {
			return true
		}
		if !ws[j].link {
			break
		}
	}
	return false
}
