package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	placeholder = utf8.RuneError // visible, so that nothing vanishes in silence
	joiner      = '\u200d'
	maxMarks    = 4 // enough for pointed Hebrew; zalgo needs more
	maxJoins    = 4 // no emoji in use has more; terminals disagree about width
	drop        = rune(-1)
)

// Clean makes s safe to show on one line and trims outer space. Clean text,
// and all printable ASCII, comes back as it is, without an allocation.
func Clean(s string) string {
	return strings.TrimFunc(clean(s, false), unicode.IsSpace)
}

// CleanBlock makes s safe to show on several lines: tabs stay, and CRLF and CR
// become LF.
func CleanBlock(s string) string { return clean(s, true) }

func clean(s string, block bool) string {
	start := printable(s)
	if start == len(s) {
		return s
	}
	c := cleaner{block: block}
	if start > 0 {
		start-- // the last printable byte may be the base of a mark
	}
	return c.rewrite(s, start)
}

// printable counts the leading bytes that need no look.
func printable(s string) int {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return i
		}
	}
	return len(s)
}

// cleaner walks over a text and knows what the cluster at hand still admits.
type cleaner struct {
	block bool
	hole  bool // a placeholder was just written: a run of bad runes gives one
	emoji bool // the cluster's base is a pictograph
	glued bool // the last rune was a joiner
	marks int
	joins int
}

// rewrite copies only once something has to change.
func (c *cleaner) rewrite(s string, start int) string {
	var out []byte
	for i := start; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		got := c.next(r, s[i+size:])
		same := got == r && (r != placeholder || size > 1)
		if !same && out == nil {
			out = append(make([]byte, 0, len(s)+utf8.UTFMax), s[:i]...)
		}
		if out != nil && got != drop {
			out = utf8.AppendRune(out, got)
		}
		i += size
	}
	if out == nil {
		return s
	}
	return string(out)
}

// next gives what stands for r, which comes before rest.
func (c *cleaner) next(r rune, rest string) rune {
	switch {
	case ' ' < r && r <= '~', '\u00ad' < r && r < '\u0300':
		return c.base(r)
	case r == '\r' && strings.HasPrefix(rest, "\n"):
		return drop
	case r == ' ', r == '\n', r == '\r', r == '\t', unicode.IsSpace(r) && !banned(r):
		return c.space(r)
	case r == joiner && c.joinable(rest):
		c.joins, c.glued = c.joins-1, true
		return r
	case r == placeholder, banned(r):
		return c.bad()
	case unicode.Is(unicode.M, r):
		return c.mark(r)
	}
	return c.base(r)
}

func (c *cleaner) base(r rune) rune {
	if !c.glued {
		c.joins = maxJoins
	}
	c.hole, c.glued, c.marks, c.emoji = false, false, maxMarks, pictograph(r)
	return r
}

// space carries no marks: at the start of a field they would climb on to
// whatever the screen shows before it.
func (c *cleaner) space(r rune) rune {
	c.reset(false)
	switch {
	case r == '\r' && c.block:
		return '\n'
	case r < ' ' && !c.block:
		return ' '
	}
	return r
}

func (c *cleaner) mark(r rune) rune {
	if c.marks == 0 {
		return c.bad()
	}
	c.marks--
	return r
}

func (c *cleaner) bad() rune {
	if c.hole {
		return drop
	}
	c.reset(true)
	return placeholder
}

func (c *cleaner) reset(hole bool) {
	c.hole, c.emoji, c.glued, c.marks, c.joins = hole, false, false, 0, 0
}

// joinable says whether a joiner here holds two pictographs together; anywhere
// else it is only a way to hide something.
func (c *cleaner) joinable(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return c.emoji && !c.glued && c.joins > 0 && pictograph(r)
}
