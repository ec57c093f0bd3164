package db

import (
	"slices"
	"strconv"
	"strings"

	"balie/db/seal"
	"balie/policy"
	"balie/policy/text"
)

// Spaces of search tokens. Words of different spaces never meet.
const (
	everySpace  = "all" // each customer has this one: a list is the search for it
	kindSpace   = "kind"
	statusSpace = "status"
	tagSpace    = "tag"
	wordSpace   = "word"
)

func (s *Store) statusToken(st policy.Status) int64 {
	return s.Keys.Token(statusSpace, strconv.Itoa(int(st)))
}

// queryTokens are what a customer must have to be in the list, most telling
// first.
func (s *Store) queryTokens(q Query) []int64 {
	tokens := s.wordTokens(q.Text)
	if q.Tag != 0 {
		tokens = append(tokens, s.Keys.Token(tagSpace, strconv.Itoa(int(q.Tag))))
	}
	if q.Status != 0 {
		tokens = append(tokens, s.statusToken(q.Status))
	}
	if q.Kind != 0 {
		tokens = append(tokens, s.Keys.Token(kindSpace, strconv.Itoa(int(q.Kind))))
	}
	if len(tokens) == 0 {
		tokens = append(tokens, s.Keys.Token(everySpace, ""))
	}
	return tokens
}

// wordTokens are the tokens of the longest prefixes of the words sought.
func (s *Store) wordTokens(query string) []int64 {
	var tokens []int64
	for _, w := range queryWords(query) {
		ps := seal.Prefixes(w)
		tokens = append(tokens, s.Keys.Token(wordSpace, ps[len(ps)-1]))
	}
	return tokens
}

// maxWords bounds the merge of one query.
const maxWords = 6

// queryWords are the folded words that a person typed. A phone number is
// sought as it is dialled: 06… and +31 6… are the same.
func queryWords(query string) []string {
	words := seal.Words(withoutEndings(digitsTogether(query)))
	for i, w := range words {
		words[i] = dialled(w)
	}
	words = slices.DeleteFunc(words, func(w string) bool { return w == "" })
	return words[:min(len(words), maxWords)]
}

// digitsTogether takes the blanks out of a number that is typed in groups, and
// what people dial before it: 06…, +31 6… and 0031 6… are the same.
func digitsTogether(query string) string {
	if query == "" || strings.Trim(query, "+0123456789 -().") != "" {
		return query
	}
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -().", r) {
			return -1
		}
		return r
	}, query)
	if abroad, ok := strings.CutPrefix(strings.Replace(digits, "00", "+", 1), "+"); ok && (digits[0] == '+' || digits[:2] == "00") {
		return withoutCountry(abroad)
	}
	return digits
}

// withoutCountry takes off the codes of the countries of our users.
func withoutCountry(digits string) string {
	for _, code := range []string{"31", "32"} {
		if rest, ok := strings.CutPrefix(digits, code); ok {
			return rest
		}
	}
	return digits
}

// dialled strips the zero before a number within the country.
func dialled(w string) string {
	if strings.Trim(w, "0123456789") != "" {
		return w
	}
	return strings.TrimLeft(w, "0")
}

// words are those of a row that a search can hit.
func (r Row) words() []string { return r.Head.words(r.Head.Mail, r.Head.Phone) }

func (h Head) words(mail, phone text.Line) []string {
	var ws []string
	for _, l := range []text.Line{h.Given, h.Prefix, h.Family} {
		ws = append(ws, nameWords(l.String())...)
	}
	return append(append(ws, mailWords(mail)...), phoneWords(phone.String())...)
}

// nameWords are those of a name and, where it begins with a prefix, that too:
// else "Van Dam BV" would vanish while one types "van".
func nameWords(name string) []string {
	ws := seal.Words(name)
	first, _, more := strings.Cut(seal.Fold(name), " ")
	if more && policy.IsNamePrefix(first) {
		ws = append(ws, first)
	}
	return ws
}

// mailWords leave out the top-level domain: else "n" would find every .nl.
func mailWords(address text.Line) []string {
	return seal.Words(withoutEnding(address.String()))
}

// withoutEndings takes the top-level domain off addresses in a query, since the
// words that are sought have none either.
func withoutEndings(query string) string {
	words := strings.Fields(query)
	for i, w := range words {
		if at, dot := strings.IndexByte(w, '@'), strings.LastIndexByte(w, '.'); at >= 0 || dot > 1 && len(w)-dot <= 5 {
			words[i] = withoutEnding(w)
		}
	}
	return strings.Join(words, " ")
}

func withoutEnding(address string) string {
	if i := strings.LastIndexByte(address, '.'); i > strings.IndexByte(address, '@') {
		return address[:i]
	}
	return address
}

// words are those of the whole customer, with the names of its companies.
func (c Customer) words(companies []string) []string {
	ws := c.Head.words(text.Line{}, text.Line{})
	for _, m := range c.Mails {
		ws = append(ws, mailWords(m.Value)...)
	}
	for _, p := range c.Phones {
		ws = append(ws, phoneWords(p.Value.String())...)
	}
	for _, n := range companies {
		ws = append(ws, nameWords(n)...)
	}
	return ws
}

// phoneWords are a number as it is dialled within our users' countries, and
// with the country elsewhere.
func phoneWords(e164 string) []string {
	if digits := withoutCountry(strings.TrimPrefix(e164, "+")); digits != "" {
		return []string{digits}
	}
	return nil
}

// minDigits is from how many digits on a number can be sought: fewer would only
// fill the index.
const minDigits = 3

// tokens are all that a customer is found by.
func (s *Store) tokens(c Customer, companies []string) []int64 {
	return s.tokensBy(func(p string) int64 { return s.Keys.Token(wordSpace, p) }, c, companies)
}

// tokensBy is tokens with another way to come by those of words: a rebuild
// remembers them, since millions of customers share a few prefixes.
func (s *Store) tokensBy(word func(string) int64, c Customer, companies []string) []int64 {
	k := s.Keys
	tokens := []int64{
		k.Token(everySpace, ""), s.statusToken(c.Status),
		k.Token(kindSpace, strconv.Itoa(int(c.Kind))),
	}
	for _, t := range c.Tags {
		tokens = append(tokens, k.Token(tagSpace, strconv.Itoa(int(t))))
	}
	for _, w := range c.words(companies) {
		for i, p := range seal.Prefixes(w) {
			if i+1 >= minDigits || len(w) < minDigits || w[0] > '9' {
				tokens = append(tokens, word(p))
			}
		}
	}
	tokens = append(tokens, s.twinTokens(c, companies)...)
	slices.Sort(tokens)
	return slices.Compact(tokens)
}
