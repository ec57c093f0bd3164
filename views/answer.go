package views

import (
	"context"
	"fmt"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"balie/db"
	"balie/ops"
	"balie/policy"
	"balie/policy/text"
)

// answer is what is about to go out to a data subject: the texts that were typed
// freely, in which somebody marks by eye what tells about others.
type answer struct {
	kit    *kit
	id     int64 // of the request
	sight  ops.AccessSight
	known  bool
	at     int      // the text
	words  [][2]int // of it, in bytes
	word   int      // the one under the cursor
	anchor int      // the word at which a passage begins; -1: none
	asks   latest
	does   latest
}

func newAnswer(k *kit, request int64) *answer { return &answer{kit: k, id: request, anchor: -1} }

func (v *answer) Title() string { return v.kit.t.Answer.Title }
func (v *answer) Init() tea.Cmd { return v.load() }
func (v *answer) Wake() tea.Cmd { return nil }
func (v *answer) Leave()        { v.asks.drop() }

func (v *answer) load() tea.Cmd {
	acts, actor, id, lang := v.kit.Ops, v.kit.Actor, v.id, v.kit.Lang
	return ask(v.kit, &v.asks, func(ctx context.Context) (ops.AccessSight, error) {
		return acts.GatherAccess(ctx, actor, id, lang, Say)
	}, func(a ops.AccessSight, err error) tea.Cmd {
		if err != nil {
			return tea.Batch(closeView(v), v.kit.fail(err))
		}
		v.sight, v.known = a, true
		v.goTo(min(v.at, max(len(a.Texts)-1, 0)), 0)
		v.nextMark(1, ops.MarkOpen)
		return nil
	})
}

// goTo puts the cursor on a word of a text.
func (v *answer) goTo(at, word int) {
	v.at, v.anchor, v.words = at, -1, nil
	if at < len(v.sight.Texts) {
		v.words = wordsIn(v.sight.Texts[at].Text)
	}
	v.word = max(min(word, len(v.words)-1), 0)
}

// wordsIn are the words of a text, in bytes.
func wordsIn(s string) (all [][2]int) {
	begin := -1
	for i, r := range s {
		switch {
		case unicode.IsSpace(r) && begin >= 0:
			all, begin = append(all, [2]int{begin, i}), -1
		case !unicode.IsSpace(r) && begin < 0:
			begin = i
		}
	}
	if begin >= 0 {
		all = append(all, [2]int{begin, len(s)})
	}
	return all
}

func (v *answer) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || !v.known || v.does.busy || len(v.sight.Texts) == 0 && key.String() != "R" {
		return nil
	}
	if v.move(key.String()) {
		return nil
	}
	return v.press(key.String())
}

// move moves the cursor, and says whether the key is one of those.
func (v *answer) move(key string) bool {
	last := len(v.sight.Texts) - 1
	switch key {
	case "up":
		v.goTo(max(v.at-1, 0), 0)
	case "down":
		v.goTo(min(v.at+1, last), 0)
	case "pgup":
		v.goTo(max(v.at-10, 0), 0)
	case "pgdown":
		v.goTo(min(v.at+10, last), 0)
	case "left", "right", "shift+left", "shift+right":
		v.step(key)
	case "v":
		if v.anchor < 0 {
			v.anchor = v.word
		} else {
			v.anchor = -1
		}
	case "n":
		v.nextMark(1, ops.MarkOpen)
	case "tab":
		v.nextMark(1, "")
	case "shift+tab":
		v.nextMark(-1, "")
	default:
		return false
	}
	return true
}

// step goes a word on or back; with shift the passage grows.
func (v *answer) step(key string) {
	by, grow := 1, key == "shift+left" || key == "shift+right"
	if key == "left" || key == "shift+left" {
		by = -1
	}
	if grow && v.anchor < 0 {
		v.anchor = v.word
	}
	v.word = max(min(v.word+by, len(v.words)-1), 0)
}

// nextMark goes to the next mark, or back: any, or the next about which nobody
// decided. After the last comes the first.
func (v *answer) nextMark(by int, state ops.MarkState) {
	open := state == ops.MarkOpen && by == 1
	n := len(v.sight.Texts)
	for i := 0; i <= n && n > 0; i++ {
		at := ((v.at+by*i)%n + n) % n
		marks := v.sight.Texts[at].Marks
		for m := range marks {
			if by < 0 {
				m = len(marks) - 1 - m
			}
			if open && marks[m].State != ops.MarkOpen || i == 0 && !v.beyond(marks[m], by) {
				continue
			}
			v.goTo(at, 0)
			v.word = wordAt(v.words, marks[m].Begin)
			return
		}
	}
}

