package ops

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"balie/db"
	"balie/db/seal"
	"balie/ops/dossier"
	"balie/policy"
)

// AccessMark is a place in an answer that may tell about somebody else: art.
// 15(4) GDPR. Somebody looks at each before the answer is released.
type AccessMark struct {
	ID      string // stays the same while the text does
	Section string
	Row     int
	Cell    int
	From    int // bytes of the cell
	To      int
	Text    string
	Before  string // what stands around it
	After   string
	Why     policy.Message
	State   MarkState
}

// MarkState is what was decided about a mark.
type MarkState string

// The states of a mark.
const (
	MarkOpen   MarkState = ""
	MarkRedact MarkState = "redact"
	MarkKeep   MarkState = "keep"
)

var (
	whyMail      = policy.Message{Key: "somebody else's mail address"}
	whyPhone     = policy.Message{Key: "perhaps somebody else's phone number"}
	whyColleague = policy.Message{Key: "the name of a colleague"}
	whyCustomer  = policy.Message{Key: "perhaps the name of another customer"}
	whyTitle     = policy.Message{Key: "somebody who is named with a title"}
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

// place is where a text stands in a dossier.
type place struct{ section, row, cell int }

// findMarks looks through everything that was typed freely.
func findMarks(ctx context.Context, tx *db.Tx, request int64, h db.Holding, d dossier.Dossier) ([]AccessMark, error) {
	colleagues, err := tx.Colleagues(ctx)
	if err != nil {
		return nil, err
	}
	s := newSpotter(h, colleagues)
	at := map[place][]stretch{}
	asked, where := [][2]string{}, map[[2]string][]func(){}
	for p, text := range freeTexts(d) {
		sure, pairs := s.names(text)
		at[p] = append(s.addresses(text), sure...)
		for _, one := range pairs {
			if where[one.words] == nil {
				asked = append(asked, one.words)
			}
			where[one.words] = append(where[one.words], func() { at[p] = append(at[p], one.stretch) })
		}
	}
	named, err := tx.NamedCustomers(ctx, h.Customer.ID, asked)
	if err != nil {
		return nil, err
	}
	for i, words := range asked {
		for _, mark := range where[words] {
			if named[i] {
				mark()
			}
		}
	}
	return marksOf(ctx, tx, request, d, at)
}

// freeTexts gives each text that was typed freely, with its place.
func freeTexts(d dossier.Dossier) map[place]string {
	all := map[place]string{}
	for i, s := range d.Sections {
		for c, f := range s.Fields {
			for r := range s.Rows {
				if text := s.Rows[r].Cells[c]; f.Free && text != "" {
					all[place{i, r, c}] = text
				}
			}
		}
	}
	return all
}

// marksOf puts marks in the order of reading, without those within another, and
// with what was decided about them.
func marksOf(ctx context.Context, tx *db.Tx, request int64, d dossier.Dossier, at map[place][]stretch) (all []AccessMark, err error) {
	decided, err := tx.RequestMarks(ctx, request)
	if err != nil {
		return nil, err
	}
	for _, p := range inOrder(at) {
		s := d.Sections[p.section]
		text, end := s.Rows[p.row].Cells[p.cell], -1
		for _, f := range sorted(at[p]) {
			if f.from < end {
				continue
			}
			end = f.to
			m := AccessMark{Section: s.Name, Row: p.row, Cell: p.cell, From: f.from, To: f.to, Text: text[f.from:f.to], Why: f.why}
			m.Before, m.After = tail(text[:f.from], 40), head(text[f.to:], 40)
			m.ID = tx.MarkID(request, fmt.Sprintf("%s %d %d %s", s.Rows[p.row].Key, p.cell, f.from, text))
			if redact, ok := decided[m.ID]; ok {
				m.State = MarkKeep
				if redact {
					m.State = MarkRedact
				}
			}
			all = append(all, m)
		}
	}
	return all, nil
}

func inOrder(at map[place][]stretch) []place {
	all := make([]place, 0, len(at))
	for p := range at {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b place) int {
		return (a.section-b.section)<<40 + (a.row-b.row)<<8 + a.cell - b.cell
	})
	return all
}

// sorted has the longer one first where two begin together.
func sorted(fs []stretch) []stretch {
	slices.SortFunc(fs, func(a, b stretch) int {
		if a.from != b.from {
			return a.from - b.from
		}
		return b.to - a.to
	})
	return fs
}

func tail(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return "…" + string(r[len(r)-n:])
	}
	return s
}

func head(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}

// redacted is a dossier in which what is to be left out is blacked out.
func redacted(d dossier.Dossier, marks []AccessMark) dossier.Dossier {
	for _, m := range slices.Backward(marks) { // the last first: places before it stay
		if m.State != MarkRedact {
			continue
		}
		for i := range d.Sections {
			if d.Sections[i].Name == m.Section {
				cell := &d.Sections[i].Rows[m.Row].Cells[m.Cell]
				*cell = (*cell)[:m.From] + blackedOut + (*cell)[m.To:]
			}
		}
	}
	return d
}

const blackedOut = "█████"
