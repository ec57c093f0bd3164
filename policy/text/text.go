// Package text holds the one kind of text that may reach a terminal. What a
// person typed, imported or named goes through New or NewBlock once, and its
// type says so from then on: no escape sequence, no invisible rune, no stack
// of marks can ride along to a screen, a log, a mail or an export.
package text

import "strings"

// Line is clean text on one line, without outer space. Only New makes one, so
// holding a Line is the proof. Its zero value is the empty line.
type Line struct{ s string }

// New cleans s into a Line; newlines and tabs become spaces.
func New(s string) Line { return Line{Clean(s)} }

func (l Line) String() string { return l.s }

// IsZero says that nothing is left.
func (l Line) IsZero() bool { return l.s == "" }

// Cut keeps at most n runes, without a joiner or a space left dangling.
func (l Line) Cut(n int) Line {
	for i := range l.s {
		if n--; n < 0 {
			return New(strings.TrimRight(l.s[:i], string(joiner)))
		}
	}
	return l
}

// MarshalText serves JSON and other encoders.
func (l Line) MarshalText() ([]byte, error) { return []byte(l.s), nil }

// UnmarshalText cleans too: what comes from outside is never believed.
func (l *Line) UnmarshalText(b []byte) error { *l = New(string(b)); return nil }

// Block is clean text of several lines, in which newlines (always LF) and tabs
// mean something. Only NewBlock makes one.
type Block struct{ s string }

// NewBlock cleans s into a Block.
func NewBlock(s string) Block { return Block{CleanBlock(s)} }

func (b Block) String() string { return b.s }

// IsZero says that nothing is left.
func (b Block) IsZero() bool { return b.s == "" }

// MarshalText serves JSON and other encoders.
func (b Block) MarshalText() ([]byte, error) { return []byte(b.s), nil }

// UnmarshalText cleans too.
func (b *Block) UnmarshalText(raw []byte) error { *b = NewBlock(string(raw)); return nil }
