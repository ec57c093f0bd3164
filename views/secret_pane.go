package views

import (
	"fmt"

	"balie/policy"
)

// secretPane shows a secret to a phone, as a QR code and to type, and takes the
// code that proves that it arrived.
type secretPane struct {
	kit    *kit
	secret policy.Sealed
	code   matrix
	digits string
	wrong  string // what was wrong with the last code, in a sentence
	asks   latest // the check of a code

	cursorX, cursorY int
}

// paneWords are what is said beside the QR code.
type paneWords struct {
	before  func(w int) []string // above the secret
	scan    string               // over a secret that can be scanned
	secret  string               // over one that has to be typed
	digits  string
	goOn    string
	leaving string
}

func (s *secretPane) hold(secret, url policy.Sealed) (err error) {
	s.secret = secret
	s.code, err = newMatrix(url)
	return err
}

// press takes a key; ready says that a whole code was typed.
func (s *secretPane) press(name, typed string) (code policy.Sealed, ready bool) {
	switch {
	case s.asks.busy: // one code at a time
	case name == "backspace" && s.digits != "":
		s.digits = s.digits[:len(s.digits)-1]
	case name == "enter":
		return s.take()
	case name == "i" && s.kit.NoColor:
		s.kit.Dark = !s.kit.Dark
	default:
		s.typeDigits(typed)
	}
	return code, false
}

func (s *secretPane) take() (code policy.Sealed, ready bool) {
	if len(s.digits) < codeDigits {
		s.wrong = s.kit.t.People.CodeNeeded
		return code, false
	}
	code = policy.Seal(s.digits)
	s.digits = ""
	return code, true
}

// codeDigits is the length of a code that a phone shows.
const codeDigits = 6

// typeDigits takes what looks like a part of a code: phones show 123 456.
func (s *secretPane) typeDigits(typed string) {
	if s.asks.busy {
		return
	}
	for _, r := range typed[:min(len(typed), 64)] {
		if r >= '0' && r <= '9' && len(s.digits) < codeDigits {
			s.digits += string(r)
			s.wrong = ""
		}
	}
}

// lines puts the code at the left and the words at the right; without room for
// the code, the words alone and why.
func (s *secretPane) lines(width, height int, say paneWords) []string {
	p := paperFor(!s.kit.NoColor, !s.kit.ASCII, s.kit.Dark)
	quiet, ok := s.code.fit(p, width-textBeside-2, height)
	if !ok {
		w, h := s.code.size(p, quietLeast)
		s.cursorX = 1
		words := append(s.words(say, say.secret, max(min(width-2, formWidth), 1)), "")
		for _, l := range wrap(fmt.Sprintf(s.kit.t.People.NoRoom, w+textBeside+2, h), width-2) {
			words = append(words, s.kit.st.faint.of(l))
		}
		return beside(nil, words, 0, " ")
	}
	w, _ := s.code.size(p, quiet)
	s.cursorX = w + 1
	return beside(s.code.lines(p, quiet), s.words(say, say.scan, min(width-w-2, formWidth)), w, " ")
}

// words are what is said beside the code, in lines of at most w columns.
func (s *secretPane) words(say paneWords, over string, w int) []string {
	lines := say.before(w)
	add := func(st style, text string) {
		for _, l := range wrap(text, w) {
			lines = append(lines, st.of(l))
		}
	}
	add("", over)
	add(s.kit.st.accent, grouped(s.secret.Reveal()))
	lines = append(lines, "")
	add("", say.digits)
	s.cursorX, s.cursorY = s.cursorX+3+len(s.digits), len(lines)
	lines = append(lines, "   "+s.kit.st.here.of(pad(s.digits, codeDigits+1)))
	lines = append(lines, s.verdict(w)...)
	if s.kit.NoColor { // nobody told us which of the terminal's two colours is the light one
		lines = append(lines, cut(s.kit.st.strong.of("i")+" "+s.kit.t.People.KeySwap, w))
	}
	return append(lines, "", cut(s.kit.st.strong.of("enter")+" "+say.goOn, w), cut(s.kit.st.strong.of("esc")+" "+say.leaving, w))
}

// verdict is what is wrong with the last code, or that one is being checked.
func (s *secretPane) verdict(w int) []string {
	if s.asks.busy {
		return []string{s.kit.st.faint.of(cut(s.kit.t.People.Checking, w))}
	}
	return s.sayBad(w)
}

func (s *secretPane) sayBad(w int) (lines []string) {
	if s.wrong == "" {
		return nil
	}
	for _, l := range wrap("! "+s.wrong, min(w, formWidth)) {
		lines = append(lines, s.kit.st.danger.of(l))
	}
	return lines
}
