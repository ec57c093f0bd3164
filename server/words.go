package server

import (
	"strings"

	"balie/policy"
)

// words splits a command line as a shell would: quotes hold a word together, a
// backslash takes away a character's meaning. An open quote is an error; the
// library would make it an empty command, which means a screen.
func words(line string) ([]string, error) {
	var s splitter
	for _, r := range line {
		s.next(r)
	}
	if s.quote != 0 || s.escaped {
		return nil, policy.Errorf(policy.Invalid, "A quote or backslash in the command has no end: add it.")
	}
	s.flush()
	return s.words, nil
}

type splitter struct {
	words   []string
	word    strings.Builder
	open    bool // a word has begun, perhaps an empty one in quotes
	quote   rune
	escaped bool
}

func (s *splitter) next(r rune) {
	switch {
	case s.escaped:
		s.escaped = false
		s.add(r)
	case r == '\\' && s.quote != '\'':
		s.escaped, s.open = true, true
	case r == s.quote:
		s.quote = 0
	case s.quote != 0:
		s.add(r)
	case r == '\'' || r == '"':
		s.quote, s.open = r, true
	case r == ' ' || r == '\t' || r == '\n' || r == '\r':
		s.flush()
	default:
		s.add(r)
	}
}

func (s *splitter) add(r rune) {
	s.open = true
	s.word.WriteRune(r)
}

func (s *splitter) flush() {
	if s.open {
		s.words = append(s.words, s.word.String())
	}
	s.word.Reset()
	s.open = false
}
