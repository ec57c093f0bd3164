package views

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"balie/ops"
)

func (v *answer) View(w, height int) string {
	t := &v.kit.t.Answer
	if !v.known {
		return "   " + v.kit.st.faint.of(v.kit.t.Loading)
	}
	a := v.sight
	left := v.kit.st.good.of(t.AllDone)
	if n := a.Open(); n > 0 {
		left = v.kit.st.due.of("! " + fmt.Sprintf(t.StillOpen, n))
	}
	head := fmt.Sprintf(t.Head, "#"+a.Request.Name(), a.Dossier.Name, v.kit.num(a.Dossier.Count()), v.kit.num(len(a.Texts)))
	lines := []string{" " + cut(head, w-2), " " + left, ""}
	if len(a.Texts) == 0 {
		return join(append(lines, indent(wrap(t.Nothing, min(w-6, formWidth)), w)...))
	}
	room := max(height-len(lines)-2, 1)
	return join(append(append(lines, v.pages(w, room)...), "", " "+cut(v.telling(), w-2)))
}

// telling says what the cursor is on.
func (v *answer) telling() string {
	t := &v.kit.t.Answer
	if m, ok := v.here(); ok {
		return v.kit.st.strong.of(t.States[m.State]+": ") + v.kit.say(m.Why)
	}
	return v.kit.st.faint.of(t.Elsewhere)
}

// pages are the text with the cursor, from its beginning or from where the cursor
// is seen, and those after it as far as there is room.
func (v *answer) pages(w, room int) []string {
	lines, at := v.page(v.at, w)
	if at >= room {
		lines = slices.Concat(lines[:1], lines[at-room+2:])
	}
	for i := v.at + 1; i < len(v.sight.Texts) && len(lines) < room; i++ {
		more, _ := v.page(i, w)
		lines = slices.Concat(lines, []string{""}, more)
	}
	return block(lines, w, room)
}

// page is one text below its heading; cursor is the line in which the cursor is.
func (v *answer) page(i, w int) (lines []string, cursor int) {
	t := v.sight.Texts[i]
	head := fmt.Sprintf("%s · %s", t.Title, t.Field)
	st := v.kit.st.faint
	if i == v.at {
		st = v.kit.st.accent
	}
	lines = []string{" " + st.of(cut(spread(head, fmt.Sprintf("%d/%d", i+1, len(v.sight.Texts)), w-3), w-2))}
	body, at := v.body(t, i == v.at, max(w-6, 10))
	for _, l := range body {
		lines = append(lines, "   "+l)
	}
	return lines, at + 1
}

// setter sets a text in lines, keeping to a width.
type setter struct {
	width int
	lines []string
	used  int // of the last line
}

func (s *setter) newline() { s.lines, s.used = append(s.lines, ""), 0 }

// add sets a piece without blanks; glued says that none stands before it.
func (s *setter) add(text string, st style, glued bool) {
	for n := width(text); ; n = width(text) {
		gap := 1
		if glued || s.used == 0 {
			gap = 0
		}
		if s.used > 0 && !glued && s.used+gap+n > s.width {
			s.newline()
			continue
		}
		room := s.width - s.used - gap
		head := text
		if n > room {
			head = cutPlain(text, max(room, 1))
		}
		s.lines[len(s.lines)-1] += blank(gap) + st.of(head)
		s.used += gap + width(head)
		if text = text[len(head):]; text == "" {
			return
		}
		s.newline()
	}
}

// cutPlain is the beginning of a text that fits, without a sign that more comes.
func cutPlain(s string, w int) string {
	used := 0
	for i, r := range s {
		if used += width(string(r)); used > w && i > 0 {
			return s[:i]
		}
	}
	return s
}

// body is a text with its marks; none is told by colour alone: [? is open, [-
// left out, [+ kept.
func (v *answer) body(t ops.AccessText, current bool, w int) ([]string, int) {
	s, cursor := &setter{width: w, lines: []string{""}}, 0
	from, to := -1, -1
	if current && len(v.words) > 0 {
		at := v.passage()
		from, to = at.Begin, at.End
	}
	end := 0
	for _, word := range wordsIn(t.Text) {
		for range strings.Count(t.Text[end:word[0]], "\n") {
			s.newline()
		}
		for i, cutAt := range cuts(t, word, from, to) {
			if i == 0 {
				continue
			}
			begin := cuts(t, word, from, to)[i-1]
			st := v.inkOf(t, begin, from, to)
			s.add(opening(t, begin)+printable(t.Text[begin:cutAt])+closing(t, cutAt), st, i > 1)
			if current && begin >= from && cutAt <= to && v.words[v.word][0] <= begin {
				cursor = len(s.lines) - 1
			}
		}
		end = word[1]
	}
	return s.lines, cursor
}

func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '·'
		}
		return r
	}, s)
}

// cuts are the places at which a word changes: where marks and the passage begin
// and end.
func cuts(t ops.AccessText, word [2]int, from, to int) []int {
	at := []int{word[0], word[1]}
	for _, m := range t.Marks {
		at = append(at, m.Begin, m.End)
	}
	at = append(at, from, to)
	at = slices.DeleteFunc(at, func(n int) bool { return n < word[0] || n > word[1] })
	slices.Sort(at)
	return slices.Compact(at)
}

func opening(t ops.AccessText, at int) string {
	for _, m := range t.Marks {
		if m.Begin == at {
			return map[ops.MarkState]string{ops.MarkOpen: "[?", ops.MarkRedact: "[-", ops.MarkKeep: "[+"}[m.State]
		}
	}
	return ""
}

func closing(t ops.AccessText, at int) string {
	if slices.ContainsFunc(t.Marks, func(m ops.AccessMark) bool { return m.End == at }) {
		return "]"
	}
	return ""
}

// inkOf is the style at a byte of a text.
func (v *answer) inkOf(t ops.AccessText, at, from, to int) style {
	if at >= from && at < to {
		return v.kit.st.sel
	}
	for _, m := range t.Marks {
		if at >= m.Begin && at < m.End {
			return map[ops.MarkState]style{ops.MarkOpen: v.kit.st.due, ops.MarkRedact: v.kit.st.danger, ops.MarkKeep: v.kit.st.good}[m.State]
		}
	}
	return ""
}