// beyond says that a mark of the text here is after the cursor, or before it.
func (v *answer) beyond(m ops.AccessMark, by int) bool {
	if len(v.words) == 0 {
		return true
	}
	here := v.words[v.word]
	if by > 0 {
		return m.Begin >= here[1] || v.word == 0 && m.Begin >= here[0] && m.State == ops.MarkOpen
	}
	return m.End <= here[0]
}

// wordAt is the word in which a byte is.
func wordAt(words [][2]int, at int) int {
	for i, w := range words {
		if at < w[1] {
			return i
		}
	}
	return 0
}

// here is the mark under the cursor.
func (v *answer) here() (ops.AccessMark, bool) {
	if len(v.words) == 0 || v.anchor >= 0 {
		return ops.AccessMark{}, false
	}
	w := v.words[v.word]
	for _, m := range v.sight.Texts[v.at].Marks {
		if m.Begin < w[1] && m.End > w[0] {
			return m, true
		}
	}
	return ops.AccessMark{}, false
}

// passage is what the cursor has hold of: the passage, or the word.
func (v *answer) passage() db.Stretch {
	from, to := v.word, v.word
	if v.anchor >= 0 {
		from, to = min(v.anchor, v.word), max(v.anchor, v.word)
	}
	return db.Stretch{Place: v.sight.Texts[v.at].Place, Begin: v.words[from][0], End: v.words[to][1]}
}

func (v *answer) press(key string) tea.Cmd {
	m, on := v.here()
	switch {
	case key == "R":
		return v.release()
	case key == "ctrl+r":
		return v.load()
	case len(v.words) == 0:
		return nil
	case key == "space" && on:
		return v.decide([]db.Stretch{m.Stretch}, m.State != ops.MarkRedact)
	case key == "space":
		return v.decide([]db.Stretch{v.passage()}, true)
	case key == "k" && on:
		return v.decide([]db.Stretch{m.Stretch}, false)
	case key == "a" && on && m.State != ops.MarkOpen:
		_, words, _ := m.In(v.sight.Texts[v.at])
		return v.decide(v.sight.Occurrences(words), m.State == ops.MarkRedact)
	}
	return nil
}

// decide keeps a decision, and goes on to the next place that waits for one.
func (v *answer) decide(places []db.Stretch, redact bool) tea.Cmd {
	acts, actor, id := v.kit.Ops, v.kit.Actor, v.id
	return ask(v.kit, &v.does, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, acts.MarkAccess(ctx, actor, id, places, redact)
	}, func(_ struct{}, err error) tea.Cmd {
		if err != nil {
			return v.kit.fail(err)
		}
		v.sight.Texts, v.anchor = ops.Decided(v.sight.Texts, places, redact), -1
		return nil
	})
}

// release names the commands that write the archive: a terminal can't keep a
// file.
func (v *answer) release() tea.Cmd {
	t := &v.kit.t.Answer
	if n := v.sight.Open(); n > 0 {
		return notify(noteWarn, fmt.Sprintf(t.StillOpen, n))
	}
	if err := v.sight.Request.Facts.May(policy.StepWork); err != nil {
		return v.kit.fail(err)
	}
	name := v.sight.Request.Name()
	line := fmt.Sprintf("ssh %s@%s requests archive %s", v.kit.Actor.Login, text.Clean(v.kit.Host), name)
	return show(&telling{v.kit, t.ReleaseTell, []string{line + " > " + name + ".zip", t.ReleaseKey, line + " --recipient age1… > " + name + ".zip.age", t.ReleaseOther}})
}

func (v *answer) Keys() []binding {
	t := &v.kit.t.Answer
	m, on_ := v.here()
	return []binding{
		on("n", t.KeyOpen).unless(v.sight.Open() > 0, t.AllDone), on("space", t.KeyMark), on("k", t.KeyKeep).unless(on_, t.OffMark),
		on("a", t.KeySame).unless(on_ && m.State != ops.MarkOpen, t.OffSame), on("v", t.KeyPassage), on("R", t.KeyRelease).unless(v.sight.Open() == 0, fmt.Sprintf(t.StillOpen, v.sight.Open())),
		on("tab", t.KeyAny), on("ctrl+r", v.kit.t.People.Reload),
	}
}
