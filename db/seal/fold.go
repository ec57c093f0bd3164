package seal

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"balie/policy"
)

// prefixRunes is how much of a word a token knows; what follows is rechecked
// on the opened row.
const prefixRunes = 6

// Fold makes two spellings of one name equal: case, accents, ligatures and
// punctuation go, words are a space apart. "ij" and "y" stay apart: made one,
// someone on the way to Meijer would lose it at "mei".
func Fold(s string) string { return strings.ReplaceAll(spell(s), "'", "") }

// Words are the words to search s by. Dutch prefixes ("van", "de", "'t") are
// left out as long as other words remain, since a million people share them.
// An elision gives two words, so that hondt finds d'Hondt; a mail address
// gives those of its parts. A word may come twice.
func Words(s string) []string {
	all := strings.Fields(spell(s))
	words := make([]string, 0, len(all)+1)
	for _, w := range all {
		if !isPrefixWord(w) {
			words = appendWord(words, w)
		}
	}
	if len(words) == 0 {
		return all // nobody is called by prefixes alone, but one may type so
	}
	return words
}

// Prefixes are the beginnings of a word that get tokens: of 1 to 6 letters.
func Prefixes(word string) []string {
	out := make([]string, 0, prefixRunes)
	for i := range word {
		if i > 0 {
			out = append(out, word[:i])
		}
		if len(out) == prefixRunes {
			return out
		}
	}
	if word == "" {
		return out
	}
	return append(out, word)
}

// isPrefixWord knows the prefixes as spell leaves them: 't has become t.
func isPrefixWord(w string) bool { return w == "t" || w == "s" || policy.IsNamePrefix(w) }

func appendWord(words []string, w string) []string {
	at := strings.IndexByte(w, '\'')
	if at < 0 {
		return append(words, w)
	}
	words = append(words, strings.ReplaceAll(w, "'", ""))
	if at == 1 { // d'Hondt, O'Neill; but not auto's
		words = append(words, strings.ReplaceAll(w[2:], "'", ""))
	}
	return words
}

// spell is Fold with the apostrophes inside words still there.
func spell(s string) string {
	if !isASCII(s) {
		s = plain(s)
	}
	p := speller{out: make([]byte, 0, len(s)), dotted: true}
	for i, r := range s {
		p.add(r, s[i+1:])
	}
	return strings.TrimSuffix(string(p.out), " ")
}

// speller writes words; dotted says that the word at hand is a letter, or
// letters with dots between, as in B.V.
type speller struct {
	out    []byte
	dotted bool
	size   int // letters in the word since its last dot
}

// add takes the next rune; rest is what comes after it if it is ASCII.
func (p *speller) add(r rune, rest string) {
	switch {
	case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
		p.letter(r)
	case 'A' <= r && r <= 'Z':
		p.letter(r + 'a' - 'A')
	case r >= utf8.RuneSelf && unicode.In(r, unicode.L, unicode.N, unicode.Mc):
		p.letter(r)
	case r == '\'', r == '`':
		if p.size > 0 && startsWord(rest) {
			p.out = append(p.out, '\'')
		}
	case r == '.' && p.size == 1 && p.dotted && oneLetter(rest):
		p.size = 0 // B.V. is BV, but j.jansen is two words
	default:
		p.space()
	}
}

func (p *speller) letter(r rune) {
	p.out = utf8.AppendRune(p.out, r)
	p.size++
	p.dotted = p.dotted && p.size == 1
}

func (p *speller) space() {
	if n := len(p.out); n > 0 && p.out[n-1] != ' ' {
		p.out = append(p.out, ' ')
	}
	p.size, p.dotted = 0, true
}

func startsWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// oneLetter says that s begins with a letter that stands alone.
func oneLetter(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) && !startsWord(s[n:])
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// plain takes accents and ligatures off and lowers case, beyond ASCII.
func plain(s string) string {
	out := make([]byte, 0, len(s)+8)
	for _, r := range s {
		if int(r) >= len(latin) {
			return decompose(s)
		}
		out = append(out, latin[r]...)
	}
	return string(out)
}

// latin is decompose for the letters of Western and Central Europe: most names
// with an accent have no others, and a table spares them the normaliser.
var latin = func() (table [0x180]string) {
	for r := range table {
		table[r] = decompose(string(rune(r)))
	}
	return table
}()

func decompose(s string) string {
	s = strings.ToValidUTF8(apostrophes.Replace(s), " ") // norm stops short at a bad byte
	out := make([]byte, 0, len(s)+8)
	for _, r := range norm.NFKD.String(s) {
		if r = unicode.ToLower(r); !unicode.Is(unicode.Mn, r) {
			out = appendLetter(out, r)
		}
	}
	return string(out)
}

// appendLetter spells letters that Unicode doesn't take apart.
func appendLetter(out []byte, r rune) []byte {
	if s, ok := letters[r]; ok {
		return append(out, s...)
	}
	return utf8.AppendRune(out, r)
}

var letters = map[rune]string{
	'ß': "ss", 'ø': "o", 'æ': "ae", 'œ': "oe", 'đ': "d", 'ð': "d", 'ł': "l", 'þ': "th", 'ı': "i", 'ħ': "h", 'ς': "σ",
}

// apostrophes come in many shapes; an acute accent is the lazy one.
var apostrophes = strings.NewReplacer("’", "'", "‘", "'", "ʼ", "'", "′", "'", "´", "'")
